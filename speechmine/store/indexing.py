"""The full-text index: what goes into it is read from the tables, so it can always be made again."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from speechmine.cleaning import tidy
from speechmine.store.tokens import Searchable, normal, tokens

_FINDINGS = """SELECT f.number, f.kind, f.name, f.text, f.metric, f.unit, f.canonical_unit, f.place, f.year, f.status, f.topic, f.speaker,
  s.text FROM findings f JOIN sentences s ON s.number = f.sentence WHERE f.document = ?"""
_OWNERS = "SELECT o.finding, o.name FROM findings f JOIN owners o ON o.finding = f.number WHERE f.document = ? ORDER BY 1, o.position"
_EVERY = """SELECT c.finding, c.every FROM findings f JOIN components c ON c.finding = f.number
  WHERE f.document = ? AND c.every NOTNULL ORDER BY 1, c.position"""
_ADD = "INSERT INTO search (rowid, tokens) VALUES (?, ?)"
_TAKE = "INSERT INTO search (search, rowid, tokens) VALUES ('delete', ?, ?)"


def searchables(base: sqlite3.Connection, document: int) -> Iterator[Searchable]:
    """Yield what can be asked of the findings of a document."""
    owners, every = _lists(base, _OWNERS, document), _lists(base, _EVERY, document)
    for (
        number,
        kind,
        name,
        text,
        metric,
        unit,
        canonical,
        place,
        year,
        status,
        topic,
        speaker,
        sentence,
    ) in base.execute(_FINDINGS, (document,)):
        seen = normal(sentence)
        further = (tidy(sentence), name, text, metric, *owners[number], place, speaker)
        words = (sentence, *(one for one in dict.fromkeys(further) if one and normal(one) not in seen))
        values = [
            ("kind", kind),
            ("metric", metric),
            ("unit", unit),
            ("place", place),
            ("status", status),
            ("topic", topic),
        ]
        values += [("unit", canonical if canonical != unit else None), ("year", None if year is None else str(year))]
        values += [("owner", one) for one in owners[number]]
        values += [("every", one) for one in dict.fromkeys(every[number])]
        yield Searchable(number, words, tuple((name, value) for name, value in values if value))


def put_in(base: sqlite3.Connection, documents: Iterable[int]) -> None:
    """Index the findings of documents."""
    # In order of their numbers: FTS5 writes a new segment whenever a number is smaller than the one before.
    rows = sorted((found.number, tokens(found)) for document in documents for found in searchables(base, document))
    base.executemany(_ADD, rows)


def take_out(base: sqlite3.Connection, document: int) -> None:
    """Take the findings of a document, as they are still in the tables, out of the index."""
    rows = sorted((found.number, tokens(found)) for found in searchables(base, document))
    base.executemany(_TAKE, rows)


def rebuild(base: sqlite3.Connection) -> None:
    """Make the index again; inside a transaction."""
    base.execute("INSERT INTO search (search) VALUES ('delete-all')")
    documents = [number for (number,) in base.execute("SELECT number FROM documents ORDER BY number")]
    for start in range(0, len(documents), 500):
        put_in(base, documents[start : start + 500])


def optimise(base: sqlite3.Connection) -> None:
    """Bring the index into one piece, in which searching is fastest."""
    base.execute("INSERT INTO search (search) VALUES ('optimize')")


def _lists(base: sqlite3.Connection, question: str, document: int) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, value in base.execute(question, (document,)):
        found[number].append(value)
    return found
