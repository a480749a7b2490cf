"""Which found item answers which gold item: told by how much of the text they share, and by nothing else."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from speechmine.spans import Span

SPAN_IOU = 0.5
"""Two spans are the same item when they share at least this part of what they cover together."""

NESTED_IOU = 0.3
"""So little is enough where one holds the other: a mechanism with a modifier more, a number without its 以上."""

Item = TypeVar("Item")
GoldT = TypeVar("GoldT")
FoundT = TypeVar("FoundT")


class Placed(msgspec.Struct, Generic[Item], frozen=True):
    """An item, annotated or found, with its place in the text as read."""

    span: Span
    quote: str
    item: Item


class Matched(msgspec.Struct, Generic[GoldT, FoundT], frozen=True):
    """All items of one kind in one document, each exactly once."""

    pairs: list[tuple[Placed[GoldT], Placed[FoundT]]]
    missed: list[Placed[GoldT]]
    spurious: list[Placed[FoundT]]


def overlap(one: Span, other: Span) -> float:
    """Return the part of both spans together that both share: intersection over union.

    >>> overlap(Span(0, 4), Span(1, 5)), overlap(Span(0, 2), Span(2, 4))
    (0.6, 0.0)
    """
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def matched(
    gold: Sequence[Placed[GoldT]], found: Sequence[Placed[FoundT]], nested: float = SPAN_IOU
) -> Matched[GoldT, FoundT]:
    """Match each gold item with at most one found item, the best overlap first.

    Args:
        gold: What is to be found.
        found: What was found.
        nested: The overlap that is enough where one span holds the other.
    """
    free_gold, free_found = dict(enumerate(gold)), dict(enumerate(found))
    pairs = []
    for _, i, j in sorted(_candidates(gold, found, nested), reverse=True):
        if i in free_gold and j in free_found:
            pairs.append((free_gold.pop(i), free_found.pop(j)))
    return Matched(pairs, list(free_gold.values()), list(free_found.values()))


def _candidates(
    gold: Sequence[Placed[GoldT]], found: Sequence[Placed[FoundT]], nested: float
) -> list[tuple[float, int, int]]:
    candidates = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            share = overlap(one.span, other.span)
            if share >= (nested if _is_nested(one.span, other.span) else SPAN_IOU):
                candidates.append((share, i, j))
    return candidates


def _is_nested(one: Span, other: Span) -> bool:
    return one.holds(other) or other.holds(one)
