"""What a repair reports: its edits, how often it repaired, and what it had to leave."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from speechmine.aligned import Edit


class Found(NamedTuple):
    """The damage of one kind in one text.

    Attributes:
        edits: What to put right, in order and without overlap.
        count: How many places were repaired (one place may take several edits).
        flagged: How many places are seen to be damaged but cannot be repaired.
        warnings: What was left, in sentences.
    """

    edits: list[Edit]
    count: int
    flagged: int = 0
    warnings: tuple[str, ...] = ()


Repairer = Callable[[str], Found]

NOTHING = Found([], 0)


def found(edits: list[Edit]) -> Found:
    """Report edits that are one repaired place each."""
    return Found(edits, len(edits))


def matches(pattern: re.Pattern[str], text: str) -> Iterator[Edit]:
    """Yield a deletion for every match of a pattern (for its group ``out``, where it has one)."""
    group = "out" if "out" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        yield Edit(*match.span(group), "")
