"""One run at a time for each output folder."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from speechmine.archive.stopping import StoppedError, WriteError

NAME = "lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder; the system lets go of it when the process ends in whatever way, so no lock goes stale.

    Raises:
        StoppedError: Another run holds it, or it cannot be written.
    """
    handle = _opened(folder / NAME)
    try:
        _hold(handle, folder)
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)  # not deleted: another run may have opened it and wait for the same file


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise WriteError((error.strerror or str(error)).lower(), str(path.parent)) from error


def _hold(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process, _, host = os.pread(handle, 200, 0).decode("utf-8", "replace").strip().partition(" ")
        what = f"another run writes there (process {process or '?'} on {host or 'this machine'})"
        raise StoppedError(what, str(folder), "Wait until it has ended, or name another folder.") from None
