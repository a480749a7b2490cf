"""The role of a sentence, learned: what it does in its document, told by its words and by all that the rules see.

The rules' standing is one of the features, so the learned judge corrects the rules where readers of other documents
did: 民生无小事,实干为要 calls for nothing, whatever 要 says.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, cast

from speechmine.judging.frames import Frame, features
from speechmine.judging.learned import shipped_weights
from speechmine.judging.standing import Standing
from speechmine.outline import Outline
from speechmine.outline.model import opening_paragraphs

SentenceRole = Literal[
    "requirement", "undertaking", "result", "problem", "background", "ceremony", "heading", "furniture"
]
"""What a sentence does; those that the outline takes for furniture are never asked."""

_SURE: frozenset[Standing] = frozenset({"problem", "undertaking"})
"""Where the rules are right as often as the learned judge, or more (docs/learning.md), their word stands."""

_EDGE = 8  # statements from either end of a document where greetings and closing words stand


def sentence_features(
    outline: Outline, standing: Sequence[Standing], frames: Sequence[Frame]
) -> Iterator[frozenset[str]]:
    """Yield what is to be seen of each statement of a document, in order.

    Args:
        outline: The document.
        standing: What the rules say of each statement.
        frames: Whether each stands in a review or in a plan.
    """
    around = ["none", *standing, "none"]
    last = len(outline.statements) - 1
    opens = opening_paragraphs(outline.statements)
    for number, statement in enumerate(outline.statements):
        stands, frame = standing[number], frames[number]
        place = "first" if number < _EDGE else "last" if last - number < _EDGE else "middle"
        whole = statement.whole.cut(outline.text)
        yield frozenset({
            *features(statement.text),
            f"stands={stands}",
            f"frame={frame}",
            f"genre={outline.genre}",
            f"stands={stands}&frame={frame}",
            f"stands={stands}&genre={outline.genre}",
            f"before={around[number]}",
            f"after={around[number + 2]}",
            f"place={place}",
            f"length={min(6, len(statement.text).bit_length())}",
            f"digits={any(character.isdigit() for character in statement.text)}",
            f"end={whole[-1:]}",
            f"mark={bool(statement.mark)}",
            f"depth={len(statement.section)}",
            f"opens={opens[number]}",
            f"told={statement.speaker is not None}",
        })


def sentence_roles(outline: Outline, standing: Sequence[Standing], frames: Sequence[Frame]) -> list[SentenceRole]:
    """Judge what every statement of a document does, one role each, in the same order."""
    weights = shipped_weights("sentences.json")
    seen = sentence_features(outline, standing, frames)
    return [
        stands if stands in _SURE else cast(SentenceRole, weights.best(marks))
        for stands, marks in zip(standing, seen, strict=True)
    ]
