"""What kind of document it is, and whether it is whole."""

import re
from typing import cast

from speechmine.outline.layout import Layout, is_salutation
from speechmine.outline.marks import mark_of
from speechmine.outline.statements import Told
from speechmine.records import Genre
from speechmine.rules import RuleBook

_CLOSED = re.compile(r"[。!?…;:)”》’】\]]$")
_NUMERALS = "一二三四五六七八九十"
_FRAMED = 2


def genre_of(title: str | None, layout: Layout, told: list[Told], rules: RuleBook) -> Genre:
    """Tell the genre: by the title, else by whom the first lines address, else by who speaks."""
    found = rules.first("genre", title or "")
    if found:
        return cast(Genre, found.set["genre"])
    first = " ".join(line.squeezed for line in layout.lines[: layout.first + 3])[:400]
    for line in layout.lines[: layout.first + 1]:
        if is_salutation(line, rules):
            if rules.rule("salutation.bodies").search(line.squeezed):
                return "plan"
            return "report" if rules.rule("report.opening").search(first) else "speech"
    if rules.rule("report.opening").search(first):
        return "report"
    framed = sum(each.voice is not None and each.voice.kind != "body" for each in told)
    ours = sum("我们" in each.statement.text for each in told)
    return "news" if framed >= _FRAMED and framed > ours else "speech"


def is_complete(text: str, layouts: list[Layout], told: list[Told], rules: RuleBook) -> bool:
    """Whether nothing shows that text is missing: no paywall or excerpt mark, no cut sentence, no list begun in its middle."""
    for layout in layouts:
        if any(rule is not None and rule.set.get("cut") for rule in layout.rules):
            return False
        if any(rules.rule("excerpt.marked").search(line.text) for line in layout.furniture if len(line.text) < 80):
            return False
    if any(rule.set.get("cut") and rule.search(text) for rule in rules.family("advert")):
        return False
    body = layouts[-1].body
    if body and len(body[-1].text) > 12 and not _CLOSED.search(body[-1].text):
        return False
    return not _begins_inside(told, rules)


def _begins_inside(told: list[Told], rules: RuleBook) -> bool:
    """Whether the first of a row of enumerators is not the first of its kind: 二是 without 一是 before it."""
    for each in told:
        mark = mark_of(each.statement.mark + "要", rules) if each.statement.mark else None
        if mark is None or mark.style not in ("chinese", "bracketed", "small", "arabic", "point"):
            continue
        digits = re.sub(r"\D", "", mark.text)
        number = int(digits) if digits else 1 + _NUMERALS.find(next((c for c in mark.text if c in _NUMERALS), "一"))
        return number > 1
    return False
