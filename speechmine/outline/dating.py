"""Dates as EDTF: when a document was published, when a speech was given, which year 今年 is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from speechmine.patterns import compiled
from speechmine.rules import RuleBook

_ROC = 1911
_AHEAD = 3
_MANY_DATES, _MOST_DATES = 3, 0.6  # dates that tell the year of a text: how many, and what part of all
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "O": "0"}
_NUMBER = r"(?:\d{1,4}|[〇零一二三四五六七八九十]{1,4})"
_YEAR_IN_DATE = (
    r"(?P<year>(?<!\d)(?:\d{4}|\d{2,3}(?= ?年))|[一二][〇零一二三四五六七八九O]{3}|"
    r"[一二三四五六七八九]?[〇零一二三四五六七八九十]{1,3}(?=年))"
)
_DATE = compiled(
    rf"(?P<roc>(?:中华)?民国 ?)?{_YEAR_IN_DATE} ?"
    rf"(?:年 ?(?:(?P<month>{_NUMBER}) ?月 ?(?:(?P<day>{_NUMBER}) ?日?)?)?|"
    r"[-/.](?P<month2>\d{1,2})[-/.](?P<day2>\d{1,2})(?!\d))"
)
_COMPACT = compiled(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_MONTH_DAY = compiled(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_YEAR = compiled(r"(?<!\d)((?:19|20)\d\d)(?=年)")


class Dated(NamedTuple):
    """A date in some words: where it stands, and what it is as EDTF."""

    start: int
    end: int
    edtf: str


def dates_in(words: str, roc: bool = False) -> Iterator[Dated]:
    """Yield the dates that name their year.

    Args:
        words: Clean words, best one line.
        roc: Whether years of two or three digits are years of the Republic of China (113年 is 2024).

    >>> [date.edtf for date in dates_in("2021/3/11 9:11 和二〇〇四年六月二十六日,中华民国 114 年 4 月 21 日")]
    ['2021-03-11', '2004-06-26', '2025-04-21']
    """
    for found in _DATE.finditer(words):
        year = _number(found["year"])
        if found["roc"] or (roc and year < 200):
            year += _ROC
        if not 1900 <= year < 2100:
            continue
        month = _number(found["month"] or found["month2"] or "0")
        day = _number(found["day"] or found["day2"] or "0")
        if month <= 12 and day <= 31:
            yield Dated(found.start(), found.end(), _edtf(year, month, day))


def compact_date_in(words: str) -> str | None:
    """Return a date written without separators: (20250506)."""
    found = _COMPACT.search(words)
    return _edtf(int(found[1]), int(found[2]), int(found[3])) if found else None


def month_and_day_in(words: str, published: str) -> str | None:
    """Return 6月10日 in the year of publication, or the year before; None when it lies just ahead (将于9月7日发布)."""
    found = _MONTH_DAY.search(words)
    if not found or not 1 <= int(found[1]) <= 12 or not 1 <= int(found[2]) <= 31:
        return None
    year, month, day = int(published[:4]), int(found[1]), int(found[2])
    if len(published) < 10 or (month, day) <= (int(published[5:7]), int(published[8:10])):
        return _edtf(year, month, day)
    return None if month - int(published[5:7]) <= _AHEAD else _edtf(year - 1, month, day)


def year_in(words: str) -> str | None:
    """Return the first year named."""
    found = _YEAR.search(words)
    return found[1] if found else None


def plan_year(text: str, rules: RuleBook) -> str | None:
    """Return the year that a statement on a five-year plan fixes: 今年是“十一五”规划的最后一年 is 2010."""
    found = rules.rule("planyear.now").search(text)
    if found is None:
        return None
    last = int(rules.words("plan.ends").values[found["plan"]])
    return str(last - int(rules.words("plan.years").values[found["year"]]))


def year_of_headings(headings: Iterable[str], rules: RuleBook) -> str | None:
    """Return the year that 今年 is under headings that name one: that of the plan, or the one after the review.

    >>> from speechmine.rules import load_rules
    >>> year_of_headings(["一、2018 年工作回顾", "(一)总体情况"], load_rules())
    '2019'
    """
    for heading in headings:
        words = heading.replace(" ", "")
        year = year_in(words)
        if year and rules.rule("heads.review").search(words):
            return str(int(year) + 1)
        if year and rules.rule("heads.plan").search(words):
            return year
    return None


def year_of_dates(text: str) -> str | None:
    """Return the year of most dates of a text that name year and month: there 10月20日 is of that year too.

    >>> year_of_dates("自114年7月起开办,截至114年8月底共30人;114年9月15日止。112年12月核定。")
    '2025'
    """
    years = Counter(date.edtf[:4] for date in dates_in(text, roc=True) if len(date.edtf) > len("2025"))
    if not years:
        return None
    year, count = years.most_common(1)[0]
    return year if count >= _MANY_DATES and count >= _MOST_DATES * years.total() else None


def _edtf(year: int, month: int, day: int) -> str:
    return f"{year}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def _number(words: str) -> int:
    """Read 2004, 二〇〇四, 二十六 or 十."""
    if words.isdigit():
        return int(words)
    if "十" in words:
        tens, _, ones = words.partition("十")
        return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS[char] for char in words))
