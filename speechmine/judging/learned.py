"""Weights learned from labelled examples: read from JSON and summed, without the library that learned them.

A weight is a whole number of hundredths: the sums are exact, so the order in which words come cannot change a verdict.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec

from speechmine.errors import SpeechmineError


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """A multinomial logistic regression over features that are there or not.

    Attributes:
        about: What it was trained on, and how well it does on documents left out.
        labels: What it tells apart.
        bias: What speaks for each label before anything is seen, in hundredths of a logit.
        weights: The same for each feature.
    """

    about: str
    labels: list[str]
    bias: list[int]
    weights: dict[str, list[int]]

    def __post_init__(self) -> None:
        """Refuse rows that are not one number for each label, with the message that msgspec reports."""
        if not self.labels or any(len(row) != len(self.labels) for row in [self.bias, *self.weights.values()]):
            raise ValueError("bias and weights hold one number for each label")

    def scores(self, features: Iterable[str]) -> dict[str, int]:
        """Return what speaks for each label, in hundredths of a logit."""
        rows = filter(None, map(self.weights.get, features))
        return dict(zip(self.labels, map(sum, zip(self.bias, *rows, strict=True)), strict=True))

    def best(self, features: Iterable[str]) -> str:
        """Return the most likely label; of equally likely ones the first.

        >>> weights = Weights(about="", labels=["a", "b"], bias=[0, 10], weights={"x": [25, 0]})
        >>> weights.best([]), weights.best(["x"])
        ('b', 'a')
        """
        scores = list(self.scores(features).values())
        return self.labels[scores.index(max(scores))]

    def between(self, one: str, other: str) -> "Margin":
        """Return the weights that tell one label from another."""
        first, second = self.labels.index(one), self.labels.index(other)
        weights = {feature: row[first] - row[second] for feature, row in self.weights.items()}
        return Margin(self.bias[first] - self.bias[second], weights)


class Margin(NamedTuple):
    """By how much one label is more likely than another: before anything is seen, and with each feature."""

    bias: int
    weights: dict[str, int]

    def margin(self, features: Iterable[str]) -> int:
        """Return how much speaks for the one label (above 0) or the other (below 0), in hundredths of a logit."""
        return self.bias + sum(filter(None, map(self.weights.get, features)))


def read_weights(path: Path) -> Weights:
    """Read weights that `speechmine train` wrote.

    Raises:
        SpeechmineError: The file cannot be read or holds no weights.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Weights)
    except OSError as error:
        raise SpeechmineError(f"cannot be read ({(error.strerror or str(error)).lower()})", str(path)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = "Give a file that `speechmine train … -o` wrote."
        raise SpeechmineError(f"no weights ({error})", str(path), hint) from error


@cache
def shipped_weights(name: str) -> Weights:
    """Return weights of the package by the name of their file."""
    return msgspec.json.decode(resources.files(__package__).joinpath(name).read_bytes(), type=Weights)
