"""A ledger that people have filled in takes up what was found now: no row is lost, no word of theirs is written over.

Each cell is compared three ways: what was written last, what stands there now, what would be written today. Where people
changed it, theirs stays; where the speech changed it, the new words go in; every change is listed on a sheet of its own.
"""

import itertools
import re
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from speechmine.errors import SpeechmineError
from speechmine.exporting.cells import fitting
from speechmine.exporting.ledger import look
from speechmine.exporting.ledger.files import cell_text, not_kept, open_book, saved
from speechmine.exporting.ledger.matching import matched
from speechmine.exporting.ledger.memory import (
    GONE,
    MARKS,
    MEMORY,
    MEMORY_HEAD,
    REMOVED,
    UNKNOWN,
    Known,
    mark,
    remembered,
)
from speechmine.exporting.ledger.pages import Page, dress_head, page_of
from speechmine.exporting.ledger.tables import SHEETS, TASKS, Row, Sheet, told

CHANGES = "变更记录"
_NUMBER = re.compile(r"[0-9a-f]{16}(-\d+){0,2}")
_HEAD = ("更新次序", "表", "编号", "变更", "栏目", "原值", "现值", "词句", "来源")
_WIDTHS = (9, 14, 20, 16, 14, 40, 40, 48, 28)
NEW, CHANGED, KEPT, BACK = "新增", "改动", "保留人工填写", "恢复"
_FILLS = {NEW: "C6EFCE", CHANGED: "FFEB9C", GONE: "D9D9D9", KEPT: "FCE4D6", BACK: "C6EFCE"}


class Change(msgspec.Struct, frozen=True):
    """One line of the list of changes."""

    row: Known
    kind: str
    column: str = ""
    old: str = ""
    new: str = ""


class Updated(msgspec.Struct):
    """What an update did.

    Attributes:
        data: The workbook, or None where nothing changed.
        changes: What is listed.
        lost: Parts of the workbook that cannot be kept.
    """

    data: bytes | None
    changes: list[Change]
    lost: list[str] = msgspec.field(default_factory=list)

    def count(self, kind: str, sheet: Sheet = TASKS) -> int:
        """Return how many rows of a sheet changed in one way."""
        return len({
            change.row.key for change in self.changes if change.kind == kind and change.row.sheet == sheet.name
        })


def update(path: Path, rows: dict[str, list[Row]], documents: Iterable[str]) -> Updated:
    """Bring the ledger in a file up to date; the file itself is left alone.

    Args:
        path: The ledger.
        rows: The rows of each sheet as found now.
        documents: The ids of all documents read now.

    Raises:
        SpeechmineError: The file is no ledger.
    """
    book = open_book(path)
    memory = _memory(book)
    before = sorted(row.line for row in memory)
    read = set(documents)
    now: list[Known] = []
    changes: list[Change] = []
    written = 0
    for sheet in SHEETS:
        known = [row for row in memory if row.sheet == sheet.name and row.state != MARKS]
        marks = next((row.words for row in memory if row.sheet == sheet.name and row.state == MARKS), "")
        numbers = {row.record: row.key for row in now if row.sheet == TASKS.name}
        page = page_of(book.worksheets, sheet)
        if page is None:
            if sheet is TASKS:
                hint = "Give the .xlsx that `speechmine export ledger` made."
                raise SpeechmineError(f"no sheet with the columns of {sheet.name}", str(path), hint)
            now += [*known, *_heading(sheet, marks)]
            continue
        told_here = [_told_as_here(row, numbers) for row in rows[sheet.name]]
        merge = _Merge(Page(page, sheet, known, marks), known, told_here)
        now += [*merge.run(read), *_heading(sheet, merge.page.marks)]
        changes += merge.changes
        written += merge.written
    if not changes and not written and sorted(row.line for row in now) == before:
        return Updated(None, [])
    if changes:
        _list(book, changes)
    _remember(book, now)
    data = saved(book)
    return Updated(data, changes, not_kept(path, data))


def _heading(sheet: Sheet, marks: str) -> list[Known]:
    """Return what remembers the heading of our column of marks, if there is one."""
    return [Known(sheet.name, "", "", "", "", MARKS, marks)] if marks else []


def _told_as_here(row: Row, numbers: dict[str, str]) -> Row:
    """Name the task that a goal belongs to by the number it has in this ledger."""
    number = numbers.get(str(row.cells.get("所属任务", "")))
    return row if number is None else replace(row, cells={**row.cells, "所属任务": number})


