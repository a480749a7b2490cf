"""Patterns that compile when they are first tried: most rules never are, for want of a needed word in a short text."""

import re
from typing import cast

_OFFERED = ("finditer", "fullmatch", "groupindex", "groups", "match", "pattern", "search", "sub")


def deferred(source: str) -> re.Pattern[str]:
    """Return what behaves like ``re.compile(source)`` and compiles at first use.

    A mistake in the pattern shows only then; the shipped rules, which are all proven by the tests, can afford it.

    >>> deferred("周.").search("周调度")[0]
    '周调'
    """
    return cast("re.Pattern[str]", _Deferred(source))


class _Deferred:
    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        """Compile, then stand aside: from now on the methods are those of the compiled pattern itself."""
        if name not in _OFFERED:
            raise AttributeError(name)
        compiled = re.compile(self._source)
        self.__dict__.update({offered: getattr(compiled, offered) for offered in _OFFERED})
        return self.__dict__[name]
