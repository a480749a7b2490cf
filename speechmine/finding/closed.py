"""Parts of a text that are taken: asked in the time of a search, not of a comparison with each."""

from bisect import bisect_right
from collections.abc import Iterable

from speechmine.spans import Span


class Closed:
    """A set of spans, joined where they overlap.

    >>> taken = Closed([Span(5, 9), Span(2, 6)])
    >>> taken.meets(Span(0, 2)), taken.meets(Span(8, 12))
    (False, True)
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        joined: list[Span] = []
        for span in sorted(spans):
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        self._starts = [span.start for span in joined]
        self._ends = [span.end for span in joined]

    def meets(self, span: Span) -> bool:
        """Say whether the span shares a character with any of the set."""
        before = bisect_right(self._starts, span.end - 1) - 1
        return before >= 0 and self._ends[before] > span.start
