"""What the words before a number say of its period: a sum, an average or a change over years, or the year before.

A period governs what follows where it opens a clause (五年来，…; 过去一年，我们…), until the number's own year is named again. Where it
only describes something (“十四五”目标, 创五年来新高, 提前三年) it governs nothing; in the clause of the number itself it always counts.
The words are rules: the family ``follow`` in speechmine/rules/data/following.toml.
"""

import re
from collections.abc import Iterator

from speechmine.cleaning import tidy
from speechmine.records import QuantityKind
from speechmine.rules import Rule, load_rules

_SPANS = "follow.years follow.plan_named follow.plan_counted"
_RATES = "follow.average follow.running follow.summed follow.counted"
_ENDS = re.compile(r"[。;!?\n]")


def rule(name: str) -> Rule:
    """Return a shipped rule of the family ``follow``."""
    return load_rules().rule(f"follow.{name}")


def is_span(words: str) -> bool:
    """Say whether words name several years, wherever they stand.

    >>> is_span("“十四五”时期主要目标"), is_span("“十四五”规划开局"), is_span("一年来的工作")
    (True, False, False)
    """
    return load_rules().first(_SPANS, tidy(words)) is not None


def is_rate(words: str) -> bool:
    """Say whether words tell an average over years, or a sum of them.

    >>> is_rate("年均增长"), is_rate("五年累计新增"), is_rate("2031年累计新增")
    (True, True, False)
    """
    return load_rules().first(_RATES, tidy(words)) is not None


def years_from(words: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield where words name a year by its distance from that of the speech, and the distance.

    >>> [(found[0], years) for found, years in years_from("过去的一年和今年、明年")]
    [('过去的一年', -1), ('今年', 0), ('明年', 1)]
    """
    rules = load_rules()
    distances = rules.words("relative_years").values
    for found in rules.rule("year.relative").finditer(words):
        yield found, int(distances[found["relative"]])


def distance(words: str) -> int | None:
    """Return how far the year that words name is from that of the speech, the first one; 全年 alone says nothing.

    >>> [distance(words) for words in ("今年底", "去年", "过去的一年", "明年", "年内", "全年")]
    [0, -1, -1, 1, 0, None]
    """
    words = tidy(words)
    first = next((years for _, years in years_from(words)), None)
    return 0 if first is None and rule("within").search(words) else first


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
    around = tidy(around)
    clause = _ENDS.split(around)[-1]
    part = clause.split(",")[-1]
    if is_rate(part) or _has_own_span(part):
        return "it is an average or a sum of several years"
    bases = [int(found["year"]) for found in rule("base").finditer(clause)]
    if kind == "growth" and bases and year.isdigit() and int(year) - bases[-1] != 1:
        return f"it is compared with {bases[-1]}"
    if kind == "level" and rule("prices").search(clause):
        return "it is in prices of another year"
    return "" if rule("yearly").search(part) else _governed(around, year, is_goal)


def _has_own_span(part: str) -> bool:
    """Say whether several years stand there and do not only describe something."""
    return any(rule("described").match(part, found.end()) is None for found in rule("years").finditer(part))


def _governed(around: str, year: str, is_goal: bool) -> str:
    """Find what opened the passage last: several years, the year before, or the number's own year."""
    spans = _last(found.end() for found in rule("years").finditer(around) if _opens(found))
    past = _last(found.end() for found, years in years_from(around) if years == -1 and _opens(found))
    own = max(
        _last(found.end() for found, years in years_from(around) if years in {0, 1}),
        _last(found.end() for found in rule("own_year").finditer(around)),
        around.rfind(f"{year[:4]}年"),
    )
    if spans > max(own, past):
        return "the words before it speak of several years"
    return "the words before it speak of the year before" if is_goal and past > own else ""


def _opens(found: re.Match[str]) -> bool:
    """Say whether years open a clause and govern what follows."""
    governs = rule("governs").match(found.string, found.end())
    return governs is not None and rule("opens").search(found.string[: found.start()]) is not None


def _last(ends: Iterator[int]) -> int:
    """Return where the last one ends, -1 if there is none."""
    return max(ends, default=-1)
