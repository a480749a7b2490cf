"""The outputs: all documents in the order of the inputs, each told which earlier one it is a reprint of.

They depend on the results in the ledger alone, so they are the same bytes however the results came to be there.
"""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from speechmine import __version__
from speechmine.archive.facts import Facts
from speechmine.archive.ledger import Ledger, Row
from speechmine.archive.messages import fingerprint_of
from speechmine.archive.runfile import Outputs
from speechmine.archive.writing import WholeFile, fresh_folder, move, remove, settle, write_whole, writing
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


def assemble(ledger: Ledger, folder: Path, wanted: Outputs, rules_version: str) -> Facts:
    """Write the outputs aside and move them to their places.

    Raises:
        WriteError: They cannot be written.
    """
    facts = Facts()
    aside = folder / _ASIDE
    with writing(folder):
        fresh_folder(aside)
        sinks = _sinks(aside, wanted)
        try:
            _pour(ledger, facts, sinks)
        finally:
            for sink in sinks:
                sink.abandon()
        for table in aside.glob(f"{TABLES}/*"):
            settle(table)
        _summary(aside / SUMMARY, facts, rules_version)
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
    names = [SUMMARY, *[RECORDS] * wanted.jsonl, *[TABLES] * wanted.parquet]
    return all((folder / name).exists() for name in names)


def _sinks(aside: Path, wanted: Outputs) -> list[_Sink]:
    sinks: list[_Sink] = [_Shards(aside / RECORDS, wanted.documents_per_file)] if wanted.jsonl else []
    if wanted.parquet:
        from speechmine.exporting.parquet import Tables

        sinks.append(Tables(aside / TABLES))
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
