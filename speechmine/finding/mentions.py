"""What the finders find, before anything is judged. All offsets count the clean text."""

from decimal import Decimal

import msgspec

from speechmine.records import Comparator, MechanismKind, QuantityKind
from speechmine.spans import Span


class Part(msgspec.Struct, frozen=True):
    """A part of a mechanism: its rhythm (ISO 8601, ``regular``, ``irregular`` or None), its action, its words."""

    every: str | None
    action: str
    text: str


class MechanismMention(msgspec.Struct, frozen=True):
    """Words that name a standing arrangement.

    Attributes:
        span: The words.
        kind: One of the seven kinds.
        parts: Its components; every cadence has at least one.
        rule: Id of the rule that found it.
        statement: Index of the statement it stands in.
    """

    span: Span
    kind: MechanismKind
    parts: tuple[Part, ...]
    rule: str
    statement: int


class QuantityMention(msgspec.Struct, frozen=True):
    """A number that says how much, how many, which share, which growth or which rank.

    Attributes:
        span: The number with its unit and bound words (不低于3000万元).
        value: The number before the unit as written; None if masked or lost.
        upper: Upper end of a range, else None.
        unit: As written (亿元, %, 个百分点), or None.
        comparator: ``=``, ``>=``, ``<=`` or ``~``.
        kind: What the words alone say; the metric may change it later.
        masked: Whether digits are masked (XX, 20xx, *).
        rule: Id of the rule that found it.
        statement: Index of the statement it stands in (0 when a bare text was searched).
    """

    span: Span
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    comparator: Comparator
    kind: QuantityKind
    masked: bool
    rule: str
    statement: int = 0


class DateMention(msgspec.Struct, frozen=True):
    """A date or period in words.

    Attributes:
        span: The words (今年底前, 113年12月底, 1—5月份).
        edtf: Resolved against the reference date; XXXX where the year cannot be known; the last day of a range.
        rule: Id of the rule that found it.
    """

    span: Span
    edtf: str
    rule: str


class Refusal(msgspec.Struct, frozen=True):
    """Words that looked like a finding and were not taken.

    Attributes:
        span: The words.
        rule: Id of the rule, or name of the step, that refused them.
        reason: A sentence that says why.
    """

    span: Span
    rule: str
    reason: str
