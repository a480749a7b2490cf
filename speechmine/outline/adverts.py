"""Notices that a site puts inside a paragraph: what it kept back, how to pay for the rest."""

from collections.abc import Iterable

from speechmine.outline.lines import Line
from speechmine.rules import RuleBook
from speechmine.spans import Span


def without_adverts(lines: Iterable[Line], rules: RuleBook) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """Take notices of omitted text out of the lines; what stands before and behind does not join.

    Returns:
        The lines, those with a notice cut in two, and the ranges of the notices.
    """
    kept: list[Line] = []
    adverts: list[Span] = []
    for line in lines:
        begin = 0
        for start, end in _notices(line.text, rules):
            kept.extend(_part(line, begin, start))
            adverts.append(Span(line.start + start, line.start + end))
            begin = end
        kept.extend(_part(line, begin, len(line.text)) if begin else [line])
    return tuple(kept), tuple(adverts)


def _notices(words: str, rules: RuleBook) -> list[tuple[int, int]]:
    found = [match.span() for rule in rules.family("advert") if rule.set for match in rule.finditer(words)]
    notices: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not notices or start >= notices[-1][1]:
            notices.append((start, end))
    return notices


def _part(line: Line, start: int, end: int) -> list[Line]:
    """Return the words ``[start, end)`` of a line as a line, none when there are none."""
    words = line.text[start:end].strip()
    begin = line.start + line.text.index(words, start) if words else 0
    return [Line(begin, begin + len(words), words, line.number)] if words else []
