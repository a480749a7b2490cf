"""Goal, result or context: what a number is in the sentence it stands in."""

from typing import cast

import msgspec

from speechmine.finding.dates import Period
from speechmine.judging.commitments import clause_modal, statement_modal
from speechmine.judging.views import Modal, Role, View
from speechmine.records import GoalCommitment
from speechmine.rules import Rule

_HARD = frozenset({"report.verb", "report.found", "report.scarce"})  # these report even before a date ahead
_BY_STANDING: dict[str, Role] = {"requirement": "goal", "undertaking": "goal", "result": "result"}


class Judgement(msgspec.Struct, frozen=True):
    """The role of a number, the rule that decided, and the commitment a shape brings with it."""

    role: Role
    rule: str
    commitment: GoalCommitment | None = None


def judge_role(view: View) -> Judgement:
    """Judge the role of a number: by its own words, else by its clause, date and statement."""
    return _by_shape(view) or _by_neighbour(view) or _by_words(view) or _by_date(view) or _by_lead(view)


def _by_shape(view: View) -> Judgement | None:
    """Judge by what the number itself and the words right around it say."""
    if view.is_class:
        return Judgement("context", "role.class")
    if view.rules.rule("bound.casualties").search(view.words):
        return Judgement("context", "bound.casualties")
    rule = _shape(view)
    if rule is None or (rule.id == "role.new_value" and _is_told(view)):
        return None
    if rule.id == "role.attribute" and view.kind == "share" and not view.before[view.clause_start :]:
        return None  # 90%以上的村都有卫生室: a share of them, while 含油量50%的品种 are of a sort
    if rule.id == "role.whole_size" and view.rules.rule("bound.capped").search(view.words):
        return None  # 总投资控制在3亿元以内 sets a mark
    return Judgement(cast(Role, rule.set["role"]), rule.id, cast("GoalCommitment | None", rule.set.get("commitment")))


def _is_told(view: View) -> bool:
    """Say whether a change is reported as made: 税率已由15%降到12%."""
    report = _report(view)
    return view.standing in ("result", "problem") or _is_past(view) or (report is not None and report.id in _HARD)


def _shape(view: View) -> Rule | None:
    """Return the first rule of the family ``role`` that holds for the words around the number."""
    words = view.statement
    place = words.find("#")
    for rule in view.rules.called("role", words):
        if rule.set.get("kind", view.kind) != view.kind:
            continue
        if any(match.start() <= place < match.end() for match in rule.finditer(words)):
            return rule
    return None


def _by_neighbour(view: View) -> Judgement | None:
    """Let a number without a name, or in a list, follow the number before it, unless its clause tells otherwise."""
    if view.follows is None:
        return None
    report = _report(view)
    if (report is not None and report.id in _HARD) or clause_modal(view) is not None:
        return None
    if "T" in view.clause and (is_ahead(view.period, view) or _is_past(view)):
        return None
    return Judgement(view.follows, "role.follows")


def _by_words(view: View) -> Judgement | None:
    """Judge by the modal of the clause, by what the clause reports, by the modal of the statement."""
    if view.rules.rule("bound.done").search(view.words):
        return Judgement("result", "bound.done")
    modal = clause_modal(view)
    if modal is not None and view.standing != "problem" and not _is_estimate(modal, view):
        return Judgement("goal", modal.rule)
    report = _report(view)
    if report is not None and (report.id in _HARD or not (_is_targeted(view) or _sets_mark(report, view))):
        troubled = view.standing == "problem" and report.id == "report.compared"
        return Judgement("context" if troubled else "result", report.id)
    modal = statement_modal(view)
    reaches = view.standing != "result" or view.told_before == "goal"  # in a report a modal far off means another thing
    if modal is not None and view.standing != "problem" and reaches:
        return Judgement("goal", modal.rule)
    return None


def _is_estimate(modal: Modal, view: View) -> bool:
    """Say whether 预计 estimates the year under review, which is a result: 2031年工作回顾: …预计增长5%."""
    return modal.commitment == "expect" and view.reviewed and not is_ahead(view.period, view)


def _report(view: View) -> Rule | None:
    """Return the first rule of the family ``report`` that holds for the clause; some hold for one standing only."""
    for rule in view.rules.called("report", view.clause):
        if rule.set.get("standing", view.standing) == view.standing and rule.search(view.clause):
            return rule
    return None


def _sets_mark(report: Rule, view: View) -> bool:
    """Say whether what looks like a report goes on with goals: 就业60万人,城镇化率达到58%; 须…,占比较上年提高5%以上."""
    if report.id == "report.stock":
        return view.told_before == "goal"
    required = view.standing in ("requirement", "undertaking")
    return report.id == "report.compared" and required and bool(view.rules.rule("bound.floor").search(view.words))


def _is_targeted(view: View) -> bool:
    """Say whether a date ahead or the lead of a list makes a number a target."""
    return is_ahead(view.period, view) or view.rules.rule("targets.list").search(view.before) is not None


def _by_date(view: View) -> Judgement | None:
    """Judge by the period that governs the number: goals lie ahead, results behind."""
    if is_ahead(view.period, view):
        return Judgement("goal", "period.ahead")
    if _is_past(view) and view.standing != "problem":
        return Judgement("result", "period.past")
    return None


def _by_lead(view: View) -> Judgement:
    """Judge by the lead of the list, by neighbours and bounds, and last by the standing of the statement."""
    if view.rules.rule("targets.list").search(view.before):
        return Judgement("goal", "targets.list")
    if view.standing in ("background", "result") and view.rules.rule("bound.normative").search(view.words):
        return Judgement("goal", "bound.normative")
    if view.standing == "background":
        return _in_background(view)
    return Judgement(_BY_STANDING.get(view.standing, "context"), "standing." + view.standing)


def _in_background(view: View) -> Judgement:
    """Judge a number of a statement that itself neither requires nor reports."""
    if is_ahead(view.behind, view):
        return Judgement("goal", "period.behind")
    if view.told_before is not None:
        return Judgement(view.told_before, "role.before")
    if view.rules.rule("bound.reached").search(view.words):
        return Judgement("result", "bound.reached")
    if view.reviewed:
        return Judgement("result", "period.review")
    return Judgement("context", "standing.background")


def is_ahead(period: Period | None, view: View) -> bool:
    """Say whether a period ends after the speech, or is worded as a limit."""
    if period is None or period.sense != "date":
        return False
    if view.reference is None or not view.reference[:4].isdigit() or not period.edtf[:4].isdigit():
        return period.ahead if view.standing == "result" else period.limit
    if view.standing == "result" and period.borrowed and not period.ahead:
        return False  # in a review 年末 is that of the year under review
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
    if period.sense != "date" or period.rule == "year.masked":
        return True
    if view.reference is None or not period.edtf[:4].isdigit():
        return False
    known = min(len(period.edtf), len(view.reference))
    return not period.borrowed and period.edtf[:known] < view.reference[:known]
