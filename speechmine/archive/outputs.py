"""The outputs: all documents in the order of the inputs, each told which earlier one it is a reprint of.

They depend on the results in the ledger alone, so they are the same bytes however the results came to be there.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from speechmine import __version__, store
from speechmine.archive.facts import Facts
from speechmine.archive.ledger import Ledger, Row
from speechmine.archive.messages import fingerprint_of
from speechmine.archive.runfile import Outputs
from speechmine.archive.stopping import WriteError
from speechmine.archive.writing import WholeFile, fresh_folder, move, remove, settle, write_whole, writing
from speechmine.errors import SpeechmineError
from speechmine.exporting.jsonl import record_of
from speechmine.records import Record
from speechmine.reprints import ReprintIndex

RECORDS = "records"
TABLES = "tables"
SUMMARY = "run.json"
_ASIDE = ".aside"
_NO_REPRINT = b'"reprint_of":null'


class _Sink(Protocol):
    def add(self, line: bytes, record: Record) -> None: ...
    def close(self) -> None: ...
    def abandon(self) -> None: ...


class _Shards:
    """Files of JSON lines, each with so many records."""

    def __init__(self, folder: Path, documents: int) -> None:
        self._folder, self._most = folder, documents
        self._count = 0
        self._file: WholeFile | None = None
        folder.mkdir()

    def add(self, line: bytes, record: Record) -> None:
        if self._count % self._most == 0:
            self.close()
            self._file = WholeFile(self._folder / f"part-{self._count // self._most:05}.jsonl")
        assert self._file is not None
        self._file.write(line + b"\n")
        self._count += 1

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None

    def abandon(self) -> None:
        if self._file is not None:
            self._file.abandon()


class _Store:
    """A store to search, with the texts as read."""

    def __init__(self, path: Path, texts: Sequence[Path]) -> None:
        self._path, self._texts = path, texts
        self._open = ExitStack()
        self._writer = self._open.enter_context(store.writing(path))

    def add(self, line: bytes, record: Record) -> None:
        with self._telling():
            self._writer.add(record, store.text_of(record, self._texts))

    def close(self) -> None:
        with self._telling():
            self._open.close()
        settle(self._path)

    def abandon(self) -> None:
        with suppress(_AbandonedError):
            self._open.__exit__(_AbandonedError, _AbandonedError(), None)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, SpeechmineError) as error:
            raise WriteError(str(error), str(self._path)) from error


class _AbandonedError(Exception):
    """The outputs cannot be finished."""


def assemble(ledger: Ledger, folder: Path, wanted: Outputs, rules_version: str, texts: Sequence[Path] = ()) -> Facts:
    """Write the outputs aside and move them to their places.

    Args:
        ledger: The results.
        folder: The output folder.
        wanted: What to write.
        rules_version: Of the rules, for the summary.
        texts: Where the texts of the documents are, for the store.

    Raises:
        WriteError: They cannot be written.
    """
    facts = Facts()
    aside = folder / _ASIDE
    with writing(folder):
        fresh_folder(aside)
        sinks = _sinks(aside, wanted, texts)
        try:
            _pour(ledger, facts, sinks)
        finally:
            for sink in sinks:
                sink.abandon()
        for table in aside.glob(f"{TABLES}/*"):
            settle(table)
        _summary(aside / SUMMARY, facts, rules_version)
        if wanted.store is not None:
            move(aside / wanted.store, folder / wanted.store)
        for name in (RECORDS, TABLES, SUMMARY):
            (move if (aside / name).exists() else _unwanted)(aside / name, folder / name)
        fresh_folder(aside)
        aside.rmdir()
    return facts


def _pour(ledger: Ledger, facts: Facts, sinks: list[_Sink]) -> None:
    for row, line in _named(ledger.documents()):
        record = record_of(line) if line else None
        facts.add(row, record)
        if record is not None:
            for sink in sinks:
                sink.add(line, record)
    for sink in sinks:
        sink.close()


def written(folder: Path, wanted: Outputs) -> bool:
    """Say whether all outputs are there."""
    names = [SUMMARY, *[RECORDS] * wanted.jsonl, *[TABLES] * wanted.parquet, *([wanted.store] if wanted.store else [])]
    return all((folder / name).exists() for name in names)


def _sinks(aside: Path, wanted: Outputs, texts: Sequence[Path]) -> list[_Sink]:
    sinks: list[_Sink] = [_Shards(aside / RECORDS, wanted.documents_per_file)] if wanted.jsonl else []
    if wanted.parquet:
        from speechmine.exporting.parquet import Tables

        sinks.append(Tables(aside / TABLES))
    if wanted.store is not None:
        sinks.append(_Store(aside / wanted.store, texts))
    return sinks


def _named(rows: Iterator[Row]) -> Iterator[tuple[Row, bytes]]:
    """Give each document with its JSON line; reprints name the first of their kind."""
    seen = ReprintIndex()
    for row in rows:
        line = zlib.decompress(row.record) if row.record else b""
        first = seen.first_like(fingerprint_of(row.fingerprint), row.id) if line else None
        # Within the strings of JSON every quotation mark has a backslash before it: this is the field, once.
        yield row, line if first is None else line.replace(_NO_REPRINT, b'"reprint_of":"%b"' % first.encode(), 1)


def _summary(path: Path, facts: Facts, rules_version: str) -> None:
    told = {"speechmine": __version__, "rules": rules_version, "inputs": facts.outcomes, "findings": facts.findings}
    write_whole(path, json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n")


def _unwanted(_: Path, place: Path) -> None:
    remove(place)
