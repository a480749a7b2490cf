"""Where the records of a web archive lie, also when some of it is damaged: what can be read is read, the rest counted.

A compressed archive has one gzip member for each record. One that cannot be unpacked is left behind at the place where
the next begins; a record whose length is wrong, at the next line that a record begins with.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from speechmine.reading.limits import LIMITS

_PIECE = 65_536
_STEP = 4096  # bytes unpacked at a time: what comes out before a fault is kept, and is never more than 4 MB
_GZIP = b"\x1f\x8b\x08"
_BEGIN = b"WARC/"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.I | re.M)
_NEXT = re.compile(rb"WARC/[01]\.\d\r?\n[A-Za-z-]+:")
_NEAR = 64  # bytes: the beginning of a record that a piece may end in


class Lost(msgspec.Struct, frozen=True):
    """So many bytes belong to no record that can be read."""

    size: int


class Raw(msgspec.Struct, frozen=True):
    """The bytes of one record, head and content; ``skipped`` is the size of a content too large to be read."""

    data: bytes
    warning: str = ""
    skipped: int = 0


def raw_records(file: BinaryIO) -> Iterator[Raw | Lost]:
    """Yield the records of a web archive, compressed or not, and what is lost between them."""
    head = file.read(len(_GZIP))
    file.seek(0)
    window = _Window(_unpacked(file) if head == _GZIP else iter(lambda: file.read(_PIECE), b""))
    while True:
        if window.starts():
            found = _record(window) or Lost(window.to_next())
            if isinstance(found, Raw) or found.size:
                yield found
        elif (lost := window.cross()) is None:
            return
        elif lost.size:
            yield lost


class _Window:
    """The part of the archive that is at hand. It ends where a loss begins, until that is crossed."""

    def __init__(self, pieces: Iterator[bytes | Lost]) -> None:
        self.pieces = pieces
        self.data = bytearray()
        self.lost: Lost | None = None

    def holds(self, size: int) -> bool:
        """Read on until so many bytes are at hand; say whether they are."""
        while len(self.data) < size and self.lost is None:
            piece = next(self.pieces, None)
            if piece is None:
                return False
            if isinstance(piece, Lost):
                self.lost = piece
            else:
                self.data += piece
        return len(self.data) >= size

    def starts(self) -> bool:
        """Go to the first byte that is no line end; say whether there is one before the next loss or the end."""
        while self.holds(1):
            blank = len(self.data) - len(self.data.lstrip(b"\r\n"))
            del self.data[:blank]
            if self.data:
                return True
        return False

    def cross(self) -> Lost | None:
        """Go on behind the loss that the window ends at; None where it is the end of the archive."""
        lost, self.lost = self.lost, None
        return lost

    def to_next(self) -> int:
        """Leave bytes behind until a line that a record begins with; return how many."""
        left = 0
        while True:
            found = _NEXT.search(self.data, 1)
            keep = 0 if found is None else len(self.data) - found.start()
            size = len(self.data)
            if found is None and self.holds(size + 1):
                keep = len(self.data) - max(1, size - _NEAR)
            left += len(self.data) - keep
            del self.data[: len(self.data) - keep]
            if found is not None or not keep:
                return left

    def skip(self, size: int) -> None:
        """Leave so many bytes behind, or all before the next loss."""
        while size and self.holds(1):
            step = min(size, len(self.data))
            del self.data[:step]
            size -= step


def _record(window: _Window) -> Raw | None:
    """Take the record that begins here; None where none does."""
    window.holds(LIMITS.header_bytes)
    head_end = _HEAD_END.search(window.data, 0, LIMITS.header_bytes)
    length = _LENGTH.search(window.data, 0, head_end.end()) if head_end else None
    if head_end is None or length is None or not window.data.startswith(_BEGIN):
        return None
    start, size = head_end.end(), int(length[1])
    head = bytes(window.data[:start])
    if size > LIMITS.document_bytes:
        window.skip(start + size)
        return Raw(_with_length(head, 0), skipped=size)
    taken = size if window.holds(start + size) else len(window.data) - start
    if not _is_right(window, start + size):
        wrong = _NEXT.search(window.data, start, start + taken + _NEAR)
        taken = min(taken, wrong.start() - start) if wrong else taken
    content = bytes(window.data[start : start + taken])
    del window.data[: start + taken]
    cut = f"The record is damaged: {taken:,} of its {size:,} bytes are there." if taken < size else ""
    return Raw(_with_length(head, taken) + content + b"\r\n\r\n", cut)


def _is_right(window: _Window, end: int) -> bool:
    """Say whether a record that ends here is followed by another one, or by nothing."""
    if not window.holds(end + 16) and len(window.data) < end:
        return False
    after = bytes(window.data[end : end + 16]).lstrip(b"\r\n")
    return not after or _BEGIN.startswith(after[:5])


def _with_length(head: bytes, size: int) -> bytes:
    return _LENGTH.sub(b"Content-Length: %d\r" % size, head, count=1)


def _unpacked(file: BinaryIO) -> Iterator[bytes | Lost]:
    """Unpack the gzip members of a file; for what cannot be unpacked, say how much it is."""
    packed = file.read(_PIECE)
    while packed:
        inflate = zlib.decompressobj(31)
        given = 0
        try:
            while not inflate.eof and packed:
                data = inflate.decompress(packed[:_STEP])
                packed = (inflate.unused_data + packed[_STEP:]) or file.read(_PIECE)
                given += len(data)
                yield data
        except zlib.error:
            packed, left = _to_next_member(file, packed if given else packed[1:])
            yield Lost(left + (0 if given else 1))
        else:
            if not inflate.eof:
                yield Lost(0)


def _to_next_member(file: BinaryIO, packed: bytes) -> tuple[bytes, int]:
    """Find the next gzip member that a record begins in; return the bytes from there on and how many lie before."""
    left = 0
    while True:
        packed += file.read(_PIECE)
        at = packed.find(_GZIP)
        while at >= 0:
            if _begins_record(packed[at : at + _STEP]):
                return packed[at:], left + at
            at = packed.find(_GZIP, at + 1)
        more = file.read(_PIECE)
        if not more:
            return b"", left + len(packed)
        # What lies so near the end may be the beginning of one.
        keep = min(len(packed), _STEP)
        left += len(packed) - keep
        packed = packed[-keep:] + more


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 16).startswith(_BEGIN)
    except zlib.error:
        return False
