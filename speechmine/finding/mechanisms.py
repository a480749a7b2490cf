"""Mechanisms: standing arrangements by which work is driven, watched, shared out, recorded or judged."""

from speechmine.finding.mentions import MechanismMention
from speechmine.outline import Outline
from speechmine.rules import RuleBook


def find_mechanisms(outline: Outline, rules: RuleBook) -> list[MechanismMention]:
    """Find every mechanism named in the statements of a document, in order of place."""
    return []
