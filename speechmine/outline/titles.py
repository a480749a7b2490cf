"""The title of a page: the line of its head that looks most like one."""

import re

from speechmine.outline.dating import dates_in
from speechmine.outline.layout import Layout
from speechmine.outline.lines import Line
from speechmine.patterns import compiled
from speechmine.rules import RuleBook

_LONGEST = 90
_LONGEST_OCCASION = 120
_STAMPS = ("furniture.byline", "furniture.date", "furniture.minutes")
_BRACKETED = compiled(r"^[(\[].*[)\]]$")
_SPACED = compiled(r"(?:\S {1,3})+\S")
_DASHES = ("——", "--")


def title_of(layout: Layout, rules: RuleBook) -> str | None:
    """Choose the title among the lines above the text; None when no line looks like one."""
    best, best_score = None, 1
    words = [line.squeezed for line in layout.head]
    for index, line in enumerate(layout.head):
        if layout.rules[index] and index not in layout.cells:
            continue
        if len(plain(line.text, rules)) > _LONGEST or is_occasion(line, rules):
            continue
        score = _score(index, layout, words, rules)
        if score > best_score:
            best, best_score = _body_before(index, layout, rules) + _closed_up(line), score
    return plain(best, rules) if best else _subtitle(layout, rules)


def _subtitle(layout: Layout, rules: RuleBook) -> str | None:
    """Return ——在全市干部大会上的讲话 where nothing stands above it that could be the title."""
    for line in layout.head:
        if line.text.startswith(_DASHES) and rules.rule("title.noun").search(line.text):
            return line.text.lstrip("—- ")
    return None


def _score(index: int, layout: Layout, words: list[str], rules: RuleBook) -> int:
    """Weigh what speaks for a title: what it names, what stands below it, that it stands twice, its length."""
    line = words[index]
    below = layout.rules[index + 1] if index + 1 < len(layout.rules) else None
    score = 3 * bool(rules.rule("title.noun").search(line)) + 2 * bool(rules.rule("title.meeting").search(line))
    score += 3 * (below is not None and below.id in _STAMPS)
    score += 3 * any(later.text.startswith(_DASHES) for later in layout.head[index + 1 : index + 3])
    score += 2 * line.startswith("#") + (words.count(line) > 1) + (len(line) >= 10)
    score -= 4 * (len(line) < 5) + 3 * bool(rules.rule("title.site").search(line)) + 2 * bool(_BRACKETED.search(line))
    return score


def _body_before(index: int, layout: Layout, rules: RuleBook) -> str:
    """Return the line above a title that begins with 关于: the body that gives the notice."""
    above = layout.lines[index - 1].text if index and layout.rules[index - 1] is None else ""
    opens = rules.rule("title.about").search(layout.lines[index].text)
    return above if opens and rules.rule("title.body").search(above) else ""


def _closed_up(line: Line) -> str:
    """Return the words of a title; letter-spaced ones (会 议 纪 要) closed up, other blanks kept."""
    return line.squeezed if _SPACED.fullmatch(line.text) else line.text


def plain(title: str, rules: RuleBook) -> str:
    """Take off a title what the page put on it: # [title](address), the name of the site behind it.

    >>> from speechmine.rules import load_rules
    >>> plain("# [在大会上的讲话](https://example.com/1)", load_rules())
    '在大会上的讲话'
    """
    title = re.sub(r"^(?:#+|[-·]) *", "", title)
    title = rules.rule("title.front").without(title)
    title = re.sub(r"^\[(.*)\]\([^)]*\)$", r"\1", title)
    return rules.rule("title.tail").without(title).strip()


def is_occasion(line: Line, rules: RuleBook) -> bool:
    """Whether the line says where and when a speech was given, or is the subtitle."""
    return line.text.startswith(_DASHES) or occasion_date(line, rules) is not None


def occasion_date(line: Line, rules: RuleBook) -> str | None:
    """Return the date in ——2025年1月19日在某某会议上."""
    if len(line.text) > _LONGEST_OCCASION or not rules.rule("occasion.meeting").search(line.text):
        return None
    return next((date.edtf for date in dates_in(line.text) if len(date.edtf) > 4), None)
