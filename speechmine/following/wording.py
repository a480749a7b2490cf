"""What the words before a number say of its period: a sum, an average or a change over years, or the year before.

A period governs what follows where it opens a clause (五年来，…; 过去一年，我们…), until the number's own year is named again. Where it
only describes something (“十四五”目标, 创五年来新高, 提前三年) it governs nothing; in the clause of the number itself it always counts.
"""

import re

from speechmine.records import QuantityKind

_COUNT = "[一二两三四五六七八九十几多数\\d]"
_PLAN = "[一二三四五六七八九十]{1,2}五"
_YEARS = (
    rf"(?:过去|今后|未来|前|后|近|最近|以往|这)的?(?!一年){_COUNT}{{1,3}}个?年(?:多)?(?:来|间|里|中)?"
    rf"|(?<![\d一二三四五六七八九十])(?!一年){_COUNT}{{1,3}}年(?:来|间|多来|以来|累计)"
    rf"|[“\"]?{_PLAN}[”\"]?(?:时期|期间|以来)|(?:本届|上届)[^，。,；;]{{0,4}}(?:五年|期间|以来)"
)
_LAST = r"去年|上一?年(?!来|度?同期)|(?:刚刚)?过去的?一年|(?<![一二三四五六七八九十])一年来"
_OPENS = r"(?:^|[。；;：:！？!?\n\r—－]|[\s　])(?:在|这|回顾|总结|经过)?"
_GOVERNS = r"(?=[，,、：:]|我[国省市县区们]|全[国省市县区]|各)"

SPAN = re.compile(rf"{_YEARS}|[“\"]{_PLAN}[”\"](?!规划|计划|纲要|开局|收官|起步|目标|良好)|{_COUNT}年(?=规划|计划)")
"""Several years, wherever they stand."""
RATE = re.compile(
    rf"年均|平均每年|每年平均|逐年|连续{_COUNT}{{1,3}}年|(?<![0-9一二三四五六七八九十]){_COUNT}年累计|^(?!一年){_COUNT}年(?!级)"
)
"""An average over years, or a sum of them."""
_OPENING_SPAN = re.compile(f"{_OPENS}(?:{_YEARS}){_GOVERNS}")
_OPENING_LAST = re.compile(f"{_OPENS}(?:{_LAST}){_GOVERNS}")
_OWN_SPAN = re.compile(rf"(?:{_YEARS})(?!的?(?:新高|新低|最|首次|同期|规划|计划|目标|平均))")
_THIS = re.compile(r"今年|本年(?!代)|全年|年底|年末|当年|明年")
_PRICES = re.compile(r"按[^，。]{0,6}年?(?:不变|可比)?价格?计算|不变价|可比价")
_ENDS = re.compile(r"[。；;！!？?\n]")
_BASE = re.compile(r"(?:比|与|较|由|从|自)((?:19|20)\d\d)年")
_YEARLY = re.compile(r"(?:比|较|同)(?:上年|去年|上一年|前一年|上年同期)|同比")


def other_than_yearly(around: str, year: str, is_goal: bool, kind: QuantityKind) -> str:
    """Return why the words before a number make it none of its year, or nothing.

    Args:
        around: The words that lead up to the number.
        year: The year that the record gives it.
        is_goal: Whether it is a goal; what governs a result of last year does not govern a goal.
        kind: What is measured: a change has a year it is compared with, a level may be in prices of another year.

    >>> other_than_yearly("五年来，面貌大变。生产总值增长", "2031", False, "growth")
    'the words before it speak of several years'
    >>> other_than_yearly("完成“十四五”目标，创五年来新高。生产总值增长", "2031", False, "growth")
    ''
    """
    clause = _ENDS.split(around)[-1]
    part = re.split(r"[，,]", clause)[-1]
    if RATE.search(part) or _OWN_SPAN.search(part):
        return "it is an average or a sum of several years"
    bases = [int(base) for base in _BASE.findall(clause)]
    if kind == "growth" and bases and year.isdigit() and int(year) - bases[-1] != 1:
        return f"it is compared with {bases[-1]}"
    if kind == "level" and _PRICES.search(clause):
        return "it is in prices of another year"
    return "" if _YEARLY.search(part) else _governed(around, year, is_goal)


def _governed(around: str, year: str, is_goal: bool) -> str:
    """Find what opened the passage last: several years, the year before, or the number's own year."""
    spans, past = _last(_OPENING_SPAN, around), _last(_OPENING_LAST, around)
    own = max(_last(_THIS, around), around.rfind(f"{year[:4]}年"))
    if spans > max(own, past):
        return "the words before it speak of several years"
    return "the words before it speak of the year before" if is_goal and past > own else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match ends, -1 if there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=-1)
