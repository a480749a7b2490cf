"""One file to one document, or the reason why not: what it is, and what to do next."""

import hashlib
import os
import re
import stat
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.reading.decode import decode
from speechmine.reading.document import Document
from speechmine.reading.formats import binary, format_of

LARGEST = 100_000_000
"""A larger file is refused: no speech has a hundred million bytes."""

_VISIBLE = re.compile("[^\\s\0\ufeff\u200b-\u200f\u2060]")


def read_file(path: str | os.PathLike[str], source: str | None = None, encoding: str | None = None) -> Document:
    """Read one file.

    Args:
        path: The file.
        source: What the record calls it; the file's name where not given.
        encoding: Decode in this encoding; found out where not given.

    Raises:
        SpeechmineError: The file is missing, is a folder, cannot be read, is too large, is empty or is not text.
    """
    place = Path(path)
    source = place.name if source is None else source
    try:
        status = place.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SpeechmineError("a folder, not a file", source, "Give the folder itself as input to read all in it.")
        if not stat.S_ISREG(status.st_mode):
            raise SpeechmineError("not a regular file", source, "Give - to read from standard input.")
        _refuse_large(status.st_size, source)
        data = place.read_bytes()
    except FileNotFoundError:
        raise SpeechmineError("there is no such file", source, "Check the path.") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SpeechmineError(f"cannot be read ({reason.lower()})", source) from error
    return read_bytes(data, source, encoding)


def read_bytes(data: bytes, source: str, encoding: str | None = None) -> Document:
    """Read the bytes of one document; line ends stay as they are, a byte order mark goes.

    Raises:
        SpeechmineError: The bytes are too many, empty, not text, or not in the encoding named.

    >>> read_bytes("各位代表：".encode("gbk"), "report.txt").encoding
    'gb18030'
    """
    _refuse_large(len(data), source)
    kind = format_of(data)
    if kind:
        raise SpeechmineError(kind.name, source, kind.hint)
    if not data.strip(b"\0 \t\r\n\v\f"):
        raise _empty(source)
    decoded = decode(data, encoding, source)
    if not _VISIBLE.search(decoded.text):
        raise _empty(source)
    kind = binary(decoded.text)
    if kind:
        raise SpeechmineError(kind.name, source, kind.hint)
    name = hashlib.sha256(data).hexdigest()[:16]
    return Document(name, source, decoded.text, decoded.encoding, decoded.warnings, decoded.repairs)


def _empty(source: str) -> SpeechmineError:
    return SpeechmineError("empty: nothing to read", source, "Check how the file was saved or downloaded.")


def _refuse_large(size: int, source: str) -> None:
    if size > LARGEST:
        what = f"too large ({size / 1e6:,.0f} MB; the limit is {LARGEST / 1e6:,.0f} MB)"
        raise SpeechmineError(what, source, "Split it into its documents.")
