"""When a rhythm comes back: from an ISO 8601 duration, the words and the day of the speech to the parts of an RRULE."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from speechmine.exporting.periods import last_day

_DURATION = re.compile(r"P(\d+)([DWMY])$")
_WEEKDAYS, _NAMES = "一二三四五六日", ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# 每周一调度 is once a week; 每周一上午调度 is on Mondays.
_WEEKDAY = re.compile(r"每(?:周|个?星期)([二三四五六日]|一(?=[上下早晚，、]))(?![次个轮回])")
_MONTHDAY = re.compile(r"每月(?:的)?([1-9]\d?|[一二三四五六七八九十]{1,3})[日号]")


@dataclass(frozen=True, slots=True)
class Rule:
    """When something comes back: the first day, and the parts of an RRULE."""

    start: date
    parts: dict[str, str | int | list[int]]


def recurrence(every: str, spoken: date, words: str = "") -> Rule | None:
    """Return when a rhythm comes back from the day of the speech on, or None where a calendar cannot tell.

    Where the words do not say on which day (每周五, 每月25日), it is the last one of the period: Sunday, the month's end; every
    so many days count from the speech. A 旬 ends on the 10th, the 20th and the last day, half a month on the 15th and the last.

    >>> rule = recurrence("P3M", date(2024, 2, 7))
    >>> rule.start.isoformat(), rule.parts["FREQ"], rule.parts["INTERVAL"]
    ('2024-03-31', 'MONTHLY', 3)
    >>> recurrence("P1M", date(2024, 2, 7), "每月25日召开协调会").start.isoformat()
    '2024-02-25'
    """
    if stated := _stated(every, spoken, words):
        return stated
    found = _DURATION.match(every)
    if found is None or int(found[1]) == 0:
        return None
    count, unit = int(found[1]), found[2]
    if every in {"P10D", "P15D"}:
        days = [10, 20, -1] if every == "P10D" else [15, -1]
        return Rule(min(day for day in _days(spoken, days) if day >= spoken), {"FREQ": "MONTHLY", "BYMONTHDAY": days})
    if unit == "D":
        return Rule(spoken, {"FREQ": "DAILY", "INTERVAL": count})
    if unit == "W":
        sunday = spoken + timedelta(days=6 - spoken.weekday())
        return Rule(sunday, {"FREQ": "WEEKLY", "INTERVAL": count, "BYDAY": "SU"})
    months = count if unit == "M" else 12 * count
    end = -(-spoken.month // months) * months if months <= 12 else 12
    start = _month_end(spoken.year + (end - 1) // 12, (end - 1) % 12 + 1)
    if months % 12 == 0:
        return Rule(start, {"FREQ": "YEARLY", "INTERVAL": months // 12, "BYMONTH": 12, "BYMONTHDAY": -1})
    return Rule(start, {"FREQ": "MONTHLY", "INTERVAL": months, "BYMONTHDAY": -1})


def _stated(every: str, spoken: date, words: str) -> Rule | None:
    """Return the rule of a rhythm whose day the words state."""
    if every == "P1W" and (found := _WEEKDAY.search(words)):
        ahead = (_WEEKDAYS.index(found[1]) - spoken.weekday()) % 7
        return Rule(spoken + timedelta(days=ahead), {"FREQ": "WEEKLY", "BYDAY": _NAMES[_WEEKDAYS.index(found[1])]})
    if every == "P1M" and (found := _MONTHDAY.search(words)):
        day = int(found[1]) if found[1].isdecimal() else _small_number(found[1])
        if 1 <= day <= 28:
            month = spoken if spoken.day <= day else _month_end(spoken.year, spoken.month) + timedelta(days=1)
            return Rule(month.replace(day=day), {"FREQ": "MONTHLY", "BYMONTHDAY": day})
    return None


def _small_number(words: str) -> int:
    """Read 一 to 三十一; anything else is 0."""
    tens, ten, ones = words.rpartition("十")
    digits = "一二三四五六七八九"
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (10 * (digits.find(tens) + 1 if tens else 1) if ten else 0) + (digits.find(ones) + 1 if ones else 0)


def _days(day: date, of_month: list[int]) -> Iterator[date]:
    for number in of_month:
        yield _month_end(day.year, day.month) if number == -1 else day.replace(day=number)


def _month_end(year: int, month: int) -> date:
    found = last_day(f"{year:04}-{month:02}")
    assert found is not None
    return found
