"""One file to one document, or the reason why not: what it is, and what to do next."""

import os

from speechmine.errors import SpeechmineError
from speechmine.reading.document import Document
from speechmine.reading.documents import documents
from speechmine.reading.messages import Asked
from speechmine.reading.stored import Stored, stored_file


def read_file(path: str | os.PathLike[str], source: str | None = None, encoding: str | None = None) -> Document:
    """Read a file that holds one document.

    Args:
        path: The file.
        source: What the record calls it; the file's name where not given.
        encoding: Decode in this encoding; found out where not given.

    Raises:
        SpeechmineError: The file is missing, is a folder, cannot be read, is too large, is empty, holds no text
            (`NotReadError`), or holds several documents.
    """
    return _only(stored_file(path, source), encoding)


def read_bytes(data: bytes, source: str, encoding: str | None = None) -> Document:
    """Read the bytes of one document; line ends of a text stay as they are, a byte order mark goes.

    Raises:
        SpeechmineError: The bytes are too many, empty, no document, or not in the encoding named.

    >>> read_bytes("各位代表：".encode("gbk"), "report.txt").encoding
    'gb18030'
    """
    return _only(Stored(source, data=data), encoding)


def _only(stored: Stored, encoding: str | None) -> Document:
    found = documents(stored, Asked(encoding))
    first = next(found, None)
    if isinstance(first, SpeechmineError):
        raise first
    if first is None or next(found, None) is not None:
        hint = "Use speechmine.reading.inputs, or `speechmine extract`, which read them all."
        raise SpeechmineError("holds several documents", stored.source, hint)
    return first
