"""Units of measurement: what dimension a written unit has and how it converts."""

from decimal import Decimal

import msgspec

from speechmine.finding.amounts import base_unit
from speechmine.finding.made import made
from speechmine.finding.mentions import QuantityMention
from speechmine.finding.numerals import numerals, tidy_number
from speechmine.records import Canonical
from speechmine.rules import RuleBook

_LISTS = ("share_unit", "point_unit", "money_unit", "measure_unit", "count_unit", "place_unit")


class _Unit(msgspec.Struct, frozen=True):
    """A canonical unit and the fraction that leads to it (亩 is 2000/3 m2)."""

    name: str
    times: Decimal
    by: Decimal


def canonical(mention: QuantityMention, rules: RuleBook) -> Canonical | None:
    """Convert a quantity to the one unit of its dimension; None when its unit is unknown.

    A rank has no dimension; a change in money keeps its unit; a price (元/吨) has none of the canonical units.

    >>> from speechmine.finding.quantities import quantities
    >>> from speechmine.rules import load_rules
    >>> mention = quantities("新增高标准农田1.5万亩", load_rules())[0]
    >>> canonical(mention, load_rules())
    Canonical(value=Decimal('10000000'), upper=None, unit='m2')
    """
    if mention.kind == "rank" or not mention.unit or "/" in mention.unit:
        return None
    return made(_Units, rules).canonical(mention, base_unit(mention.unit))


class _Units:
    def __init__(self, rules: RuleBook) -> None:
        self._numerals = numerals(rules)
        self._known: dict[str, _Unit] = {}
        for name in reversed(_LISTS):
            for word, value in rules.words(name).values.items():
                unit, _, factor = value.partition(" ")
                times, _, by = factor.partition("/")
                self._known[word] = _Unit(unit, Decimal(times), Decimal(by or 1))
        self._prefix = self._numerals.magnitudes + self._numerals.steps

    def canonical(self, mention: QuantityMention, written: str) -> Canonical | None:
        # The longest known ending is the unit: 万千瓦时 is 万 of 千瓦时.
        start, unit = 0, self._known.get(written)
        while unit is None and start < len(written) and written[start] in self._prefix:
            start += 1
            unit = self._known.get(written[start:])
        # 两万块 is money, 两块红牌 are pieces.
        if written.endswith("块") and mention.rule == "quantity.money":
            unit = self._known["元"]
        if unit is None:
            return None
        scale = self._numerals.scale(written[:start]) * unit.times
        value, upper = (
            None if number is None else tidy_number(number * scale / unit.by)
            for number in (mention.value, mention.upper)
        )
        return Canonical(value=value, upper=upper, unit=unit.name)
