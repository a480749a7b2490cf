"""Patterns that cannot hang: Google's RE2 behind the part of the interface of `re` that speechmine uses.

Whoever sends a rule file may write `(a+)+$`, which `re` tries in 2**n ways. RE2 reads every text once, whatever the pattern.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

import re2

_MOST_MATCHES = 1000  # a[^。]*b|a looks to the end of the text for every a: linear only if matches are bounded
_MEMORY = 1 << 20  # bytes a compiled pattern may take: the time for one character grows with it


class LinearError(Exception):
    """RE2 refuses a pattern; the message says why."""


def compile_linear(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with RE2; look-around and back references do not exist there.

    Returns:
        A pattern with ``search``, ``match``, ``finditer``, ``groupindex`` and ``pattern``. It never matches empty words,
        and finds at most a thousand matches in one text.

    Raises:
        LinearError: RE2 does not accept the pattern, or it is too large.

    >>> compile_linear("(?P<quote>.账)本").search("建台账本")["quote"]
    '台账'
    """
    return cast("re.Pattern[str]", _Pattern(pattern))


class _Pattern:
    def __init__(self, pattern: str) -> None:
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        try:
            self._compiled = re2.compile(pattern, options)
        except re2.error as error:
            reason = error.args[0]
            raise LinearError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason) from error
        self.pattern = pattern
        self.groups = int(self._compiled.groups)
        self.groupindex: dict[str, int] = dict(self._compiled.groupindex)

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator["_Match"]:
        for found in islice(self._compiled.finditer(text, pos, endpos), _MOST_MATCHES):
            if found.start() < found.end():
                yield _Match(self, found)

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> "_Match | None":
        return next(self.finditer(text, pos, endpos), None)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> "_Match | None":
        found = self._compiled.match(text, pos, endpos)
        return _Match(self, found) if found and found.start() < found.end() else None


class _Match:
    """A match as `re` gives it; a group that the pattern does not have is one that took no part."""

    __slots__ = ("_groups", "_spans", "re", "string")

    def __init__(self, pattern: _Pattern, found: "re.Match[str]") -> None:
        self.re, self.string = pattern, found.string
        self._spans = [found.span(number) for number in range(pattern.groups + 1)]
        self._groups = pattern.groupindex

    def span(self, group: int | str = 0) -> tuple[int, int]:
        number = self._groups.get(group, -1) if isinstance(group, str) else group
        return self._spans[number] if 0 <= number < len(self._spans) else (-1, -1)

    def start(self, group: int | str = 0) -> int:
        return self.span(group)[0]

    def end(self, group: int | str = 0) -> int:
        return self.span(group)[1]

    def __getitem__(self, group: int | str) -> str | None:
        start, end = self.span(group)
        return None if start < 0 else self.string[start:end]

    def group(self, group: int | str = 0) -> str | None:
        return self[group]

    def groupdict(self) -> dict[str, str | None]:
        return {name: self[name] for name in self._groups}
