"""The bytes of one input, in a file or in memory: read only as far as they are needed."""

import hashlib
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.reading.limits import LIMITS, megabytes

PEEK = 65_536
"""So many bytes at either end tell what a file is."""


class Stored(msgspec.Struct, frozen=True):
    """One thing to read.

    Attributes:
        source: What records and messages call it.
        path: The file that holds it, or None.
        data: The bytes, where no file holds them.
        warnings: What went wrong on the way here: an archive that broke off inside it.
        depth: In how many archives it lies.
    """

    source: str
    path: Path | None = None
    data: bytes = b""
    warnings: tuple[str, ...] = ()
    depth: int = 0

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self.data) if self.path is None else self.path.stat().st_size

    def open(self) -> BinaryIO:
        """Open it for reading."""
        return io.BytesIO(self.data) if self.path is None else self.path.open("rb")

    def ends(self) -> tuple[bytes, bytes]:
        """Return the first and the last bytes."""
        with self.open() as file:
            head = file.read(PEEK)
            file.seek(max(0, self.size - PEEK))
            return head, file.read(PEEK)

    def whole(self) -> bytes:
        """Return all bytes.

        Raises:
            SpeechmineError: There are more than one document may have.
        """
        if self.size > LIMITS.document_bytes:
            raise too_large(self.size, self.source)
        return self.data if self.path is None else self.path.read_bytes()

    def identity(self) -> str:
        """Return the id of the document: the same bytes always have the same."""
        digest = hashlib.sha256()
        with self.open() as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        return digest.hexdigest()[:16]


def stored_file(path: str | os.PathLike[str], source: str | None = None) -> Stored:
    """Find a file that can be opened.

    Raises:
        SpeechmineError: It is missing, is a folder, or cannot be read.
    """
    place = Path(path)
    source = place.name if source is None else source
    try:
        mode = place.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SpeechmineError("a folder, not a file", source, "Give the folder itself as input to read all in it.")
        if not stat.S_ISREG(mode):
            raise SpeechmineError("not a regular file", source, "Give - to read from standard input.")
        place.open("rb").close()
    except FileNotFoundError:
        raise SpeechmineError("there is no such file", source, "Check the path.") from None
    except (OSError, ValueError) as error:
        raise unreadable(error, source) from error
    return Stored(source, place)


def unreadable(error: OSError | ValueError, source: str) -> SpeechmineError:
    """Say in the reader's words why a file cannot be read."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return SpeechmineError(f"cannot be read ({reason.lower()})", source)


def too_large(size: int, source: str) -> SpeechmineError:
    """Refuse so many bytes for one document."""
    what = f"too large ({megabytes(size)}; the limit for one document is {megabytes(LIMITS.document_bytes)})"
    return SpeechmineError(what, source, "Split it into its documents.")
