"""Examining a store, and saving what can be saved."""

import contextlib
import sqlite3
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.json_lines import record_of
from speechmine.records import Record
from speechmine.store.indexing import rebuild as put_all_in
from speechmine.store.indexing import searchables
from speechmine.store.inserting import inflated, planned_of
from speechmine.store.locking import locked
from speechmine.store.migrating import up_to_date
from speechmine.store.opening import BROKEN, connected, told, version_of
from speechmine.store.rows import COLUMNS, document_row, speech_row
from speechmine.store.texts import agrees
from speechmine.store.tokens import tokens
from speechmine.store.writer import writing

_TOLD = 5
_HELD = (
    """SELECT id, source, title, published, publisher, genre, script, encoding, complete, reference_date, reprint_of, repairs,
      warnings FROM documents WHERE number = ?""",
    'SELECT id, title, speaker, speaker_title, place, date, start, "end" FROM speeches WHERE document = ?',
    f"""SELECT s.text, {", ".join(f"f.{name}" for name in COLUMNS)} FROM findings f
      JOIN sentences s ON s.number = f.sentence WHERE f.document = ?""",
    "SELECT f.id, position, o.name FROM findings f JOIN owners o ON o.finding = f.number WHERE f.document = ?",
    """SELECT f.id, position, every, c.action, c.text FROM findings f JOIN components c ON c.finding = f.number
      WHERE f.document = ?""",
)
_PAIR = struct.Struct("<Q")


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, and what to do."""

    what: str
    hint: str


class Saved(msgspec.Struct, frozen=True):
    """What came out of a damaged store."""

    documents: int
    lost: int

    def told(self) -> str:
        """Say it."""
        return f"{self.documents:,} documents saved, {self.lost:,} could not be read"


def examine(path: Path) -> Iterator[Fault]:
    """Yield what is wrong with a store, from the pages of the file up to the words in its index.

    Raises:
        SpeechmineError: There is none, or it is none.
    """
    if not path.is_file():
        raise SpeechmineError("there is no such store", str(path), "Make one: speechmine index RECORDS.jsonl")
    recover = f"Save what can be read: speechmine doctor {path} --recover NEW.sqlite; or index the records again."
    rebuild = f"Make it again: speechmine doctor {path} --rebuild"
    try:
        up_to_date(path)
        with contextlib.closing(connected(f"{path.absolute().as_uri()}?mode=ro", path)) as base:
            version_of(base, path)
            pages = [str(row[0]) for row in base.execute(f"PRAGMA integrity_check({_TOLD})")]
            if pages != ["ok"]:
                yield Fault(f"the file is damaged ({pages[0]})", recover)
                return
            broken = base.execute("PRAGMA foreign_key_check").fetchmany(_TOLD)
            if broken:
                yield Fault(f"rows of {broken[0][0]} belong to nothing", recover)
            yield from (Fault(what, recover) for what in _records(base))
            if not _indexed(base):
                yield Fault("the full-text index does not say what the tables say", rebuild)
    except BROKEN as error:
        yield Fault(f"the file is damaged ({error})", recover)
    except SpeechmineError as error:
        if "damaged" not in error.what:
            raise
        yield Fault(f"the file is damaged ({error.what})", recover)


def _records(base: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with documents: each record is read, its rows made again and compared, quotes looked up."""
    documents = base.execute("SELECT number, id, source FROM documents").fetchall()
    told = 0
    for number, id, source in documents:
        what = _fault_of(base, number, id)
        if what and told < _TOLD:
            told += 1
            yield f"{source}: {what}"


def _fault_of(base: sqlite3.Connection, number: int, id: str) -> str:
    (line,) = base.execute("SELECT line FROM records WHERE document = ?", (number,)).fetchone() or (b"",)
    (text,) = base.execute("SELECT text FROM texts WHERE document = ?", (number,)).fetchone() or (None,)
    try:
        record = record_of(inflated(line))
    except (ValueError, TypeError) as error:
        return f"its record cannot be read ({error})"
    if record.document.id != id or (text is not None and not agrees(record, text)):
        return "its text is not that of its quotes"
    held = [Counter(base.execute(question, (number,))) for question in _HELD]
    return "" if held == _expected(record, text) else "its findings are not those of its record"


