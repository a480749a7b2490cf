"""One indexer at a time for each store."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from speechmine.errors import SpeechmineError


@contextlib.contextmanager
def locked(store: Path) -> Iterator[None]:
    """Hold a store for writing; the system lets go of it when the process ends in whatever way.

    Raises:
        SpeechmineError: Another process holds it, or its folder cannot be written.
    """
    path = store.with_name(f"{store.name}.lock")
    handle = _held(path, store)
    try:
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)


def _held(path: Path, store: Path) -> int:
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            what = f"cannot be written ({(error.strerror or str(error)).lower()})"
            raise SpeechmineError(what, str(store), "Name a writable place for --store.") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            process = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "?"
            os.close(handle)
            what = f"another speechmine writes to it (process {process})"
            raise SpeechmineError(what, str(store), "Wait until it has ended, or name another store.") from None
        # The one before may have taken its name away between our opening and our holding it.
        with contextlib.suppress(FileNotFoundError):
            if os.stat(path).st_ino == os.fstat(handle).st_ino:  # noqa: PTH116
                return handle
        os.close(handle)
