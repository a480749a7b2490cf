"""The standing of a statement: what it does.

A modal decides first (要, 必须, 严禁, 我们将); without one, the frame of the passage does: a bare 推进重点项目建设 requires in a
plan and reports in a review.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from speechmine.judging.frames import Frame, frames
from speechmine.judging.orders import (
    goes_on,
    opens_with_order,
    orders_in_a_plan,
    requires,
    undertakes,
    without_quotations,
)
from speechmine.outline import Outline, Statement
from speechmine.rules import RuleBook

Standing = Literal["requirement", "undertaking", "result", "problem", "background", "ceremony", "heading"]


class Surroundings(msgspec.Struct, frozen=True):
    """What the words around a statement say of it.

    Attributes:
        frame: Whether its passage looks back or plans ahead.
        troubled: Whether it stands in a passage of complaints.
        narrated: Whether a news report tells it in its own voice.
    """

    frame: Frame
    troubled: bool
    narrated: bool


def standings(outline: Outline, rules: RuleBook) -> list[Standing]:
    """Judge every statement of a document, one standing for each, in the same order."""
    found: list[Standing] = []
    sentence = -1
    around = zip(
        outline.statements, frames(outline, rules), _troubles(outline, rules), _told(outline, rules), strict=True
    )
    for statement, frame, troubled, told in around:
        narrated = outline.genre == "news" and not told
        stands = _standing(statement, Surroundings(frame, troubled, narrated), rules)
        before = found[-1] if found and statement.sentence == sentence else None
        if stands == "background" and before in {"requirement", "undertaking"} and goes_on(statement.text, rules):
            stands = before
        found.append(stands)
        sentence = statement.sentence
    return found


def _told(outline: Outline, rules: RuleBook) -> Iterator[bool]:
    """Say of each statement whether somebody's words are told: framed so, or orders that follow such in its paragraph.

    会议强调,要全力救灾。继续搜救失联人员。: the second sentence is the meeting's as well.
    """
    paragraph = -1
    told_frame = rules.rule("told.frame")
    for statement in outline.statements:
        frame = outline.text[statement.whole.start : statement.span.start]
        told = statement.speaker is not None or (frame != "" and told_frame.search(frame) is not None)
        if told:
            paragraph = statement.paragraph
        yield told or (statement.paragraph == paragraph and opens_with_order(statement.text, rules))


def _troubles(outline: Outline, rules: RuleBook) -> Iterator[bool]:
    """Say of each statement whether complaints go on in it: to the end of the paragraph, or of the section they head."""
    paragraph = -1
    troubled = rules.kept(_is_trouble)
    for statement in outline.statements:
        if troubled[statement.text] and not opens_with_order(statement.text, rules):
            paragraph = statement.paragraph
        elif statement.paragraph != paragraph:
            paragraph = -1
        yield statement.paragraph == paragraph or any(troubled[heading] for heading in statement.section)


def _is_trouble(text: str, rules: RuleBook) -> bool:
    return rules.first("trouble", text) is not None


def _standing(statement: Statement, around: Surroundings, rules: RuleBook) -> Standing:
    """Judge one statement: politeness and frames of speech first, then modals, then what stands around it."""
    if statement.heading:
        return "heading"
    text = without_quotations(statement.text)
    rules.calls[text]  # read once: many rules are asked about it
    polite = _polite(text, rules)
    if polite is not None:
        return polite
    if requires(text, rules):
        return "requirement"
    if undertakes(text, rules) and not (around.narrated and not rules.rule("narrated.plan").search(text)):
        return "undertaking"
    if around.troubled:
        return "problem"
    if around.frame == "review":
        return "result"
    if around.narrated:
        return "background"
    return "requirement" if orders_in_a_plan(text, around.frame == "orders", rules) else "background"


_POLITE = "ceremony appeal meeting.lead meeting.basis meeting.purpose argument.otherwise trouble.told"


def _polite(text: str, rules: RuleBook) -> Standing | None:
    """Return the standing of sentences that require nothing even with 要 in them: thanks, leads, what a meeting is for."""
    if not rules.called(_POLITE, text):
        return None
    hoped = rules.rule("modal.hope").search(text) is not None
    if (rules.first("ceremony", text) and not hoped) or rules.first("appeal", text):
        return "ceremony"
    if rules.rule("meeting.lead").search(text):
        return "background"
    # 现印发给你们,请认真执行 asks for something as well.
    if rules.rule("meeting.basis").search(text) and not rules.rule("modal.ask").search(text):
        return "background"
    # 刚才…作了通报,希望大家… asks, 今天我们召开…,主题就是要… does not.
    if rules.rule("meeting.purpose").search(text) and not (hoped or rules.rule("modal.plan").search(text)):
        return "background"
    if rules.rule("argument.otherwise").search(text):
        return "background"
    return "problem" if rules.rule("trouble.told").search(text) else None
