"""When a rhythm comes back: from an ISO 8601 duration, the words and the day of the speech to the parts of an RRULE."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from speechmine.cleaning import tidy
from speechmine.exporting.periods import duration, last_day
from speechmine.finding.calendar import number
from speechmine.rules import load_rules

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


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
    found = duration(every)
    if found is None or found[0] == 0:
        return None
    count, unit = found
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
    rules, words = load_rules(), tidy(words)
    if every == "P1W" and (found := rules.rule("recurring.weekday").search(words)):
        weekday = int(rules.words("week_days").values[found["weekday"]]) - 1
        ahead = (weekday - spoken.weekday()) % 7
        return Rule(spoken + timedelta(days=ahead), {"FREQ": "WEEKLY", "BYDAY": _NAMES[weekday]})
    if every == "P1M" and (found := rules.rule("recurring.day_of_month").search(words)):
        day = number(found["day"], rules)
        if 1 <= day <= 28:
            month = spoken if spoken.day <= day else _month_end(spoken.year, spoken.month) + timedelta(days=1)
            return Rule(month.replace(day=day), {"FREQ": "MONTHLY", "BYMONTHDAY": day})
    return None


def _days(day: date, of_month: list[int]) -> Iterator[date]:
    for which in of_month:
        yield _month_end(day.year, day.month) if which == -1 else day.replace(day=which)


def _month_end(year: int, month: int) -> date:
    found = last_day(f"{year:04}-{month:02}")
    assert found is not None
    return found
