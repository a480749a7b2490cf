"""Tables with a column of texts: JSON lines, CSV and TSV, read row by row however long the file is."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

import msgspec

from speechmine.errors import NotReadError
from speechmine.patterns import compiled
from speechmine.reading.decode import decode
from speechmine.reading.likeliest import canonical_name
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Member, Refused
from speechmine.reading.stored import PEEK, Stored

TEXT_COLUMNS = (
    "text",
    "content",
    "正文",
    "内容",
    "全文",
    "文本",
    "body",
    "article",
    "fulltext",
    "full_text",
    "內容",
    "本文",
)
"""Names of the column that holds the texts, the likeliest first; --text-column names another."""

_SENTENCE = compiled("[。；！？，]")
_FEWEST_ROWS = 2
_LONGEST_NAME = 40
_HINT = "Name the column that holds the texts with --text-column."
_OBJECTS = msgspec.json.Decoder(dict[str, object])


class _Table(NamedTuple):
    """How a table is written: ``delimiter`` is empty for JSON lines; ``column`` is None if none holds texts."""

    delimiter: str
    column: str | None
    encoding: str


def is_table(head: bytes, asked: Asked) -> bool:
    r"""Say whether a file that begins so is a table, and not a text that looks a little like one.

    JSON that has no column of texts is read as a text, whose remains of JSON the cleaning knows.

    >>> is_table('{"text": "各位代表"}\n'.encode(), Asked()), is_table("同志们,\n大家好,\n".encode(), Asked())
    (True, False)
    """
    return _table(head, asked) is not None


def read(stored: Stored, asked: Asked) -> Iterator[Answer]:
    """Yield the text of each row of a table."""
    with stored.open() as file:
        yield from documents(file, stored.source, asked)


def documents(file: BinaryIO, source: str, asked: Asked) -> Iterator[Answer]:
    """Yield the text of each row of a table that is read from a stream.

    Raises:
        NotReadError: No column holds texts.
    """
    head = file.read(PEEK)
    table = _table(head, asked)
    if table is None or table.column is None:
        raise NotReadError("a table without a column of texts", source, _HINT)
    whole = io.BufferedReader(_Joined(head, file), PEEK)
    text = io.TextIOWrapper(whole, table.encoding, errors="replace", newline="")
    cells = _json_cells(text, table.column) if not table.delimiter else _csv_cells(text, table)
    for number, cell in enumerate(cells, 1):
        yield _row(f"{source}#{number}", cell)


def _row(source: str, cell: object) -> Answer:
    if isinstance(cell, Exception):
        return Refused(source, f"not JSON ({cell})", "The line may be cut off.")
    if not isinstance(cell, str) or not cell.strip():
        return Refused(source, "a row without a text", skipped=True)
    lost = cell.count("\ufffd")
    warnings = [f"{lost} characters of the row cannot be read (they stand as U+FFFD)."] if lost else []
    return Member(source, cell.encode("utf-8", "replace"), "utf-8", warnings)


def _table(head: bytes, asked: Asked) -> _Table | None:
    # Most files are texts: only what begins with a brace or a row of cells is decoded to be sure.
    first = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").partition(b"\n")[0]
    if not (b"{" in first[:2] or any(mark in first for mark in (b"\t", b",", b";"))):
        return None
    whole = head[: head.rfind(b"\n") + 1] or head
    encoding = canonical_name(asked.encoding) if asked.encoding else decode(whole).encoding
    if encoding is None:
        return None
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        column = _json_column(text, asked)
        return None if column is None else _Table("", column, _marked(encoding, head))
    return next((found for delimiter in "\t,;" if (found := _csv_table(text, delimiter, asked, encoding, head))), None)


def _json_column(text: str, asked: Asked) -> str | None:
    try:
        row = _OBJECTS.decode(text.lstrip().partition("\n")[0])
    except (msgspec.DecodeError, RecursionError):
        return None
    strings = [name for name, value in row.items() if isinstance(value, str)]
    return _column(strings, asked)


def _csv_table(text: str, delimiter: str, asked: Asked, encoding: str, head: bytes) -> _Table | None:
    lines = io.StringIO(text, newline="")
    try:
        rows = [row for row in itertools.islice(csv.reader(lines, delimiter=delimiter), 20) if row]
    except csv.Error:
        return None
    if len(text) >= PEEK // 3 or head[PEEK - 1 :]:
        rows = rows[:-1] or rows  # the last one may be cut off
    names = rows[0] if rows else []
    column = _column(names, asked)
    if len(names) < 2 or not all(map(_is_name, names)) or len({*names}) < len(names):
        return None
    # Without a column of texts it must look very much like a table, for then it is not read.
    enough = len(rows) > 1 if column else len(rows) > _FEWEST_ROWS and len(names) > 2
    fits = enough and all(len(row) == len(names) for row in rows)
    return _Table(delimiter, column, _marked(encoding, head)) if fits else None


def _is_name(cell: str) -> bool:
    return 0 < len(cell.strip()) <= _LONGEST_NAME and not _SENTENCE.search(cell)


def _column(names: Iterable[str], asked: Asked) -> str | None:
    if asked.column is not None:
        return asked.column if asked.column in names else None
    plain = {name.strip().lower(): name for name in names}
    return next((plain[name] for name in TEXT_COLUMNS if name in plain), None)


def _marked(encoding: str, head: bytes) -> str:
    """Name the encoding that takes the byte order mark away where there is one."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    return "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else encoding


def _json_cells(lines: Iterable[str], column: str) -> Iterator[object]:
    for line in lines:
        if not line.strip():
            continue
        try:
            yield _OBJECTS.decode(line).get(column)
        except (msgspec.DecodeError, RecursionError) as error:
            yield error


def _csv_cells(lines: Iterable[str], table: _Table) -> Iterator[object]:
    csv.field_size_limit(LIMITS.document_bytes)
    for row in csv.DictReader(lines, delimiter=table.delimiter):
        yield row.get(table.column or "")


class _Joined(io.RawIOBase):
    """A stream that begins with bytes which were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a part of the buffer."""
        if self.head:
            data, self.head = self.head[: len(buffer)], self.head[len(buffer) :]
        else:
            data = self.rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
