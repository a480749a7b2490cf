"""Dates and rhythms of records as people and calendars write them.

A date in a record is EDTF: a day, a month, a year, an interval, XXXX for a year that cannot be known. As a deadline it
means the last day of what it names.
"""

import calendar
import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?$")
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
    found = _DATE.match(edtf.rpartition("/")[2])
    if found is None or found[1] == "0000":
        return None
    year, month = int(found[1]), _number(found[2], 12)
    if not 1 <= month <= 12:
        return None
    days = calendar.monthrange(year, month)[1]
    day = _number(found[3], days)
    return date(year, month, day) if 1 <= day <= days else None


def first_day(edtf: str) -> date | None:
    """Return the first day of a date, or None where the year is not known.

    >>> [str(first_day(edtf)) for edtf in ("2021", "2024-02", "2021-06-30", "2023/2025", "XXXX")]
    ['2021-01-01', '2024-02-01', '2021-06-30', '2023-01-01', 'None']
    """
    start = edtf.partition("/")[0]
    found, last = _DATE.match(start), last_day(start)
    if found is None or last is None:
        return None
    return date(last.year, _number(found[2], 1), _number(found[3], 1))


def _number(digits: str | None, unknown: int) -> int:
    return unknown if digits is None or digits == "XX" else int(digits)


def rhythm(every: str) -> str:
    """Return an ISO 8601 duration in words.

    >>> [rhythm(every) for every in ("P1W", "P3D", "PT2H", "irregular")]
    ['每周', '每3天', '每2小时', '不定期']
    """
    if every in _WORDS:
        return _WORDS[every]
    if found := _HOURS.match(every):
        return f"每{found[1]}小时"
    found = _DURATION.match(every)
    return f"每{found[1]}{_UNITS[found[2]]}" if found else every
