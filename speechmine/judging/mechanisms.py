"""Whether a mechanism is in force, required or proposed."""

from speechmine.finding.mentions import MechanismMention
from speechmine.judging.standing import Standing
from speechmine.outline import Outline
from speechmine.records import Status
from speechmine.rules import RuleBook


def judge_mechanisms(
    mentions: list[MechanismMention], outline: Outline, standing: list[Standing], rules: RuleBook
) -> list[Status]:
    """Judge every mechanism of a document, one status for each, in the same order."""
    of = {"requirement": "required", "undertaking": "proposed"}
    return [of.get(standing[mention.statement], "in-force") for mention in mentions]  # type: ignore[misc]
