"""Which stretches of a text may be findings: runs of characters inside a clause, and whole clauses side by side.

A span categoriser judges each of them. All runs of up to sixty characters, which measures need, would be a million for
one speech; almost no finding begins or ends in the middle of a longer clause.
"""

from collections.abc import Iterable, Iterator, Sequence

from speechmine.spans import Span

_STOPS = frozenset("。!?！？;；\n\r")
_COMMAS = frozenset(",，:：")


def stretches(tokens: Sequence[str], longest: int, clauses: int) -> list[Span]:
    """List the stretches of a text, in tokens, in order of place.

    Args:
        tokens: The text, token by token; a finding never holds a full stop or a line end.
        longest: How many tokens a run inside a clause has at most.
        clauses: How many clauses stand side by side at most.

    >>> [(one.start, one.end) for one in stretches(list("压责,周报。"), 2, 2)]
    [(0, 1), (0, 2), (0, 5), (1, 2), (3, 4), (3, 5), (4, 5)]
    """
    found = set[Span]()
    for sentence in _split(tokens, Span(0, len(tokens)), _STOPS):
        parts = list(_split(tokens, sentence, _COMMAS))
        for part in parts:
            found.update(run for run in _runs(part, longest) if not _bare(tokens, run))
        for first in range(len(parts)):
            found.update(Span(parts[first].start, last.end) for last in parts[first : first + clauses])
    return sorted(found)


def _runs(part: Span, longest: int) -> Iterable[Span]:
    for start in range(*part):
        for end in range(start + 1, min(start + longest, part.end) + 1):
            yield Span(start, end)


def _bare(tokens: Sequence[str], run: Span) -> bool:
    return tokens[run.start].isspace() or tokens[run.end - 1].isspace()


def _split(tokens: Sequence[str], within: Span, marks: frozenset[str]) -> Iterator[Span]:
    """Yield the parts between marks, without blanks at either end."""
    start = within.start
    for end in range(within.start, within.end + 1):
        if end < within.end and not marks.intersection(tokens[end]):
            continue
        first, last = start, end
        while first < last and tokens[first].isspace():
            first += 1
        while last > first and tokens[last - 1].isspace():
            last -= 1
        if first < last:
            yield Span(first, last)
        start = end + 1
