"""The frame a statement stands in: does this part of the speech look back or plan ahead?

A bare sentence does not tell: 推进重点项目建设 reports in a review and requires in a plan. Headings and leads say which
part is which; where they are silent, a small classifier reads the words, and the whole document is decided at once, since
a speech changes its frame seldom (Viterbi over two states).
"""

from collections.abc import Iterable
from functools import cache
from itertools import groupby, pairwise
from typing import Literal

from speechmine.judging.learned import Margin, shipped_weights
from speechmine.judging.orders import opens_with_order
from speechmine.outline import Outline, Statement
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.words import words_numbers_aside

Frame = Literal["review", "plan", "orders"]
"""``orders`` is a plan that a heading or lead announced: there a sentence orders unless it says otherwise."""

_MARK = compiled(r"^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]+|第[一二三四五六七八九十]{1,3}[,、])")
_LEAD, _PROGRESS, _MODAL, _HINT, _WORDS_AT_MOST = (
    12.0,
    4.0,
    2.5,
    1.0,
    3.0,
)  # evidence in logits: a heading outweighs any one sentence
_PROGRAMME, _MOST = 6, 0.8  # bare points in a row that no report has, or in a section that is hardly anything else
_TURN_INSIDE, _TURN_PARAGRAPH = 8.0, 4.0  # what a change of frame costs


def features(sentence: str) -> set[str]:
    """Return the words of a clean sentence, its numbers as 0, the first word and the last three also marked as such."""
    words = list(filter(str.strip, words_numbers_aside(sentence)))
    return {*words, *("^" + word for word in words[:1]), *("$" + word for word in words[-3:])}


def plan_logit(sentence: str) -> float:
    """Return how much the words alone speak for a plan (above 0) or a review (below 0)."""
    return _plan_weights().margin(features(sentence)) / 100


@cache
def _plan_weights() -> Margin:
    return shipped_weights("frames.json").between("plan", "review")


def heading_frame(heading: str, rules: RuleBook) -> Literal["plan", "review"] | None:
    """Return what a heading or lead announces; None where it announces neither."""
    return rules.kept(_heading_frame)[heading]  # one heading stands above many statements


def _heading_frame(heading: str, rules: RuleBook) -> Literal["plan", "review"] | None:
    lead = rules.first("frame", _MARK.sub("", heading))
    if lead is None or (lead.set["frame"] == "review" and rules.rule("modal.must").search(heading)):
        return None
    return "plan" if lead.set["frame"] == "plan" else "review"


def frames(outline: Outline, rules: RuleBook) -> list[Frame]:
    """Decide for every statement of a document whether it stands in a review or in a plan."""
    found: list[Frame] = []
    ordering = outline.genre in {"plan", "minutes"}
    for _, statements in groupby(outline.statements, key=lambda statement: statement.speech):
        part = list(statements)
        leads = [_lead(statement, rules) for statement in part]
        evidence = [lead or _evidence(statement, rules) for lead, statement in zip(leads, part, strict=True)]
        reporting = list(_reporting(part, rules)) if addresses_council(outline, rules) else [False] * len(part)
        priors = [(1.0 if ordering else 0.0) - _LEAD * reports for reports in reporting]
        likely = _most_likely(
            [prior + logit for prior, logit in zip(priors, evidence, strict=True)], list(_turns(part))
        )
        found += _with_orders(likely, leads, ordering)
    return found


def addresses_council(outline: Outline, rules: RuleBook) -> bool:
    """Say whether a government speaks to its council (贵会, 本府): it reports, and a bare verb orders nothing."""
    return rules.kept(_addresses_council)[outline.text]


def _addresses_council(text: str, rules: RuleBook) -> bool:
    return rules.rule("council.address").search(text) is not None


def _reporting(part: list[Statement], rules: RuleBook) -> Iterable[bool]:
    """Say of each statement addressed to a council whether it still reports: until a heading or a lead announces a plan."""
    reports = True
    above: tuple[str, ...] = ()
    programme = _bare_points(part, rules)
    for number, statement in enumerate(part):
        if rules.rule("frame.programme").search(statement.text):
            reports = False
        elif statement.section != above:
            announced = [frame for heading in statement.section if (frame := heading_frame(heading, rules))]
            reports = announced[-1] == "review" if announced else reports
        above = statement.section
        yield reports and number not in programme


