"""From numbers to hits: the rows of the store with the words of the query marked."""

import itertools
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from speechmine.store.query import Hit, Part, Piece, Point
from speechmine.store.tokens import places

_HITS = """SELECT f.*, d.id AS document_id, d.source, coalesce(p.title, d.title) AS title, s.text AS sentence_text
  FROM json_each(?) CROSS JOIN findings f ON f.number = json_each.value JOIN documents d ON d.number = f.document
  JOIN sentences s ON s.number = f.sentence LEFT JOIN speeches p ON p.number = f.speech ORDER BY json_each.key"""
_OWNERS = (
    "SELECT finding, name FROM json_each(?) CROSS JOIN owners ON finding = json_each.value ORDER BY finding, position"
)
_PARTS = """SELECT finding, every, action, text FROM json_each(?) CROSS JOIN components ON finding = json_each.value
  ORDER BY finding, position"""
_POINTS = """SELECT f.*, d.id AS document_id FROM findings f JOIN documents d ON d.number = f.document
  WHERE metric = ? AND value NOTNULL AND (kind = 'goal' OR role = 'result') ORDER BY f.number LIMIT ?"""


def hits(base: sqlite3.Connection, numbers: list[int], words: Iterable[str]) -> tuple[Hit, ...]:
    """Load findings in the order of their numbers given, with words marked in their sentences."""
    listed, wanted = json.dumps(numbers), tuple(words)
    owners: defaultdict[int, list[str]] = defaultdict(list)
    parts: defaultdict[int, list[Part]] = defaultdict(list)
    for number, name in base.execute(_OWNERS, (listed,)):
        owners[number].append(name)
    for number, every, action, text in base.execute(_PARTS, (listed,)):
        parts[number].append(Part(every=every, action=action, text=text))
    rows = _named(base, _HITS, (listed,))
    return tuple(_hit(row, owners[row["number"]], parts[row["number"]], wanted) for row in rows)


def points(base: sqlite3.Connection, metric: str, limit: int) -> list[Point]:
    """Load the goals and results of a metric."""
    return [_point(row) for row in _named(base, _POINTS, (metric, limit))]


def _named(base: sqlite3.Connection, question: str, values: tuple[object, ...]) -> Iterable[sqlite3.Row]:
    cursor = base.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(question, values)


def _hit(row: sqlite3.Row, owners: list[str], parts: list[Part], words: tuple[str, ...]) -> Hit:
    return Hit(
        number=row["number"], kind=row["kind"], id=row["id"], document=row["document_id"], source=row["source"],
        title=row["title"], sentence=pieces(row["sentence_text"], (row["mark_start"], row["mark_end"]), words),
        quote=row["quote"], start=row["start"], end=row["end"], date=row["date"], year=row["year"],
        speaker=row["speaker"], place=row["place"], section=tuple(json.loads(row["section"])), owner=tuple(owners),
        type=row["type"], name=row["name"], status=row["status"], parts=tuple(parts), metric=row["metric"],
        value=_number(row["value"]), upper=_number(row["upper"]), unit=row["unit"], comparator=row["comparator"],
        masked=bool(row["masked"]), canonical_value=_number(row["canonical_value"]),
        canonical_unit=row["canonical_unit"], commitment=row["commitment"], role=row["role"],
        deadline_text=row["deadline_text"], deadline=row["deadline"], deadline_last=row["deadline_last"],
        text=row["text"], action=row["action"], object=row["object"], topic=row["topic"],
    )  # fmt: skip


def _point(row: sqlite3.Row) -> Point:
    told = row["deadline_last"]
    return Point(
        kind=row["kind"], id=row["id"], document=row["document_id"], metric=row["metric"], type=row["type"],
        value=Decimal(row["value"]), unit=row["unit"], comparator=row["comparator"],
        canonical_value=_number(row["canonical_value"]), canonical_unit=row["canonical_unit"],
        year=int(told[:4]) if told else row["year"], spoken=row["year"], place=row["place"], owner=row["owner"],
        commitment=row["commitment"],
    )  # fmt: skip


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def pieces(text: str, quoted: tuple[int, int], words: Iterable[str]) -> tuple[Piece, ...]:
    """Cut a sentence where marks begin and end.

    >>> [piece.text for piece in pieces("每周调度一次", (0, 4), ["調度"])]
    ['每周', '调度', '一次']
    """
    found = [place for word in words for place in places(word, text)]
    cuts = sorted({0, len(text), *(min(cut, len(text)) for place in (quoted, *found) for cut in place)})
    marks = [False] * len(text)
    for start, end in found:
        marks[start:end] = [True] * (end - start)
    return tuple(
        Piece(text[start:end], marks[start], quoted[0] <= start and end <= quoted[1])
        for start, end in itertools.pairwise(cuts)
    )
