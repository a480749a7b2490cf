"""A number as the judge of its role sees it: its words, its clause, its dates, its neighbours."""

import re
from functools import cached_property
from typing import Literal

import msgspec

from speechmine.finding.dates import Period
from speechmine.judging.standing import Standing
from speechmine.patterns import compiled
from speechmine.records import GoalCommitment, QuantityKind
from speechmine.rules import RuleBook

Role = Literal["goal", "result", "context"]

_CLAUSE_START = compiled(r"[,;:。!?\n](?=[^,;:。!?\n]*$)")
_STATEMENT_START = compiled(r"[;。!?\n](?=[^;。!?\n]*$)")
_CLAUSE_END = compiled(r"[,;:。!?\n]")
_STATEMENT_END = compiled(r"[;。!?\n]")


class Modal(msgspec.Struct, frozen=True):
    """A word that says how firmly something is meant.

    Attributes:
        place: Where it stands in the words it was found in.
        rule: Id of its rule.
        commitment: What it makes of a goal.
    """

    place: int
    rule: str
    commitment: GoalCommitment


class View(msgspec.Struct, frozen=True, dict=True):
    """A number as the judge of its role sees it.

    Attributes:
        rules: The rule book.
        before: The marked words of the sentence before the number.
        after: The marked words behind it.
        words: The words of the number itself.
        kind: What kind of number it is.
        is_class: Whether it only tells a class of things (亿元以上项目).
        standing: Standing of its statement.
        reference: EDTF date of the speech.
        period: The period of its clause, or the nearest before it in its sentence.
        behind: The first period behind its clause.
        told_before: What the sentence, or the one before, told last: goals or results.
        reviewed: Whether a lead or heading says that a past period is under review.
        follows: The role of the number before it, if it has no name of its own (同比增长32%) or stands in a list.
    """

    rules: RuleBook
    before: str
    after: str
    words: str
    kind: QuantityKind
    is_class: bool
    standing: Standing
    reference: str | None
    period: Period | None
    behind: Period | None
    told_before: Role | None
    reviewed: bool
    follows: Role | None

    @cached_property
    def clause_start(self) -> int:
        """Where the clause of the number begins in ``before``."""
        return _start(self.before, _CLAUSE_START)

    @cached_property
    def statement_start(self) -> int:
        """Where the statement of the number, from semicolon to semicolon, begins in ``before``."""
        return _start(self.before, _STATEMENT_START)

    @cached_property
    def clause(self) -> str:
        """The clause of the number, from comma to comma, with the number as #."""
        return self.before[self.clause_start :] + "#" + _CLAUSE_END.split(self.after, maxsplit=1)[0]

    @cached_property
    def statement(self) -> str:
        """The statement of the number with the number as #."""
        return self.before[self.statement_start :] + "#" + _STATEMENT_END.split(self.after, maxsplit=1)[0]

    @cached_property
    def modals_before(self) -> list[Modal]:
        """The modals of the sentence before the number, in order."""
        return self._modals(self.before)

    @cached_property
    def modals_behind(self) -> list[Modal]:
        """The modals of the statement behind the number, in order."""
        return self._modals(_STATEMENT_END.split(self.after, maxsplit=1)[0])

    def _modals(self, words: str) -> list[Modal]:
        """Return the modals of some words; what tries in a plan (争取) has succeeded in a report."""
        found = [
            Modal(match.start(), rule.id, _COMMITMENTS[rule.set["commitment"]])
            for rule in self.rules.called("commit", words)
            if rule.set.get("unless") != self.standing
            for match in rule.finditer(words)
        ]
        return sorted(found, key=lambda modal: modal.place)


def _start(words: str, mark: re.Pattern[str]) -> int:
    match = mark.search(words)
    return match.end() if match else 0


_COMMITMENTS: dict[str, GoalCommitment] = {
    "ensure": "ensure", "strive": "strive", "plan": "plan", "expect": "expect",
}  # fmt: skip
