"""The sentence a number stands in, with what the judges of numbers read from it: periods, clauses, the marked text.

In the marked text every number is one character, so that a rule can say where the number asked about stands: # that
number, 0 another, K a size that only tells a class (亿元以上项目), T a date, S a period without an end. Where the text
itself has these characters it is given others; blanks are left out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
from msgspec.structs import replace

from speechmine.finding.dates import Period, find_periods
from speechmine.finding.mentions import QuantityMention
from speechmine.judging.views import Role
from speechmine.outline import Outline, Statement
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.spans import Span

_WINDOW_BEFORE, _WINDOW_AFTER = 160, 80  # how far rules see: a sentence without punctuation must not cost its square
_CLAUSE_AT_MOST = 300
_PERIODS_AT_MOST = 8
_CLAUSE = compiled(r"[,;:。!?\n]")
_OTHERS = str.maketrans({"#": "", " ": "", "0": "9", "K": "k", "T": "t", "S": "s"})


class Passage(msgspec.Struct, frozen=True):
    """One full sentence (up to 。!?) that holds numbers; spans count its own characters.

    Attributes:
        text: Its words, leads and list marks among them.
        start: Where it begins in the clean text.
        statements: Indices of its statements.
        numbers: Indices of its numbers in the document's list.
        mentions: The same numbers, counted from the start of the sentence.
        periods: Its dates and periods.
        marks: The list marks of its statements.
        breaks: Where its clauses end, in order.
    """

    text: str
    start: int
    statements: range
    numbers: Sequence[int]
    mentions: Sequence[QuantityMention]
    periods: Sequence[Period]
    marks: Sequence[Span]
    breaks: Sequence[int]

    def clause(self, position: int) -> Span:
        """Return the clause around a place, from comma to comma."""
        after = bisect_left(self.breaks, position)
        start = self.breaks[after - 1] + 1 if after else 0
        end = self.breaks[after] if after < len(self.breaks) else len(self.text)
        return Span(max(start, position - _CLAUSE_AT_MOST), min(end, position + _CLAUSE_AT_MOST))

    def periods_before(self, position: int) -> Sequence[Period]:
        """Return the last periods that end before a place, the nearest first."""
        end = bisect_right(self.periods, position, key=lambda period: period.span.end)
        return self.periods[max(0, end - _PERIODS_AT_MOST) : end][::-1]

    def periods_after(self, position: int) -> Sequence[Period]:
        """Return the first periods that begin at a place or behind it."""
        start = bisect_left(self.periods, position, key=lambda period: period.span.start)
        return self.periods[start : start + _PERIODS_AT_MOST]

    def numbers_in(self, span: Span) -> range:
        """Return which numbers of the sentence begin in a span."""
        return range(
            bisect_left(self.mentions, span.start, key=lambda mention: mention.span.start),
            bisect_left(self.mentions, span.end, key=lambda mention: mention.span.start),
        )


def settled_date(period: Period, role: Role, reference: str | None, review_year: str | None) -> str | None:
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


def passages(mentions: Sequence[QuantityMention], outline: Outline, rules: RuleBook) -> Iterator[Passage]:
    """Yield the sentences that hold the numbers of a document, in order of place."""

    def sentence(number: int) -> tuple[int, int]:
        statement = outline.statements[mentions[number].statement]
        return statement.speech, statement.sentence

    for _, group in groupby(range(len(mentions)), key=sentence):
        numbers = list(group)
        statements = _statements(mentions[numbers[0]].statement, outline)
        start = outline.statements[statements[0]].whole.start
        text = outline.text[start : outline.statements[statements[-1]].whole.end]
        reference = outline.speeches[outline.statements[statements[0]].speech].date
        shifted = [_shifted(mentions[number], start) for number in numbers]
        marks = [mark for index in statements if (mark := _mark(outline.statements[index], start))]
        breaks = [match.start() for match in _CLAUSE.finditer(text)]
        periods = find_periods(text, reference, rules)
        yield Passage(text, start, statements, numbers, shifted, periods, marks, breaks)


def _mark(statement: Statement, start: int) -> Span | None:
    """Return where the list mark of a statement stands in its sentence."""
    if not statement.mark:
        return None
    end = statement.whole.start - start + len(statement.mark)
    return Span(statement.whole.start - start, end)


def _statements(first: int, outline: Outline) -> range:
    """Return all statements of the sentence that one of them belongs to."""
    wanted, low, high = outline.statements[first], first, first
    while low > 0 and _same_sentence(outline.statements[low - 1], wanted):
        low -= 1
    while high + 1 < len(outline.statements) and _same_sentence(outline.statements[high + 1], wanted):
        high += 1
    return range(low, high + 1)


def _same_sentence(first: Statement, second: Statement) -> bool:
    return first.sentence == second.sentence and first.speech == second.speech


def _shifted(mention: QuantityMention, start: int) -> QuantityMention:
    return replace(mention, span=Span(mention.span.start - start, mention.span.end - start))


class Marked:
    """A passage with its numbers and dates written as single characters."""

    def __init__(self, passage: Passage, classes: Sequence[bool]) -> None:
        marks = [
            (mention.span, "K" if is_class else "0")
            for mention, is_class in zip(passage.mentions, classes, strict=True)
        ]
        marks += [(period.span, "S" if period.open else "T") for period in passage.periods]
        parts: list[str] = []
        self._places: dict[Span, int] = {}
        position = length = 0
        for span, mark in sorted(marks):
            if span.start < position:
                continue
            words = passage.text[position : span.start].translate(_OTHERS)
            length += len(words)
            self._places[span] = length
            parts += [words, mark]
            length += 1
            position = span.end
        self.text = "".join(parts) + passage.text[position:].translate(_OTHERS)

    def around(self, mention: QuantityMention) -> tuple[str, str]:
        """Return the marked words before a number and behind it, as far as rules see."""
        place = self._places.get(mention.span)
        if place is None:
            return "", ""
        return self.text[max(0, place - _WINDOW_BEFORE) : place], self.text[place + 1 : place + 1 + _WINDOW_AFTER]
