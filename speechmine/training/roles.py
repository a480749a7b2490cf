"""Goal, result or context, learned from gold: to see whether the rules that judge numbers can be beaten.

They cannot yet (docs/learning.md), so nothing of the extraction reads these weights.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from speechmine.cleaning import clean
from speechmine.finding.dates import find_dates
from speechmine.finding.mentions import QuantityMention
from speechmine.finding.quantities import find_quantities
from speechmine.judging.frames import Frame, frames
from speechmine.judging.quantities import judge_quantities
from speechmine.judging.standing import Standing, standings
from speechmine.outline import Outline, outlined
from speechmine.rules import RuleBook
from speechmine.scoring import Annotated, read_gold
from speechmine.scoring.matching import NESTED_IOU, Placed, matched
from speechmine.training.examples import Example, Recipe, Trained
from speechmine.words import words_of

RECIPE = Recipe(trust=0.2, documents=2)
_BEFORE, _AFTER, _NEXT = 8, 6, 3  # words on each side of a number, and those of which the place counts too
_CLAUSE_END = re.compile(r"[,;:。!?]")
_CLAUSE_START = re.compile(r"[,;:。!?](?=[^,;:。!?]*$)")
_DIGITS = re.compile(r"\d[\d,.]*")


def train_roles(gold: Path, texts: Path, rules: RuleBook) -> Trained:
    """Learn the roles of the numbers of annotated documents.

    Args:
        gold: The folder of the gold files (docs/gold.md).
        texts: The folder of their texts.
        rules: The rule book; what it says of the same numbers stands in the examples.

    Raises:
        SpeechmineError: scikit-learn is missing, the gold is malformed, or there is too little.
    """
    from speechmine.training.fitting import trained

    documents = read_gold(gold, [texts])
    return trained([example for one in documents for example in _examples(one, rules)], RECIPE, gold.name)


def _examples(annotated: Annotated, rules: RuleBook) -> Iterator[Example]:
    """Yield the numbers of one document that the annotators and the finder both see."""
    cleaned = clean(annotated.document.text)
    outline = outlined(cleaned.aligned.text, rules)
    standing = standings(outline, rules)
    seen = _Seen(outline, standing, rules)
    judged = judge_quantities(find_quantities(outline, rules), outline, standing, rules)
    found = [Placed(cleaned.aligned.to_source(*quantity.mention.span), "", quantity) for quantity in judged]
    for gold, quantity in matched(annotated.quantities, found, NESTED_IOU).pairs:
        features = frozenset(seen.features(quantity.item.mention))
        yield Example(features, gold.item.role, annotated.name, quantity.item.role)


class _Seen:
    """What is to be seen around the numbers of one document."""

    def __init__(self, outline: Outline, standing: list[Standing], rules: RuleBook) -> None:
        self.outline, self.standing, self.rules = outline, standing, rules
        self.frames: list[Frame] = frames(outline, rules)

    def features(self, mention: QuantityMention) -> Iterator[str]:
        """Yield the words around a number, and the marks of its statement."""
        statement = self.outline.statements[mention.statement]
        before = self.outline.text[statement.span.start : mention.span.start]
        after = self.outline.text[mention.span.end : statement.span.end]
        yield from _words(before, after)
        stands, when = self.standing[mention.statement], self._when(before, mention)
        yield from (f"stands={stands}", f"frame={self.frames[mention.statement]}", f"when={when}")
        yield from (f"kind={mention.kind}", f"unit={mention.unit}", f"genre={self.outline.genre}")
        yield from (f"{stands}&{mention.kind}", f"{stands}&{when}", f"{stands}&{mention.comparator}")

    def _when(self, before: str, mention: QuantityMention) -> str:
        """Say how the year of the last date before a number lies to that of the speech."""
        reference = self.outline.speeches[self.outline.statements[mention.statement].speech].date
        dates = find_dates(before, reference, self.rules)
        if not dates:
            return "undated"
        if reference is None or not dates[-1].edtf[:4].isdigit():
            return "unknown"
        year, now = dates[-1].edtf[:4], reference[:4]
        return "ahead" if year > now else "past" if year < now else "now"


def _words(before: str, after: str) -> Iterator[str]:
    left = [word for word in words_of(_DIGITS.sub("0", before)) if word.strip()][: -_BEFORE - 1 : -1]
    right = [word for word in words_of(_DIGITS.sub("0", after)) if word.strip()][:_AFTER]
    yield from ("<" + word for word in left)
    yield from (f"<{place}{word}" for place, word in enumerate(left[:_NEXT]))
    yield from (">" + word for word in right)
    yield from (f">{place}{word}" for place, word in enumerate(right[:_NEXT]))
    clause = _CLAUSE_START.split(before)[-1] + _CLAUSE_END.split(after, maxsplit=1)[0]
    yield from ("," + word for word in words_of(_DIGITS.sub("0", clause)))
