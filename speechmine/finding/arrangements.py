"""Proposals: what the rules take for the name of an arrangement, and the reasons to refuse one."""

import re
from functools import cache
from typing import cast

import msgspec

from speechmine.finding.cadences import cadence_parts
from speechmine.finding.mentions import MechanismMention, Part
from speechmine.patterns import compiled
from speechmine.records import MechanismKind
from speechmine.rules import Rule, RuleBook
from speechmine.rules.rule import quoted
from speechmine.spans import Span

_QUOTATION = 16  # characters that a quotation at the head of a name may have
_CLAUSE_MARKS = ",;:。!?、\n"
_TITLE = 60  # characters that a document's title may have
_BEFORE = 12  # characters that can deny or qualify a name


class Proposal(msgspec.Struct, frozen=True):
    """Words of one statement that a rule takes for an arrangement.

    Attributes:
        rule: The rule.
        span: What would be quoted, in the statement's text.
        parts: Components.
        text: The statement's text.
        content: What stands in the quotation marks of a formula, else the span.
    """

    rule: Rule
    span: Span
    parts: tuple[Part, ...]
    text: str
    content: Span

    @classmethod
    def of(cls, rule: Rule, match: re.Match[str], rules: RuleBook) -> "Proposal":
        """Take a match of a rule for an arrangement."""
        span = _with_its_mark(Span(*quoted(match)), match.string)
        named = "name" in match.re.groupindex
        parts = _parts(rule, match, span, rules)
        return cls(rule, span, parts, match.string, Span(*match.span("name")) if named else span)

    @property
    def length(self) -> int:
        """Number of characters quoted."""
        return self.span.end - self.span.start

    @property
    def kind(self) -> MechanismKind:
        """Kind that the rule sets."""
        return cast(MechanismKind, self.rule.set["kind"])

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key: rank of the rule, then the longer, then the first."""
        return -int(self.rule.set.get("rank", "0")), -self.length, self.span.start

    def refused(self, rules: RuleBook) -> bool:
        """Say whether the words are no arrangement in force, asked for or proposed.

        A name is refused where it is said not to exist (没有形成现场办公机制), and where it belongs to a regime that the
        rule names in ``not_with`` (工资奖惩制度).
        """
        if self.kind == "cadence" and not self.parts:
            return True
        if self._titled():
            return True
        before = self._before()
        if _absent(rules).search(before):
            return True
        trades = self.rule.set.get("not_with")
        return bool(trades and rules.any_of(trades).search(_phrase(before, rules) + self.span.cut(self.text)))

    def mention(self, statement: int) -> MechanismMention:
        """Return the finding, spans still counting the statement's text."""
        return MechanismMention(self.span, self.kind, self.parts, self.rule.id, statement)

    def _titled(self) -> bool:
        """Say whether the words stand in the title of a document: 《责任追究办法》."""
        before = self.text[max(0, self.span.start - _TITLE) : self.span.start]
        return before.rfind("《") > before.rfind("》")

    def _before(self) -> str:
        """Return what stands before the name in its own clause."""
        before = self.text[max(0, self.span.start - _BEFORE) : self.span.start]
        return before[max(before.rfind(mark) for mark in _CLAUSE_MARKS) + 1 :]


def _with_its_mark(span: Span, text: str) -> Span:
    """Take in the opening mark of a quotation that a name begins inside: “双随机、一公开”监管机制."""
    closing = text.find("”", span.start, span.end)
    if closing < 0 or "“" in text[span.start : closing]:
        return span
    opening = text.rfind("“", max(0, span.start - _QUOTATION), span.start)
    return span if opening < 0 or "”" in text[opening : span.start] else Span(opening, span.end)


def _phrase(before: str, rules: RuleBook) -> str:
    """Return what belongs to the name's own phrase: 税务部门建立 does not, in 税务部门建立会商机制."""
    last = max((match.end() for match in rules.any_of("mechanism_set_up").finditer(before)), default=0)
    return before[last:]


@cache
def _absent(rules: RuleBook) -> re.Pattern[str]:
    return compiled(rules.words("mechanism_absent").alternation() + ".{0,8}$")


def _parts(rule: Rule, match: re.Match[str], span: Span, rules: RuleBook) -> tuple[Part, ...]:
    if rule.set["kind"] == "cadence":
        return cadence_parts(rule, match, rules)
    if rule.set.get("parts"):
        return tuple(Part(None, words, words) for words in re.split("[、,+]", span.cut(match.string)))
    return ()
