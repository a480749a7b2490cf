"""Compiled patterns as bytes: `re` takes half a second to compile all rules and keeps nothing; their code loads in 7 ms.

The code is CPython's own and means something to one version of it only: whoever keeps it must keep the version too.
"""

import re
from array import array
from importlib import import_module

import msgspec


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
    def of(cls, source: str) -> "Code":
        """Return the code of a pattern.

        Raises:
            CodeError: It cannot be had, or does not give the pattern that ``re.compile`` gives.
        """
        compiled = re.compile(source)
        try:
            compiler, parser = import_module("re._compiler"), import_module("re._parser")
            code = array("I", compiler._code(parser.parse(source, 0), 0)).tobytes()
            made = cls(source, compiled.flags, compiled.groups, dict(compiled.groupindex), code)
            if made.pattern() == compiled:
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
