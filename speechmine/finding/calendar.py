"""From the words of a date to EDTF: one function for each way of telling a year, a part of a year, a day.

A year is four characters, XXXX where it cannot be known; a month or day that cannot be known is XX.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from speechmine.rules import Rule, RuleBook

UNKNOWN = "XXXX"
Groups = Mapping[str, str]


class Reference(msgspec.Struct, frozen=True):
    """The day of the speech, as far as it is known.

    >>> Reference.of("2021-03")
    Reference(year=2021, month=3, day=None)
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, edtf: str | None) -> "Reference":
        """Read an EDTF date of the forms 2021, 2021-03 and 2021-03-10."""
        parts = re.findall(r"\d+", (edtf or "").split("/")[0])
        return cls(*(int(part) for part in parts[:3]))

    def year_after(self, years: int) -> str:
        """Return the year so many years after that of the speech."""
        return UNKNOWN if self.year is None else str(self.year + years)

    def date(self) -> date | None:
        """Return the day of the speech if all of it is known and there is such a day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def number(words: str, rules: RuleBook) -> int:
    """Read a small number in figures or in Chinese: 12, 十二, 二十, 一百零五, 元 (of 元月).

    >>> from speechmine.rules import load_rules
    >>> [number(words, load_rules()) for words in ("12", "十", "二十一", "一百零五", "元")]
    [12, 10, 21, 105, 1]
    """
    if words.isdigit() and words.isascii():
        return int(words)
    values, total, last = rules.words("date_digits").values, 0, 0
    for value in (int(values[char]) for char in words):
        if value < 10:
            last = value
        else:
            total, last = total + (last or 1) * value, 0
    return total + last


def year_of(groups: Groups, reference: Reference, before: str | None, rules: RuleBook) -> str | None:
    """Return the year that the words of a rule of the family ``year`` tell; None if they hang in the air.

    Args:
        groups: Named groups of the match.
        reference: The day of the speech.
        before: The year named before in the same text.
        rules: For the word lists.
    """
    match groups:
        case {"western": year}:
            return year
        case {"masked": _}:
            return UNKNOWN
        case {"written": words}:
            return "".join(rules.words("date_digits").values[char] for char in words)
        case {"roc": words}:
            return str(1911 + number(words, rules))
        case {"short": words}:
            return _nearer(int(words), reference)
        case {"relative": words}:
            return reference.year_after(int(rules.words("relative_years").values[words]))
        case {"plan": words} | {"bare": words}:
            return rules.words("plan_years").values[words]
        case {"years": words} | {"spent": words}:
            return reference.year_after(number(words, rules))
        case {"next": _}:
            return str(int(before) + 1) if before is not None and before.isdigit() else before
        case _:
            return before


def _nearer(short: int, reference: Reference) -> str:
    """Read 98年: 1998, or 2009 in Taiwan, whichever is nearer to the speech, the latter when nothing is known."""
    own, western = 1911 + short, 1900 + short
    if reference.year is not None and abs(western - reference.year) < abs(own - reference.year):
        return str(western)
    return str(own)


def part_of(groups: Groups, rule: Rule, reference: Reference, rules: RuleBook) -> tuple[str, str]:
    """Return month and day, both or the second empty, that the words of a rule of the family ``time`` tell."""
    match groups:
        case {"month": month, **rest}:
            return _month(number(month, rules), rest, rules)
        case {"last": month}:
            return f"{number(month, rules):02}", "end"
        case {"quarter": quarter}:
            return f"{number(quarter, rules) * 3:02}", "end"
        case {"half": half}:
            return ("06" if half == "上" else "12"), "end"
        case {"festival": name}:
            month, day = rules.words("fixed_festivals").values[name].split("-")
            return month, day
        case {"moon": moon, **rest} | {"alone": moon, **rest}:
            return _near_month(int(rules.words("date_offsets").values[moon]), rest, reference, rules)
        case {"day": day}:
            return _two(reference.month), f"{int(day):02}"
    month, _, day = rule.set.get("end", "").partition("-")
    return month, day


def _month(month: int, rest: Groups, rules: RuleBook) -> tuple[str, str]:
    if "day" in rest:
        return f"{month:02}", f"{number(rest['day'], rules):02}"
    return f"{month:02}", rules.words("month_edges").values.get(rest.get("edge", ""), "")


def _near_month(months: int, rest: Groups, reference: Reference, rules: RuleBook) -> tuple[str, str]:
    if reference.month is None:
        return "XX", ""
    month = (reference.month - 1 + months) % 12 + 1
    return _month(month, {"edge": rest["tail"]} if "tail" in rest else rest, rules)


def day_of(groups: Groups, reference: Reference, rules: RuleBook) -> str | None:
    """Return the day that the words of a rule of the family ``day`` tell; None without the day of the speech."""
    today = reference.date()
    if today is None:
        return None
    offsets = rules.words("date_offsets").values
    match groups:
        case {"offset": words} | {"before": words}:
            day = today + timedelta(int(offsets[words]))
        case {"weeks": words}:
            day = today + timedelta(7 * number(words, rules))
        case _:
            weekday = int(rules.words("week_days").values[groups.get("weekday", "日")])
            day = today + timedelta(weekday - today.isoweekday() + 7 * int(offsets[groups["week"]]))
    return day.isoformat()


def written(year: str, month: str, day: str) -> str:
    """Join year, month and day to EDTF; the day ``end`` is the last of the month.

    >>> written("2024", "02", "end"), written("XXXX", "12", "end"), written("2025", "", "")
    ('2024-02-29', 'XXXX-12-31', '2025')
    """
    if day == "end":
        known = int(year) if year.isdigit() else 2001
        day = "XX" if month == "XX" else f"{monthrange(known, int(month))[1]:02}"
    return "-".join(part for part in (year, month, day) if part)


def _two(month: int | None) -> str:
    return "XX" if month is None else f"{month:02}"