class _Merge:
    """One sheet brought up to date."""

    def __init__(self, page: Page, known: list[Known], rows: list[Row]) -> None:
        self.page, self.changes, self.written = page, list[Change](), 0
        self._known = [*known, *_unremembered(page)]
        self._rows = rows

    def run(self, documents: set[str]) -> list[Known]:
        """Write what is new and changed; return what is to be remembered, in the order of the rows."""
        matching = matched(self.page.sheet, self._known, self._rows, documents)
        after = {row.key: self._here(row) for row in self._known}
        for old, row in matching.pairs:
            after[old.key] = self._taken_up(after[old.key], row)
        for old in matching.gone:
            if after[old.key].state == "":
                after[old.key] = replace(old, state=GONE)
                self._tell([Change(old, GONE)])
        for row in matching.fresh:
            key = _free(row.key, after)
            known = remembered(self.page.sheet, row, key)
            self.page.append(key, row.cells)
            after[key] = known
            self._tell([Change(known, NEW)])
        return list(after.values())

    def _here(self, known: Known) -> Known:
        """Note that people took a row out, or put it back."""
        if known.key in self.page.rows:
            return replace(known, state="") if known.state == REMOVED else known
        if known.state != REMOVED:
            self.changes.append(Change(known, REMOVED))
        return replace(known, state=REMOVED)

    def _taken_up(self, old: Known, row: Row) -> Known:
        """Write into a row what its finding says now."""
        known = remembered(self.page.sheet, row, old.key)
        if old.state == REMOVED:
            return replace(known, state=REMOVED)
        for number in self.page.rows[old.key]:
            found = [Change(known, BACK)] if old.state == GONE else []
            for column in self.page.sheet.fields:
                change = self._cell(known, number, column.name, (old.marks.get(column.name, ""), row))
                found += [change] if change and not column.quiet else []
            self._tell(found, number)
        return known

    def _cell(self, known: Known, number: int, name: str, given: tuple[str, Row]) -> Change | None:
        """Write one cell where the speech changed it and people did not."""
        last, row = given
        cell = row.cells.get(name)
        new = "" if cell is None else told(cell)
        if mark(new) == last:
            return None
        current = self.page.text(number, name)
        if current == new and name in self.page.columns:
            return None
        untouched = mark(current) == last
        if untouched and self.page.write(number, name, cell):
            self.written += 1
            return Change(known, CHANGED, name, current, new)
        return Change(known, KEPT, name, current, new)

    def _tell(self, changes: list[Change], number: int | None = None) -> None:
        """List changes of one row and mark the row."""
        if not changes:
            return
        self.changes += changes
        key = changes[0].row.key
        kinds = {change.kind for change in changes}
        kind = CHANGED if CHANGED in kinds else changes[0].kind
        columns = "、".join(change.column for change in changes if change.kind == kind and change.column)
        for row in [number] if number is not None else self.page.rows.get(key, []):
            self.page.mark(row, f"{kind}：{columns}" if columns else kind, _FILLS[kind])


def _free(key: str, taken: Container[str]) -> str:
    """Return a number for a new row: its id, unless a row that told it before it was revised keeps that."""
    others = (f"{key}-{count}" for count in itertools.count(2))
    return next(number for number in itertools.chain([key], others) if number not in taken)


def _unremembered(page: Page) -> list[Known]:
    """Return rows that carry a number of ours but were not remembered: pasted, or the hidden sheet was lost.

    What stands there may be people's, so that no cell counts as ours.
    """
    found = []
    for key, number in page.unknown_keys().items():
        if _NUMBER.fullmatch(key):
            marks = {column.name: UNKNOWN for column in page.sheet.fields if column.name in page.columns}
            words = " ".join(page.text(number, name) for name in page.sheet.words)
            found.append(Known(page.sheet.name, key, key, "", "", "", words, marks))
            page.rows[key] = [number]
    return found


def _memory(book: Workbook) -> list[Known]:
    if MEMORY not in book.sheetnames:
        return []
    lines = [tuple(cell_text(value) for value in line) for line in book[MEMORY].iter_rows(values_only=True)]
    if not lines or lines[0] != MEMORY_HEAD:
        return []
    return list(_read(lines[1:]))


def _read(lines: Iterable[tuple[str, ...]]) -> Iterator[Known]:
    """Yield the rows that lines remember, without lines that are damaged."""
    for line in lines:
        with suppress(ValueError):
            yield Known.of(line)


def _remember(book: Workbook, known: list[Known]) -> None:
    if MEMORY in book.sheetnames:
        del book[MEMORY]
    page = book.create_sheet(MEMORY)
    page.sheet_state = "veryHidden"
    for number, line in enumerate([MEMORY_HEAD, *(row.line for row in known)], 1):
        for place, text in enumerate(line, 1):
            _text(page, (number, place), text)


def _list(book: Workbook, changes: list[Change]) -> None:
    """Add changes to the sheet that lists them."""
    if CHANGES in book.sheetnames:
        page = book[CHANGES]
    else:
        page = book.create_sheet(CHANGES, len([one for one in book.worksheets if one.title != MEMORY]))
        for place, (name, width) in enumerate(zip(_HEAD, _WIDTHS, strict=True), 1):
            _text(page, (1, place), name)
            cell = page.cell(1, place)
            dress_head(cell)
            page.column_dimensions[cell.column_letter].width = width
        page.freeze_panes = "A2"
    rounds = [row[0].value for row in page.iter_rows(min_row=2, max_col=1)]
    this = 1 + max((value for value in rounds if isinstance(value, int)), default=0)
    for number, change in enumerate(changes, page.max_row + 1):
        row = change.row
        page.cell(number, 1, this)
        told_row = (row.sheet, row.key, change.kind, change.column, change.old, change.new, row.words, row.source)
        for place, text in enumerate(told_row, 2):
            _text(page, (number, place), text)
        page.row_dimensions[number].height = look.height(zip(told_row, _WIDTHS[1:], strict=True))
        page.cell(number, 4).fill = PatternFill("solid", fgColor=_FILLS.get(change.kind, "FFFFFF"))


def _text(page: Worksheet, at: tuple[int, int], text: str) -> None:
    """Write a text that stays one."""
    cell = page.cell(*at)
    if text:
        cell.value = fitting(text)
        cell.data_type = "s"
    cell.font = Font(name=look.FONT, size=look.SIZE)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
