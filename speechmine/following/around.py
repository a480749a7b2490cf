"""The words around a number, read from the texts where they are at hand."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.records import Evidence, Record
from speechmine.store import Store, text_of
from speechmine.store.sources import MAGIC
from speechmine.store.texts import agrees

LEADING = 700  # characters before a number in which the period it belongs to is looked for
_SIDE = 60  # characters quoted on each side
_ENDS = re.compile(r"[。；;！!？?\n\r]")
TextOf = Callable[[Record], str | None]


def no_texts(record: Record) -> None:
    """Stand for the texts where none are at hand."""


def texts_of(paths: Iterable[Path], folders: Sequence[Path]) -> TextOf:
    """Return what finds the text of a record: in the folders, or in the stores among the paths.

    Raises:
        SpeechmineError: A folder is none, or a store cannot be opened.
    """
    for folder in folders:
        if not folder.is_dir():
            raise SpeechmineError("is no folder", str(folder), "Name the folder of the texts that were read.")
    stores = [Store.open(path) for path in paths if is_store(path)]
    if not stores and not folders:
        return no_texts
    return lambda record: text_of(record, folders) or next(filter(None, _stored(record, stores)), None)


def is_store(path: Path) -> bool:
    """Say whether a file is SQLite's."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _stored(record: Record, stores: Iterable[Store]) -> Iterator[str | None]:
    for store in stores:
        found = store.document(record.document.id)
        yield found.text if found is not None and found.text and agrees(record, found.text) else None


def leading(text: str | None, evidence: Evidence) -> str | None:
    """Return the text that leads up to the words of a finding; None where the text is not that of the record."""
    if text is None or text[evidence.start : evidence.end] != evidence.quote:
        return None
    return text[max(0, evidence.start - LEADING) : evidence.start]


def sentence(text: str | None, evidence: Evidence) -> str | None:
    """Return the sentence around the words of a finding, at most some sixty characters on each side.

    >>> sentence("先说结果。全年增长5%左右，好。再说", Evidence(quote="5%左右", start=9, end=13))
    '全年增长5%左右，好。'
    """
    before = leading(text, evidence)
    if text is None or before is None:
        return None
    start = _ENDS.split(before)[-1][-_SIDE:]
    after = text[evidence.end : evidence.end + _SIDE]
    end = _ENDS.search(after)
    return (start + evidence.quote + (after[: end.end()] if end else after)).strip()
