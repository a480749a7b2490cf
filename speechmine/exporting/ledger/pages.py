"""The sheets of a ledger that people have worked in: where its columns and rows are now, and how to write there.

People sort rows, move, rename and add columns, put a title above the head: a column is known by its head, else by what
was written there; a row by its number, else by its words. openpyxl is used here and in `files`, nowhere else.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl.cell.cell import Cell as Written
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from speechmine.exporting.cells import dangerous, fitting
from speechmine.exporting.ledger import look
from speechmine.exporting.ledger.book import linkable
from speechmine.exporting.ledger.files import cell_text
from speechmine.exporting.ledger.memory import UNKNOWN, Known, mark
from speechmine.exporting.ledger.tables import Cell, Sheet

MARK = "变更"
_HEAD_WITHIN = 20
_MARK_WIDTH = 26


class Page:
    """One sheet of a ledger.

    Attributes:
        sheet: What it is.
        columns: The column in which each heading stands now, counted from 1.
        rows: The rows in which each number stands now.
        marks: The heading of our column of marks; empty while there is none.
    """

    def __init__(self, page: Worksheet, sheet: Sheet, known: Sequence[Known], marks: str = "") -> None:
        self.sheet, self._page, self.marks = sheet, page, marks
        self._head, self.columns = _head(page, sheet, marks)
        keys = {row.key: row for row in known}
        if sheet.key not in self.columns:
            self._recognise(sheet.key, lambda place: sum(text in keys for text in self._texts(place)), 1)
        self.rows: dict[str, list[int]] = {}
        for number in self._data():
            if (key := self.text(number, sheet.key)) in keys:
                self.rows.setdefault(key, []).append(number)
        for column in sheet.fields:
            if column.name not in self.columns:
                self._recognise_by_marks(column.name, known)
        self._recover(known)
        self._running = self._highest_number()

    def text(self, row: int, name: str) -> str:
        """Return what a cell says now; nothing where there is no such column."""
        if name not in self.columns:
            return ""
        return cell_text(self._page.cell(row, self.columns[name]).value)

    def unknown_keys(self) -> dict[str, int]:
        """Return the numbers that stand here without being known, with their rows."""
        known = {row for rows in self.rows.values() for row in rows}
        return {self.text(row, self.sheet.key): row for row in self._data() if row not in known}

    def write(self, row: int, name: str, cell: Cell | None) -> bool:
        """Write a cell, or clear it; say whether there is such a column and cell."""
        if name not in self.columns:
            return False
        written = self._page.cell(row, self.columns[name])
        if isinstance(written, MergedCell):
            return False
        _put(written, cell)
        return True

    def append(self, key: str, cells: dict[str, Cell]) -> int:
        """Write a new row below all others; return its number."""
        above = self._last()
        row, self._running = above + 1, self._running + 1
        given: dict[str, Cell] = {**cells, self.sheet.key: key, "序号": Decimal(self._running)}
        for name in self.columns:
            self._style(self._page.cell(row, self.columns[name]))
            self.write(row, name, given.get(name))
        widths = {column.name: column.width for column in self.sheet.columns}
        texts = [(str(cell), widths[name]) for name, cell in given.items() if name in widths]
        self._page.row_dimensions[row].height = look.height(texts)
        self._stretch(above, row)
        self.rows[key] = [row]
        return row

    def mark(self, row: int, text: str, fill: str) -> None:
        """Say in the column of marks what changed in a row."""
        if not self.marks or self.marks not in self.columns:
            self.marks = self._free_heading()
            place = 1 + self._last_column()
            head = self._page.cell(self._head, place, self.marks)
            dress_head(head)
            self._page.column_dimensions[get_column_letter(place)].width = _MARK_WIDTH
            self.columns[self.marks] = place
            self._widen(place)
        cell = self._page.cell(row, self.columns[self.marks])
        self._style(cell)
        if isinstance(cell, Written):
            _put(cell, text)
        cell.fill = PatternFill("solid", fgColor=fill)

    def _free_heading(self) -> str:
        """Return a heading for our marks that no column of people has."""
        taken = {cell_text(cell.value) for cell in self._page[self._head]}
        others = (f"{MARK}{number}" for number in itertools.count(2))
        return next(name for name in itertools.chain([MARK, f"{MARK}（讲话）"], others) if name not in taken)

    def _data(self) -> range:
        return range(self._head + 1, self._last() + 1)

    def _last(self) -> int:
        """Return the last row in which anything stands."""
        for number in range(self._page.max_row, self._head, -1):
            if any(cell.value is not None for cell in self._page[number]):
                return number
        return self._head

    def _last_column(self) -> int:
        """Return the last column in which anything stands."""
        filled = (cell.column or 0 for row in self._page.iter_rows() for cell in row if cell.value is not None)
        return max(filled, default=0)

    def _recognise(self, name: str, score: Callable[[int], int], least: int) -> None:
        """Take the column without a known head that scores best for the one of that name."""
        named = set(self.columns.values())
        scored = [(score(place), -place) for place in range(1, self._page.max_column + 1) if place not in named]
        best = max(scored, default=(0, 0))
        if best[0] >= max(1, least):
            self.columns[name] = -best[1]

    def _recognise_by_marks(self, name: str, known: Sequence[Known]) -> None:
        """Find a renamed column by what was written there: half of it must still stand."""
        told = [(old.key, text) for old in known if (text := old.marks.get(name, UNKNOWN)) != UNKNOWN]
        wanted = [(row, text) for key, text in told for row in self.rows.get(key, ())]

        def hits(place: int) -> int:
            return sum(mark(cell_text(self._page.cell(row, place).value)) == text for row, text in wanted)

        self._recognise(name, hits, (len(wanted) + 1) // 2)

    def _texts(self, place: int) -> Iterator[str]:
        return (cell_text(self._page.cell(row, place).value) for row in self._data())

    def _highest_number(self) -> int:
        values = (
            [self._page.cell(row, self.columns["序号"]).value for row in self._data()] if "序号" in self.columns else []
        )
        return max((int(value) for value in values if isinstance(value, int | float)), default=0)

    def _recover(self, known: Sequence[Known]) -> None:
        """Find rows whose number was cleared or changed: by all words that were written there, else by a quote of its own."""
        taken = {row for rows in self.rows.values() for row in rows}
        free = [row for row in self._data() if row not in taken]
        lost = [old for old in known if old.key not in self.rows]
        self._find_again(lost, free, self.sheet.words, alone=False)
        self._find_again([old for old in lost if old.key not in self.rows], free, ("依据（原句）",), alone=True)

    def _find_again(self, lost: Sequence[Known], free: list[int], names: Sequence[str], *, alone: bool) -> None:
        """Pair lost rows with free ones that say the same in all columns named, in their order or only one with one."""
        olds, here = dict[tuple[str, ...], list[Known]](), dict[tuple[str, ...], list[int]]()
        for old in lost:
            olds.setdefault(tuple(old.marks.get(name, "") for name in names), []).append(old)
        for row in free:
            here.setdefault(tuple(mark(self.text(row, name)) for name in names), []).append(row)
        for marks in filter(any, olds):
            rows = here.get(marks, [])
            if not alone or len(olds[marks]) == len(rows) == 1:
                for old, row in zip(olds[marks], rows, strict=False):
                    self.rows[old.key] = [row]
                    free.remove(row)

    def _style(self, cell: Written | MergedCell) -> None:
        side = Side(style="thin", color=look.LINE)
        cell.font = Font(name=look.FONT, size=look.SIZE)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = Border(left=side, right=side, top=side, bottom=side)

    def _stretch(self, above: int, row: int) -> None:
        """Let filters and tables that ended above a new row end with it."""
        ref = self._page.auto_filter.ref
        if ref:
            self._page.auto_filter.ref = _longer(ref, above, row)
        if area := str(self._page.print_area or "").rpartition("!")[2].replace("$", ""):
            self._page.print_area = _longer(area, above, row)
        for table in self._page.tables.values():
            table.ref = _longer(table.ref, above, row)
            if table.autoFilter is not None and table.autoFilter.ref:
                table.autoFilter.ref = _longer(table.autoFilter.ref, above, row)

    def _widen(self, place: int) -> None:
        """Let a filter take in a new column beside it."""
        if ref := self._page.auto_filter.ref:
            left, top, right, bottom = range_boundaries(ref)
            if right == place - 1 and left is not None:
                self._page.auto_filter.ref = f"{get_column_letter(left)}{top}:{get_column_letter(place)}{bottom}"


def _head(page: Worksheet, sheet: Sheet, marks: str = "") -> tuple[int, dict[str, int]]:
    """Return the row that holds most headings, and where each stands; the first of its name counts."""
    names = {column.name for column in sheet.columns} | ({marks} - {""})
    best: tuple[int, dict[str, int]] = (1, {})
    for number in range(1, min(page.max_row, _HEAD_WITHIN) + 1):
        heads: dict[str, int] = {}
        for cell in page[number]:
            if (text := cell_text(cell.value)) in names and cell.column is not None:
                heads.setdefault(text, cell.column)
        if len(heads) > len(best[1]):
            best = (number, heads)
    return best


def heads_held(page: Worksheet, sheet: Sheet) -> int:
    """Return how many headings of a sheet a page holds in one row."""
    return len(_head(page, sheet)[1])


def _put(written: Written, cell: Cell | None) -> None:
    """Write a cell as what it is: no text is ever a formula."""
    written.hyperlink = None
    if cell is None or cell == "":
        written.value = None
    elif isinstance(cell, Decimal):
        written.value = float(cell) if cell % 1 else int(cell)
    elif isinstance(cell, date):
        written.value = datetime(cell.year, cell.month, cell.day)
        written.number_format = look.DATE
    else:
        written.value = fitting(cell)
        written.data_type = "s"
        written.number_format = "@"
        written.quotePrefix = dangerous(cell)
        if linkable(cell):
            written.hyperlink = cell


def dress_head(cell: Written | MergedCell) -> None:
    """Make a cell look like the heading of a column."""
    cell.font = Font(name=look.FONT, size=look.SIZE, bold=True, color=look.HEADER_FONT)
    cell.fill = PatternFill("solid", fgColor=look.HEADER_FILL)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _longer(ref: str, above: int, row: int) -> str:
    left, top, right, bottom = range_boundaries(ref)
    if bottom not in {above, row - 1} or right is None or left is None:
        return ref
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{row}"


def page_of(names: Iterable[Worksheet], sheet: Sheet) -> Worksheet | None:
    """Return the page that is a sheet: the one of its name, else the one that holds most of its headings."""
    held = [(page.title == sheet.name, heads_held(page, sheet), -number, page) for number, page in enumerate(names)]
    best = max(held, key=lambda one: one[:3], default=None)
    return best[3] if best is not None and best[1] >= len(sheet.columns) // 2 else None
