"""The shared tables as CSV and as flat JSON lines, row by row."""

import csv
import io
import json
from collections.abc import Iterator

from speechmine.exporting.cells import guarded
from speechmine.exporting.columns import COLUMNS, Row, Value, rows
from speechmine.records import Record

BOM = b"\xef\xbb\xbf"
"""By it Excel knows that a file is UTF-8."""


def csv_head(table: str, raw: bool) -> bytes:
    """Return the first line of a table; the mark of UTF-8 goes before it unless ``raw``."""
    return (b"" if raw else BOM) + _csv_line(list(COLUMNS[table]))


def csv_lines(record: Record, raw: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the lines of one document, each with the name of its table.

    Args:
        record: What was found.
        raw: Whether cells stand as they are and lists as JSON; else lists are joined by ；and what a spreadsheet would
            take for a formula gets an apostrophe.
    """
    for table, row in rows(record):
        yield table, _csv_line([_cell(row.get(name), raw) for name in COLUMNS[table]])


def flat_lines(record: Record) -> Iterator[tuple[str, bytes]]:
    """Yield the findings of one document as JSON objects without nesting, each with the name of its table."""
    for table, row in rows(record):
        told: Row = {"table": table, **{name: row.get(name) for name in COLUMNS[table]}}
        yield table, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _cell(value: Value, raw: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return json.dumps(value, ensure_ascii=False) if raw else guarded("；".join(value))
        case str():
            return value if raw else guarded(value)
        case _:
            return f"{value}"


def _csv_line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")
