"""The text that the offsets of a record count in, found again beside the records."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.reading import read_file
from speechmine.records import Evidence, Record

_ID = re.compile(r"[0-9a-f]{1,64}")


def text_of(record: Record, folders: Iterable[Path]) -> str | None:
    """Return the text as read of a record's document, or None where no folder holds it.

    It is ``<id>.txt``, which `extract --texts` stored, or the file at ``document.source``; and only where every quote of the
    record stands in it at its place.

    Args:
        record: The record.
        folders: Where to look; the first that has the text gives it.
    """
    for folder in folders:
        for text in chain(_stored(record, folder), _original(record, folder)):
            if agrees(record, text):
                return text
    return None


def agrees(record: Record, text: str) -> bool:
    """Say whether the quotes of a record stand in a text."""
    return all(text[one.start : one.end] == one.quote for one in evidence_of(record))


def evidence_of(record: Record) -> Iterator[Evidence]:
    """Yield the evidence of all findings."""
    for group in (record.mechanisms, record.goals, record.figures, record.measures):
        for finding in group:
            yield finding.evidence


def _stored(record: Record, folder: Path) -> Iterator[str]:
    if _ID.fullmatch(record.document.id):
        try:
            # Bytes, so that line ends stay what the offsets count.
            yield (folder / f"{record.document.id}.txt").read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return


def _original(record: Record, folder: Path) -> Iterator[str]:
    """Read the file that the record names, as it was read then; a name that leads out of the folder is no name."""
    try:
        path = (folder / record.document.source).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return
    except (OSError, ValueError):
        return
    for encoding in (None, record.document.encoding):
        try:
            document = read_file(path, encoding=encoding)
        except (SpeechmineError, LookupError):
            continue
        if document.id == record.document.id:
            yield document.text
