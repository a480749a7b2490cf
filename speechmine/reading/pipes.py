"""Bytes through the pipes between a process and its worker, with a deadline: the other end may hang or be gone."""

import os
import select
import time


def received(pipe: int, size: int, deadline: float) -> bytearray:
    """Read so many bytes.

    Args:
        pipe: File descriptor of the end to read.
        size: How many bytes.
        deadline: Reading of `time.monotonic` to wait for.

    Raises:
        TimeoutError: They have not come in time.
        EOFError: The other end is closed.
    """
    found = bytearray()
    while len(found) < size:
        if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(pipe, min(size - len(found), 1 << 20))
        if not piece:
            raise EOFError
        found += piece
    return found


def send(pipe: int, data: bytes) -> None:
    """Write all of the bytes.

    Raises:
        OSError: The other end is closed.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(pipe, rest) :]
