"""What a repair reports: its edits, how often it repaired, and what it had to leave."""

from collections.abc import Callable
from typing import NamedTuple

from speechmine.aligned import Edit


class Found(NamedTuple):
    """The damage of one kind in one text.

    Attributes:
        edits: What to put right, in order and without overlap.
        places: How many places were repaired (one place may take several edits).
        flagged: How many places are seen to be damaged but cannot be repaired.
        warnings: What was left, in sentences.
    """

    edits: list[Edit]
    places: int
    flagged: int = 0
    warnings: tuple[str, ...] = ()


Repairer = Callable[[str], Found]

NOTHING = Found([], 0)


def found(edits: list[Edit]) -> Found:
    """Report edits that are one repaired place each."""
    return Found(edits, len(edits))
