"""Dates and periods, resolved against a reference date."""

from speechmine.finding.mentions import DateMention
from speechmine.rules import RuleBook


def find_dates(text: str, reference: str | None, rules: RuleBook) -> list[DateMention]:
    """Find the dates and periods in one clean text (a sentence, a heading), resolved, in order of place."""
    return []
