"""What the parsers for any text return. All offsets count the text as given."""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from speechmine.records import Canonical
from speechmine.spans import Span

NumberKind = Literal["number", "fraction", "share", "money", "measure", "count", "rank"]


class NumberMention(msgspec.Struct, frozen=True):
    """A number in words or figures.

    Attributes:
        span: The number with its sign and unit.
        value: Its full value in the unit as written (10亿元 is 1000000000 元); a share is in percent.
        upper: Upper end of a range (5%至8%, 七八个), else None.
        unit: The unit as written without magnitude (元, 公分, %), or None.
        kind: ``number``, ``fraction`` (三分之一), ``share``, ``money``, ``measure``, ``count`` or ``rank`` (第三).
        canonical: The same in the one unit of its dimension (CNY, m, t, percent), or None without one.
    """

    span: Span
    value: Decimal
    upper: Decimal | None = None
    unit: str | None = None
    kind: NumberKind = "number"
    canonical: Canonical | None = None


class PeriodMention(msgspec.Struct, frozen=True):
    """A date or period in words or figures.

    Attributes:
        span: The words, with what bounds them (6月底前, 2016年至2018年).
        edtf: The date as a record writes its deadlines: the last day of a range; ``XXXX`` where the year is not known;
            of a period without an end the date on which it begins.
        start: The first day; None where the words set none (2018年以前) or it cannot be known.
        end: The last day; None where the words set none (今年以来) or it cannot be known.
        rule: Id of the rule that found it.
    """

    span: Span
    edtf: str
    start: date | None
    end: date | None
    rule: str
