"""Patterns that outlive a start: `re` takes 0.6 s to compile them all and keeps nothing; their code loads in 10 ms.

Patterns of modules and of word lists are compiled here; one made for a single document is not: it would be kept for good.
The code is CPython's own and means something to one version of it only, to which the file that keeps it is tied.
"""

import re
from array import array
from functools import cache
from importlib import import_module, resources
from threading import Lock

import msgspec

from speechmine.keeping import KeptFile


class CodeError(Exception):
    """This Python compiles patterns in another way than is known here."""


class Code(msgspec.Struct, frozen=True):
    """A compiled pattern.

    >>> Code.of("每(?P<every>[周月])调度").pattern().search("每周调度")["every"]
    '周'
    """

    source: str
    flags: int
    groups: int
    names: dict[str, int]
    code: bytes

    @classmethod
    def of(cls, source: str, flags: int = 0) -> "Code":
        """Return the code of a pattern.

        Raises:
            CodeError: It cannot be had, or does not give the pattern that ``re.compile`` gives.
        """
        plain = re.compile(source, flags)
        try:
            compiler, parser = import_module("re._compiler"), import_module("re._parser")
            code = array("I", compiler._code(parser.parse(source, flags), flags)).tobytes()
            made = cls(source, plain.flags, plain.groups, dict(plain.groupindex), code)
            if made.pattern() == plain:
                return made
        except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError) as error:
            raise CodeError(str(error)) from error
        raise CodeError(source)

    def pattern(self) -> re.Pattern[str]:
        """Return the pattern."""
        numbers = array("I")
        numbers.frombytes(self.code)
        by_number = {number: name for name, number in self.names.items()}
        names = tuple(by_number.get(number) for number in range(self.groups + 1))
        engine = import_module("_sre")
        made: re.Pattern[str] = engine.compile(
            self.source, self.flags, numbers.tolist(), self.groups, self.names, names
        )
        return made


class _Kept(msgspec.Struct):
    """A code, with the flags that its pattern was asked for with."""

    asked: int
    code: Code


@cache
def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what ``re.compile`` returns, from the code of an earlier start if there is one.

    >>> compiled("[周月]通报").search("实行月通报")[0]
    '月通报'
    """
    _ASKED.append((source, flags))
    code = _codes().get((source, flags))
    return re.compile(source, flags) if code is None else code.pattern()


def keep_patterns() -> None:
    """Keep what was compiled since the start for the next one.

    What other starts asked for stays, until it is more than what this one did: most of it is then of rules that have changed.
    """
    with _KEEPING:
        kept, asked = _codes(), list(_ASKED)
        fresh = {key: _code(*key) for key in asked if key not in kept} if _file().is_used else {}
        kept.update(fresh)
        if not any(fresh.values()):
            return
        chosen = asked if len(kept) > 2 * len(asked) else list(kept)
        codes = [_Kept(flags, code) for source, flags in chosen if (code := kept[source, flags])]
        _file().write(msgspec.msgpack.encode(codes))


_Key = tuple[str, int]
_ASKED: list[_Key] = []
_KEEPING = Lock()


@cache
def _codes() -> dict[_Key, Code | None]:
    """Return the codes that are kept; None for what cannot be."""
    content = _file().read()
    if content is None:
        return {}
    try:
        kept = msgspec.msgpack.decode(content, type=list[_Kept])
    except msgspec.DecodeError:
        return {}
    return {(each.code.source, each.asked): each.code for each in kept}


def _code(source: str, flags: int) -> Code | None:
    try:
        source.encode()  # a source may hold half a surrogate pair, which no file does
        return Code.of(source, flags)
    except (CodeError, UnicodeEncodeError):
        return None


def _file() -> KeptFile:
    return KeptFile("patterns", lambda: resources.files("speechmine").joinpath("patterns.py").read_bytes())
