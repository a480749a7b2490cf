"""A rule book that notes what its rules find, so that a result can be explained by the very run that gave it."""

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import msgspec
from msgspec.structs import asdict, replace

from speechmine.rules.book import RuleBook
from speechmine.rules.rule import Rule

_numbers = count()


class Fired(NamedTuple):
    """A match of a rule.

    Attributes:
        rule: Id of the rule.
        text: The words it was tried on: a statement, a clause, a line.
        start: Where the match begins in them.
        end: Where it ends.
    """

    rule: str
    text: str
    start: int
    end: int


def watched(rules: RuleBook) -> tuple[RuleBook, dict[Fired, None]]:
    """Return a book that finds the same, and where each match will be noted, once and in order."""
    fired: dict[Fired, None] = {}
    # Readers are kept by version: those made of one watched book must not serve another.
    version = f"{rules.version}-watched-{next(_numbers)}"
    return replace(rules, version=version, rules=tuple(_Watched.over(rule, fired) for rule in rules.rules)), fired


class _Watched(Rule, frozen=True):
    fired: dict[Fired, None] = msgspec.field(default_factory=dict)

    @classmethod
    def over(cls, rule: Rule, fired: dict[Fired, None]) -> "_Watched":
        return cls(**asdict(rule), fired=fired)

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        for match in Rule.matches(self, text):
            yield self._noted(match)

    def search(self, text: str) -> re.Match[str] | None:
        match = Rule.search(self, text)
        return match and self._noted(match)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        match = Rule.match(self, text, at)
        return match and self._noted(match)

    def _noted(self, match: re.Match[str]) -> re.Match[str]:
        self.fired[Fired(self.id, match.string, *match.span())] = None
        return match
