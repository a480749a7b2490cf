"""How outputs come to lie under their names: written aside, on the disk, then moved. The only door to writing them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from speechmine.archive.stopping import WriteError


class WholeFile:
    """A file being written; `close` returns when it is on the disk."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb")

    def write(self, data: bytes) -> None:
        """Write bytes."""
        self._file.write(data)

    def close(self) -> None:
        """See that it is on the disk."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of it, whatever of it can be written."""
        with suppress(OSError):
            self._file.close()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is on the disk afterwards."""
    file = WholeFile(path)
    try:
        file.write(data)
        file.close()
    finally:
        file.abandon()


def move(made: Path, place: Path) -> None:
    """Give what was made its name, in place of what has it now.

    A folder cannot take the place of another at once: for a moment there is neither, never a mixture.
    """
    if place.is_dir():
        old = place.with_name(f".old-{place.name}")
        shutil.rmtree(old, ignore_errors=True)
        place.rename(old)
        made.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        made.replace(place)
    settle(place.parent)


def remove(place: Path) -> None:
    """Take away an output that is no longer asked for."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def fresh_folder(place: Path) -> None:
    """Make an empty folder, whatever was left there."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Tell of what cannot be written.

    Raises:
        WriteError: Something within cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise WriteError((error.strerror or str(error)).lower(), str(error.filename or folder)) from error


def settle(place: Path) -> None:
    """See that what was written to a file, or the names in a folder, are on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