def _expected(record: Record, text: str | None) -> list[Counter[tuple[object, ...]]]:
    """Return the rows that the record gives, in the order of _HELD."""
    planned = list(planned_of(record, text))
    owners = [(one.finding.id, place, name) for one in planned for place, name in enumerate(one.finding.owner)]
    parts = [
        (one.id, place, part.every, part.action, part.text)
        for one in record.mechanisms
        for place, part in enumerate(one.components)
    ]
    rows: tuple[list[tuple[object, ...]], ...] = (
        [document_row(record, "")[:-1]],
        [speech_row(speech) for speech in record.speeches],
        [(one.sentence, *one.row) for one in planned],
        [*owners],
        [*parts],
    )
    return [Counter(each) for each in rows]


def _indexed(base: sqlite3.Connection) -> bool:
    """Whether the full-text index holds what the tables say, token by token: both are made again, and summed up."""
    try:
        base.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'search', 'instance')")
        held = count = 0
        for term, number in base.execute("SELECT term, doc FROM temp.held"):
            held += _hash(term, number)
            count += 1
        base.execute("DROP TABLE temp.held")
    except BROKEN:
        return False
    for (document,) in base.execute("SELECT number FROM documents").fetchall():
        for found in searchables(base, document):
            for term in tokens(found).split(" "):
                held -= _hash(term, found.number)
                count -= 1
    return held == 0 and count == 0


def _hash(term: str, number: int) -> int:
    data = term.encode() + _PAIR.pack(number)
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def rebuild(path: Path) -> None:
    """Make the full-text index again from the tables.

    Raises:
        SpeechmineError: The tables cannot be read, or the store cannot be written.
    """
    up_to_date(path)
    with locked(path):
        try:
            with contextlib.closing(connected(path.absolute().as_uri(), path)) as base:
                base.execute("BEGIN IMMEDIATE")
                put_all_in(base)
                base.execute("COMMIT")
        except BROKEN as error:
            raise told(error, path) from error


def recover(path: Path, new: Path) -> Saved:
    """Put every record that can still be read into a new store, with its text where that can be read too.

    Raises:
        SpeechmineError: The new store is there already, or nothing can be read.
    """
    if new.exists():
        raise SpeechmineError("is there already", str(new), "Name a new file for --recover.")
    if not path.is_file():
        raise SpeechmineError("there is no such store", str(path), "Name the store that is damaged.")
    lost = 0
    try:
        with writing(new) as writer:
            for found in _readable(path):
                if found is None:
                    lost += 1
                else:
                    writer.add(*found)
    except SpeechmineError:
        if not writer.counts.new:
            new.unlink(missing_ok=True)
        raise
    return Saved(writer.counts.new, lost)


def _readable(path: Path) -> Iterator[tuple[Record, str | None] | None]:
    """Yield the documents one by one, by number: one that cannot be read is None and does not cost the next."""
    try:
        with contextlib.closing(connected(f"{path.absolute().as_uri()}?mode=ro", path)) as base:
            ((last,),) = base.execute("SELECT max(document) FROM records").fetchall()
            for number in range(1, int(last or 0) + 1):
                yield from _document(base, number)
    except BROKEN as error:
        raise told(error, path) from error


def _document(base: sqlite3.Connection, number: int) -> list[tuple[Record, str | None] | None]:
    """Return the document of a number, if there is one."""
    try:
        row = base.execute("SELECT line FROM records WHERE document = ?", (number,)).fetchone()
        record = None if row is None else record_of(inflated(row[0]))
    except BROKEN:
        return [None]
    return [] if record is None else [(record, _text(base, number, record))]


def _text(base: sqlite3.Connection, number: int, record: Record) -> str | None:
    try:
        row = base.execute("SELECT text FROM texts WHERE document = ?", (number,)).fetchone()
    except BROKEN:
        return None
    return row[0] if row is not None and agrees(record, row[0]) else None
