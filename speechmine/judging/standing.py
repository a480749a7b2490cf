"""The standing of a statement: what it does.

A modal decides first (要, 必须, 严禁, 我们将); without one, the frame of the passage does: a bare 推进重点项目建设 requires in a
plan and reports in a review.
"""

import re
from typing import Literal

from speechmine.finding.owners import acting_subject, asked_bodies
from speechmine.judging.frames import Frame, frames
from speechmine.outline import Outline, Statement
from speechmine.rules import RuleBook

_CLAUSE = re.compile(r"[^,:]+")
_QUOTATION = re.compile(r"“[^“”]{0,60}”")

Standing = Literal["requirement", "undertaking", "result", "problem", "background", "ceremony", "heading"]


def standings(outline: Outline, rules: RuleBook) -> list[Standing]:
    """Judge every statement of a document, one standing for each, in the same order."""
    found: list[Standing] = []
    troubled: tuple[int, tuple[str, ...]] | None = None
    for statement, frame in zip(outline.statements, frames(outline, rules), strict=True):
        if rules.first("trouble", statement.text):
            troubled = (statement.paragraph, statement.section)
        elif troubled is not None and not _still_troubled(statement, troubled, rules):
            troubled = None
        found.append(_standing(statement, frame, troubled is not None, outline.genre == "news", rules))
    return found


def _still_troubled(statement: Statement, since: tuple[int, tuple[str, ...]], rules: RuleBook) -> bool:
    """Say whether complaints go on: to the end of the paragraph, or of the section whose heading announced them."""
    paragraph, section = since
    if statement.paragraph == paragraph:
        return True
    return any(rules.first("trouble", heading) for heading in statement.section)


def _standing(statement: Statement, frame: Frame, troubled: bool, news: bool, rules: RuleBook) -> Standing:
    text = without_quotations(statement.text)
    if statement.heading:
        return "heading"
    if rules.first("ceremony", text) or rules.first("appeal", text):
        return "ceremony"
    if rules.first("meeting", text) and not rules.rule("modal.hope").search(text):
        return "background"
    if rules.rule("trouble.told").search(text):
        return "problem"
    if requires(text, rules):
        return "requirement"
    if rules.rule("modal.plan").search(text) and not (rules.first("forecast", text) or _is_done(text, rules)):
        return "undertaking"
    if troubled:
        return "problem"
    if frame == "review":
        return "result"
    if statement.speaker is None and news:
        return "background"
    return "requirement" if _orders(text, frame, rules) else "background"


def _is_done(text: str, rules: RuleBook) -> bool:
    return rules.rule("done.mark").search(text) is not None


def without_quotations(text: str) -> str:
    """Blank out what stands between quotation marks, length kept: “经济要稳住”这个要求 requires nothing itself.

    >>> without_quotations("围绕“经济要稳住”,抓项目")
    '围绕“     ”,抓项目'
    """
    return _QUOTATION.sub(lambda match: "“" + " " * (len(match[0]) - 2) + "”", text)


def requires(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence or clause carries a modal that requires, whatever the frame."""
    return any(rules.rule(f"modal.{name}").search(text) for name in ("must", "prohibit", "hope"))


def clauses(text: str) -> list[tuple[int, str]]:
    """Return the clauses of a statement with the place each starts at.

    >>> clauses("下一步,要抓紧")
    [(0, '下一步'), (4, '要抓紧')]
    """
    return [(match.start(), match[0]) for match in _CLAUSE.finditer(text)]


def _orders(text: str, frame: Frame, rules: RuleBook) -> bool:
    """Say whether a sentence without a modal is an imperative: after asides and conditions, somebody does something."""
    if rules.rule("described").search(text) or rules.first("done", text):
        return False
    parts = [clause for _, clause in clauses(text) if not rules.rule("aside").search(clause)]
    for clause in parts:
        if rules.rule("imperative.bare").search(clause) or rules.rule("modal.strive").search(clause):
            return True
        if acting_subject(clause, rules) is not None or asked_bodies(clause, rules):
            return True
        if not rules.rule("condition").search(clause):
            break
    return frame == "orders" and rules.first("order", text) is not None and not rules.first("state", text)
