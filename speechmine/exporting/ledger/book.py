"""A new task ledger as an Excel workbook: the only door to xlsxwriter. The same findings give the same bytes."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from speechmine.errors import SpeechmineError
from speechmine.exporting.cells import dangerous, fitting
from speechmine.exporting.ledger import look
from speechmine.exporting.ledger.memory import MEMORY, MEMORY_HEAD, remembered
from speechmine.exporting.ledger.tables import SHEETS, STATES, TASKS, Cell, Column, Row, Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NOTES = "数据说明"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_A3 = 8
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
_LONGEST_LINK = 2_000
_MOST_LINKS = 60_000


def new_book(rows: dict[str, list[Row]], notes: Iterable[tuple[str, str, str]]) -> bytes:
    """Return a workbook with the sheets of the ledger and one of notes.

    Raises:
        SpeechmineError: xlsxwriter is not installed, or a sheet would have more rows than Excel takes.
    """
    try:
        from xlsxwriter.workbook import Workbook
    except ImportError as error:
        hint = "pip install 'speechmine[trackers]'"
        raise SpeechmineError("xlsxwriter is not installed", "export ledger", hint) from error
    for name, found in rows.items():
        if len(found) >= look.LAST_ROW:
            hint = "Export fewer documents at a time, or use `speechmine export csv`."
            raise SpeechmineError(f"{len(found):,} rows, more than Excel takes", name, hint)
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "工作任务台账", "created": _MADE.replace(tzinfo=None)})
        styles = _Styles(book)
        for sheet in SHEETS:
            _write(book.add_worksheet(sheet.name), sheet, rows[sheet.name], styles)
        _notes(book.add_worksheet(NOTES), notes, styles)
        _remember(book.add_worksheet(MEMORY), rows)
    return _growing(out.getvalue())


def _growing(data: bytes) -> bytes:
    """Let rows grow with what people write: xlsxwriter fixes each height that it is given."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as packed, ZipFile(out, "w") as again:
        for item in packed.infolist():
            again.writestr(item, _FIXED_HEIGHT.sub(rb"\1", packed.read(item)))
    return out.getvalue()


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: "Workbook") -> None:
        base = {"font_name": look.FONT, "font_size": look.SIZE, "valign": "top", "text_wrap": True}
        lined = {**base, "border": 1, "border_color": f"#{look.LINE}"}
        head = {"bold": True, "align": "center", "valign": "vcenter"}
        self.book = book
        self.head = book.add_format({
            **lined, **head, "bg_color": f"#{look.HEADER_FILL}", "font_color": f"#{look.HEADER_FONT}",
        })  # fmt: skip
        self.plain = book.add_format(base)
        self.text = book.add_format({**lined, "num_format": "@"})
        self.quoted = book.add_format({**lined, "num_format": "@", "quote_prefix": True})
        self.free = book.add_format(lined)
        self.number = book.add_format({**lined, "align": "center"})
        self.date = book.add_format({**lined, "num_format": look.DATE, "align": "center"})
        self.link = book.add_format({**lined, "font_color": f"#{look.LINK}", "underline": 1})

    def coloured(self, colour: look.Colour) -> "Format":
        """Return the format of a condition."""
        return self.book.add_format({"bg_color": f"#{colour.fill}", "font_color": f"#{colour.font}"})


def _write(page: "Worksheet", sheet: Sheet, rows: list[Row], styles: _Styles) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.name, styles.head)
    page.set_row(0, 30)
    for number, row in enumerate(rows, 1):
        cells = [_cell(column, sheet, row, number) for column in sheet.columns]
        widths = (column.width for column in sheet.columns)
        page.set_row(number, look.height(zip(map(str, cells), widths, strict=True)))
        for place, cell in enumerate(cells):
            _put(page, (number, place), cell, styles)
    page.freeze_panes(1, 4 if sheet is TASKS else 2)
    page.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    page.repeat_rows(0)
    page.set_footer("&C第 &P 页，共 &N 页")
    if sheet is TASKS:
        # What a meeting reads; where it was said stays on the screen.
        page.print_area(0, 0, max(len(rows), 1), [column.name for column in sheet.columns].index("状态"))
        _help_people(page, styles)


def _cell(column: Column, sheet: Sheet, row: Row, number: int) -> Cell:
    if column.name == "序号":
        return Decimal(number)
    return row.key if column.name == sheet.key else row.cells.get(column.name, "")


def _put(page: "Worksheet", at: tuple[int, int], cell: Cell, styles: _Styles) -> None:
    if isinstance(cell, Decimal):
        page.write_number(*at, float(cell), styles.number)
    elif isinstance(cell, date):
        page.write_datetime(*at, datetime(cell.year, cell.month, cell.day), styles.date)
    elif not cell:
        page.write_blank(*at, None, styles.free)
    elif linkable(cell) and at[0] < _MOST_LINKS:
        page.write_url(*at, cell, styles.link, cell)
    else:
        page.write_string(*at, fitting(cell), styles.quoted if dangerous(cell) else styles.text)


def linkable(text: str) -> bool:
    """Say whether a text is an address that a click may open."""
    return text.startswith(("http://", "https://")) and len(text) <= _LONGEST_LINK and text.isprintable()


def _help_people(page: "Worksheet", styles: _Styles) -> None:
    """Offer the states, and colour by deadline, progress and state."""
    letters = {column.name: chr(ord("A") + place) for place, column in enumerate(TASKS.columns)}
    places = {column.name: place for place, column in enumerate(TASKS.columns)}
    state = places["状态"]
    page.data_validation(1, state, look.LAST_ROW - 1, state, {
        "validate": "list", "source": list(STATES), "error_title": "状态", "error_message": "请选择：" + "、".join(STATES),
    })  # fmt: skip
    for colour in look.colours(letters, 2):
        place = places[colour.column]
        page.conditional_format(1, place, look.LAST_ROW - 1, place, {
            "type": "formula", "criteria": f"={colour.formula}", "format": styles.coloured(colour), "stop_if_true": True,
        })  # fmt: skip


def _notes(page: "Worksheet", notes: Iterable[tuple[str, str, str]], styles: _Styles) -> None:
    for place, width in enumerate((18, 22, 90)):
        page.set_column(place, place, width)
    for number, row in enumerate(notes):
        for place, text in enumerate(row):
            page.write_string(number, place, fitting(text), styles.plain if number else styles.head)
    page.freeze_panes(1, 0)


def _remember(page: "Worksheet", rows: dict[str, list[Row]]) -> None:
    page.very_hidden()
    lines = [MEMORY_HEAD, *(remembered(sheet, row).line for sheet in SHEETS for row in rows[sheet.name])]
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            page.write_string(number, place, text)
