"""What is shown, to take along: Excel, CSV and JSON lines with the same rows and columns."""

import csv
import datetime
import io
from collections.abc import Sequence
from decimal import Decimal

from starlette.responses import Response

from speechmine.errors import SpeechmineError
from speechmine.exporting import hits
from speechmine.exporting.cells import fitting
from speechmine.json_lines import line_of
from speechmine.store import Hit
from speechmine.web.language import Words
from speechmine.web.settings import MOST_ROWS
from speechmine.web.view import View

_WIDE = {"sentence": 60, "quote": 40, "name": 30, "title": 30, "metric": 20, "owner": 20, "deadline_text": 14}
_MADE = datetime.datetime(2000, 1, 1)  # the same rows give the same bytes
_FIRST = ("kind", "sentence", "quote", "owner", "deadline_text", "deadline", "name", "every", "status", "metric", "comparator",
    "value", "upper", "unit", "speaker", "place", "date", "title")  # fmt: skip
COLUMNS = (*_FIRST, *(name for name in hits.COLUMNS if name not in _FIRST))
"""Names of the columns: those of `speechmine search`, what people look at first."""

Row = dict[str, hits.Value]

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
}


def download(view: View) -> Response:
    """Give the hits of a search as a file; of very many the first, which its header says."""
    style = view.parts["style"]
    if style not in _TYPES:
        return view.nothing("refusal.missing")
    rows = [row_of(hit) for hit in _hits(view)]
    writers = {"xlsx": lambda: as_xlsx(rows, view.words), "csv": lambda: as_csv(rows), "jsonl": lambda: as_jsonl(rows)}
    headers = {"content-disposition": f'attachment; filename="speechmine-search.{style}"'}
    if len(rows) == MOST_ROWS:
        headers["x-speechmine-rows"] = f"the first {MOST_ROWS}"
    return Response(writers[style](), media_type=_TYPES[style], headers=headers)


def _hits(view: View) -> tuple[Hit, ...]:
    return view.shelf.store.search(view.asked.query(page=1, limit=MOST_ROWS)).hits


def row_of(hit: Hit) -> Row:
    """Return a hit as a row; what a hit does not have is None."""
    return {name: hits.value_of(hit, name) for name in COLUMNS}


def as_jsonl(rows: Sequence[Row]) -> bytes:
    """Write rows as JSON lines, numbers as written."""
    return b"".join(line_of(row) + b"\n" for row in rows)


def as_csv(rows: Sequence[Row]) -> bytes:
    """Write rows as CSV that Excel opens in Chinese; no cell is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([hits.cell_of(value) for value in row.values()])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Row], words: Words) -> bytes:
    """Write rows as an Excel sheet: texts as texts, numbers as numbers, heads in the reader's language.

    Raises:
        SpeechmineError: xlsxwriter is not installed.
    """
    try:
        from xlsxwriter.workbook import Workbook
    except ImportError as error:
        hint = "Install it: pip install 'speechmine[web]'; or download csv."
        raise SpeechmineError("xlsxwriter is not installed", "xlsx", hint) from error
    made = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(made, safe)
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet("speechmine")
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDE.get(name, 10), wrapped)
        sheet.write_string(0, column, words(f"column.{name}"), bold)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row.values()):
            if isinstance(value, list):
                sheet.write_string(line, column, fitting("、".join(value)))
            elif isinstance(value, str):
                sheet.write_string(line, column, fitting(value))
            elif value is not None and _is_exact(value):
                sheet.write_number(line, column, float(value))
            elif value is not None:
                sheet.write_string(line, column, str(value))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    book.close()
    return made.getvalue()


def _is_exact(value: int | Decimal) -> bool:
    """Say whether Excel, which knows fifteen digits, holds a number as it is."""
    exact = Decimal(value)
    return exact.is_finite() and len(exact.as_tuple().digits) <= 15 and abs(exact.adjusted()) < 100
