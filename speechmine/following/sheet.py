"""What was followed as JSON and as a table of cells that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from speechmine.exporting.cells import guarded
from speechmine.following.reached import plain
from speechmine.following.said import Elsewhere, Followed, Following, Recurring, Said

COLUMNS = (
    "kind", "place", "what", "measured", "unit", "period", "outcome", "side", "difference", "why", "likeness", "appeared", "vanished",
    "first_year", "first_quote", "first_text", "first_source", "first_start", "first_id",
    "second_year", "second_quote", "second_text", "second_source", "second_start", "second_id",
)  # fmt: skip
_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_Cell = str | int | float | Decimal | None
_BOM = "\ufeff"


def as_json(found: Following) -> bytes:
    """Write everything as one JSON object."""
    return msgspec.json.format(_ENCODER.encode(found), indent=2) + b"\n"


def as_csv(found: Following) -> str:
    """Write one row for each goal, measure, mechanism and pair of places, with the words of two speeches.

    UTF-8 with a byte order mark, by which Excel knows the encoding; a text that a spreadsheet could take for a formula has
    an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(found):
        writer.writerow([_cell(value) for value in row])
    return _BOM + out.getvalue()


def _cell(value: _Cell) -> str | int | float:
    """Guard a text."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, int | float):
        return value
    return guarded(value or "")


def _rows(found: Following) -> Iterator[list[_Cell]]:
    for goal in found.goals:
        yield _goal(goal)
    for kind, items in (("measure", found.measures), ("mechanism", found.mechanisms)):
        for item in items:
            yield _recurring(kind, item)
    for pair in found.elsewhere:
        yield _elsewhere(pair)


def _goal(row: Followed) -> list[_Cell]:
    told: list[_Cell] = ["goal", row.place, row.metric, row.measured, row.unit, row.period, row.outcome, row.side]
    second = _said(row.result.said) if row.result else [None] * 6
    return [*told, row.difference, row.why, None, None, None, *_said(row.goal.said), *second]


def _recurring(kind: str, item: Recurring) -> list[_Cell]:
    years = " ".join(map(str, item.years))
    told: list[_Cell] = [kind, item.place, item.name, item.kind, None, years, None, None, None, None]
    return [*told, item.likeness, item.appeared, item.vanished, *_said(item.said[0]), *_said(item.said[-1])]


def _elsewhere(pair: Elsewhere) -> list[_Cell]:
    told: list[_Cell] = ["elsewhere", f"{pair.here.place} / {pair.there.place}", pair.here.text, *[None] * 7]
    return [*told, pair.likeness, None, None, *_said(pair.here), *_said(pair.there)]


def _said(said: Said) -> list[_Cell]:
    return [said.year, said.evidence.quote, said.around or said.text, said.source, said.evidence.start, said.id]
