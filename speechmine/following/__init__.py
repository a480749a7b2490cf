"""Across speeches: what became of goals, which measures return, and which other places have.

`follow` is the table of contents: records to speeches of known place and year (`gathering`), to goals and results with
their metric (`families`) and period (`periods`), to pairs (`goals`) and verdicts (`reached`); to measures and mechanisms
year after year and elsewhere (`returning`, `likeness`).
"""

from speechmine.following.follow import PARTS, Bounds, Part, follow
from speechmine.following.gathering import Asked
from speechmine.following.returning import ALIKE
from speechmine.following.said import Elsewhere, Followed, Following, Recurring, Said

__all__ = [
    "ALIKE", "PARTS", "Asked", "Bounds", "Elsewhere", "Followed", "Following", "Part", "Recurring", "Said", "follow",
]  # fmt: skip
