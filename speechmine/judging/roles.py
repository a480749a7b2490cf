"""Goal, result or context: what a number is in the sentence it stands in, and how firmly a goal is meant."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from speechmine.finding.dates import Period
from speechmine.judging.standing import Standing
from speechmine.records import GoalCommitment, QuantityKind
from speechmine.rules import Rule, RuleBook

Role = Literal["goal", "result", "context"]

_HARD = frozenset({"report.verb", "report.found", "report.scarce"})  # these report even before a date ahead
_SENTENCE_PART = re.compile(r"[;。!?\n]")


@dataclass(frozen=True, slots=True)
class View:
    """A number as the judge of its role sees it.

    Attributes:
        before: The marked words of the sentence before the number.
        after: The marked words behind it.
        kind: What kind of number it is.
        is_class: Whether it only tells a class of things (亿元以上项目).
        standing: Standing of its statement.
        period: The period of its clause, or the nearest before it in its sentence.
        behind: The first period behind its clause.
        before_it: Whether the sentence, or the one before, told goals or results last.
        follows: The role of the number before it, if it has no name of its own (同比增长32%) or stands in a list.
        words: The words of the number itself.
        reference: EDTF date of the speech.
    """

    before: str
    after: str
    kind: QuantityKind
    is_class: bool
    standing: Standing
    period: Period | None
    behind: Period | None
    before_it: Role | None
    follows: Role | None
    words: str
    reference: str | None

    @property
    def clause(self) -> str:
        """The clause of the number, from comma to comma, with the number as #."""
        start = max(self.before.rfind(mark) for mark in ",;:。!?\n") + 1
        match = re.search(r"[,;:。!?\n]", self.after)
        return self.before[start:] + "#" + (self.after[: match.start()] if match else self.after)

    @property
    def statement(self) -> str:
        """The statement of the number, from semicolon to semicolon, with the number as #."""
        start = max(self.before.rfind(mark) for mark in ";。!?\n") + 1
        match = _SENTENCE_PART.search(self.after)
        return self.before[start:] + "#" + (self.after[: match.start()] if match else self.after)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The role of a number, the rule that decided, and the commitment a shape brings with it."""

    role: Role
    rule: str
    commitment: GoalCommitment | None = None


def judge_role(view: View, rules: RuleBook) -> Judgement:
    """Judge the role of a number by its shape, its clause, its date, its statement, its lead, last its standing."""
    if view.is_class:
        return Judgement("context", "role.class")
    if rules.rule("bound.casualties").search(view.words):
        return Judgement("context", "bound.casualties")
    shape = _shape(view, rules)
    if shape is not None and not (shape.id == "role.new_value" and view.standing in ("result", "problem")):
        commitment = shape.set.get("commitment")
        return Judgement(cast(Role, shape.set["role"]), shape.id, cast("GoalCommitment | None", commitment))
    report = _report(view, rules)
    told = (report is not None and report.id in _HARD) or clause_modal(view, rules) is not None or _is_dated(view)
    if view.follows is not None and not told:
        return Judgement(view.follows, "role.follows")
    return _by_words(view, rules) or _by_date(view) or _by_lead(view, rules)


def _is_targeted(view: View, rules: RuleBook) -> bool:
    """Say whether a date ahead or the lead of a list makes a number a target."""
    return _is_ahead(view.period, view) or rules.rule("targets.list").search(view.before) is not None


def _is_dated(view: View) -> bool:
    """Say whether the clause of a number names a date of its own that lies ahead."""
    return "T" in view.clause and _is_ahead(view.period, view)


def _by_words(view: View, rules: RuleBook) -> Judgement | None:
    """Judge by the modal of the clause, by what the clause reports, by the modal of the statement."""
    if rules.rule("bound.done").search(view.words):
        return Judgement("result", "bound.done")
    modal = clause_modal(view, rules)
    if modal is not None and view.standing != "problem":
        return Judgement("goal", modal[0])
    report = _report(view, rules)
    if report is not None and (report.id in _HARD or not _is_targeted(view, rules)):
        troubled = view.standing == "problem" and report.id == "report.compared"
        return Judgement("context" if troubled else "result", report.id)
    modal = commitment_of(view, rules)
    if modal is not None and view.standing != "problem":
        return Judgement("goal", modal[0])
    return None


def _report(view: View, rules: RuleBook) -> Rule | None:
    """Return the first rule of the family ``report`` that holds for the clause; some hold for one standing only."""
    for rule in rules.family("report"):
        if rule.set.get("standing", view.standing) == view.standing and rule.search(view.clause):
            return rule
    return None


def _by_date(view: View) -> Judgement | None:
    """Judge by the period that governs the number: goals lie ahead, results behind."""
    if _is_ahead(view.period, view):
        return Judgement("goal", "period.ahead")
    if _is_past(view) and view.standing != "problem":
        return Judgement("result", "period.past")
    return None


def _by_lead(view: View, rules: RuleBook) -> Judgement:
    """Judge by the lead of the list, by a date behind, and by the standing of the statement."""
    if rules.rule("targets.list").search(view.before):
        return Judgement("goal", "targets.list")
    if rules.rule("bound.normative").search(view.words) and view.standing in ("background", "result"):
        return Judgement("goal", "bound.normative")
    if view.standing == "background" and _is_ahead(view.behind, view):
        return Judgement("goal", "period.behind")
    if view.standing == "background" and view.before_it is not None:
        return Judgement(view.before_it, "role.before")
    if view.standing == "background" and rules.rule("bound.reached").search(view.words):
        return Judgement("result", "bound.reached")
    roles: dict[str, Role] = {"requirement": "goal", "undertaking": "goal", "result": "result"}
    return Judgement(roles.get(view.standing, "context"), "standing." + view.standing)


def _shape(view: View, rules: RuleBook) -> Rule | None:
    """Return the first rule of the family ``role`` that holds for the words around the number."""
    words = view.statement
    for rule in rules.family("role"):
        if rule.set.get("kind", view.kind) != view.kind:
            continue
        place = words.find("#")
        if any(match.start() <= place < match.end() for match in rule.finditer(words)):
            return rule
    return None


def _is_ahead(period: Period | None, view: View) -> bool:
    """Say whether a period ends after the speech, or is worded as a limit."""
    if period is None or period.open or period.reached:
        return False
    if view.reference is None or not view.reference[:4].isdigit() or not period.edtf[:4].isdigit():
        return period.limit
    known = min(len(period.edtf), len(view.reference))
    if period.edtf[:known] != view.reference[:known]:
        return period.edtf[:known] > view.reference[:known]
    return period.limit


def _is_past(view: View) -> bool:
    """Say whether the period that governs the number ended before the speech, or has only a beginning."""
    period = view.period
    if period is None:
        return False
    if period.open and view.standing in ("requirement", "undertaking"):
        return False  # 从2031年开始,推动…: what begins then goes on
    if period.open or period.reached or period.rule == "year.masked":
        return True
    if view.reference is None or not period.edtf[:4].isdigit():
        return False
    known = min(len(period.edtf), len(view.reference))
    return not period.borrowed and period.edtf[:known] < view.reference[:known]


def commitment_of(view: View, rules: RuleBook) -> tuple[str, GoalCommitment] | None:
    """Return the rule and commitment of the modal in the clause of a number, else before it in its statement.

    力争 and its kin do not reach beyond their clause: 争取500户,清明前先干完100户.
    """
    start = max(view.before.rfind(mark) for mark in ";。!?\n") + 1
    return clause_modal(view, rules) or _reaching(view.before[start:], rules)


def clause_modal(view: View, rules: RuleBook) -> tuple[str, GoalCommitment] | None:
    """Return the modal before a number in its clause, else the first behind it there (首批5个项目争取月底封顶)."""
    start = max(view.before.rfind(mark) for mark in ",:;。!?\n") + 1
    clause = _modals(view.before[start:], rules)
    if clause:
        return clause[-1][1:]
    behind = _modals(re.split("[,:;。!?\n、0K]", view.after, maxsplit=1)[0], rules)
    return next((modal[1:] for modal in behind if modal[2] in ("ensure", "strive")), None)


def commitment_of_lead(view: View, rules: RuleBook) -> tuple[str, GoalCommitment] | None:
    """Return the rule and commitment of the nearest modal before the statement of a number, in its sentence."""
    return _reaching(view.before, rules)


def commitment_behind(view: View, rules: RuleBook) -> tuple[str, GoalCommitment] | None:
    """Return the first binding modal behind a number in its statement: 余下35个黑点,须在年底前清零."""
    behind = _modals(_SENTENCE_PART.split(view.after, maxsplit=1)[0], rules)
    return next((modal[1:] for modal in behind if modal[2] == "ensure"), None)


def _reaching(words: str, rules: RuleBook) -> tuple[str, GoalCommitment] | None:
    """Return the last modal that reaches to the end of the words."""
    for place, rule, commitment in reversed(_modals(words, rules)):
        if commitment != "strive" or not re.search("[,:;。]", words[place:]):
            return rule, commitment
    return None


def _modals(words: str, rules: RuleBook) -> list[tuple[int, str, GoalCommitment]]:
    """Return the modals of some words in order: place, rule, commitment."""
    found = [
        (match.start(), rule.id, cast(GoalCommitment, rule.set["commitment"]))
        for rule in rules.family("commit")
        for match in rule.finditer(words)
    ]
    return sorted(found)
