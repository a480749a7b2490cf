"""Goals told from results and context; metric, commitment and deadline of each number."""

from dataclasses import dataclass
from typing import Literal

from speechmine.finding.mentions import QuantityMention
from speechmine.judging.standing import Standing
from speechmine.outline import Outline
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
    return [JudgedQuantity(mention, mention.kind, None, "context") for mention in mentions]
