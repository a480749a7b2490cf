"""Which period governs a number: its own clause, its sentence, the lead of its list or paragraph, its section.

Results end in the past and goals in the future, so a goal passes over 去年 and a result over 年底前. The title of the
document governs nothing.
"""

from collections.abc import Iterator, Sequence

from speechmine.finding.dates import Period, find_periods
from speechmine.finding.mentions import QuantityMention
from speechmine.judging.passages import Passage
from speechmine.judging.roles import Role
from speechmine.outline import Outline, Statement
from speechmine.records import Deadline
from speechmine.rules import RuleBook
from speechmine.spans import Span


class DeadlineJudge:
    """Finds the governing period of the numbers of one document."""

    def __init__(self, outline: Outline, rules: RuleBook) -> None:
        self.outline, self.rules = outline, rules
        self._introduced: dict[tuple[int, int, bool], Deadline | None] = {}

    def nearest(self, passage: Passage, mention: QuantityMention) -> tuple[Period | None, Period | None]:
        """Return the period of a number's clause or before it, and the first one behind its clause."""
        clause_end = passage.clause(mention.span.start).end
        near = next((p for p in _in_order(passage, mention) if p.span.start < clause_end), None)
        return near, next((p for p in passage.periods if p.span.start >= clause_end), None)

    def in_plan(self, passage: Passage) -> bool:
        """Say whether a heading above names a year to come or the present one, and does not look back."""
        return self._heading(self.outline.statements[passage.statements[0]], goal=True) is not None

    def deadline(self, passage: Passage, mention: QuantityMention, role: Role) -> Deadline | None:
        """Return the deadline of a goal or the end of the period that a result speaks of; None for context."""
        if role == "context":
            return None
        reference = self._reference(passage)
        rhythm = self._is_rhythm(passage, mention)
        for period in _in_order(passage, mention):
            if rhythm and not _in_clause(period, passage, mention):
                return None
            if period.open:
                return self._end_before(passage, period)
            settled = _settled(period, role, reference, self._review_year(passage))
            if settled is not None:
                return Deadline(text=period.span.cut(passage.text), edtf=settled)
        if rhythm:
            return None
        return self._introducing(passage, role == "goal")

    def _reference(self, passage: Passage) -> str | None:
        return self.outline.speeches[self.outline.statements[passage.statements[0]].speech].date

    def _end_before(self, passage: Passage, period: Period) -> Deadline | None:
        """An open period takes an end named earlier in the sentence: 截至5月底…;今年以来…."""
        ends = [p for p in passage.periods if not p.open and p.span.end <= period.span.start]
        return Deadline(text=ends[-1].span.cut(passage.text), edtf=ends[-1].edtf) if ends else None

    def _is_rhythm(self, passage: Passage, mention: QuantityMention) -> bool:
        """Say whether the clause of a number names a rhythm, which is no date: 每年完成25所."""
        return (
            self.rules.rule("deadline.rhythm").search(passage.clause(mention.span.start).cut(passage.text)) is not None
        )

    # ---- what introduces a sentence: lead, paragraph before, opening of the section, heading

    def _introducing(self, passage: Passage, goal: bool) -> Deadline | None:
        first = passage.statements[0]
        key = (self.outline.statements[first].paragraph, self.outline.statements[first].speech, goal)
        if key not in self._introduced:
            self._introduced[key] = self._lead(first, goal) or self._heading(self.outline.statements[first], goal)
        return self._introduced[key]

    def _lead(self, first: int, goal: bool) -> Deadline | None:
        """Return the period of the nearest lead: a statement of the same paragraph, or one that opens one before."""
        family = "introduces.goals" if goal else "introduces.results"
        here = self.outline.statements[first]
        for number, statement in self._before(first):
            opens = number == 0 or self.outline.statements[number - 1].paragraph != statement.paragraph
            if statement.paragraph != here.paragraph and not opens:
                continue
            match = self.rules.rule(family).search(statement.text)
            if match:
                return self._dated(match[0], statement, goal)
        return None

    def _before(self, first: int) -> Iterator[tuple[int, Statement]]:
        """Yield the statements before one with their indices, nearest first, back to the heading of its section."""
        here = self.outline.statements[first]
        for number in range(first - 1, -1, -1):
            statement = self.outline.statements[number]
            if statement.speech != here.speech:
                return
            if statement.heading:
                if statement.section == here.section[:-1] and len(here.section) == 1:
                    return
                continue
            yield number, statement

    def _heading(self, statement: Statement, goal: bool) -> Deadline | None:
        for heading in reversed(statement.section):
            rule = self.rules.rule("heads.plan" if goal else "heads.review")
            if rule.search(heading) and (deadline := self._dated(heading, statement, goal)):
                return deadline
        return None

    def _dated(self, words: str, statement: Statement, goal: bool) -> Deadline | None:
        reference = self.outline.speeches[statement.speech].date
        for period in find_periods(words, reference, self.rules):
            settled = None if period.open else _settled(period, "goal" if goal else "result", reference, None)
            if settled is not None:
                return Deadline(text=period.span.cut(words), edtf=settled)
        return None

    def _review_year(self, passage: Passage) -> str | None:
        """Return the year that the section reviews, which is what 全年 means there."""
        introduced = self._introducing(passage, goal=False)
        return None if introduced is None else introduced.edtf[:4]


