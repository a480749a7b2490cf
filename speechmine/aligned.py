"""Text that remembers where each of its characters came from.

A repair changes the text that the finders see; the quotes in a record must still be the words as read. So repairs are
made as edits of an `AlignedText`, and `AlignedText.to_source` is the only way back.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

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
    """A run of the text and the run of the source behind it; runs of one length correspond character by character."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text made from a source by edits, with the range of the source behind every character.

    >>> text = AlignedText.of("關(guān)鍵一招").edited([Edit(0, 7, "關")])
    >>> text.text, text.to_source(0, 1), text.to_source(1, 2)
    ('關鍵一招', Span(start=0, end=7), Span(start=7, end=8))
    """

    source: str
    text: str
    pieces: tuple[_Piece, ...]

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
        """Apply edits, given in order and without overlap, to the present text."""
        words: list[str] = []
        pieces: list[_Piece] = []
        done = length = 0
        for edit in [*edits, Edit(len(self.text), len(self.text), "")]:
            if not done <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"edit {edit} is out of order or out of range")
            for piece in self._between(done, edit.start):
                pieces.append(_Piece(length, length + piece.end - piece.start, piece.source_start, piece.source_end))
                length += piece.end - piece.start
            words.append(self.text[done : edit.start])
            if edit.words:
                behind = self.to_source(edit.start, edit.end)
                pieces.append(_Piece(length, length + len(edit.words), *behind))
                length += len(edit.words)
                words.append(edit.words)
            done = edit.end
        return AlignedText(self.source, "".join(words), tuple(pieces))

    def to_source(self, start: int, end: int) -> Span:
        """Return the range of the source behind the characters ``[start, end)`` of the text."""
        if not self.pieces:
            return Span(0, 0)
        if start >= end:
            place = self._piece_at(min(start, len(self.text) - 1))
            at = place.source_end if start >= place.end else _source(place, start).start
            return Span(at, at)
        return Span(_source(self._piece_at(start), start).start, _source(self._piece_at(end - 1), end - 1).end)

    def _piece_at(self, position: int) -> _Piece:
        return self.pieces[bisect_right(self.pieces, position, key=lambda piece: piece.start) - 1]

    def _between(self, start: int, end: int) -> Iterable[_Piece]:
        """Yield the pieces of ``[start, end)``, those at its ends cut to it."""
        if start >= end:
            return
        first = bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1
        for piece in self.pieces[first:]:
            if piece.start >= end:
                break
            low, high = max(piece.start, start), min(piece.end, end)
            if low == piece.start and high == piece.end:
                yield piece
            else:
                yield _Piece(low, high, _source(piece, low).start, _source(piece, high - 1).end)


def _source(piece: _Piece, position: int) -> Span:
    """Return the range of the source behind one character of a piece."""
    if piece.end - piece.start != piece.source_end - piece.source_start:
        return Span(piece.source_start, piece.source_end)
    at = piece.source_start + position - piece.start
    return Span(at, at + 1)
