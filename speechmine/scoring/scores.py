"""The score of records against gold: the counts of every group, and every item that is not as the gold has it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from speechmine.records import Figure, Goal, Measure, Mechanism, Record
from speechmine.scoring.annotated import Annotated
from speechmine.scoring.comparing import (
    compare_commitments,
    compare_measures,
    compare_mechanisms,
    compare_quantities,
    compare_rhythms,
)
from speechmine.scoring.gold import GoldQuantity
from speechmine.scoring.matching import NESTED_IOU, Placed, matched
from speechmine.scoring.misses import Miss, unmatched, wrong
from speechmine.scoring.tally import Tally
from speechmine.spans import Span

FoundT = TypeVar("FoundT", Mechanism, Goal | Figure, Measure)
AnyT = TypeVar("AnyT")


def _groups() -> dict[str, Tally]:
    return {
        "mechanisms": Tally(("kind", "status")),
        "cadence_components": Tally(),
        "quantities": Tally(("value", "unit", "cmp", "kind", "role", "metric", "deadline")),
        "goals": Tally(("commitment",)),
        "goals_strict": Tally(),
        "measures_chars": Tally(),
        "measures": Tally(("owner", "commitment")),
    }


class Scores(msgspec.Struct):
    """What was counted over all documents.

    Attributes:
        documents: How many documents the gold has.
        documents_without_record: How many of them have no record.
        bad_offsets: How many findings do not quote what stands at their place.
        groups: The counts of each group, by name.
        misses: What is not as the gold has it, document by document.
    """

    documents: int = 0
    documents_without_record: int = 0
    bad_offsets: int = 0
    groups: dict[str, Tally] = msgspec.field(default_factory=_groups)
    misses: list[Miss] = msgspec.field(default_factory=list)


def scored(gold: Iterable[Annotated], records: Mapping[str, Record]) -> Scores:
    """Score the records against the gold; a document without record counts as one in which nothing was found."""
    scores = Scores()
    for annotated in gold:
        record = records.get(annotated.name)
        scores.documents += 1
        scores.documents_without_record += record is None
        numbers: list[Goal | Figure] = [*record.goals, *record.figures] if record else []
        _score_mechanisms(annotated, _placed(annotated, record.mechanisms if record else [], scores), scores)
        _score_quantities(annotated, _placed(annotated, numbers, scores), scores)
        _score_measures(annotated, _placed(annotated, record.measures if record else [], scores), scores)
    return scores


def _placed(annotated: Annotated, items: Sequence[FoundT], scores: Scores) -> list[Placed[FoundT]]:
    placed = [Placed(Span(item.evidence.start, item.evidence.end), item.evidence.quote, item) for item in items]
    scores.bad_offsets += sum(one.span.cut(annotated.document.text) != one.quote for one in placed)
    return placed


def _score_mechanisms(annotated: Annotated, found: list[Placed[Mechanism]], scores: Scores) -> None:
    gold = annotated.mechanisms
    result = matched(gold, found, NESTED_IOU)
    tally, rhythms = scores.groups["mechanisms"], scores.groups["cadence_components"]
    tally.add(len(result.pairs), len(found), len(gold))
    # The components of a cadence that was missed count as missed, those of a spurious one do not count twice.
    rhythms.add(0, 0, sum(len(one.item.rhythms) for one in gold if one.item.kind == "cadence"))
    scores.misses += unmatched(annotated.name, "mechanism", result)
    for one, other in result.pairs:
        fields = compare_mechanisms(one.item, other.item)
        tally.agree(fields)
        if one.item.kind == "cadence":
            right, parts = compare_rhythms(one.item, other.item)
            rhythms.add(right, len(other.item.components), 0)
            fields.append(parts)
        scores.misses += wrong(annotated.name, "mechanism", one, fields)


def _score_quantities(annotated: Annotated, found: list[Placed[Goal | Figure]], scores: Scores) -> None:
    gold = annotated.quantities
    result = matched(gold, found, NESTED_IOU)
    tally, goals, strict = (scores.groups[name] for name in ("quantities", "goals", "goals_strict"))
    tally.add(len(result.pairs), len(found), len(gold))
    for each in (goals, strict):
        each.add(0, sum(isinstance(one.item, Goal) for one in found), sum(_is_goal(one.item) for one in gold))
    scores.misses += unmatched(annotated.name, "quantity", result)
    for one, other in result.pairs:
        fields = compare_quantities(one.item, other.item)
        tally.agree(fields)
        if _is_goal(one.item) and isinstance(other.item, Goal):
            goals.add(1, 0, 0)
            strict.add(int(all(each.same for each in fields)), 0, 0)
            commitment = compare_commitments(one.item, other.item)
            goals.agree([commitment])
            fields.append(commitment)
        scores.misses += wrong(annotated.name, "quantity", one, fields)


def _score_measures(annotated: Annotated, found: list[Placed[Measure]], scores: Scores) -> None:
    gold = annotated.measures
    result = matched(gold, found)
    tally = scores.groups["measures"]
    tally.add(len(result.pairs), len(found), len(gold))
    wanted, given = _characters(gold), _characters(found)
    scores.groups["measures_chars"].add(len(wanted & given), len(given), len(wanted))
    scores.misses += unmatched(annotated.name, "measure", result)
    for one, other in result.pairs:
        fields = compare_measures(one.item, other.item)
        tally.agree(fields)
        scores.misses += wrong(annotated.name, "measure", one, fields)


def _is_goal(quantity: GoldQuantity) -> bool:
    return quantity.role == "goal"


def _characters(items: Sequence[Placed[AnyT]]) -> set[int]:
    return {at for one in items for at in range(*one.span)}
