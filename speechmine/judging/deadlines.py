"""Which period governs a number: its own clause, its sentence, the lead of its list or paragraph, its section.

Results end in the past and goals in the future, so a goal passes over 去年 and a result over 年底前. The title of the
document governs nothing.
"""

from collections.abc import Iterator

from speechmine.finding.dates import Period
from speechmine.judging.leads import Leads
from speechmine.judging.passages import Passage, settled_date
from speechmine.judging.views import Role
from speechmine.outline import Outline
from speechmine.records import Deadline
from speechmine.rules import RuleBook


class DeadlineJudge:
    """Finds the governing period of the numbers of one document."""

    def __init__(self, outline: Outline, rules: RuleBook) -> None:
        self.outline, self.rules, self.leads = outline, rules, Leads(outline, rules)
        self._told: dict[Role, tuple[int, Deadline | None]] = {}  # sentence and period of the last number of each role

    def nearest(self, passage: Passage, number: int) -> tuple[Period | None, Period | None]:
        """Return the period of a number's clause or before it, and the first one behind its clause."""
        if not passage.periods:
            return None, None
        end = passage.clause(passage.mentions[number].span.start).end
        near = next((p for p in _in_order(passage, number) if p.span.start < end), None)
        return near, next(iter(passage.periods_after(end)), None)

    def in_plan(self, passage: Passage) -> bool:
        """Say whether a heading above names a year to come or the present one, and no lead in the paragraph looks back.

        二、今年的工作|过去一年,各项工作取得新进展。粮食总产增长2%。: the second sentence does not plan.
        """
        first = passage.statements[0]
        return self.leads.heading(first, "goal") is not None and self.leads.inside(first, "result") is None

    def in_review(self, passage: Passage) -> bool:
        """Say whether a lead or heading names a past period as under review."""
        return self.leads.introducing(passage.statements[0], "result") is not None

    def deadline(self, passage: Passage, number: int, role: Role) -> Deadline | None:
        """Return the deadline of a goal or the end of the period that a result speaks of; None for context.

        The numbers of a document are asked for in order: 其中,… goes on with the period of the sentence before it.
        """
        if role == "context":
            return None
        found = self._governing(passage, number, role) or self._of_the_whole(passage, role)
        self._told[role] = (self.outline.statements[passage.statements[0]].sentence, found)
        return found

    def _of_the_whole(self, passage: Passage, role: Role) -> Deadline | None:
        """Return the period of the sentence before, which this one breaks down, or that of a part named before."""
        sentence, found = self._told.get(role, (-1, None))
        here = self.outline.statements[passage.statements[0]]
        goes_on = "deadline.within deadline.alongside" if role == "result" else "deadline.within"
        near = here.sentence - sentence in (0, 1)
        return found if near and self.rules.first(goes_on, here.whole.cut(self.outline.text)) else None

    def _governing(self, passage: Passage, number: int, role: Role) -> Deadline | None:
        """Return the period that governs a number from its own sentence, the lead or the heading above."""
        first = passage.statements[0]
        reference = self.outline.speeches[self.outline.statements[first].speech].date
        clause = passage.clause(passage.mentions[number].span.start)
        # 全年新增企业2%,平均每天新增3户: what came at a rhythm has a period all the same, what is to come has none.
        words = clause.cut(passage.text)
        rhythm = role == "goal" and self.rules.rule("deadline.rhythm").search(words) is not None
        review = self.leads.introducing(first, "result") if role == "result" and passage.periods else None
        for period in _in_order(passage, number):
            if rhythm and not clause.start <= period.span.start < clause.end:
                return None  # 每年完成25所,五年内合共125所: a rhythm is no date, and later ones are not its own
            if period.open:
                return _end_before(passage, period)
            settled = settled_date(period, role, reference, review.edtf[:4] if review else None)
            if settled is not None:
                return Deadline(text=period.span.cut(passage.text), edtf=settled)
        # 五年来,年均增长8%: an average over years is not that of the year under review.
        lasting = rhythm or self.rules.rule("deadline.yearly").search(words) is not None
        return None if lasting else self.leads.introducing(first, role)


def _end_before(passage: Passage, period: Period) -> Deadline | None:
    """An open period takes an end named earlier in the sentence: 截至5月底…;今年以来…."""
    ends = [p for p in passage.periods_before(period.span.start) if not p.open]
    return Deadline(text=ends[0].span.cut(passage.text), edtf=ends[0].edtf) if ends else None


def _in_order(passage: Passage, number: int) -> Iterator[Period]:
    """Yield the periods of a sentence as they govern a number: in its clause, before it, behind it."""
    if not passage.periods:
        return
    span = passage.mentions[number].span
    clause = passage.clause(span.start)
    before, behind = passage.periods_before(span.start), passage.periods_after(span.end)
    dealt = _dealt(passage, number)
    if dealt is not None:
        yield dealt
    yield from (period for period in before if period.span.start >= clause.start)
    yield from (period for period in behind if period.span.start < clause.end)
    yield from (period for period in before if period.span.start < clause.start)
    yield from (p for p in behind if p.span.start >= clause.end and not _has_own_number(p, passage))


def _has_own_number(period: Period, passage: Passage) -> bool:
    """Say whether a later clause has a number that its period is for: 110个,上半年开工率达到70%."""
    clause = passage.clause(period.span.start)
    numbers = (passage.mentions[number] for number in passage.numbers_in(clause))
    return period.rule != "time.whole" and any(mention.value != 0 or mention.unit for mention in numbers)


def _dealt(passage: Passage, number: int) -> Period | None:
    """Return the one of several dates that a list deals out to a number: 10月、11月分别为10亿元、11亿元."""
    clause = passage.clause(passage.mentions[number].span.start)
    numbers = passage.numbers_in(clause)
    if number not in numbers:  # a rule of the user's own found a number that begins with a comma
        return None
    first = passage.mentions[numbers[0]].span.start
    dates = [p for p in reversed(passage.periods_before(first)) if p.span.start >= clause.start]
    return dates[number - numbers[0]] if 1 < len(dates) == len(numbers) else None
