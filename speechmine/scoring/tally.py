"""Counts that become figures: how many were right, found and to be found, and how many pairs agree in each field."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from speechmine.scoring.comparing import Field

Figures = dict[str, float | int | None]

DIGITS = 4


class Tally(msgspec.Struct):
    """The counts of one group.

    Attributes:
        fields: The names of the fields compared in each pair, in the order of the report.
        right: How many found items answer a gold item.
        found: How many were found.
        gold: How many were to be found.
        same: In how many of the right ones each field agrees.
    """

    fields: tuple[str, ...] = ()
    right: int = 0
    found: int = 0
    gold: int = 0
    same: Counter[str] = msgspec.field(default_factory=Counter)

    def add(self, right: int, found: int, gold: int) -> None:
        """Count items."""
        self.right, self.found, self.gold = self.right + right, self.found + found, self.gold + gold

    def agree(self, fields: Iterable[Field]) -> None:
        """Count the fields in which one pair agrees."""
        self.same.update(each.name for each in fields if each.same)

    def figures(self) -> Figures:
        """Return precision, recall, f1, the counts, and the rate of each field (None where there was no pair).

        >>> Tally(("kind",), right=1, found=2, gold=1).figures()
        {'p': 0.5, 'r': 1.0, 'f1': 0.6667, 'gold': 1, 'found': 2, 'kind': 0.0}
        """
        precision = self.right / self.found if self.found else float(self.gold == 0)
        recall = self.right / self.gold if self.gold else float(self.found == 0)
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        rates = {name: round(self.same[name] / self.right, DIGITS) if self.right else None for name in self.fields}
        rounded = {"p": round(precision, DIGITS), "r": round(recall, DIGITS), "f1": round(f1, DIGITS)}
        return {**rounded, "gold": self.gold, "found": self.found, **rates}
