"""What a run and its workers say to each other; the same bytes go through a pipe or over a network."""

import os
import struct
import zlib
from pathlib import Path
from typing import Literal

import msgspec

from speechmine.reprints import Fingerprint
from speechmine.reprints.fingerprint import MARKS

Outcome = Literal["ok", "degraded", "skipped", "failed"]


class Setup(msgspec.Struct, frozen=True):
    """What a worker needs before its first document.

    Attributes:
        version: Of speechmine; a worker of another version would write other records.
        rules_version: Of the rules; the same.
        rules: Rule files of the user's own.
        reference_date: As in `Options`.
        explain: As in `Options`.
        texts: Whether the text as read comes back where no text file holds it.
        seconds: Time for each begun megabyte of a document.
        memory_mb: Address space of the worker.
        documents: After so many documents the worker is replaced.
    """

    version: str
    rules_version: str
    rules: list[bytes]
    reference_date: str | None
    explain: bool
    texts: bool
    seconds: int
    memory_mb: int
    documents: int

    @property
    def limits(self) -> str:
        """What is kept of a document that went over a limit: under other limits it is tried again."""
        return f"{self.seconds} s, {self.memory_mb} MB"

    def seconds_for(self, size: int) -> int:
        """Return how long a document of so many bytes may take."""
        return self.seconds * (1 + size // 1_000_000)


class Task(msgspec.Struct, frozen=True):
    """One document to read.

    Attributes:
        input: Number of its input in the ledger.
        member: Its number in the input.
        source: What records and messages call it.
        size: Its bytes.
        path: The file that holds it, or None.
        data: The bytes, where no file holds them.
        id: The id that it had when it was hashed; empty where it was not.
        warnings: As in `Stored`.
        depth: As in `Stored`.
        encoding: As in `Asked`.
        column: As in `Asked`.
    """

    input: int
    member: int
    source: str
    size: int
    path: bytes | None = None
    data: bytes = b""
    id: str = ""
    warnings: list[str] = []
    depth: int = 0
    encoding: str | None = None
    column: str | None = None

    @property
    def file(self) -> Path | None:
        """The file that holds it."""
        return None if self.path is None else Path(os.fsdecode(self.path))


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How one document ended.

    Attributes:
        input: Number of its input.
        member: Its number in the input.
        source: What messages call it.
        outcome: One of four.
        what: What is wrong, empty where all is well.
        hint: What to do next.
        id: Id of the document; empty without a record.
        record: Its JSON line, deflated; empty without a record.
        fingerprint: As `packed_fingerprint` writes it.
        text: The text as read, deflated, where it is asked for.
        seconds: Time it took.
        size: Its bytes.
        limits: The limits it went over, as `Setup.limits`, or another reason to try again; else empty.
        worn: Whether the worker should be replaced.
    """

    input: int
    member: int
    source: str
    outcome: Outcome
    what: str = ""
    hint: str = ""
    id: str = ""
    record: bytes = b""
    fingerprint: bytes = b""
    text: bytes | None = None
    seconds: float = 0.0
    size: int = 0
    limits: str = ""
    worn: bool = False


class Ready(msgspec.Struct, frozen=True):
    """The worker has loaded its rules."""

    version: str
    rules_version: str


_LENGTH = struct.Struct(">Q")
HEAD = _LENGTH.size
_FINGERPRINT = struct.Struct(f"<I{MARKS}I")
_ENCODER = msgspec.msgpack.Encoder()
setup_of = msgspec.msgpack.Decoder(Setup).decode
ready_of = msgspec.msgpack.Decoder(Ready).decode
task_of = msgspec.msgpack.Decoder(Task).decode
tasks_of = msgspec.msgpack.Decoder(list[Task]).decode
result_of = msgspec.msgpack.Decoder(Result).decode
results_of = msgspec.msgpack.Decoder(list[Result]).decode


def packed(message: msgspec.Struct | list[Task] | list[Result]) -> bytes:
    """Write a message as bytes."""
    return _ENCODER.encode(message)


def framed(body: bytes) -> bytes:
    """Put the length of a message before it, for a pipe."""
    return _LENGTH.pack(len(body)) + body


def length(head: bytes | bytearray) -> int:
    """Return how many bytes follow the head of a message in a pipe."""
    return int(_LENGTH.unpack(head)[0])


def deflated(data: bytes) -> bytes:
    """Press a record: to a fifth, at 200 MB/s."""
    return zlib.compress(data, 1)


def packed_fingerprint(found: Fingerprint | None) -> bytes:
    """Write a fingerprint in 260 bytes; nothing for none."""
    return b"" if found is None else _FINGERPRINT.pack(found.size, *found.marks)


def fingerprint_of(data: bytes) -> Fingerprint | None:
    """Read what `packed_fingerprint` wrote.

    >>> twin = Fingerprint(3, tuple(range(64)))
    >>> fingerprint_of(packed_fingerprint(twin)) == twin, fingerprint_of(b"")
    (True, None)
    """
    if not data:
        return None
    size, *marks = _FINGERPRINT.unpack(data)
    return Fingerprint(size, tuple(marks))
