"""Base and stretch: two goals for one thing, the second of which is to be striven for (确保36亿元,冲刺40亿元)."""

from collections.abc import Sequence

from speechmine.records import GoalCommitment


def twins(
    metrics: Sequence[str | None], units: Sequence[str | None], commitments: Sequence[GoalCommitment | None]
) -> list[int | None]:
    """Pair each stretch goal of a sentence with the base goal right before it.

    Args:
        metrics: What each number of the sentence measures.
        units: The unit of each.
        commitments: The commitment of each; None where a number is no goal.

    Returns:
        For each number the position of its twin, or None.

    >>> twins(["产值", "产值", "利润"], ["亿元", "亿元", "亿元"], ["ensure", "strive", "strive"])
    [1, 0, None]
    """
    found: list[int | None] = [None] * len(metrics)
    for second in range(1, len(metrics)):
        first = second - 1
        same = metrics[first] == metrics[second] and units[first] == units[second]
        if same and commitments[second] == "strive" and commitments[first] not in (None, "strive"):
            found[first], found[second] = second, first
    return found
