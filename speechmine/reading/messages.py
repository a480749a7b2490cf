"""What the run and its worker say to each other: frozen records, each behind its length, over a pipe."""

import struct
from typing import BinaryIO

import msgspec

from speechmine.errors import NotReadError, SpeechmineError


class Asked(msgspec.Struct, frozen=True):
    """What the user said of the inputs.

    Attributes:
        encoding: Encoding of all texts, or None to tell it from their bytes.
        column: The column of tables that holds the texts, or None to know it by its name.
    """

    encoding: str | None = None
    column: str | None = None


class Job(msgspec.Struct, frozen=True):
    """One thing to read, and the module that is to read it."""

    reader: str
    source: str
    asked: Asked
    path: str | None = None
    data: bytes = b""
    depth: int = 0


class Text(msgspec.Struct, frozen=True, tag=True):
    """The text of the document, and what went wrong in reading it."""

    text: str
    warnings: list[str] = []


class Member(msgspec.Struct, frozen=True, tag=True):
    """One document of several, still as bytes; ``source`` is its whole name, ``encoding`` known only of table rows."""

    source: str
    data: bytes
    encoding: str | None = None
    warnings: list[str] = []


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why something is not read: ``skipped`` on purpose, or broken."""

    source: str
    what: str
    hint: str = ""
    skipped: bool = False

    @classmethod
    def of(cls, error: SpeechmineError) -> "Refused":
        """Make a message of an error."""
        return cls(error.where, error.what, error.hint, isinstance(error, NotReadError))

    def error(self) -> SpeechmineError:
        """Make an error of the message."""
        return (NotReadError if self.skipped else SpeechmineError)(self.what, self.source, self.hint)


class Alive(msgspec.Struct, frozen=True, tag=True):
    """The worker is at work: the next page of many is done."""


class Done(msgspec.Struct, frozen=True, tag=True):
    """The job is done; ``worn`` when the worker has used so much memory that another should take the next."""

    worn: bool = False


Answer = Text | Member | Refused | Alive
"""What a reader yields."""

_LENGTH = struct.Struct(">Q")
_ENCODER = msgspec.msgpack.Encoder()
_JOBS = msgspec.msgpack.Decoder(Job)
_ANSWERS = msgspec.msgpack.Decoder(Text | Member | Refused | Alive | Done)


def packed(message: msgspec.Struct) -> tuple[bytes, bytes]:
    """Write a message as it goes through the pipe: its length and its body, apart, for the body may be large."""
    body = _ENCODER.encode(message)
    return _LENGTH.pack(len(body)), body


def length(head: bytes | bytearray) -> int:
    """Return how many bytes follow the head of a message."""
    return int(_LENGTH.unpack(head)[0])


def answer(body: bytearray) -> Answer | Done:
    """Read what the worker says."""
    found: Answer | Done = _ANSWERS.decode(body)
    return found


def job(file: BinaryIO) -> Job | None:
    """Read the next job; None when there will be no more."""
    head = file.read(_LENGTH.size)
    return _JOBS.decode(file.read(length(head))) if len(head) == _LENGTH.size else None
