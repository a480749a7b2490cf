"""The sentence a number stands in, with what the judges of numbers read from it: periods, clauses, the marked text.

In the marked text every number is one character, so that a rule can say where the number asked about stands: # that
number, 0 another, K a size that only tells a class (亿元以上项目), T a date, S a period without an end. Where the text
itself has these characters it is given others; blanks are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from speechmine.finding.dates import Period, find_periods
from speechmine.finding.mentions import QuantityMention
from speechmine.outline import Outline, Statement
from speechmine.rules import RuleBook
from speechmine.spans import Span

_WINDOW_BEFORE, _WINDOW_AFTER = 160, 80  # how far rules see: a sentence without punctuation must not cost its square
_OTHERS = str.maketrans({"#": "", " ": "", "0": "9", "K": "k", "T": "t", "S": "s"})
_CLAUSE = re.compile(r"[,;:。!?\n]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One full sentence (up to 。!?) that holds numbers; spans count its own characters.

    Attributes:
        text: Its words, leads and list marks among them.
        start: Where it begins in the clean text.
        statements: Indices of its statements.
        numbers: Indices of its numbers in the document's list.
        mentions: The same numbers, counted from the start of the sentence.
        periods: Its dates and periods.
        marks: The list marks of its statements.
    """

    text: str
    start: int
    statements: range
    numbers: Sequence[int]
    mentions: Sequence[QuantityMention]
    periods: Sequence[Period]
    marks: Sequence[Span]

    def clause(self, position: int) -> Span:
        """Return the clause around a place, from comma to comma."""
        start = max(self.text.rfind(mark, 0, position) for mark in ",;:。!?\n") + 1
        match = _CLAUSE.search(self.text, position)
        return Span(start, match.start() if match else len(self.text))


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
        yield Passage(text, start, statements, numbers, shifted, find_periods(text, reference, rules), marks)


def _mark(statement: Statement, start: int) -> Span | None:
    """Return where the list mark of a statement stands in its sentence."""
    if not statement.mark:
        return None
    end = statement.whole.start - start + len(statement.mark)
    return Span(statement.whole.start - start, end)


def _statements(first: int, outline: Outline) -> range:
    """Return all statements of the sentence that one of them belongs to."""
    wanted, low, high = outline.statements[first], first, first
    while low > 0 and outline.statements[low - 1].sentence == wanted.sentence:
        low -= 1
    while high + 1 < len(outline.statements) and outline.statements[high + 1].sentence == wanted.sentence:
        high += 1
    return range(low, high + 1)


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
