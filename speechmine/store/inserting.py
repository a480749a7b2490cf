"""One document into the tables."""

import sqlite3
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from speechmine.records import Mechanism, Record
from speechmine.store.numbering import Numbers
from speechmine.store.rows import COLUMNS, Finding, FindingRow, document_row, finding_row, findings_of, speech_row
from speechmine.store.sentences import Sentences

_COLUMNS = ("number", "document", "speech", "sentence", *COLUMNS)
_FINDING = f"INSERT INTO findings ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_DOCUMENT = f"INSERT INTO documents VALUES ({', '.join('?' * 15)})"
_SPEECH = f"""INSERT INTO speeches (document, id, title, speaker, speaker_title, place, date, start, "end")
  VALUES ({", ".join("?" * 9)})"""
_SENTENCE = "INSERT INTO sentences (document, text) VALUES (?, ?)"
_LARGEST = 500_000_000


class Incoming(msgspec.Struct, frozen=True):
    """A document to put in: its record, its text if there is one, its JSON line and the digest of that."""

    record: Record
    text: str | None
    line: bytes
    digest: str


def insert(base: sqlite3.Connection, number: int, incoming: Incoming) -> None:
    """Write all rows of a document but for the full-text index; inside a transaction."""
    record, text = incoming.record, incoming.text
    base.execute(_DOCUMENT, (number, *document_row(record, incoming.digest)))
    base.execute("INSERT INTO records VALUES (?, ?)", (number, zlib.compress(incoming.line, 6)))
    if text is not None:
        base.execute("INSERT INTO texts VALUES (?, ?)", (number, text))
    speeches = {one.id: _added(base, _SPEECH, (number, *speech_row(one))) for one in record.speeches}
    new = Numbers(base)
    kept: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for planned in planned_of(record, text):
        finding, row, sentence = planned.finding, planned.row, planned.sentence
        if sentence not in kept:
            kept[sentence] = _added(base, _SENTENCE, (number, sentence))
        key = numbers[finding.id] = new.take(row.date)
        base.execute(_FINDING, (key, number, speeches.get(finding.speech), kept[sentence], *row))
        _insert_parts(base, key, finding)
    for measure in record.measures:
        named = [numbers[id] for id in (*measure.mechanisms, *measure.goals) if id in numbers]
        rows = [(numbers[measure.id], other) for other in dict.fromkeys(named)]
        base.executemany("INSERT INTO links VALUES (?, ?)", rows)


class Planned(NamedTuple):
    """A finding, its row and its sentence, as they are to stand in the store."""

    finding: Finding
    row: FindingRow
    sentence: str


def planned_of(record: Record, text: str | None) -> Iterator[Planned]:
    """Yield the rows of the findings of a document, in the order of its text."""
    speeches = {speech.id: speech for speech in record.speeches}
    sentences = Sentences(record, text)
    for kind, finding in findings_of(record):
        placed = sentences.around(finding.evidence)
        yield Planned(finding, finding_row(kind, finding, record, speeches.get(finding.speech), placed), placed.text)


def _insert_parts(base: sqlite3.Connection, number: int, finding: Finding) -> None:
    owners = [(number, place, name) for place, name in enumerate(finding.owner)]
    base.executemany("INSERT INTO owners VALUES (?, ?, ?)", owners)
    if isinstance(finding, Mechanism):
        parts = [(number, place, one.every, one.action, one.text) for place, one in enumerate(finding.components)]
        base.executemany("INSERT INTO components VALUES (?, ?, ?, ?, ?)", parts)


def _added(base: sqlite3.Connection, question: str, row: tuple[object, ...]) -> int:
    number = base.execute(question, row).lastrowid
    assert number is not None
    return number


def inflated(line: bytes) -> bytes:
    """Return the JSON line of a row of records.

    Raises:
        ValueError: It is damaged, or larger than any record.
    """
    try:
        machine = zlib.decompressobj()
        found = machine.decompress(line, _LARGEST)
    except zlib.error as error:
        raise ValueError(f"damaged: {error}") from error
    if machine.unconsumed_tail or not machine.eof:
        raise ValueError("damaged, or larger than any record")
    return found
