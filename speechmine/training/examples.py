"""What is learned from, how, and what comes of it."""

from collections.abc import Sequence

import msgspec

from speechmine.judging.learned import Weights


class Example(msgspec.Struct, frozen=True):
    """One thing with the label that a reader gave it.

    Attributes:
        features: What is to be seen in it.
        label: What it is.
        document: Where it stands: what is learned from a document is never tried on it.
        rules: What the rules say it is, where they judge it too; else empty.
    """

    features: frozenset[str]
    label: str
    document: str
    rules: str = ""


class Recipe(msgspec.Struct, frozen=True):
    """How to learn.

    Attributes:
        trust: How far the examples may bend the weights (the C of scikit-learn).
        documents: In how many documents a feature must stand to count, where there are many.
    """

    trust: float
    documents: int


class Trained(msgspec.Struct, frozen=True):
    """Weights, with the examples and what was said of each by weights learned without its document."""

    weights: Weights
    examples: Sequence[Example]
    left_out: Sequence[str]
