"""The sentence that a finding stands in, repaired, in the script of the document."""

import re
from bisect import bisect_left, bisect_right

import msgspec

from speechmine.aligned import AlignedText
from speechmine.cleaning import clean
from speechmine.records import Evidence, Record
from speechmine.store.tokens import normal

_END = re.compile(r"[。!?！？；;\n\r]+[”’」』）)]*")
_LONGEST = 300
_MARGIN = 100


class Placed(msgspec.Struct, frozen=True):
    """A sentence with the place of the finding's words in it."""

    text: str
    start: int
    end: int


class Sentences:
    """The sentences of one document.

    Args:
        record: Its record.
        text: Its text as read, or None: then a sentence is the longest quote that holds the finding's.
    """

    def __init__(self, record: Record, text: str | None) -> None:
        self._quotes = sorted(
            (one.evidence for group in (record.measures, record.mechanisms) for one in group),
            key=lambda one: one.start - one.end,
        )
        self._aligned = None if text is None else _readable(text, record)
        self._starts = _starts(self._aligned) if self._aligned is not None else []
        self._ends = (
            [0] if self._aligned is None else [0, *(found.end() for found in _END.finditer(self._aligned.text))]
        )

    def around(self, evidence: Evidence) -> Placed:
        """Return the sentence, or sentences, in which a quote stands; of a very long one what is near."""
        if self._aligned is None:
            return self._quoted(evidence)
        text = self._aligned.text
        near = max(bisect_right(self._starts, evidence.start) - 1, 0)
        start = bisect_left(self._starts, self._starts[near]) if self._starts else 0
        end = max(bisect_left(self._starts, evidence.end), start + 1)
        first = self._ends[bisect_right(self._ends, start) - 1]
        after = bisect_left(self._ends, end)
        last = self._ends[after] if after < len(self._ends) else len(text)
        if last - first > max(_LONGEST, end - start + 2 * _MARGIN):
            first, last = max(first, start - _MARGIN), min(last, end + _MARGIN)
        whole = text[first:last]
        blank = len(whole) - len(whole.lstrip())
        blank = min(blank, start - first)
        return Placed(text[first + blank : max(last, end)].rstrip(), start - first - blank, end - first - blank)

    def _quoted(self, evidence: Evidence) -> Placed:
        for whole in self._quotes:
            if whole.start <= evidence.start and evidence.end <= whole.end:
                start = evidence.start - whole.start
                return Placed(whole.quote, start, start + len(evidence.quote))
        return Placed(evidence.quote, 0, len(evidence.quote))


def _readable(text: str, record: Record) -> AlignedText:
    """Return the repaired text, each character in the script that it was read in."""
    if not record.document.repairs:
        return AlignedText.of(text)
    cleaned = clean(text).aligned
    chars = list(cleaned.text)
    for piece in cleaned.pieces:
        if not piece.whole:
            chars[piece.start : piece.end] = text[piece.source_start : piece.source_end]
        elif piece.end == piece.start + 1 and normal(text[piece.source_start]) == normal(chars[piece.start]):
            chars[piece.start] = text[piece.source_start]  # 關 of 關(guān)
    return cleaned.with_same_length("".join(chars))


def _starts(aligned: AlignedText) -> list[int]:
    """Return where in the source each character begins."""
    starts: list[int] = []
    for piece in aligned.pieces:
        if piece.whole:
            starts += [piece.source_start] * (piece.end - piece.start)
        else:
            starts += range(piece.source_start, piece.source_end)
    return starts
