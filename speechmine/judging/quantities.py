"""Goals told from results and context; metric, commitment and deadline of each number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from speechmine.finding.mentions import QuantityMention
from speechmine.finding.metrics import MetricReader
from speechmine.finding.owners import acting_subject
from speechmine.judging.deadlines import DeadlineJudge
from speechmine.judging.pairs import twins
from speechmine.judging.passages import Marked, Passage, passages
from speechmine.judging.roles import (
    Judgement,
    Role,
    View,
    commitment_behind,
    commitment_of,
    commitment_of_lead,
    judge_role,
)
from speechmine.judging.standing import Standing
from speechmine.outline import Outline, Statement
from speechmine.records import Deadline, GoalCommitment, QuantityKind
from speechmine.rules import RuleBook


@dataclass(frozen=True, slots=True)
class JudgedQuantity:
    """A quantity with everything the sentence and its surroundings say of it.

    Attributes:
        mention: Where it stands and what it says.
        kind: Kind in the light of the metric (a 率 is a share, 增长 a growth).
        metric: What is measured, shortest full name in the document's words, clean.
        role: ``goal``, ``result`` or ``context``.
        commitment: Of goals.
        deadline: Of goals: by when; of results: the end of the period they speak of.
        pair: Index, in the same list, of the base or stretch twin (53.2亿元,力争70亿元).
        owner: Bodies that must reach the goal, clean.
    """

    mention: QuantityMention
    kind: QuantityKind
    metric: str | None
    role: Literal["goal", "result", "context"]
    commitment: GoalCommitment | None = None
    deadline: Deadline | None = None
    pair: int | None = None
    owner: tuple[str, ...] = ()


def judge_quantities(
    mentions: list[QuantityMention], outline: Outline, standing: list[Standing], rules: RuleBook
) -> list[JudgedQuantity]:
    """Judge every quantity of a document, in the order given."""
    judge = _Judge(mentions, outline, standing, rules)
    found: list[JudgedQuantity] = []
    for passage in passages(mentions, outline, rules):
        found += judge.passage(passage, len(found))
    return found


_LISTED = re.compile(r"0(?:[、和][^,;:。0K]{0,20}|[,(]其中[^,;:。0K]{0,20})$")  # 新增企业7家、平台3个
_AFTER_HELPERS: dict[str, Role | None] = {
    "role.target_of_plan": "result", "role.starting_point": None, "role.starting_point_before": None, "role.class": None,
    "role.counted_group": None, "role.counted_through": None, "role.whole_size": None,
}  # fmt: skip


def settled(standing: Sequence[Standing], outline: Outline) -> list[Standing]:
    """Give statements that do nothing of their own the standing of the report before them in the paragraph."""
    found = list(standing)
    for number in range(1, len(found)):
        same = outline.statements[number].paragraph == outline.statements[number - 1].paragraph
        if found[number] == "background" and same and found[number - 1] in ("result", "problem"):
            found[number] = found[number - 1]
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """A goal met before: who repeats it means it as firmly."""

    commitment: GoalCommitment
    deadline: Deadline | None


class _Judge:
    """Judges the numbers of a document sentence by sentence."""

    def __init__(
        self, mentions: Sequence[QuantityMention], outline: Outline, standing: Sequence[Standing], rules: RuleBook
    ) -> None:
        self.mentions, self.outline, self.standing, self.rules = mentions, outline, settled(standing, outline), rules
        self.deadlines = DeadlineJudge(outline, rules)
        self.reader = MetricReader(rules)
        self.shapes = frozenset(rule.id for rule in rules.family("role"))
        self.section: tuple[int, tuple[str, ...]] | None = None
        self.goals: dict[tuple[str | None, object, str | None], _Known] = {}
        self.last_goal: Statement | None = None
        self.last_rule = ""
        self.planned: int | None = None  # the last sentence with planned numbers: the next one goes on planning

    def passage(self, passage: Passage, offset: int) -> list[JudgedQuantity]:
        """Judge the numbers of one sentence; ``offset`` is the index of the first in the document's list."""
        self._forget(passage)
        holes = sorted([*passage.marks, *(period.span for period in passage.periods)])
        metrics = self.reader.read(passage.text, passage.mentions, holes)
        marked = Marked(passage, [self.reader.is_class(metric) for metric in range(len(metrics))])
        found: list[JudgedQuantity] = []
        for number, metric in enumerate(metrics):
            found.append(self._judged(self._view(passage, number, marked, found), passage, number, metric))
        pairs = twins(metrics, [q.mention.unit for q in found], [q.commitment for q in found])
        return [
            judged if pair is None else replace(judged, pair=offset + pair)
            for judged, pair in zip(found, pairs, strict=True)
        ]

    def _forget(self, passage: Passage) -> None:
        statement = self.outline.statements[passage.statements[0]]
        if self.section != (statement.speech, statement.section):
            self.section = (statement.speech, statement.section)
            self.reader.forget()

    def _judged(self, view: View, passage: Passage, number: int, metric: str | None) -> JudgedQuantity:
        mention = passage.mentions[number]
        original = self.mentions[passage.numbers[number]]
        judgement = judge_role(view, self.rules)
        key = (metric, mention.value, mention.unit)
        if judgement.role != "result" and key in self.goals and judgement.rule not in self.shapes:
            judgement = Judgement("goal", "role.repeated", self.goals[key].commitment)
        self.last_rule = judgement.rule
        if judgement.role == "goal":
            self.last_goal = self.outline.statements[original.statement]
        told = "result" if judgement.rule == "role.target_of_plan" else judgement.role
        deadline = self.deadlines.deadline(passage, mention, told)
        commitment = self._commitment(passage, view, judgement) if judgement.role == "goal" else None
        if commitment is not None:
            self.goals.setdefault(key, _Known(commitment, deadline))
        return JudgedQuantity(
            original, original.kind, metric, judgement.role, commitment, deadline,
            owner=self._owner(passage, mention) if judgement.role == "goal" else (),
        )  # fmt: skip

    def _view(self, passage: Passage, number: int, marked: Marked, found: Sequence[JudgedQuantity]) -> View:
        mention = passage.mentions[number]
        before, after = marked.around(mention)
        statement = self.outline.statements[self.mentions[passage.numbers[number]].statement]
        period, behind = self.deadlines.nearest(passage, mention)
        listed = self.reader.is_carried(number) or _LISTED.search(before) is not None
        follows = mention.kind != "rank" and bool(found) and listed
        return View(
            before=before, after=after, kind=mention.kind, is_class=self.reader.is_class(number),
            standing=self._standing(passage, number), period=period, behind=behind, before_it=self._told_before(statement, found),
            follows=_AFTER_HELPERS.get(self.last_rule, found[-1].role) if follows else None,
            words=mention.span.cut(passage.text),
            reference=self.outline.speeches[statement.speech].date,
        )  # fmt: skip

    def _standing(self, passage: Passage, number: int) -> Standing:
        """Return the standing of a number's statement; under a heading that plans, what seems a report plans too."""
        standing = self.standing[self.mentions[passage.numbers[number]].statement]
        return "requirement" if standing in ("result", "background") and self.deadlines.in_plan(passage) else standing

    def _told_before(self, statement: Statement, found: Sequence[JudgedQuantity]) -> Role | None:
        """Return the last role in the sentence that is not context, else that of a goal in the sentence before."""
        told = [quantity.role for quantity in found if quantity.role != "context"]
        if found:
            return told[-1] if told else None
        last = self.last_goal
        if last is None or last.paragraph != statement.paragraph or statement.sentence - last.sentence > 1:
            return None
        return "goal"

    def _commitment(self, passage: Passage, view: View, judgement: Judgement) -> GoalCommitment:
        """Return how firmly a goal is meant: by its shape, its modal, its lead, its paragraph; else it is binding."""
        sentence = self.outline.statements[passage.statements[0]].sentence
        if judgement.commitment is not None:
            return judgement.commitment
        modal = (
            commitment_of(view, self.rules)
            or commitment_of_lead(view, self.rules)
            or commitment_behind(view, self.rules)
        )
        goes_on = self.planned is not None and sentence - self.planned <= 1
        commitment = modal[1] if modal is not None else "plan" if goes_on else "ensure"
        self.planned = sentence if commitment == "plan" else None
        return commitment

    def _owner(self, passage: Passage, mention: QuantityMention) -> tuple[str, ...]:
        subject = acting_subject(passage.clause(mention.span.start).cut(passage.text).strip(), self.rules)
        return () if subject is None else (subject,)
