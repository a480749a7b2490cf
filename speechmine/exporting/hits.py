"""Hits of a search as text, JSON and CSV."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from speechmine.exporting.cells import guarded
from speechmine.exporting.table import WIDTH, display_width, wrapped
from speechmine.json_lines import json_of
from speechmine.store import Hit, Page, Piece

Value: TypeAlias = str | int | Decimal | list[str] | None

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_INDENT = "  "
SIGNS = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}
COLUMNS = (
    "kind", "id", "document", "source", "title", "date", "year", "place", "speaker", "section", "owner", "type", "name", "every",
    "status", "metric", "value", "upper", "unit", "comparator", "canonical_value", "canonical_unit", "commitment", "role",
    "deadline_text", "deadline", "deadline_last", "text", "action", "object", "topic", "sentence", "quote", "start", "end",
)  # fmt: skip
"""Columns of the CSV, and fields of each hit in the JSON."""


def told(page: Page, bold: bool) -> Iterator[str]:
    """Yield the lines that show hits: what was found, the sentence with the words marked, and where it stands.

    Args:
        page: The hits.
        bold: Whether the screen shows bold; else words stand in 【】.
    """
    for number, hit in enumerate(page.hits):
        if number:
            yield ""
        yield from wrapped(_clear(_head(hit)), "")
        yield from _sentence(hit.sentence, bold)
        yield from wrapped(_clear(_origin(hit)), _INDENT)


def _head(hit: Hit) -> str:
    parts = [hit.kind, *_what(hit)]
    parts += [f"owner {'、'.join(hit.owner)}"] if hit.owner else []
    parts += [f"by {hit.deadline}"] if hit.deadline else []
    parts += [hit.topic] if hit.topic else []
    return " · ".join(parts)


def _what(hit: Hit) -> list[str]:
    if hit.kind == "mechanism":
        return [one for one in (hit.type, hit.status, " ".join(hit.every)) if one]
    if hit.kind == "measure":
        return [hit.commitment] if hit.commitment else []
    value = "?" if hit.value is None else f"{hit.value}"
    upper = "" if hit.upper is None else f"–{hit.upper}"
    said = f"{hit.metric or '?'}: {SIGNS.get(hit.comparator or '', '')}{value}{upper}{hit.unit or ''}"
    return [said, *(one for one in (hit.commitment, hit.role) if one)]


def _origin(hit: Hit) -> str:
    parts = (hit.source, hit.date, hit.place, hit.speaker, hit.title)
    return " · ".join(part for part in parts if part)


def _clear(text: str) -> str:
    """Put a blank for whatever a terminal might obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def _sentence(sentence: tuple[Piece, ...], bold: bool) -> Iterator[str]:
    """Yield the lines of a sentence, broken at 80 columns, with the found words marked."""
    line, used = list[tuple[str, bool]](), len(_INDENT)
    for char, found in _chars(sentence, bold):
        width = display_width(char)
        if used + width > WIDTH:
            yield _rendered(line)
            line, used = [], len(_INDENT)
        line.append((char, found))
        used += width
    yield _rendered(line)


def _chars(sentence: tuple[Piece, ...], bold: bool) -> Iterator[tuple[str, bool]]:
    """Yield each character and whether it is bold; where nothing can be bold, words stand in brackets."""
    for found, pieces in groupby(sentence, key=lambda piece: piece.found):
        text = _clear("".join(piece.text for piece in pieces))
        yield from ((char, found and bold) for char in (f"【{text}】" if found and not bold else text))


def _rendered(line: list[tuple[str, bool]]) -> str:
    text = "".join(
        f"{_BOLD}{words}{_PLAIN}" if bold else words
        for bold, words in ((bold, "".join(char for char, _ in run)) for bold, run in groupby(line, itemgetter(1)))
    )
    return _INDENT + text.rstrip()


def as_json(page: Page) -> str:
    """Return the hits as one JSON object; the pieces of a sentence say where words were found."""
    hits: list[object] = [
        {name: value_of(hit, name) for name in COLUMNS} | {"pieces": _pieces(hit)} for hit in page.hits
    ]
    return json_of({"total": page.total, "exact": page.exact, "hits": hits}).decode() + "\n"


def as_csv(page: Page) -> str:
    """Return the hits as CSV (RFC 4180); no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for hit in page.hits:
        writer.writerow([cell_of(value_of(hit, name)) for name in COLUMNS])
    return out.getvalue()


def value_of(hit: Hit, name: str) -> Value:
    """Return what stands in a column."""
    value: Value | tuple[str, ...] | tuple[Piece, ...] = getattr(hit, name)
    if name == "sentence":
        return "".join(piece.text for piece in hit.sentence)
    return [str(one) for one in value] if isinstance(value, tuple) else value


def _pieces(hit: Hit) -> list[dict[str, str | bool]]:
    return [{"text": piece.text, "found": piece.found, "quoted": piece.quoted} for piece in hit.sentence]


def cell_of(value: Value) -> str:
    """Write a value into a cell of CSV."""
    match value:
        case None:
            return ""
        case list():
            return guarded("、".join(value))
        case str():
            return guarded(value)
    return str(value)  # a number stays one, negative ones too
