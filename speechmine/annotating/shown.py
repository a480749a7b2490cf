"""A text as an annotation tool shows it, with the way back to every character as read.

Tools lose their place over carriage returns (doccano #2114; Label Studio shows CRLF as two line ends) and their
databases refuse NUL. They get the text with plain line ends and without control characters.
"""

import re
from bisect import bisect_left

import msgspec

from speechmine.spans import Span

Changes = dict[str, list[int]]

_UNSHOWN = re.compile(r"\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BREAK, _LOST = "\n", "\ufffd"


class Shown(msgspec.Struct, frozen=True):
    """A text as shown.

    Attributes:
        text: What the tool gets.
        changes: For each sequence of characters as read that is shown as one other: where it stands in ``text``.
    """

    text: str
    changes: Changes

    @classmethod
    def of(cls, text: str) -> "Shown":
        r"""Show a text: every line end as ``\n``, every other control character as U+FFFD.

        >>> Shown.of("一、\r\n二、\x00").changes
        {'\r\n': [2], '\x00': [5]}
        """
        pieces: list[str] = []
        changes: Changes = {}
        done = length = 0
        for found in _UNSHOWN.finditer(text):
            length += found.start() - done
            changes.setdefault(found[0], []).append(length)
            pieces += [text[done : found.start()], _BREAK if "\r" in found[0] else _LOST]
            done, length = found.end(), length + 1
        return cls("".join(pieces) + text[done:], changes)

    def restored(self) -> str:
        """Return the text as read.

        Raises:
            IndexError: The changes are not those of the text.
        """
        characters = list(self.text)
        for original, places in self.changes.items():
            for place in places:
                characters[place] = original
        return "".join(characters)

    def shown(self, span: Span) -> Span:
        """Return where words of the text as read are shown."""
        breaks = [place + number for number, place in enumerate(self._breaks)]
        start, end = (offset - bisect_left(breaks, offset) for offset in span)
        return Span(start, max(end, start + 1))

    def source(self, span: Span) -> Span:
        """Return which words of the text as read are shown there."""
        start, end = (offset + bisect_left(self._breaks, offset) for offset in span)
        return Span(start, end)

    @property
    def _breaks(self) -> list[int]:
        return self.changes.get("\r\n", [])


class CodeUnits(msgspec.Struct, frozen=True):
    """Offsets in UTF-16, as JavaScript counts them: a character beyond U+FFFF takes two.

    doccano counts so (#2290, and v-annotator's Text.ts). Label Studio did before 2022 (#1347) and counts characters now.

    >>> units = CodeUnits.of("一𠮷二")
    >>> units.counted(Span(1, 3)), units.characters(Span(1, 4)), units.characters(Span(2, 3))
    (Span(start=1, end=4), Span(start=1, end=3), Span(start=1, end=2))
    """

    wide: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "CodeUnits":
        """Count the characters of a text."""
        return cls(tuple(place for place, character in enumerate(text) if character > "\uffff"))

    def counted(self, span: Span) -> Span:
        """Return a span of characters in code units."""
        start, end = (offset + bisect_left(self.wide, offset) for offset in span)
        return Span(start, end)

    def characters(self, span: Span) -> Span:
        """Return a span of code units in characters; half a character counts as the whole."""
        places = [place + number for number, place in enumerate(self.wide)]
        start, end = (offset - bisect_left(places, offset) for offset in span)
        whole = self.counted(Span(start, end)).end >= span.end
        return Span(start, end if whole else end + 1)
