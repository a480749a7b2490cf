"""The numbers of findings: in their order the newest comes first, so the first page of hits is the first of the index.

A number is the day, counted back from 2076, and behind it a running number of 26 bits; findings without a date come last. It stays
below 2**53, so that JSON keeps it whole.
"""

import sqlite3

from speechmine.edtf import last_day

_RUNNING = 26
_DAYS = (1 << 16) - 1
_HIGHEST = "SELECT max(number) FROM findings WHERE number >= ? AND number < ?"


class Numbers:
    """Gives the findings of one document their numbers."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._next: dict[int, int] = {}

    def take(self, date: str | None) -> int:
        """Return the next number of a day."""
        day = _DAYS - day_of(date)
        number = self._next.get(day)
        if number is None:
            number = self._free(day)
        self._next[day] = number + 1
        return number

    def _free(self, day: int) -> int:
        while True:
            first, after = day << _RUNNING, (day + 1) << _RUNNING
            ((highest,),) = self._base.execute(_HIGHEST, (first, after)).fetchall()
            number = first if highest is None else int(highest) + 1
            if number < after - (1 << 20):  # room for one more document
                return number
            day += 1


def day_of(date: str | None) -> int:
    """Count the days from 1900 to the last day of a date, within what a number holds; 0 without a date.

    >>> day_of("2025-02-27") < day_of("2025-02") < day_of("2025-03-01") < day_of("2025"), day_of(None)
    (True, 0)
    """
    last = last_day(date)
    if last is None:
        return 0
    year, month, day = (int(part) for part in last.split("-"))
    # No calendar: 31 days in each month keep the order, and 30 February does no harm.
    return min(max((year - 1900) * 372 + (month - 1) * 31 + day, 1), _DAYS)
