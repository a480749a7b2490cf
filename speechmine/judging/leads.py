"""What introduces the sentences of a document: leads, openings of sections, headings, and the period each names.

Read once from top to bottom. A lead inside a paragraph holds to its end; one that opens a paragraph holds to the end of
the section (今年是“十四五”收官之年); one that stands alone, as a heading does, holds until the next of its kind.
"""

import re

import msgspec

from speechmine.finding.dates import find_periods
from speechmine.judging.passages import settled_date
from speechmine.judging.views import Role
from speechmine.outline import Outline, Statement
from speechmine.records import Deadline
from speechmine.rules import RuleBook

_InForce = tuple[Deadline | None, Deadline | None]  # of the paragraph, of what is above it


class _Open(msgspec.Struct):
    """The leads in force in a speech: of the paragraph, of the section, and across sections."""

    speech: int = 0
    paragraph: int = -1
    section: tuple[int, tuple[str, ...]] = (-1, ())
    inside: Deadline | None = None
    above: Deadline | None = None
    across: Deadline | None = None


class Leads(msgspec.Struct):
    """The period that introduces each statement, for goals and for results.

    Attributes:
        outline: The document.
        rules: The rule book.
    """

    outline: Outline
    rules: RuleBook
    _told: dict[Role, list[_InForce]] = msgspec.field(default_factory=dict)
    _headings: dict[tuple[tuple[str, ...], int, Role], Deadline | None] = msgspec.field(default_factory=dict)

    def introducing(self, statement: int, role: Role) -> Deadline | None:
        """Return the period that the lead or, failing it, the heading above a statement names for such numbers."""
        inside, above = self._leads(role)[statement]
        return inside or above or self.heading(statement, role)

    def inside(self, statement: int, role: Role) -> Deadline | None:
        """Return the period that a lead before a statement in its own paragraph names for such numbers."""
        return self._leads(role)[statement][0]

    def _leads(self, role: Role) -> list[_InForce]:
        if role not in self._told:
            self._told[role] = self._read(role)
        return self._told[role]

    def heading(self, statement: int, role: Role) -> Deadline | None:
        """Return the period of the nearest heading above that plans (for goals) or looks back (for results)."""
        here = self.outline.statements[statement]
        key = (here.section, here.speech, role)
        if key not in self._headings:
            rule = self.rules.rule("heads.plan" if role == "goal" else "heads.review")
            dated = (self._dated(words, here, role) for words in reversed(here.section) if rule.search(words))
            self._headings[key] = next((deadline for deadline in dated if deadline is not None), None)
        return self._headings[key]

    def _read(self, role: Role) -> list[_InForce]:
        """Return for each statement the periods of the leads in force before it."""
        told: list[_InForce] = []
        now = _Open()
        for statement in self.outline.statements:
            if statement.speech != now.speech:
                now = _Open(statement.speech)
            opens = statement.paragraph != now.paragraph
            now.inside = None if opens else now.inside
            section = (statement.speech, statement.section[:1])
            if not statement.heading and section != now.section:
                now.section, now.above = section, None
            now.paragraph = statement.paragraph
            told.append((now.inside, now.above or now.across))
            if not statement.heading:
                self._take(statement, role, opens, now)
        return told

    def _take(self, statement: Statement, role: Role, opens: bool, now: _Open) -> None:
        """Put a lead in force if the statement is one."""
        whole = statement.whole.cut(self.outline.text)
        if not self.rules.called("introduces", whole):
            return
        if self.rules.rule("introduces.all").search(statement.text):
            now.across = self._dated(statement.text, statement, role) if self._is_for(statement.text, role) else None
            return
        rule = self.rules.rule("introduces.goals" if role == "goal" else "introduces.results")
        # 今年主要预期目标是:…: what leads into a list is no part of its first statement.
        match = rule.search(statement.text) or rule.search(whole) or self._year_of_targets(statement, role, now)
        if match and (deadline := self._dated(match[0], statement, role)):
            now.inside = deadline
            now.above = deadline if opens else now.above

    def _year_of_targets(self, statement: Statement, role: Role, now: _Open) -> re.Match[str] | None:
        """Return the year that opens a paragraph of targets (一、目标。今年新增企业30家。投资达到5亿元)."""
        heading = statement.section[-1] if statement.section else ""
        if role != "goal" or now.inside is not None or not self.rules.rule("heads.targets").search(heading):
            return None
        return self.rules.rule("introduces.year").search(statement.text)

    def _is_for(self, words: str, role: Role) -> bool:
        """Say whether a lead that stands alone looks back (for results) or plans (for goals)."""
        return (self.rules.rule("heads.review").search(words) is not None) == (role == "result")

    def _dated(self, words: str, statement: Statement, role: Role) -> Deadline | None:
        reference = self.outline.speeches[statement.speech].date
        for period in find_periods(words, reference, self.rules):
            settled = None if period.open else settled_date(period, role, reference, None)
            if settled is not None:
                return Deadline(text=period.span.cut(words), edtf=settled)
        return None
