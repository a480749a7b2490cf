"""Quantities: every number that says how much, how many, which share, which growth or which rank."""

from speechmine.finding.mentions import QuantityMention
from speechmine.outline import Outline
from speechmine.rules import RuleBook


def find_quantities(outline: Outline, rules: RuleBook) -> list[QuantityMention]:
    """Find every quantity in the statements of a document, in order of place."""
    return []
