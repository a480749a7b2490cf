"""The words on either side of a number in its clause."""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from speechmine.finding.mentions import QuantityMention
from speechmine.patterns import compiled
from speechmine.spans import Span

_CLAUSE_END = compiled(r"[,;:。!?\n]")
_FRAMES = compiled("[自从]起|[至到]止|截[至止]")
_CLAUSE_AT_MOST = 200  # how far a name may stand from its number
_JOINT = compiled(r"[、和与及以 ]{1,2}")


class Around(msgspec.Struct, frozen=True):
    """A sentence with its numbers: the words on either side of each."""

    text: str
    mentions: Sequence[QuantityMention]
    holes: Sequence[Span]

    def left(self, number: int, floor: bool = True) -> str:
        """Return the words of the clause before a number, back to the number before it unless ``floor`` is False."""
        start = self.clause_start(self.mentions[number].span.start)
        if number and floor:
            start = max(start, self.mentions[number - 1].span.end)
        return self.without_holes(start, self.mentions[number].span.start)

    def right(self, number: int) -> str:
        """Return the words behind a number, up to the next number or the end of the clause."""
        start = self.mentions[number].span.end
        reach = min(len(self.text), start + _CLAUSE_AT_MOST)
        match = _CLAUSE_END.search(self.text, start, reach)
        end = match.start() if match else reach
        return self.without_holes(start, min(end, self.next_start(number) or end))

    def next_start(self, number: int) -> int | None:
        """Return where the next number of the clause begins."""
        if number + 1 >= len(self.mentions):
            return None
        here, after = self.mentions[number].span, self.mentions[number + 1].span
        return None if _CLAUSE_END.search(self.text, here.end, after.start) else after.start

    def clause_start(self, position: int) -> int:
        """Return where the clause begins: behind the last comma or a bracket or quotation mark still open."""
        low = max(0, position - _CLAUSE_AT_MOST)
        start = max(low, *(self.text.rfind(mark, low, position) + 1 for mark in ",;:。!?\n"))
        for opener, closer in ("“”", "()"):
            opened = self.text.rfind(opener, start, position)
            if opened >= 0 and self.text.find(closer, opened, position) < 0:
                start = opened + 1
        return start

    def without_holes(self, start: int, end: int) -> str:
        """Return the words of a range, dates left out with the words that frame them (自…起)."""
        inside = self.holes[bisect_left(self.holes, (start, start)) : bisect_left(self.holes, (end, end))]
        words, position = "", start
        for hole in inside:
            if hole.end <= end:
                words += self.text[position : hole.start]
                position = hole.end
        words += self.text[position:end]
        return _FRAMES.sub("", words) if inside else words

    def joined(self, number: int) -> bool:
        """Say whether only a comma or 和 stands between a number and the next."""
        between = self.text[self.mentions[number].span.end : self.mentions[number + 1].span.start]
        return _JOINT.fullmatch(between) is not None