def _in_order(passage: Passage, mention: QuantityMention) -> Iterator[Period]:
    """Yield the periods of a sentence as they govern a number: in its clause, before it, behind it."""
    clause = passage.clause(mention.span.start)
    before = [period for period in passage.periods if period.span.end <= mention.span.start]
    behind = [period for period in passage.periods if period.span.start >= mention.span.end]
    dealt = _dealt(passage, mention, before, clause)
    if dealt is not None:
        yield dealt
    yield from (period for period in reversed(before) if period.span.start >= clause.start)
    yield from (period for period in behind if period.span.start < clause.end)
    yield from (period for period in reversed(before) if period.span.start < clause.start)
    yield from (p for p in behind if p.span.start >= clause.end and not _has_own_number(p, passage))


def _in_clause(period: Period, passage: Passage, mention: QuantityMention) -> bool:
    clause = passage.clause(mention.span.start)
    return clause.start <= period.span.start < clause.end


def _has_own_number(period: Period, passage: Passage) -> bool:
    """Say whether a later clause has a number that its period is for: 110个,上半年开工率达到70%."""
    clause = passage.clause(period.span.start)
    numbers = [m for m in passage.mentions if clause.start <= m.span.start < clause.end and (m.value != 0 or m.unit)]
    return period.rule != "time.whole" and bool(numbers)


def _dealt(passage: Passage, mention: QuantityMention, before: Sequence[Period], clause: Span) -> Period | None:
    """Return the one of several dates that a list deals out to a number: 10月、11月分别为10亿元、11亿元."""
    numbers = [other for other in passage.mentions if clause.start <= other.span.start < clause.end]
    dates = [period for period in before if period.span.start >= clause.start]
    if len(dates) < 2 or len(dates) != len(numbers) or dates[-1].span.end > numbers[0].span.start:
        return None
    return dates[numbers.index(mention)]


def _settled(period: Period, role: Role, reference: str | None, review_year: str | None) -> str | None:
    """Return the date of a period for a number of that role; None if the period cannot be meant."""
    if reference is None or not period.edtf[:4].isdigit():
        return period.edtf
    if role == "goal":
        return None if _is_before(period.edtf, reference) else period.edtf
    if period.ahead:
        return None
    if period.borrowed and (review_year is not None or _reaches_past(period.edtf, reference)):
        return (review_year or str(int(period.edtf[:4]) - 1)) + period.edtf[4:]
    return None if period.limit and _is_before(reference, period.edtf) else period.edtf


def _is_before(first: str, second: str) -> bool:
    """Say whether an EDTF date ends before another begins, as far as both are known."""
    known = min(len(first), len(second))
    return first[:known] < second[:known]


def _reaches_past(edtf: str, reference: str) -> bool:
    """Say whether a period with the year of the speech was not over when the speech was given."""
    if len(edtf) == 4:
        return reference[5:7] != "12"
    return len(reference) > 4 and edtf[:7] > reference[:7]
