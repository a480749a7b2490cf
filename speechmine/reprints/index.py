"""The growing index of fingerprints: one pass, in input order, about 400 bytes a document."""

from array import array
from operator import eq

from speechmine.reprints.fingerprint import MARKS, Fingerprint
from speechmine.reprints.postings import MOST, Postings

ALIKE = 0.45
"""Share of their runs that two texts must have in common. benchmarks/reprints.py shows how far both sides keep from it."""

AS_LONG = 0.7
"""Share of the longer text that the shorter must reach: a compilation is no reprint of a speech that it holds."""

_POSTED = 10
"""Marks under which a document is found: of texts that agree in half of all marks, one in a thousand shares none of 10."""


class ReprintIndex:
    """The texts seen so far, each once.

    A reprint is not itself remembered: the next one is compared with the first, so likeness does not drift from copy to
    copy, and memory grows with the number of different texts only.

    >>> from speechmine.reprints import fingerprint
    >>> seen = ReprintIndex()
    >>> seen.first_like(fingerprint("各单位要做好防汛工作。"), "28afa882d5148f23")
    >>> seen.first_like(fingerprint("各单位要做好防汛工作！"), "0000000000000001")
    '28afa882d5148f23'
    """

    def __init__(self) -> None:
        self._ids = array("Q")
        self._sizes = array("I")
        self._marks = array("I")
        self._postings = Postings()

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that the index takes."""
        arrays = (self._ids, self._sizes, self._marks)
        return sum(each.itemsize * len(each) for each in arrays) + self._postings.nbytes

    def first_like(self, fingerprint: Fingerprint | None, id: str) -> str | None:
        """Return the id of the first document with nearly the same text; where there is none, remember this one.

        Args:
            fingerprint: Of the document; None is like nothing and is not remembered.
            id: 16 hex digits, as `Document.id`. The same bytes given twice have one id: the second is a reprint of it.
        """
        if fingerprint is None:
            return None
        candidates, free = self._looked_up(fingerprint.marks)
        for number in sorted(candidates):
            if alike(fingerprint, self._fingerprint(number)):
                return f"{self._ids[number]:016x}"
        self._remember(fingerprint, id, free)
        return None

    def _looked_up(self, marks: tuple[int, ...]) -> tuple[set[int], list[int]]:
        """Return the documents that share one of the first marks, and the marks to find this one by.

        A mark that is full is passed over for the next. It was not full for the documents posted there, so it is still
        looked up: whatever the index has grown to, this sees every mark that an earlier like text was posted under.
        """
        candidates: set[int] = set()
        free: list[int] = []
        for mark in filter(None, marks):
            found = self._postings.of(mark)
            candidates.update(found)
            if len(found) < MOST:
                free.append(mark)
            if len(free) == _POSTED:
                break
        return candidates, free

    def _remember(self, fingerprint: Fingerprint, id: str, marks: list[int]) -> None:
        for mark in marks:
            self._postings.add(mark, len(self._ids))
        self._ids.append(int(id, 16))
        self._sizes.append(fingerprint.size)
        self._marks.extend(fingerprint.marks)

    def _fingerprint(self, number: int) -> Fingerprint:
        marks = self._marks[number * MARKS : (number + 1) * MARKS]
        return Fingerprint(self._sizes[number], tuple(marks))


def alike(first: Fingerprint, second: Fingerprint) -> bool:
    """Say whether two fingerprints are of nearly the same text."""
    shorter, longer = sorted((first.size, second.size))
    return shorter >= AS_LONG * longer and likeness(first, second) >= ALIKE


def likeness(first: Fingerprint, second: Fingerprint) -> float:
    """Estimate the share of the runs of two texts that both have (the Jaccard coefficient)."""
    both: int = sum(map(eq, first.marks, second.marks))
    neither = 0
    if 0 in first.marks and 0 in second.marks:
        neither = sum(a == b == 0 for a, b in zip(first.marks, second.marks, strict=True))
    return (both - neither) / (MARKS - neither)
