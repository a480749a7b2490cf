"""The texts of records wherever they are at hand: in folders, or in the stores that the records came from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.records import Record
from speechmine.store.sources import is_store
from speechmine.store.store import Store
from speechmine.store.texts import agrees, text_of

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


def _stored(record: Record, stores: Iterable[Store]) -> Iterator[str | None]:
    for store in stores:
        found = store.document(record.document.id)
        yield found.text if found is not None and found.text and agrees(record, found.text) else None
