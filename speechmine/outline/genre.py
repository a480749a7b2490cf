"""What kind of document it is, and whether it is whole."""

import re
from collections import Counter
from typing import cast

from speechmine.outline.layout import Layout, is_salutation
from speechmine.outline.statements import Told
from speechmine.patterns import compiled
from speechmine.records import Genre
from speechmine.rules import RuleBook

_CLOSED = compiled(r"[。!?…;:)”》’】\]]$")
_NUMERALS = "一二三四五六七八九十"
_OURS = 20


def genre_of(title: str | None, layout: Layout, told: list[Told], rules: RuleBook) -> Genre:
    """Tell the genre: by the title, else by whom the first lines address, else by who speaks."""
    found = rules.first("genre", title or "")
    if found:
        return cast(Genre, found.set["genre"])
    first = " ".join(line.squeezed for line in layout.lines[: layout.first + 3])[:400]
    body = layout.body
    if body and rules.rule("opening.gazette").search(body[0].text[:40]):
        return "speech"
    for line in layout.lines[: layout.first + 1]:
        if is_salutation(line, rules):
            if rules.rule("salutation.bodies").search(line.squeezed):
                return "plan"
            return "report" if rules.rule("report.opening").search(first) else "speech"
    if body and rules.rule("news.opening").search(body[0].text[:30]):
        return "news"
    if rules.rule("report.opening").search(first):
        return "report"
    ours = sum(rules.any_of("first.person").search(each.statement.text) is not None for each in told)
    return "speech" if ours * _OURS > len(told) or title is None else "news"


def is_complete(text: str, layouts: list[Layout], told: list[Told], rules: RuleBook) -> bool:
    """Whether nothing shows that text is missing: a paywall, an excerpt mark, a cut sentence or a cut list."""
    for layout in layouts:
        if any(rule is not None and rule.set.get("cut") for rule in layout.rules):
            return False
        if any(rules.rule("excerpt.marked").search(line.text) for line in layout.furniture if len(line.text) < 80):
            return False
    body = layouts[-1].body
    if body and len(body[-1].text) > 12 and not _CLOSED.search(body[-1].text):
        return False
    return not _begins_inside(told) and not _restarts(told) and not _breaks_off(text, told, rules)


def _begins_inside(told: list[Told]) -> bool:
    """Whether the first enumerator of all is not the first of its row: 二是 without 一是 before it."""
    return next((number > 1 for each in told if (number := _number(each))), False)


def _restarts(told: list[Told]) -> bool:
    """Whether (一) follows (一) with no heading between: what stood there is missing."""
    last = ""
    for each in told:
        row = _row(each)
        if row in ("()", "、") and _number(each) == 1:
            if row == last:
                return True
            last = row
        elif each.statement.heading or row == last:
            last = ""
    return False


def _breaks_off(text: str, told: list[Told], rules: RuleBook) -> bool:
    """Whether three or more points were announced (重点做好九个方面工作:) and only the first of them follows."""
    left: Counter[str] = Counter()  # how often each kind of mark follows, read from the end
    first: Told | None = None
    for each in reversed(told):
        found = rules.rule("announced.points").search(each.statement.whole.cut(text).strip()[-40:])
        if found and _value(found["number"]) > 2 and first and _number(first) == 1 and left[_row(first)] == 1:
            return True
        if each.statement.mark:
            first = each
            left[_row(each)] += 1
    return False


def _row(told: Told) -> str:
    """Return the mark of a statement without its number: all points of one row share it."""
    return re.sub(rf"[{_NUMERALS}\d]", "", told.statement.mark)


def _value(number: str) -> int:
    return int(number) if number.isdigit() else 1 + _NUMERALS.find(number[0])


def _number(told: Told) -> int:
    """Return the number in the list mark of a statement, 0 if it has none."""
    mark = told.statement.mark
    digits = re.sub(r"\D", "", mark)
    if digits:
        return int(digits)
    numerals = [char for char in mark if char in _NUMERALS]
    return 1 + _NUMERALS.find(numerals[0]) if numerals else 0
