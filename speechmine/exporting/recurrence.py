"""When a rhythm comes back: from an ISO 8601 duration, the words and the day of the speech to the parts of an RRULE."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from speechmine.cleaning import tidy
from speechmine.exporting.periods import duration, last_day
from speechmine.finding.calendar import number
from speechmine.rules import load_rules

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST, _LONGEST = 28, 31  # days of a month


class Rule(msgspec.Struct, frozen=True):
    """When something comes back: the first day, and the parts of an RRULE."""

    start: date
    parts: dict[str, str | int | list[int] | list[str]]


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
    found = duration(every)
    if found is None or found[0] == 0:
        return None
    count, unit = found
    if every in {"P10D", "P15D"} and load_rules().rule("recurring.calendar_part").search(tidy(words)):
        return _monthly(spoken, [10, 20, 31] if every == "P10D" else [15, 31])
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
    rules, words = load_rules(), tidy(words)
    if every == "P1W" and (found := rules.rule("recurring.weekday").search(words)):
        numbers = rules.words("week_days").values
        return _weekly(spoken, sorted({int(numbers[char]) - 1 for char in found["weekday"] if char in numbers}))
    if every == "P1M" and (found := rules.rule("recurring.day_of_month").search(words)):
        days = sorted({number(day, rules) for day in re.split("[日号、和及]+", found["day"])})
        return _monthly(spoken, days) if days[-1] <= _LONGEST else None
    return None


def _weekly(spoken: date, weekdays: list[int]) -> Rule:
    """Return the rule of days of the week; 0 is Monday."""
    ahead = min((weekday - spoken.weekday()) % 7 for weekday in weekdays)
    names = [_NAMES[weekday] for weekday in weekdays]
    return Rule(spoken + timedelta(days=ahead), {"FREQ": "WEEKLY", "BYDAY": names})


def _monthly(spoken: date, days: list[int]) -> Rule:
    """Return the rule of days of the month in their order; where a month is too short, the last is its last day."""
    start = min(day for day in _days(spoken, days) if day >= spoken)
    parts: dict[str, str | int | list[int] | list[str]] = {"FREQ": "MONTHLY", "BYMONTHDAY": days}
    if days[-1] == _LONGEST:
        parts["BYMONTHDAY"] = [*days[:-1], -1]
    elif days[-1] > _SHORTEST:
        early = [day for day in days if day <= _SHORTEST]
        parts["BYMONTHDAY"] = [*early, *(day for day in range(_SHORTEST, days[-1] + 1) if day not in early)]
        parts["BYSETPOS"] = [*range(1, len(early) + 1), -1]
    return Rule(start, parts)


def _days(spoken: date, days: list[int]) -> Iterator[date]:
    """Yield days of the month of a speech and of the next."""
    end = _month_end(spoken.year, spoken.month)
    following = end + timedelta(days=1)
    for last in (end, _month_end(following.year, following.month)):
        for day in days:
            yield last.replace(day=min(day, last.day))


def _month_end(year: int, month: int) -> date:
    found = last_day(f"{year:04}-{month:02}")
    assert found is not None
    return found
