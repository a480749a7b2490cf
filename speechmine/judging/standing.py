"""The standing of a statement: what it does.

A modal decides first (要, 必须, 严禁, 我们将); without one, the frame of the passage does: a bare 推进重点项目建设 requires in a
plan and reports in a review.
"""

from typing import Literal

from speechmine.finding.owners import acting_subject
from speechmine.judging.frames import Frame, frames
from speechmine.outline import Outline, Statement
from speechmine.rules import RuleBook

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
        found.append(_standing(statement, frame, troubled is not None, rules))
    return found


def _still_troubled(statement: Statement, since: tuple[int, tuple[str, ...]], rules: RuleBook) -> bool:
    """Say whether complaints go on: to the end of the paragraph, or of the section whose heading announced them."""
    paragraph, section = since
    if statement.paragraph == paragraph:
        return True
    return any(rules.first("trouble", heading) for heading in statement.section)


def _standing(statement: Statement, frame: Frame, troubled: bool, rules: RuleBook) -> Standing:
    text = statement.text
    if statement.heading:
        return "heading"
    if rules.first("ceremony", text) or rules.first("appeal", text):
        return "ceremony"
    if requires(text, rules):
        return "requirement"
    if rules.rule("modal.plan").search(text):
        return "undertaking"
    if troubled:
        return "problem"
    if frame == "review":
        return "result"
    if rules.rule("imperative.bare").search(text) or rules.rule("modal.strive").search(text):
        return "requirement"
    return "requirement" if acting_subject(text, rules) else "background"


def requires(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence or clause carries a modal that requires, whatever the frame."""
    return any(rules.rule(f"modal.{name}").search(text) for name in ("must", "prohibit", "hope"))