def _bare_points(part: list[Statement], rules: RuleBook) -> set[int]:
    """Return the statements of long runs or whole sections of bare points: a programme, even where its lead is missing."""
    found: set[int] = set()
    points = ((number, statement) for number, statement in enumerate(part) if not statement.heading)
    for bare, statements in groupby(points, key=lambda pair: _is_bare_point(pair[1].text, rules)):
        run = [number for number, _ in statements]
        if bare and len(run) >= _PROGRAMME:
            found.update(run)
    for section, statements in groupby(enumerate(part), key=lambda pair: pair[1].section):
        told = [pair for pair in statements if not pair[1].heading]
        points_told = sum(_is_bare_point(statement.text, rules) for _, statement in told)
        if section and points_told >= max(_PROGRAMME, _MOST * len(told)):
            found.update(number for number, _ in told)
    return found


def _is_bare_point(text: str, rules: RuleBook) -> bool:
    return opens_with_order(text, rules) and not rules.first("counted.figure done.mark", text)


def _with_orders(likely: list[Frame], leads: list[float], ordering: bool) -> list[Frame]:
    """Turn plan into ``orders`` from the lead that announces it to the end of the plan."""
    announced = ordering
    found: list[Frame] = []
    for frame, lead in zip(likely, leads, strict=True):
        announced = frame == "plan" and (announced or lead > 0 or ordering)
        found.append("orders" if announced else frame)
    return found


def _lead(statement: Statement, rules: RuleBook) -> float:
    """Return the evidence of a heading or lead that announces a plan (above 0) or a review, else 0."""
    return _lead_words(statement.text, rules)


def _lead_words(text: str, rules: RuleBook) -> float:
    frame = heading_frame(text, rules)
    return 0.0 if frame is None else _LEAD if frame == "plan" else -_LEAD


def _evidence(statement: Statement, rules: RuleBook) -> float:
    """Return the evidence for a plan in the words of one statement, in logits."""
    words = max(-_WORDS_AT_MOST, min(_WORDS_AT_MOST, plan_logit(statement.text)))
    modal = _MODAL if rules.rule("modal.must").search(statement.text) else 0.0
    hint = (_HINT if rules.first("order", statement.text) else 0.0) - (
        _HINT if rules.first("done", statement.text) else 0.0
    )
    hint -= _PROGRESS * bool(rules.first("progress", statement.text))
    return words + modal + hint + _section_evidence(statement, rules)


def _section_evidence(statement: Statement, rules: RuleBook) -> float:
    """Return what the headings above a statement say of it, half as strong as in the headings themselves."""
    said = rules.kept(_heading_evidence)
    return sum(said[heading] for heading in statement.section) / 2


def _heading_evidence(heading: str, rules: RuleBook) -> float:
    return _lead_words(heading, rules) - _PROGRESS * bool(rules.first("progress", _MARK.sub("", heading)))


def _turns(part: list[Statement]) -> Iterable[float]:
    """Yield what a change of frame costs before each statement."""
    for before, after in pairwise(part):
        yield _TURN_PARAGRAPH if after.paragraph != before.paragraph else _TURN_INSIDE


def _most_likely(evidence: list[float], turns: list[float]) -> list[Frame]:
    """Return the most likely frames of a run of statements.

    >>> _most_likely([2.0, -0.5, 2.0], [3.0, 3.0])
    ['plan', 'plan', 'plan']
    """
    if not evidence:
        return []
    plan, review = evidence[0] / 2, -evidence[0] / 2
    came: list[tuple[bool, bool]] = []  # whether the best way to (plan, review) came from plan
    for logit, turn in zip(evidence[1:], turns, strict=True):
        came.append((plan >= review - turn, plan - turn > review))
        plan, review = max(plan, review - turn) + logit / 2, max(review, plan - turn) - logit / 2
    in_plan = plan >= review
    states = [in_plan]
    for to_plan, to_review in reversed(came):
        in_plan = to_plan if in_plan else to_review
        states.append(in_plan)
    return ["plan" if state else "review" for state in reversed(states)]
