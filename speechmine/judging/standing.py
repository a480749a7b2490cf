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
_SEVERAL = 2
_QUOTATION = re.compile(r"(^|[^,:])(“[^“”。;]{0,30}”)")  # after a comma or colon somebody speaks: that is no name

Standing = Literal["requirement", "undertaking", "result", "problem", "background", "ceremony", "heading"]


def standings(outline: Outline, rules: RuleBook) -> list[Standing]:
    """Judge every statement of a document, one standing for each, in the same order."""
    found: list[Standing] = []
    troubled: tuple[int, tuple[str, ...]] | None = None
    sentence = -1
    for statement, frame in zip(outline.statements, frames(outline, rules), strict=True):
        if rules.first("trouble", statement.text) and not rules.rule("imperative.bare").search(statement.text):
            troubled = (statement.paragraph, statement.section)
        elif troubled is not None and not _still_troubled(statement, troubled, rules):
            troubled = None
        stands = _standing(statement, frame, troubled is not None, outline.genre == "news", rules)
        if (
            stands == "background"
            and found
            and statement.sentence == sentence
            and _goes_on(statement, found[-1], rules)
        ):
            stands = found[-1]
        found.append(stands)
        sentence = statement.sentence
    return found


def _goes_on(statement: Statement, before: Standing, rules: RuleBook) -> bool:
    """Say whether a point without a modal goes on with the order before it in the sentence: 重点推进甲项目;乙项目,实现突破."""
    if before not in {"requirement", "undertaking"}:
        return False
    return any(rules.rule("imperative.bare").search(clause) for _, clause in clauses(statement.text))


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
    hoped = rules.rule("modal.hope").search(text) is not None
    if (rules.first("ceremony", text) and not hoped) or rules.first("appeal", text):
        return "ceremony"
    if rules.rule("meeting.lead").search(text) or _is_basis(text, rules):
        return "background"
    if rules.rule("meeting.purpose").search(text) and not (
        rules.rule("modal.hope").search(text) or rules.rule("modal.plan").search(text)
    ):
        return "background"
    if rules.rule("trouble.told").search(text):
        return "problem"
    if requires(text, rules):
        return "requirement"
    narrated = news and statement.speaker is None
    if _undertakes(text, rules) and not (narrated and not rules.rule("narrated.plan").search(text)):
        return "undertaking"
    if troubled:
        return "problem"
    if frame == "review":
        return "result"
    if narrated:
        return "background"
    return "requirement" if _orders(text, frame, rules) else "background"


def _is_basis(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence only tells what a paper is for; 现印发给你们,请认真执行 asks for something as well."""
    return rules.rule("meeting.basis").search(text) is not None and not rules.rule("modal.ask").search(text)


def _undertakes(text: str, rules: RuleBook) -> bool:
    """Say whether a clause promises what the speaker's own body will do: not a forecast, not done already."""
    if rules.first("forecast", text):
        return False
    plan, done = rules.rule("modal.plan"), rules.rule("done.mark")
    return any(plan.search(clause) and not done.search(clause) for _, clause in clauses(text))


def _is_done(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence reports something as done, other than in a condition (对已建成的,…)."""
    done, condition = rules.rule("done.mark"), rules.rule("condition")
    return any(done.search(clause) and not condition.search(clause) for _, clause in clauses(text))


def without_quotations(text: str) -> str:
    """Blank out what stands between quotation marks, length kept: “经济要稳住”这个要求 requires nothing itself.

    >>> without_quotations("围绕“经济要稳住”,抓项目")
    '围绕“     ”,抓项目'
    """
    return _QUOTATION.sub(lambda match: match[1] + "“" + " " * (len(match[2]) - 2) + "”", text)


def requires(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence or clause carries a modal that requires, whatever the frame."""
    return any(rules.rule(f"modal.{name}").search(text) for name in ("must", "prohibit", "hope", "ask"))


def clauses(text: str) -> list[tuple[int, str]]:
    """Return the clauses of a statement with the place each starts at.

    >>> clauses("下一步,要抓紧")
    [(0, '下一步'), (4, '要抓紧')]
    """
    return [(match.start(), match[0]) for match in _CLAUSE.finditer(text)]


def is_order(clause: str, rules: RuleBook) -> bool:
    """Say whether a clause without a modal is an imperative: a verb of doing opens it, or a body that acts."""
    if rules.rule("described").search(clause) or rules.rule("done.mark").search(clause):
        return False
    if rules.rule("imperative.bare").search(clause) or rules.rule("modal.strive").search(clause):
        return True
    return acting_subject(clause, rules) is not None or bool(asked_bodies(clause, rules))


def _orders(text: str, frame: Frame, rules: RuleBook) -> bool:
    """Say whether a sentence without a modal is an imperative: after asides and conditions, somebody does something."""
    if rules.rule("described").search(text) or rules.rule("done.time").search(text) or _is_done(text, rules):
        return False
    parts = [clause for _, clause in clauses(text) if clause.strip(" “”") and not rules.rule("aside").search(clause)]
    for clause in parts:
        if is_order(clause, rules):
            return True
        if not rules.rule("condition").search(clause):
            break
    # 紧贴民生补短板,加快管网改造,推进学校建设: the verb that opens it is rare, those that follow are not.
    if sum(rules.rule("imperative.bare").search(clause) is not None for clause in parts[1:]) >= _SEVERAL:
        return not rules.first("state", text)
    by_construction = frame == "orders" and rules.first("order", text) is not None
    return by_construction and not rules.first("state", text) and not rules.first("done", text)
