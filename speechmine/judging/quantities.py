"""Goals told from results and context; metric, commitment and deadline of each number."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from speechmine.finding.mentions import QuantityMention
from speechmine.finding.metrics import MetricReader
from speechmine.finding.owners import acting_subject, split_bodies
from speechmine.judging.commitments import governing_modal
from speechmine.judging.deadlines import DeadlineJudge
from speechmine.judging.pairs import twins
from speechmine.judging.passages import Marked, Passage, passages
from speechmine.judging.roles import Judgement, judge_role
from speechmine.judging.standing import Standing
from speechmine.judging.views import Role, View
from speechmine.outline import Outline, Statement
from speechmine.patterns import compiled
from speechmine.records import Deadline, GoalCommitment, QuantityKind
from speechmine.rules import RuleBook


class JudgedQuantity(msgspec.Struct, frozen=True):
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


_LISTED = compiled(r"0(?:[、和][^,;:。0K]{0,20}|[,(]其中[^,;:。0K]{0,20})$")  # 新增企业7家、平台3个
_HELPERS = frozenset({
    "role.starting_point", "role.starting_point_before", "role.class", "role.counted_group", "role.counted_through",
    "role.whole_size",
})  # fmt: skip


def settled(standing: Sequence[Standing], outline: Outline) -> list[Standing]:
    """Give statements that do nothing of their own the standing of the report before them in the paragraph."""
    found = list(standing)
    for number in range(1, len(found)):
        same = outline.statements[number].paragraph == outline.statements[number - 1].paragraph
        if found[number] == "background" and same and found[number - 1] in ("result", "problem"):
            found[number] = found[number - 1]
    return found


class _Told(msgspec.Struct):
    """What the numbers before have told, for those that lean on them.

    Attributes:
        role: Role of the number before.
        rule: Rule that gave it.
        sentence_role: Last role of the sentence that is not context.
        goal: Statement of the last goal.
        planned: Last sentence with planned goals: the next one goes on planning.
        listed: Last paragraph that opened a list of expected targets: 主要预期目标是:…。…。
        goals: Goals by metric, value and unit, with their commitment: who repeats one means it as firmly.
    """

    role: Role = "context"
    rule: str = ""
    sentence_role: Role | None = None
    goal: Statement | None = None
    planned: int | None = None
    listed: int | None = None
    goals: dict[tuple[str | None, object, str | None], GoalCommitment] = msgspec.field(default_factory=dict)

    def followed(self) -> Role | None:
        """Return the role for a number that follows the one before; one that only helps another gives none."""
        if self.rule in _HELPERS:
            return None
        return "result" if self.rule == "role.target_of_plan" else self.role

    def before(self, statement: Statement) -> Role | None:
        """Return what the sentence told last, or that the sentence before in the paragraph set goals."""
        if self.sentence_role is not None or self.goal is None:
            return self.sentence_role
        near = self.goal.paragraph == statement.paragraph and statement.sentence - self.goal.sentence == 1
        return "goal" if near else None


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
        self.told = _Told()

    def passage(self, passage: Passage, offset: int) -> list[JudgedQuantity]:
        """Judge the numbers of one sentence; ``offset`` is the index of the first in the document's list."""
        self._begin(passage)
        holes = sorted([*passage.marks, *(period.span for period in passage.periods)])
        metrics = self.reader.read(passage.text, passage.mentions, holes)
        marked = Marked(passage, [self.reader.is_class(number) for number in range(len(metrics))])
        found = [self._judged(passage, number, metric, marked) for number, metric in enumerate(metrics)]
        pairs = twins(metrics, [q.mention.unit for q in found], [q.commitment for q in found])
        return [
            judged if pair is None else replace(judged, pair=offset + pair)
            for judged, pair in zip(found, pairs, strict=True)
        ]

    def _begin(self, passage: Passage) -> None:
        """Forget what was told in another speech or section."""
        statement = self.outline.statements[passage.statements[0]]
        if self.section is None or self.section[0] != statement.speech:
            self.told = _Told()
        if self.section != (statement.speech, statement.section):
            self.section = (statement.speech, statement.section)
            self.reader.forget()
        self.told.sentence_role = None

    def _judged(self, passage: Passage, number: int, metric: str | None, marked: Marked) -> JudgedQuantity:
        mention, original = passage.mentions[number], self.mentions[passage.numbers[number]]
        statement = self.outline.statements[original.statement]
        view = self._view(passage, number, marked)
        key = (metric, mention.value, mention.unit)
        judgement = self._repeated(judge_role(view), key)
        commitment = self._commitment(statement, view, judgement) if judgement.role == "goal" else None
        told = "result" if judgement.rule == "role.target_of_plan" else judgement.role
        self._remember(judgement, statement)
        if commitment is not None:
            self.told.goals.setdefault(key, commitment)
        return JudgedQuantity(
            original, original.kind, metric, judgement.role, commitment,
            deadline=self.deadlines.deadline(passage, number, told),
            owner=self._owner(passage, mention) if judgement.role == "goal" else (),
        )  # fmt: skip

    def _repeated(self, judgement: Judgement, key: tuple[str | None, object, str | None]) -> Judgement:
        """Judge a repeated target as before, unless its own words tell otherwise."""
        known = self.told.goals.get(key)
        if known is None or key[0] is None or judgement.role == "result" or judgement.rule in self.shapes:
            return judgement
        return Judgement("goal", "role.repeated", known)

    def _remember(self, judgement: Judgement, statement: Statement) -> None:
        self.told.role, self.told.rule = judgement.role, judgement.rule
        if judgement.role != "context":
            self.told.sentence_role = judgement.role
        if judgement.role == "goal":
            self.told.goal = statement

    def _view(self, passage: Passage, number: int, marked: Marked) -> View:
        mention = passage.mentions[number]
        before, after = marked.around(mention)
        statement = self.outline.statements[self.mentions[passage.numbers[number]].statement]
        period, behind = self.deadlines.nearest(passage, number)
        leans = number > 0 and mention.kind != "rank" and (self.reader.is_carried(number) or _LISTED.search(before))
        return View(
            self.rules, before, after, mention.span.cut(passage.text), mention.kind, self.reader.is_class(number),
            self._standing(passage, number), self.outline.speeches[statement.speech].date, period, behind,
            told_before=self.told.before(statement), reviewed=self.deadlines.in_review(passage),
            follows=self.told.followed() if leans else None,
        )  # fmt: skip

    def _standing(self, passage: Passage, number: int) -> Standing:
        """Return the standing of a number's statement; under a heading that plans, what seems a report plans too."""
        standing = self.standing[self.mentions[passage.numbers[number]].statement]
        return "requirement" if standing in ("result", "background") and self.deadlines.in_plan(passage) else standing

    def _commitment(self, statement: Statement, view: View, judgement: Judgement) -> GoalCommitment:
        """Return how firmly a goal is meant: by its shape, its modal, the plan it goes on with; else it is binding."""
        if judgement.commitment is not None:
            return judgement.commitment
        modal = governing_modal(view)
        if modal is not None and modal.commitment == "expect" and self.rules.rule("targets.list").search(view.before):
            self.told.listed = statement.paragraph
        if modal is None and self.told.listed == statement.paragraph:
            return "expect"
        goes_on = self.told.planned is not None and statement.sentence - self.told.planned <= 1
        commitment = modal.commitment if modal is not None else "plan" if goes_on else "ensure"
        self.told.planned = statement.sentence if commitment == "plan" else None
        return commitment

    def _owner(self, passage: Passage, mention: QuantityMention) -> tuple[str, ...]:
        subject = acting_subject(passage.clause(mention.span.start).cut(passage.text).strip(), self.rules)
        return () if subject is None else tuple(split_bodies(subject, self.rules))
