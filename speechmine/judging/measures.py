"""Measures: who must do what by when."""

from dataclasses import dataclass

from speechmine.judging.standing import Standing
from speechmine.outline import Outline
from speechmine.records import Deadline, MeasureCommitment
from speechmine.rules import RuleBook
from speechmine.spans import Span


@dataclass(frozen=True, slots=True)
class JudgedMeasure:
    """A required or undertaken action.

    Attributes:
        span: From the first required clause's subject or condition to the end of the statement (clean text).
        statement: Index of its statement.
        owner: Who must act, clean, first named first.
        commitment: By the first modal.
        deadline: From its own words only; None where several dates stand.
        action: Its first verb.
        object: What the verb acts on.
        rule: Id of the rule that decided.
    """

    span: Span
    statement: int
    owner: tuple[str, ...]
    commitment: MeasureCommitment
    rule: str
    deadline: Deadline | None = None
    action: str | None = None
    object: str | None = None


def judge_measures(outline: Outline, standing: list[Standing], rules: RuleBook) -> list[JudgedMeasure]:
    """Find the measures of a document, in order of place."""
    return []
