"""Dates and rhythms of records as people and calendars write them.

A date in a record is EDTF: a day, a month, a year, an interval, XXXX for a year that cannot be known. As a deadline it
means the last day of what it names.
"""

import re
from contextlib import suppress
from datetime import date

from speechmine import edtf as days

_DURATION = re.compile(r"P(\d+)([DWMY])$")
_WORDS = {
    "P1D": "每日", "P1W": "每周", "P10D": "每旬", "P2W": "每两周", "P15D": "每半月", "P1M": "每月", "P2M": "每两月",
    "P3M": "每季度", "P6M": "每半年", "P1Y": "每年", "regular": "定期", "irregular": "不定期",
}  # fmt: skip
_UNITS = {"D": "天", "W": "周", "M": "个月", "Y": "年"}
_HOURS = re.compile(r"PT(\d+)H$")


def last_day(edtf: str) -> date | None:
    """Return the last day of a date, or None where the year is not known.

    >>> [str(last_day(edtf)) for edtf in ("2021", "2024-02", "2021-06-30", "2023/2025", "XXXX-06-30")]
    ['2021-12-31', '2024-02-29', '2021-06-30', '2025-12-31', 'None']
    """
    return _day(days.last_day(edtf))


def first_day(edtf: str) -> date | None:
    """Return the first day of a date, or None where the year is not known.

    >>> [str(first_day(edtf)) for edtf in ("2021", "2024-02", "2021-06-30", "2023/2025", "XXXX")]
    ['2021-01-01', '2024-02-01', '2021-06-30', '2023-01-01', 'None']
    """
    return _day(days.first_day(edtf))


def _day(written: str | None) -> date | None:
    """Return the day, if there is such a day."""
    with suppress(ValueError):
        return None if written is None else date.fromisoformat(written)
    return None


def duration(every: str) -> tuple[int, str] | None:
    """Return how many days (D), weeks, months or years a rhythm has; None where it is counted in none of them.

    >>> duration("P3M"), duration("PT2H"), duration("irregular")
    ((3, 'M'), None, None)
    """
    found = _DURATION.match(every)
    return (int(found[1]), found[2]) if found else None


def rhythm(every: str) -> str:
    """Return an ISO 8601 duration in words.

    >>> [rhythm(every) for every in ("P1W", "P3D", "PT2H", "irregular")]
    ['每周', '每3天', '每2小时', '不定期']
    """
    if every in _WORDS:
        return _WORDS[every]
    if found := _HOURS.match(every):
        return f"每{found[1]}小时"
    counted = duration(every)
    return f"每{counted[0]}{_UNITS[counted[1]]}" if counted else every
