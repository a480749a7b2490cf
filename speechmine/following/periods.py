"""Which period a number is of: the year it is set for or was reached in, or nothing that a year can be compared with."""

import re
from dataclasses import dataclass
from typing import Literal

from speechmine.records import Deadline, DocumentInfo, Figure, Goal, Speech

YearFrom = Literal["speech", "reference date", "publication", "file name"]
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NAMED = re.compile(r"(?:19|20)\d\d年")
_WHOLE_YEAR = re.compile(r"^((?:19|20)\d\d)(?:-12(?:-31)?)?$")
_THIS = re.compile(r"今年|本年(?!代)|年内")
_LAST = re.compile(r"去年|上一?年(?!来)|过去的?一年|(?<![一二三四五六七八九十])一年来")
_PAST = re.compile(rf"(?<![比较同于对])(?:{_LAST.pattern})")
_NEXT = re.compile(r"明年|来年|下一年")
_END = re.compile(r"全年|年底|年末|当年")
_COUNT = "[一二两三四五六七八九十几多数\\d]"
SPAN = re.compile(
    rf"(?:过去|今后|未来|这|近|前|后|最近|以往)的?(?!一年){_COUNT}{{1,3}}个?年"
    rf"|(?<![\d一二三四五六七八九十])(?!一年){_COUNT}{{1,3}}年(?:来|间|多来|累计|共|以来)"
    "|“?[一二三四五六七八九十]{1,2}五”?(?:时期|期间|以来|规划期)|“[一二三四五六七八九十]{1,2}五”(?!规划|计划|纲要|开局|收官|起步|目标)"
    rf"|(?:本届|上届|任期)[^，。,；;]{{0,4}}(?:五年|期间|以来)|{_COUNT}年(?=规划|计划)"
)
RATE = re.compile(
    rf"年均|平均每年|每年平均|逐年|连续{_COUNT}{{1,3}}年|(?<![0-9一二三四五六七八九十]){_COUNT}年累计|^(?!一年){_COUNT}年(?!级)"
)
_PRICES = re.compile(r"按[^，。]{0,6}年?(?:不变|可比)?价格?计算|不变价|可比价")
_ENDS = re.compile(r"[。；;！!？?\n]")
_BASE = re.compile(r"(?:比|与|较|由|从|自|相比)((?:19|20)\d\d)年")
_YEARLY = re.compile(r"(?:比|较|同)(?:上年|去年|上一年|前一年|上年同期)|同比")


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a number.

    Attributes:
        name: The year, a narrower date as EDTF, or None where no year can be compared with it.
        told_by: What says so: ``deadline``, ``heading`` or ``words``.
        why_not: Why there is none, for people; empty where there is one.
    """

    name: str | None
    told_by: str = ""
    why_not: str = ""


def speech_year(document: DocumentInfo, speech: Speech) -> tuple[int, YearFrom] | None:
    """Return the year of a speech and what says it, or None.

    The file's name counts last, and only where it names one year: ``report_2003.txt``.
    """
    stated: list[tuple[str | None, YearFrom]] = [
        (speech.date, "speech"),
        (document.reference_date, "reference date"),
        (document.published, "publication"),
    ]
    for date, told_by in stated:
        if date and (found := _YEAR.match(date)):
            return int(found[1]), told_by
    years = set(_YEAR.findall(re.split(r"[/\\]", document.source)[-1]))
    return (int(years.pop()), "file name") if len(years) == 1 else None


def period_of(number: Goal | Figure, year: int, around: str | None) -> Period:
    """Return the period of a number in a speech of a year.

    Args:
        number: A goal, or a figure reported as reached.
        year: The year of the speech.
        around: The text that leads up to the number, if it is at hand; it tells averages and sums over years.
    """
    for words in (number.metric or "", number.deadline.text if number.deadline else ""):
        if SPAN.search(words) or RATE.search(words):
            return Period(None, why_not="it is of several years")
    if number.deadline is None and around is None:
        # Above an average over years stands the heading of a year too: 一、2031年工作回顾 … 年均增长7.9%.
        return Period(None, why_not="the record gives no year for it")
    found = _by_deadline(number.deadline, year) or _by_heading(number, year)
    if number.kind == "level" and around and _PRICES.search(_ENDS.split(around)[-1]):
        return Period(None, why_not="it is in prices of another year")
    if found.name is not None and around is not None:
        return _as_worded(found, around, isinstance(number, Goal))
    return found


def _by_deadline(deadline: Deadline | None, year: int) -> Period | None:
    if deadline is None:
        return None
    if whole := _WHOLE_YEAR.match(deadline.edtf):
        return Period(whole[1], "deadline")
    if not deadline.edtf.startswith("XXXX"):
        return Period(deadline.edtf, "deadline")
    counted = _relative(deadline.text, year)
    return None if counted is None else Period(str(counted), "words")


def _relative(words: str, year: int) -> int | None:
    """Count 今年, 去年 and 明年 from the year of the speech; 全年 alone says nothing.

    >>> [_relative(words, 2006) for words in ("今年底", "去年", "过去的一年", "明年", "全年")]
    [2006, 2005, 2005, 2007, None]
    """
    for pattern, step in ((_LAST, -1), (_NEXT, 1), (_THIS, 0)):
        if pattern.search(words):
            return year + step
    return None


def _by_heading(number: Goal | Figure, year: int) -> Period:
    """Take the year of the innermost heading that names one; two years or a span of years tell nothing."""
    for heading in reversed(number.section):
        if SPAN.search(heading):
            return Period(None, why_not="its section is of several years")
        years = {int(found) for found in _YEAR.findall(heading)}
        relative = _relative(heading, year)
        years |= set() if relative is None else {relative}
        if len(years) == 1:
            return _fitting(number, years.pop(), year)
        if years:
            return Period(None, why_not="its heading names several years")
    return Period(None, why_not="the record gives no year for it")


def _fitting(number: Goal | Figure, found: int, year: int) -> Period:
    """Refuse a goal for a year that is over, and a result of a year to come."""
    if isinstance(number, Goal) == (found >= year):
        return Period(str(found), "heading")
    return Period(None, why_not="its heading names a year that does not fit")


def _as_worded(found: Period, around: str, is_goal: bool) -> Period:
    """Refuse what the words before a number make a sum, an average or a change over years.

    The last period named before the number counts; in its own clause also a rate or the year it is compared with.
    """
    clause = _ENDS.split(around)[-1]
    part = re.split(r"[，,]", clause)[-1]
    if RATE.search(part):
        return Period(None, why_not="it is an average or a sum of several years")
    bases = [int(base) for base in _BASE.findall(clause)]
    if bases and found.name is not None and found.name.isdigit() and int(found.name) - bases[-1] != 1:
        return Period(None, why_not=f"it is compared with {bases[-1]}")
    if _YEARLY.search(part):
        return found
    spans, past = _last(SPAN, around), _last(_PAST, around)
    years = max(_last(pattern, around) for pattern in (_NAMED, _THIS, _NEXT, _END))
    if spans > max(years, past):
        return Period(None, why_not="the words before it speak of several years")
    if is_goal and past > years:
        return Period(None, why_not="the words before it speak of the year before")
    return found


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match ends, 0 if there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=0)
