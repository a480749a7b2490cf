"""What one start works out and the next can take up: files in a folder of the user's own, with a checksum, read without pickle.

Where nothing can be kept, or SPEECHMINE_CACHE is empty, all is done as if this did not exist: only time is lost.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import resources
from pathlib import Path

_DIGEST = hashlib.sha256().digest_size


class KeptFile:
    """A file of this installation, named after what it holds. It may be gone or damaged at any time: nothing is raised.

    Args:
        name: What it holds.
        made_of: Returns what it was made of: a file made of anything else, or by another Python, is not read.
    """

    def __init__(self, name: str, made_of: Callable[[], bytes]) -> None:
        folder = _folder()
        self._file = None if folder is None else folder / f"{name}-{_installed()}.msgpack"
        self._key = b"" if folder is None else sys.version.encode() + b"\0" + made_of()

    @property
    def is_used(self) -> bool:
        """Whether anything may be kept at all."""
        return self._file is not None

    def read(self) -> bytes | None:
        """Return what is kept; None if nothing is, or if it is damaged or somebody else's."""
        if self._file is None:
            return None
        try:
            if not _is_ours(self._file.parent):
                return None
            content = self._file.read_bytes()
        except OSError:
            return None
        return content[_DIGEST:] if content[:_DIGEST] == self._checksum(content[_DIGEST:]) else None

    def write(self, content: bytes) -> None:
        """Keep something for the next start; where that cannot be, do nothing."""
        if self._file is None:
            return
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_ours(self._file.parent):
                return
            # Who writes at the same time may mix in other bytes: the checksum tells.
            aside = self._file.with_suffix(".partial")
            aside.write_bytes(self._checksum(content) + content)
            aside.replace(self._file)

    def _checksum(self, content: bytes) -> bytes:
        """Return what stands before whole content that was made of these things on this Python."""
        return hashlib.sha256(self._key + content).digest()


def _folder() -> Path | None:
    """Return the folder for what is kept: SPEECHMINE_CACHE, else the one that the system gives caches; None for none."""
    named = os.environ.get("SPEECHMINE_CACHE")
    if named is not None:
        return Path(named) if named else None
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "speechmine"
    except RuntimeError:  # nobody's home
        return None


def _is_ours(folder: Path) -> bool:
    """Say whether nobody else can write to a folder, or put another in its place: code is read from it."""
    if not hasattr(os, "getuid"):
        return True
    here, *above = (each.stat() for each in (folder.resolve(), *folder.resolve().parents))
    mine = here.st_uid == os.getuid() and not here.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return mine and not any(each.st_mode & stat.S_IWOTH and not each.st_mode & stat.S_ISVTX for each in above)


def _installed() -> str:
    """Return a name for this installation, so that a newer version of it takes the place of what an older one kept."""
    return hashlib.sha256(f"{resources.files('speechmine')}\0{sys.version}".encode()).hexdigest()[:16]
