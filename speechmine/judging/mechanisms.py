"""Whether a mechanism is in force, required or proposed."""

from collections import Counter

from speechmine.finding.mentions import MechanismMention
from speechmine.judging.standing import Standing
from speechmine.outline import Outline, Statement
from speechmine.records import Status
from speechmine.rules import RuleBook

_REACH = 200  # characters before a name in which a cue governs it
_CUES: tuple[tuple[str, Status], ...] = (
    ("status.done", "in-force"),
    ("status.plan", "proposed"),
    ("status.must", "required"),
)


def judge_mechanisms(
    mentions: list[MechanismMention], outline: Outline, standing: list[Standing], rules: RuleBook
) -> list[Status]:
    """Judge every mechanism of a document, one status for each, in the same order."""
    pledging = _pledging_speeches(outline, standing, rules)
    return [_status(mention, outline, standing[mention.statement], pledging, rules) for mention in mentions]


def _status(
    mention: MechanismMention, outline: Outline, standing: Standing, pledging: set[int], rules: RuleBook
) -> Status:
    statement = outline.statements[mention.statement]
    start, end = (place - statement.span.start for place in mention.span)
    if standing in {"result", "problem"} or _faulty(statement.text, start, end, rules):
        return "in-force"
    cue = _nearest_cue(statement.text[max(0, end - _REACH) : end], rules)
    if cue is not None:
        return cue
    if standing == "undertaking" or statement.speech in pledging:
        return "proposed"
    if standing == "background":
        return "in-force" if outline.genre in {"report", "news"} else "required"
    return "required"


def _nearest_cue(before: str, rules: RuleBook) -> Status | None:
    """Return what the last cue at or before the name says."""
    cues = [(match.start(), status) for rule, status in _CUES for match in rules.rule(rule).finditer(before)]
    return max(cues)[1] if cues else None


def _faulty(text: str, start: int, end: int, rules: RuleBook) -> bool:
    """Say whether the words around the name complain of it: what is faulty exists."""
    given, faulty = rules.rule("status.given"), rules.rule("status.faulty")
    return given.search(text[max(0, start - 14) : start]) is not None or faulty.search(text[end : end + 20]) is not None


def _pledging_speeches(outline: Outline, standing: list[Standing], rules: RuleBook) -> set[int]:
    """Return the speeches that give pledges rather than orders: there a bare 强化责任追究 is the speaker's own plan."""
    plans: Counter[int] = Counter()
    orders: Counter[int] = Counter()
    for statement, what in zip(outline.statements, standing, strict=True):
        if what == "undertaking":
            plans[statement.speech] += 1
        elif _orders(statement, rules):
            orders[statement.speech] += 1
    if outline.genre == "report":
        return set()
    return {speech for speech, count in plans.items() if count >= 3 and count > orders[speech]}


def _orders(statement: Statement, rules: RuleBook) -> bool:
    return rules.rule("status.must").search(statement.text) is not None
