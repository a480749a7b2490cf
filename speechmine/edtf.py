"""First and last day of an EDTF date: a day, a month, a year, an interval, XXXX for a year that cannot be known."""

import re
from calendar import monthrange

_DATE = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?")


def first_day(edtf: str | None) -> str | None:
    """Return the first day of a date; None where the year is not known.

    >>> first_day("2025"), first_day("2025-06"), first_day("XXXX-06-30")
    ('2025-01-01', '2025-06-01', None)
    """
    found = _DATE.fullmatch((edtf or "").split("/")[0])
    if not found:
        return None
    year, month, day = found[1], _known(found[2]) or "01", _known(found[3]) or "01"
    return f"{year}-{month}-{day}"


def last_day(edtf: str | None) -> str | None:
    """Return the last day of a date; None where the year is not known.

    >>> last_day("2024-02"), last_day("2021/2025"), last_day("2025-XX-15")
    ('2024-02-29', '2025-12-31', '2025-12-31')
    """
    found = _DATE.fullmatch((edtf or "").split("/")[-1])
    if not found:
        return None
    year, month = found[1], _known(found[2])
    if month is None or not 1 <= int(month) <= 12 or year == "0000":
        return f"{year}-12-31"
    return f"{year}-{month}-{_known(found[3]) or monthrange(int(year), int(month))[1]}"


def _known(part: str | None) -> str | None:
    return None if part is None or part == "XX" else part
