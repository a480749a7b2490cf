"""The shipped rules as they are once read, checked and compiled, kept for the next start: 0.02 s instead of 0.7 s.

They lie in a folder of the user's own, are tied to the very files and Python they were made with, and are read without
pickle. Where nothing can be kept, or SPEECHMINE_CACHE is empty, rules are read from their files as if this did not exist.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import get_origin

import msgspec

from speechmine.rules.bytecode import Code, CodeError
from speechmine.rules.rule import Rule, Words

_MAKERS = ("speechmine.rules", "speechmine.cleaning")  # what their modules say decides what the files become
_DIGEST = hashlib.sha256().digest_size


class Prepared(msgspec.Struct, frozen=True):
    """The shipped rules and word lists, and patterns that were made of these."""

    rules: tuple[Rule, ...]
    lists: dict[str, Words]
    codes: dict[str, Code] = {}


class Cache:
    """The file in which rules made of some texts are kept, if it may be used."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        folder = _folder()
        self._file = None if folder is None else folder / f"rules-{_installed()}.msgpack"
        self._key = _key(texts) if folder else b""

    def read(self) -> Prepared | None:
        """Return what is kept; None if nothing is, or if it is damaged or somebody else's."""
        if self._file is None:
            return None
        try:
            if not _is_ours(self._file.parent):
                return None
            content = self._file.read_bytes()
            if content[:_DIGEST] != self._seal(content[_DIGEST:]):
                return None
            return msgspec.msgpack.decode(content[_DIGEST:], type=Prepared, dec_hook=_pattern)
        except (OSError, msgspec.DecodeError):
            return None

    def write(self, prepared: Prepared) -> None:
        """Keep rules and lists for the next start; where that cannot be, do nothing."""
        if self._file is None:
            return
        with suppress(OSError, CodeError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_ours(self._file.parent):
                return
            content = msgspec.msgpack.encode(prepared, enc_hook=_code)
            aside = self._file.with_suffix(
                ".partial"
            )  # who writes at the same time may mix in other codes: the seal tells
            aside.write_bytes(self._seal(content) + content)
            aside.replace(self._file)

    def _seal(self, content: bytes) -> bytes:
        """Return what stands before whole content that was made of these texts by these modules on this Python."""
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
    """Say whether nobody else can write to a folder: code is read from it."""
    state = folder.stat()
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _installed() -> str:
    """Return a name for this installation, so that a newer version of it takes the place of what an older one kept."""
    return hashlib.sha256(f"{resources.files(_MAKERS[0])}\0{sys.version}".encode()).hexdigest()[:16]


def _key(texts: Iterable[tuple[str, str]]) -> bytes:
    """Return what tells these texts and modules and this Python from all others."""
    makers = sorted(
        (file.name, file.read_text("utf-8"))
        for package in _MAKERS
        for file in resources.files(package).iterdir()
        if file.name.endswith(".py")
    )
    parts = [sys.version, *(part for pair in (*texts, *makers) for part in pair)]
    return hashlib.sha256("\0".join(parts).encode()).digest()


def _code(value: object) -> object:
    """Return what is kept of a pattern; whatever else msgspec asks about is not kept."""
    source = getattr(value, "pattern", None)
    if not isinstance(source, str):
        raise NotImplementedError(type(value).__name__)
    return Code.of(source)


def _pattern(kind: object, kept: object) -> object:
    """Return the pattern that something kept stands for; all of them take 7 ms, so none is put off."""
    if get_origin(kind) is not re.Pattern:
        raise NotImplementedError(str(kind))
    return msgspec.convert(kept, Code).pattern()
