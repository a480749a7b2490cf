"""Whether a result reaches a goal: exact numbers against bounds, with a stated tolerance for 左右."""

from decimal import Decimal
from typing import Literal

import msgspec

from speechmine.following.families import Better
from speechmine.records import Figure, Goal

Verdict = Literal["met", "missed", "unclear"]
Side = Literal["below", "within", "above"]
TOLERANCE = Decimal(5)  # percent of the number that 左右 allows on either side
_ENDLESS = Decimal("Infinity")


class Range(msgspec.Struct, frozen=True):
    """All values from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal

    def told(self) -> str:
        """Write the range for people.

        >>> Range(Decimal("7.60"), Decimal("8.40")).told(), Range(Decimal(900), _ENDLESS).told()
        ('7.6 to 8.4', '900 or more')
        """
        if self.low == self.high:
            return plain(self.low)
        if self.high == _ENDLESS:
            return f"{plain(self.low)} or more"
        return f"{plain(self.high)} or less" if self.low == -_ENDLESS else f"{plain(self.low)} to {plain(self.high)}"


class Reached(msgspec.Struct, frozen=True):
    """What became of a goal.

    Attributes:
        verdict: Met, missed, or unclear where the record leaves it open.
        side: Where the result lies beside the goal's range; None where that is unclear.
        difference: Result less the goal's number, in the unit of the goal; of a range its nearer end.
        why: The comparison in words.
    """

    verdict: Verdict
    side: Side | None
    difference: Decimal | None
    why: str


def reached(goal: Goal, result: Figure, better: Better | None, tolerance: Decimal = TOLERANCE) -> Reached:
    """Compare a result with a goal of the same metric, period and unit.

    Args:
        goal: Its number stands in canonical units where they are known.
        result: The number reported.
        better: Which way goes beyond a goal that is given as equal or about; None where nothing says so.
        tolerance: Percent of the number that 左右 allows on either side.
    """
    asked, given = allowed(goal, tolerance), _bounds(result, Decimal(0))
    if asked is None or given is None:
        return Reached("unclear", None, None, "a number is left out or written over")
    side = _side(asked, given)
    if side is None:
        return Reached("unclear", None, None, f"{given.told()} may lie in {asked.told()}, or not")
    where = {"within": "lies in", "above": "lies above", "below": "lies below"}[side]
    verdict, way = _verdict(goal, side, better)
    difference = given.low - _nearest(goal, given) if given.low == given.high else None
    return Reached(verdict, side, difference, f"{given.told()} {where} {asked.told()}{way}")


def _verdict(goal: Goal, side: Side, better: Better | None) -> tuple[Verdict, str]:
    """Judge a result beside a goal: 8%左右 and 6.5%－7% may be gone beyond, 3%以内 and 900万以上 not."""
    if side == "within":
        return "met", ""
    if goal.comparator not in {"=", "~"}:
        return "missed", ""
    if better is None:
        return "unclear", "; the records do not say which way is better"
    return ("met" if (side, better) in {("above", "higher"), ("below", "lower")} else "missed"), f"; {better} is better"


def allowed(goal: Goal | Figure, tolerance: Decimal) -> Range | None:
    """Return the values that a goal asks for, or a result leaves open, in the canonical unit."""
    return _bounds(goal, tolerance)


def values(number: Goal | Figure) -> tuple[Decimal | None, Decimal | None]:
    """Return value and upper value, canonical where the unit is known."""
    if number.canonical is not None and number.canonical.value is not None:
        return number.canonical.value, number.canonical.upper
    return number.value, number.upper


def plain(value: Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing.

    >>> plain(Decimal("9.00E+6")), plain(Decimal("7.50"))
    ('9000000', '7.5')
    """
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _bounds(number: Goal | Figure, tolerance: Decimal) -> Range | None:
    value, upper = values(number)
    if value is None or number.masked:
        return None
    if upper is not None:
        return Range(min(value, upper), max(value, upper))
    if number.comparator == "~":
        room = abs(value) * tolerance / 100
        return Range(value - room, value + room)
    if number.comparator == "=":
        return Range(value, value)
    # A fall of 3 percent or more is written -3 with >=: the sign belongs to the change, the bound to its size.
    upwards = (number.comparator == ">=") == (value >= 0)
    return Range(value, _ENDLESS) if upwards else Range(-_ENDLESS, value)


def _side(asked: Range, given: Range) -> Side | None:
    if asked.low <= given.low and given.high <= asked.high:
        return "within"
    if given.low >= asked.high:
        return "above"
    return "below" if given.high <= asked.low else None


def _nearest(goal: Goal, given: Range) -> Decimal:
    value, upper = values(goal)
    ends = [end for end in (value, upper) if end is not None]
    low, high = min(ends), max(ends)
    return low if given.low < low else high if given.low > high else given.low if upper is not None else low
