"""Measures: who must do what by when."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from speechmine.finding.dates import find_dates
from speechmine.finding.owners import (
    acting_subject,
    asked_bodies,
    bodies_on_duty,
    bracketed_owners,
    joined_bodies,
    split_bodies,
    topical_bodies,
)
from speechmine.judging.frames import addresses_council
from speechmine.judging.orders import clauses, is_order, requires, without_quotations
from speechmine.judging.standing import Standing
from speechmine.judging.topics import topic_of
from speechmine.outline import Outline, Statement
from speechmine.records import Deadline, MeasureCommitment
from speechmine.rules import RuleBook
from speechmine.spans import Span


class JudgedMeasure(msgspec.Struct, frozen=True):
    """A required or undertaken action.

    Attributes:
        span: From the first required clause's subject or condition to the end of the statement (clean text).
        statement: Index of its statement.
        owner: Who must act, clean, first named first.
        commitment: By the first modal.
        rule: Id of the rule that decided.
        deadline: From its own words only; None where several dates stand.
        action: Its first verb.
        object: What the verb acts on.
        topic: Its policy field.
    """

    span: Span
    statement: int
    owner: tuple[str, ...]
    commitment: MeasureCommitment
    rule: str
    deadline: Deadline | None = None
    action: str | None = None
    object: str | None = None
    topic: str | None = None


def judge_measures(outline: Outline, standing: list[Standing], rules: RuleBook) -> list[JudgedMeasure]:
    """Find the measures of a document, in order of place."""
    found: list[JudgedMeasure] = []
    carried = _Carried(outline.genre in {"report", "plan", "minutes"} or addresses_council(outline, rules), rules)
    for number, (statement, stands) in enumerate(zip(outline.statements, standing, strict=True)):
        named, skip = _trailing(statement.text, rules)
        _answer(found, named, _closes_paragraph(number, outline) and skip == len(statement.text), outline, rules)
        if named and skip == len(statement.text):
            continue
        carried.governor(statement, rules)
        if stands in {"requirement", "undertaking"}:
            measure = carried.over(_measure(number, statement, stands, skip, rules), statement)
            found.append(_dated(measure, outline, rules))
        tail = outline.text[statement.span.end : statement.whole.end].strip("。;!? ")
        if found and outline.statements[found[-1].statement].paragraph == statement.paragraph:
            _answer(found, _trailing(tail, rules)[0], _closes_paragraph(number, outline), outline, rules)
    kept = (measure for measure in found if not _is_bare_figure(measure.span.cut(outline.text), measure, rules))
    return [_with_topic(measure, outline, rules) for measure in kept]


def _with_topic(measure: JudgedMeasure, outline: Outline, rules: RuleBook) -> JudgedMeasure:
    section = outline.statements[measure.statement].section
    return replace(measure, topic=topic_of(measure.span.cut(outline.text), section, rules))


def _trailing(text: str, rules: RuleBook) -> tuple[tuple[str, ...], int]:
    """Return the bodies that a text opens with in a bracket or a line of duties, and where their list ends."""
    match = rules.rule("owner.trailing").search(text)
    if match is None:
        return (), 0
    return tuple(bodies_on_duty(match["quote"] or match[0], rules)), match.end()


def _closes_paragraph(number: int, outline: Outline) -> bool:
    after = outline.statements[number + 1 : number + 2]
    return not after or after[0].paragraph != outline.statements[number].paragraph


def _answer(
    found: list[JudgedMeasure], bodies: tuple[str, ...], whole: bool, outline: Outline, rules: RuleBook
) -> None:
    """Give what was said before a trailing list of bodies that owner, where it names none.

    Args:
        found: The measures so far.
        bodies: Who answers; nothing happens when empty.
        whole: Whether the list closes its paragraph and so governs all of it; else only the sentence before it.
        outline: The document they stand in.
        rules: The rule book.
    """
    if not bodies or not found:
        return
    last = outline.statements[found[-1].statement]
    for index in range(len(found) - 1, -1, -1):
        statement = outline.statements[found[index].statement]
        if statement.paragraph != last.paragraph or not (whole or statement.sentence == last.sentence):
            return
        words = found[index].span.cut(outline.text)
        if not found[index].owner or rules.rule("owner.encouraged").search(words):
            found[index] = replace(found[index], owner=bodies)


def _measure(number: int, statement: Statement, stands: Standing, skip: int, rules: RuleBook) -> JudgedMeasure:
    start = skip + _start(without_quotations(statement.text[skip:]), stands, rules)
    text = statement.text[start:]
    rules.calls.lend(statement.text, [text])
    commitment, rule = _commitment(text, stands, rules)
    action, target = _action(text, rules)
    span = Span(statement.span.start + start, statement.span.end)
    return JudgedMeasure(span, number, _owner(text, rules), commitment, rule, action=action, object=target)


def _start(text: str, stands: Standing, rules: RuleBook) -> int:
    """Return where the measure begins: at its first required clause, or the conditions right before it."""
    parts = clauses(text, rules)
    if not parts:
        return 0
    told = max(
        (n + 1 for n, (_, clause) in enumerate(parts[:-1]) if rules.rule("start.told").search(clause)), default=0
    )
    first = next((n for n in range(told, len(parts)) if _is_required(parts[n][1], stands, rules)), told)
    aside, condition = rules.rule("aside"), rules.rule("condition")
    if first > 0 and rules.rule("start.dangling").search(parts[first][1]):
        first -= 1
    while first > 0 and not aside.search(parts[first - 1][1]) and condition.search(parts[first - 1][1]):
        first -= 1
    dropped = rules.rule("start.dropped").search(parts[first][1])
    return parts[first][0] + (dropped.end() if dropped else 0)


def _is_required(clause: str, stands: Standing, rules: RuleBook) -> bool:
    if rules.first("aside ceremony", clause):
        return False
    if rules.rule("done.mark").search(clause) and not rules.rule("modal.must").search(clause):
        return False
    if requires(clause, rules) or rules.first("start.denied modal.plan", clause):
        return True
    return is_order(clause, rules) or rules.first("order", clause) is not None


def _commitment(text: str, stands: Standing, rules: RuleBook) -> tuple[MeasureCommitment, str]:
    """Return the commitment and the rule of the first modal; a bare imperative is ``must``."""
    first: tuple[int, MeasureCommitment, str] = (len(text), _default(stands), "imperative.bare")
    condition = rules.rule("condition")
    bare = next(
        (at for at, clause in clauses(text, rules) if is_order(clause, rules) and not condition.search(clause)), None
    )
    if bare is not None and not _opens_with_modal(text[bare:], rules):
        first = (bare, _default(stands), "imperative.bare")
    for modal in rules.called(_MODALS, text):
        match = modal.search(text)
        if match and match.start() < first[0]:
            first = (match.start(), _COMMITMENTS[modal.id], modal.id)
    return first[1], first[2]


def _default(stands: Standing) -> MeasureCommitment:
    return "plan" if stands == "undertaking" else "must"


def _opens_with_modal(clause: str, rules: RuleBook) -> bool:
    """Say whether a clause that opens like an imperative opens with a modal of its own (严禁…, 力争…, 确保…)."""
    subject = acting_subject(clause, rules)
    near = _NEAR + (clause.find(subject) + len(subject) if subject else 0)
    matches = (modal.search(clause) for modal in rules.called(_MODALS, clause))
    return any(match is not None and match.start() <= near for match in matches)


_OPENING = 16  # characters in which a subject still opens its sentence
_NEAR = 4  # characters: 坚决防止…, 各单位一律不得… still open with the modal

_COMMITMENTS: Mapping[str, MeasureCommitment] = {
    "modal.must": "must", "modal.hope": "must", "modal.ask": "must", "modal.ensure": "must",
    "modal.prohibit": "prohibit", "modal.strive": "strive", "modal.plan": "plan",
}  # fmt: skip
_MODALS = " ".join(_COMMITMENTS)


def _owner(text: str, rules: RuleBook) -> tuple[str, ...]:
    """Return the bodies that must act: a closing bracket, else the subjects of the clauses in order."""
    subjects: list[str] = []
    for _, clause in clauses(text, rules):
        named = acting_subject(clause, rules)
        subjects += [named] if named else asked_bodies(clause, rules)
        subjects += joined_bodies(clause, rules) if subjects else []
    subjects = subjects or topical_bodies(text, rules) or bracketed_owners(text, rules)
    parts = [part for subject in subjects for part in split_bodies(subject, rules)]
    return tuple(dict.fromkeys(parts))


class _Carried:
    """What a sentence hands on to its later points: the owner named before the first point, and 我们将."""

    def __init__(self, reported: bool, rules: RuleBook) -> None:
        # In a report 我们将 governs its paragraph; in a speech of commitment (表态发言) all that follows, up to a 要.
        self.reported = reported
        self.pledge = rules.rule("modal.pledge")
        self.pronoun = rules.any_of("body.pronoun")
        self.sentence = self.paragraph = -1
        self.owner: tuple[str, ...] = ()
        self.plan = False
        self.points: tuple[int, tuple[str, ...]] = (-1, ())

    def governor(self, statement: Statement, rules: RuleBook) -> None:
        """Remember a body that stands alone before the first point of its paragraph."""
        alone = rules.rule("owner.alone").search(statement.text)
        if alone:
            self.points = (statement.paragraph, tuple(split_bodies(alone["quote"], rules)))

    def over(self, measure: JudgedMeasure, statement: Statement) -> JudgedMeasure:
        """Give the measure what its sentence handed on, and remember what it hands on itself."""
        if self.reported and statement.paragraph != self.paragraph:
            self.plan = False
        told = bool(measure.owner)
        if statement.sentence == self.sentence and not measure.owner and not self.pronoun.match(statement.text):
            measure = replace(measure, owner=self.owner)
        if statement.paragraph == self.points[0] and not measure.owner:
            measure = replace(measure, owner=self.points[1])
        # 我们将加快审批。市商务局牵头办节会。: who is told to act goes on with nobody's pledge.
        if self.plan and not told and measure.rule in {"imperative.bare", "modal.ensure"}:
            measure = replace(measure, commitment="plan")
        self.sentence, self.paragraph = statement.sentence, statement.paragraph
        # 例会每月一次,督查室每月通报;对不力的约谈: only a subject that opens the sentence governs what follows.
        opening = statement.text[measure.span.start - statement.span.start :][:_OPENING]
        self.owner = measure.owner if any(body in opening for body in measure.owner[:1]) else ()
        if measure.rule != "imperative.bare":
            words = statement.text[measure.span.start - statement.span.start :]
            self.plan = measure.commitment == "plan" and self.pledge.search(words) is not None
        return measure


def _dated(measure: JudgedMeasure, outline: Outline, rules: RuleBook) -> JudgedMeasure:
    """Give a measure the one date its own words name."""
    reference = outline.speeches[outline.statements[measure.statement].speech].date
    dates = find_dates(measure.span.cut(outline.text), reference, rules)
    if len({date.edtf for date in dates}) != 1:
        return measure
    words = dates[0].span.cut(measure.span.cut(outline.text))
    return replace(measure, deadline=Deadline(text=words, edtf=dates[0].edtf))


def _is_bare_figure(text: str, measure: JudgedMeasure, rules: RuleBook) -> bool:
    """Say whether the only predicate is a figure: 能耗要控制在300吨以内 is a goal, not a measure."""
    if measure.owner or rules.rule("modal.ensure").search(text):
        return False
    parts = (part for _, clause in clauses(text, rules) for part in clause.split("、"))
    figure, act = rules.rule("figure.clause"), rules.rule("figure.act")
    return all(figure.search(part) and not act.search(part) for part in parts)


def _action(text: str, rules: RuleBook) -> tuple[str | None, str | None]:
    """Return the first verb of doing and what follows it in its clause."""
    for _, clause in clauses(text, rules):
        match = rules.rule("action.first").search(clause)
        if match:
            rest = clause[match.end("quote") :]
            return match["quote"], rest or None
    return None, None
