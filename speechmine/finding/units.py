"""Units of measurement: what dimension a written unit has and how it converts."""

from speechmine.finding.mentions import QuantityMention
from speechmine.records import Canonical
from speechmine.rules import RuleBook


def canonical(mention: QuantityMention, rules: RuleBook) -> Canonical | None:
    """Convert a quantity to the one unit of its dimension; None when its unit is unknown."""
    return None
