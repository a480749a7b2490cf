"""A growing table from marks to the documents that have them: eight bytes a slot, no object per entry.

A dict of the same would take ten times the memory: each of its entries is a key, a value and a list.
"""

from array import array

MOST = 4
"""Documents kept per mark. A mark that more have is a formula of the genre and tells nothing; it stays at the first."""

_EMPTY = 0xFFFFFFFF


class Postings:
    """Open addressing with linear probing in two arrays that double before they are two thirds full.

    >>> postings = Postings()
    >>> postings.add(17, 0), postings.add(17, 4)
    (None, None)
    >>> postings.of(17), postings.of(18)
    ([0, 4], [])
    """

    def __init__(self, bits: int = 12) -> None:
        self._bits = bits
        self._used = 0
        self._marks = array("I", bytes(4 << bits))
        self._numbers = array("I", [_EMPTY]) * (1 << bits)

    def of(self, mark: int) -> list[int]:
        """Return the numbers of the documents that have a mark, in any order."""
        found = []
        slot = self._first_slot(mark)
        while (number := self._numbers[slot]) != _EMPTY:
            if self._marks[slot] == mark:
                found.append(number)
            slot = slot + 1 & len(self._marks) - 1
        return found

    def add(self, mark: int, number: int) -> None:
        """Keep that document ``number`` has a mark; the caller sees to it that no mark has more than `MOST`."""
        if 3 * self._used >= 2 * len(self._marks):
            self._grow()
        self._put(mark, number)
        self._used += 1

    @property
    def nbytes(self) -> int:
        """Bytes of memory that the table takes."""
        return self._marks.itemsize * len(self._marks) + self._numbers.itemsize * len(self._numbers)

    def _first_slot(self, mark: int) -> int:
        return mark & len(self._marks) - 1  # marks are hashes: their lowest bits fall anywhere

    def _put(self, mark: int, number: int) -> None:
        slot = self._first_slot(mark)
        while self._numbers[slot] != _EMPTY:
            slot = slot + 1 & len(self._marks) - 1
        self._marks[slot], self._numbers[slot] = mark, number

    def _grow(self) -> None:
        numbers, marks = self._numbers, self._marks
        self._bits += 1
        self._marks = array("I", bytes(4 << self._bits))
        self._numbers = array("I", [_EMPTY]) * (1 << self._bits)
        for mark, number in zip(marks, numbers, strict=True):
            if number != _EMPTY:
                self._put(mark, number)
