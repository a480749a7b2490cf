"""Text that remembers where each of its characters came from.

A repair changes the text that the finders see; the quotes in a record must still be the words as read. So repairs are
made as edits of an `AlignedText`, and `AlignedText.to_source` is the only way back.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import msgspec
from msgspec.structs import force_setattr

from speechmine.spans import Span


class Edit(NamedTuple):
    """Put ``words`` in the place of the characters ``[start, end)`` of the text being edited.

    With ``words`` empty the characters vanish: they belong to no character of the new text. Otherwise the whole old
    range stands behind the new words, so a quote of them is a quote of everything that was replaced.
    """

    start: int
    end: int
    words: str


class _Piece(NamedTuple):
    """A run of the text and the run of the source behind it.

    A ``whole`` piece is a replacement: all of its source stands behind each of its characters. The characters of any
    other piece correspond one by one to those of its source.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    whole: bool = False

    def behind(self, start: int, end: int) -> Span:
        """Return the range of the source behind ``[start, end)``, which lies within the piece."""
        if self.whole:
            return Span(self.source_start, self.source_end)
        shift = self.source_start - self.start
        return Span(start + shift, end + shift)


class AlignedText(msgspec.Struct, frozen=True):
    """A text made from a source by edits, with the range of the source behind every character.

    >>> text = AlignedText.of("關(guān)鍵一招").edited([Edit(0, 7, "關")])
    >>> text.text, text.to_source(0, 1), text.to_source(1, 2)
    ('關鍵一招', Span(start=0, end=7), Span(start=7, end=8))
    """

    source: str
    text: str
    pieces: tuple[_Piece, ...]
    _starts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        force_setattr(self, "_starts", tuple(piece.start for piece in self.pieces))

    @classmethod
    def of(cls, source: str) -> "AlignedText":
        """Start from the source itself."""
        return cls(source, source, (_Piece(0, len(source), 0, len(source)),) if source else ())

    def with_same_length(self, text: str) -> "AlignedText":
        """Take ``text`` for the present one, character for character.

        Raises:
            ValueError: The lengths differ, so the characters cannot correspond.
        """
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters cannot stand for {len(self.text)}")
        return AlignedText(self.source, text, self.pieces)

    def edited(self, edits: Iterable[Edit]) -> "AlignedText":
        """Apply edits, given in order and without overlap, to the present text.

        Takes time in proportion to the edits and the pieces, not to the text.

        Raises:
            ValueError: The edits overlap, are not in order or reach beyond the text.
        """
        words: list[str] = []
        pieces: list[_Piece] = []
        done = length = 0
        for edit in chain(edits, [Edit(len(self.text), len(self.text), "")]):
            if not done <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"edit {edit} is out of order or out of range")
            for low, high, source_start, source_end, whole in self._between(done, edit.start):
                pieces.append(_Piece(length, length + high - low, source_start, source_end, whole))
                length += high - low
            if edit.words:
                behind = self.to_source(edit.start, edit.end) if edit.start < edit.end else self._at(edit.start)
                pieces.append(_Piece(length, length + len(edit.words), *behind, whole=True))
                length += len(edit.words)
            words += (self.text[done : edit.start], edit.words)
            done = edit.end
        return AlignedText(self.source, "".join(words), tuple(pieces))

    def to_source(self, start: int, end: int) -> Span:
        """Return the range of the source behind the characters ``[start, end)`` of the text.

        An empty range gives the empty range of the source just before character ``start`` (after the last one at the
        end of the text).
        """
        if not self.pieces:
            return Span(0, 0)
        if start < end:
            return Span(self._behind(start).start, self._behind(end - 1).end)
        at = self._behind(start).start if start < len(self.text) else self.pieces[-1].source_end
        return Span(at, at)

    def _at(self, position: int) -> Span:
        """Return the range behind words put in at a place.

        Between characters that were made from one range it is that range: an empty one would leave the order.
        """
        if 0 < position < len(self.text):
            before, after = self._behind(position - 1), self._behind(position)
            if before.end > after.start:
                return Span(after.start, before.end)
        return self.to_source(position, position)

    def _behind(self, position: int) -> Span:
        piece = self.pieces[bisect_right(self._starts, position) - 1]
        return piece.behind(position, position + 1)

    def _between(self, start: int, end: int) -> Iterator[_Piece]:
        """Yield the pieces of ``[start, end)``, those at its ends cut to it."""
        if start >= end:
            return
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        for piece in self.pieces[first:last]:
            low, high = max(piece.start, start), min(piece.end, end)
            yield _Piece(low, high, *piece.behind(low, high), piece.whole)
