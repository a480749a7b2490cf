"""Stretches of days: what any words of time come down to, and the arithmetic of the calendar."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from speechmine.finding.calendar import UNKNOWN, Reference

Grain = Literal["century", "decade", "year", "half", "quarter", "season", "month", "part", "week", "day"]
GRAINS: tuple[Grain, ...] = (
    "century", "decade", "year", "half", "quarter", "season", "month", "part", "week", "day",
)  # fmt: skip
_SEASONS = {3: "21", 6: "22", 9: "23", 12: "24"}
_STAND_IN = 2001  # a year for counting where the year is not known


class Stretch(msgspec.Struct, frozen=True):
    """Some days in a row.

    Attributes:
        first: The first day.
        last: The last day.
        grain: What the words name: a year, a month, a part of a month (上旬), a day.
        year_known: Whether the year was named or the day of the speech gives it.
        month_known: The same of the month.
    """

    first: date
    last: date
    grain: Grain
    year_known: bool = True
    month_known: bool = True

    def edtf(self) -> str:
        """Write it in EDTF: a year, month, decade or season as such, anything else by its last day.

        >>> stretch = year_stretch(2031)
        >>> stretch.edtf(), months_in(stretch, 4, 6, "quarter").edtf(), month_in(stretch, 2).edtf()
        ('2031', '2031-06-30', '2031-02')
        """
        year = f"{self.last.year:04}" if self.year_known else UNKNOWN
        month = f"{self.last.month:02}" if self.month_known else "XX"
        match self.grain:
            case "century":
                return year[:2] + "XX"
            case "decade":
                return year[:3] + "X"
            case "year":
                return year
            case "season":
                return f"{self.first.year:04}-{_SEASONS[self.first.month]}" if self.year_known else UNKNOWN
            case "month":
                return f"{year}-{month}"
        return f"{year}-{month}-{self.last.day:02}" if self.month_known else f"{year}-XX"

    @property
    def known(self) -> bool:
        """Whether its days are days of the calendar."""
        return self.year_known and self.month_known

    def kept(self, first: date, last: date, grain: Grain) -> "Stretch":
        """Return other days of which as much is known."""
        return replace(self, first=first, last=last, grain=grain)


def year_stretch(year: int, known: bool = True) -> Stretch:
    """Return a whole year."""
    return Stretch(date(year, 1, 1), date(year, 12, 31), "year", known)


def this_year(now: Reference, after: int = 0) -> Stretch:
    """Return the year of the speech or one so many years after it."""
    return year_stretch((now.year or _STAND_IN) + after, now.year is not None)


def this_month(now: Reference, after: int = 0) -> Stretch:
    """Return the month of the speech or one so many months after it."""
    year, month = divmod((now.year or _STAND_IN) * 12 + (now.month or 1) - 1 + after, 12)
    stretch = month_in(year_stretch(year, now.year is not None), month + 1)
    return replace(stretch, month_known=now.month is not None)


def month_in(year: Stretch, month: int) -> Stretch:
    """Return a month of a year."""
    return months_in(year, month, month, "month")


def months_in(year: Stretch, first: int, last: int, grain: Grain) -> Stretch:
    """Return a run of months of a year; from December on into the next (冬季)."""
    start, end = year.first.year, year.first.year + (last < first)
    return year.kept(date(start, first, 1), date(end, last, monthrange(end, last)[1]), grain)


def day_in(month: Stretch, day: int) -> Stretch | None:
    """Return a day of a month if there is such a day; a leap day of an unknown year is one."""
    if not month.year_known and (month.first.month, day) == (2, 29):
        month = month.kept(date(2004, 2, 1), date(2004, 2, 29), "month")
    if not 1 <= day <= monthrange(month.first.year, month.first.month)[1]:
        return None
    found = month.first.replace(day=day)
    return month.kept(found, found, "day")


def days_in(month: Stretch, first: int, last: int) -> Stretch:
    """Return a part of a month; day 31 stands for its end."""
    end = min(last, monthrange(month.first.year, month.first.month)[1])
    return month.kept(month.first.replace(day=first), month.first.replace(day=end), "part")


def week_of(day: date, after: int = 0) -> Stretch:
    """Return the week of a day, Monday to Sunday, or one so many weeks after it."""
    monday = day - timedelta(day.weekday()) + timedelta(7 * after)
    return Stretch(monday, monday + timedelta(6), "week")


def weekday_in(around: Stretch, weekday: int, nth: int) -> Stretch | None:
    """Return the nth Monday … Sunday (1 … 7) of a stretch; -1 is the last."""
    if nth < 0:
        day = around.last - timedelta((around.last.isoweekday() - weekday) % 7)
    else:
        day = around.first + timedelta((weekday - around.first.isoweekday()) % 7 + 7 * (nth - 1))
    return around.kept(day, day, "day") if around.first <= day <= around.last else None


def week_in(around: Stretch, nth: int) -> Stretch | None:
    """Return the nth week of a year (ISO 8601) or of a month (by its Mondays); -1 is the last."""
    if around.grain == "year" and nth > 0:
        monday = date.fromisocalendar(around.first.year, nth, 1) if nth <= 52 else None
    else:
        found = weekday_in(around, 1, nth)
        monday = found.first if found else None
    return around.kept(monday, monday + timedelta(6), "week") if monday else None


def month_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last there is.

    >>> month_after(date(2031, 1, 31), 1)
    datetime.date(2031, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def workday_after(day: date, days: int) -> date:
    """Return the day so many working days later, holidays not counted."""
    weeks, rest = divmod(days, 5)
    day += timedelta(7 * weeks)
    while rest:
        day += timedelta(1)
        rest -= day.isoweekday() < 6
    return day
