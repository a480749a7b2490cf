"""Whether a found item says of itself what the annotator says of it, field by field."""

import math
import re
from collections import Counter
from decimal import Decimal

import msgspec

from speechmine.records import Figure, Goal, Measure, Mechanism
from speechmine.scoring.gold import GoldMeasure, GoldMechanism, GoldQuantity

SAME_WORDS = 0.6
"""Two descriptions name the same thing when their pairs of characters agree this much (Dice)."""

_MARKS = re.compile(r"""[\s,。;、()“”"《》]""")
_PRECISION = 1e-9


class Field(msgspec.Struct, frozen=True):
    """One field of a pair: whether both sides say the same, and what each says, to be shown."""

    name: str
    same: bool
    gold: object
    found: object

    def __str__(self) -> str:
        return f"{self.name}: gold {_shown(self.gold)}, found {_shown(self.found)}"


def compare_mechanisms(gold: GoldMechanism, found: Mechanism) -> list[Field]:
    """Compare kind and status."""
    return [_equal("kind", gold.kind, found.kind), _equal("status", gold.status, found.status)]


def compare_quantities(gold: GoldQuantity, found: Goal | Figure) -> list[Field]:
    """Compare everything that makes a goal strictly right; the commitment of goals is judged by itself."""
    values = same_number(gold.value, found.value) and same_number(gold.upper, found.upper)
    deadline = found.deadline.edtf if found.deadline else None
    return [
        Field("value", values, _range(gold.value, gold.upper), _range(found.value, found.upper)),
        _equal("unit", gold.unit or None, found.unit or None),
        _equal("cmp", gold.cmp, found.comparator),
        _equal("kind", gold.kind, found.kind),
        _equal("role", gold.role, "goal" if isinstance(found, Goal) else found.role),
        Field("metric", same_words(gold.metric, found.metric), gold.metric, found.metric),
        _equal("deadline", gold.deadline or None, deadline),
    ]


def compare_measures(gold: GoldMeasure, found: Measure) -> list[Field]:
    """Compare owner and commitment."""
    owner = "、".join(found.owner)
    return [
        Field("owner", same_words(gold.owner, owner), gold.owner, owner),
        _equal("commitment", gold.commitment, found.commitment),
    ]


def compare_commitments(gold: GoldQuantity, found: Goal) -> Field:
    """Compare how firmly a goal is meant; asked only where both sides take the number for a goal."""
    return _equal("commitment", gold.commitment, found.commitment)


def compare_rhythms(gold: GoldMechanism, found: Mechanism) -> tuple[int, Field]:
    """Compare the components of a cadence: the same period, and an action that begins with the same two characters.

    Returns:
        How many components both sides have, and the whole as a field.
    """
    wanted = Counter[tuple[str | None, str]]((period, action[:2]) for period, action in gold.rhythms)
    given = Counter[tuple[str | None, str]]((part.every, part.action[:2]) for part in found.components)
    shown = "、".join(" ".join(part) for part in gold.rhythms)
    found_shown = "、".join(f"{part.every or '?'} {part.action}" for part in found.components)
    return (wanted & given).total(), Field("components", wanted == given, shown, found_shown)


def same_number(gold: float | None, found: Decimal | None) -> bool:
    """Say whether two numbers are the same, or both are unknown.

    >>> same_number(0.3, Decimal("0.30")), same_number(None, Decimal(0))
    (True, False)
    """
    if gold is None or found is None:
        return gold is None and found is None
    return math.isclose(gold, float(found), rel_tol=_PRECISION, abs_tol=_PRECISION)


def same_words(gold: str | None, found: str | None) -> bool:
    """Say whether two short descriptions name the same thing: one holds the other, or most pairs of characters agree.

    >>> same_words("全市固定资产投资", "固定资产投资"), same_words("新开工项目", "财政收入"), same_words(None, "")
    (True, False, True)
    """
    if not gold or not found:
        return not gold and not found
    if min(len(gold), len(found)) >= 2 and (gold in found or found in gold):
        return True
    one, other = _pairs(gold), _pairs(found)
    return 2 * (one & other).total() / (one.total() + other.total()) >= SAME_WORDS


def _pairs(words: str) -> Counter[str]:
    words = _MARKS.sub("", words)
    return Counter(words[at : at + 2] for at in range(len(words) - 1)) or Counter([words])


def _equal(name: str, gold: str | None, found: str | None) -> Field:
    return Field(name, gold == found, gold, found)


def _range(value: float | Decimal | None, upper: float | Decimal | None) -> str:
    return "–".join(_digits(number) for number in (value, upper) if number is not None)


def _digits(number: float | Decimal) -> str:
    return f"{Decimal(str(number)).normalize():f}"


def _shown(value: object) -> str:
    return str(value) if value else "nothing"
