"""One document into the tables."""

import sqlite3
import zlib
from dataclasses import dataclass

from speechmine.records import Mechanism, Record, Speech
from speechmine.store.numbering import Numbers
from speechmine.store.rows import COLUMNS, Finding, document_row, finding_row, findings_of, speech_row
from speechmine.store.sentences import Sentences

_COLUMNS = ("number", "document", "speech", "sentence", *COLUMNS)
_FINDING = f"INSERT INTO findings ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_DOCUMENT = f"INSERT INTO documents VALUES ({', '.join('?' * 15)})"
_SPEECH = f"""INSERT INTO speeches (document, id, title, speaker, speaker_title, place, date, start, "end")
  VALUES ({", ".join("?" * 9)})"""
_LARGEST = 500_000_000


@dataclass(frozen=True, slots=True)
class Incoming:
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
    speeches = {speech.id: (speech, _added(base, _SPEECH, (number, *speech_row(speech)))) for speech in record.speeches}
    _insert_findings(base, number, incoming, speeches)


def _insert_findings(
    base: sqlite3.Connection, document: int, incoming: Incoming, speeches: dict[str, tuple[Speech, int]]
) -> None:
    record = incoming.record
    new = Numbers(base)
    sentences = Sentences(record, incoming.text)
    kept: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for kind, finding in findings_of(record):
        speech, speech_number = speeches.get(finding.speech, (None, None))
        placed = sentences.around(finding.evidence)
        sentence = kept.get(placed.text)
        if sentence is None:
            ask = "INSERT INTO sentences (document, text) VALUES (?, ?)"
            sentence = kept[placed.text] = _added(base, ask, (document, placed.text))
        row = finding_row(kind, finding, record, speech, placed)
        number = numbers[finding.id] = new.take(row.date)
        base.execute(_FINDING, (number, document, speech_number, sentence, *row))
        _insert_parts(base, number, finding)
    for measure in record.measures:
        named = [numbers[id] for id in (*measure.mechanisms, *measure.goals) if id in numbers]
        rows = [(numbers[measure.id], other) for other in dict.fromkeys(named)]
        base.executemany("INSERT INTO links VALUES (?, ?)", rows)


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
