"""The shipped rules as they are once read, checked and compiled, kept for the next start: 0.02 s instead of 0.7 s.

They are tied to the very files and Python they were made with.
"""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from importlib import resources
from typing import get_origin

import msgspec

from speechmine.keeping import KeptFile
from speechmine.patterns import Code, CodeError
from speechmine.rules.rule import Rule, Words

_MAKERS = (
    "speechmine.rules",
    "speechmine.cleaning",
)  # with patterns.py: what their modules say decides what the files become


class Prepared(msgspec.Struct, frozen=True):
    """The shipped rules and word lists."""

    rules: tuple[Rule, ...]
    lists: dict[str, Words]


class Cache:
    """The file in which rules made of some texts are kept, if it may be used."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._file = KeptFile("rules", lambda: _key(texts))

    def read(self) -> Prepared | None:
        """Return what is kept; None if nothing is, or if it is damaged or somebody else's."""
        content = self._file.read()
        if content is None:
            return None
        try:
            return msgspec.msgpack.decode(content, type=Prepared, dec_hook=_pattern)
        except msgspec.DecodeError:
            return None

    def write(self, prepared: Prepared) -> None:
        """Keep rules and lists for the next start; where that cannot be, do nothing."""
        if not self._file.is_used:
            return
        with suppress(CodeError):
            self._file.write(msgspec.msgpack.encode(prepared, enc_hook=_code))


def _key(texts: Iterable[tuple[str, str]]) -> bytes:
    """Return what tells these texts and modules from all others."""
    makers = sorted(
        (file.name, file.read_text("utf-8"))
        for package in _MAKERS
        for file in resources.files(package).iterdir()
        if file.name.endswith(".py")
    )
    coding = resources.files("speechmine").joinpath("patterns.py").read_text("utf-8")
    parts = [coding, *(part for pair in (*texts, *makers) for part in pair)]
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
