"""gzip, bzip2 and xz: a compressed text, table, archive or web archive, read as a stream."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from speechmine.errors import SpeechmineError
from speechmine.reading import rows, tarred, warc
from speechmine.reading.formats import format_of
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Member, Refused
from speechmine.reading.packed import refuse_bomb
from speechmine.reading.stored import PEEK, Stored, too_large

_XZ_MEMORY = 100_000_000


def read(stored: Stored, asked: Asked) -> Iterator[Answer]:
    """Yield the one document that is compressed, or all that the compressed archive or table holds.

    Raises:
        SpeechmineError: It is damaged from the start, a bomb, or too large.
    """
    with stored.open() as file:
        unpacked = Unpacked(file, stored)
        stream = cast("BinaryIO", io.BufferedReader(unpacked, PEEK))
        head = cast("io.BufferedReader", stream).peek(PEEK)
        kind = format_of(head)
        if kind is not None and kind.reader == "warc":
            yield from warc.read(stored, asked)
        elif kind is not None and kind.reader == "tarred":
            yield from tarred.members(stream, stored.source)
        elif kind is None and rows.is_table(head, asked):
            yield from rows.documents(stream, stored.source, asked)
            yield from unpacked.refusal()
        else:
            # The one document keeps the name of the file: 2021.txt.gz.
            data = _one(stream, stored)
            yield Member(stored.source, data, warnings=[unpacked.damage] if unpacked.damage else [])


def _one(stream: BinaryIO, stored: Stored) -> bytes:
    data = stream.read(LIMITS.document_bytes + 1)
    if len(data) > LIMITS.document_bytes:
        raise too_large(len(data), stored.source)
    return data


class Unpacked(io.RawIOBase):
    """A stream of what is compressed. It ends where the file is damaged; ``damage`` then says so."""

    def __init__(self, file: BinaryIO, stored: Stored) -> None:
        self.file, self.stored, self.count, self.damage = file, stored, 0, ""
        self.inner = decompressed(file)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a part of the buffer.

        Raises:
            SpeechmineError: So much comes out that it is a bomb.
        """
        try:
            data = b"" if self.damage else self.inner.read1(len(buffer))
        except (EOFError, OSError, zlib.error, lzma.LZMAError) as error:
            self.damage = f"The compressed file is damaged after {self.count} bytes: the rest is lost."
            if self.count == 0:
                raise SpeechmineError("damaged from its beginning on", self.stored.source, "Get it again.") from error
            data = b""
        self.count += len(data)
        refuse_bomb(self.count, self.file.tell(), self.stored.source)
        buffer[: len(data)] = data
        return len(data)

    def refusal(self) -> Iterator[Answer]:
        """Yield what is to be said of the part that is lost, if any is."""
        if self.damage:
            yield Refused(self.stored.source, self.damage.removesuffix(".").lower(), "Get it again.")


class _Xz:
    """An xz stream whose dictionary may not take all memory."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.decompressor = file, lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def read1(self, size: int) -> bytes:
        """Return some bytes; none at the end."""
        while True:
            if self.decompressor.eof:
                rest = self.decompressor.unused_data or self.file.read(PEEK)
                if not rest.startswith(b"\xfd7zXZ"):
                    return b""
                self.decompressor = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
            else:
                rest = self.file.read(PEEK) if self.decompressor.needs_input else b""
                if not rest and self.decompressor.needs_input:
                    raise EOFError
            data = self.decompressor.decompress(rest, size)
            if data:
                return data


def decompressed(file: BinaryIO) -> gzip.GzipFile | bz2.BZ2File | _Xz:
    """Open a compressed file by its first bytes."""
    magic = file.read(2)
    file.seek(0)
    if magic == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=file)
    return bz2.BZ2File(file) if magic == b"BZ" else _Xz(file)
