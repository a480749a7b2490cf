"""The standing of a statement: requirement, undertaking, result, problem, background or ceremony."""

from typing import Literal

from speechmine.outline import Outline
from speechmine.rules import RuleBook

Standing = Literal["requirement", "undertaking", "result", "problem", "background", "ceremony", "heading"]


def standings(outline: Outline, rules: RuleBook) -> list[Standing]:
    """Judge every statement of a document, one standing for each, in the same order."""
    return ["background" for _ in outline.statements]
