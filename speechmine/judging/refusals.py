"""What was seen and refused, with the reason: a view of the same result, for `--explain`."""

from collections.abc import Iterator

from speechmine.finding.mentions import Refusal
from speechmine.judging.measures import JudgedMeasure
from speechmine.judging.standing import Standing
from speechmine.outline import Outline
from speechmine.rules import RuleBook

_REASONS: dict[Standing, str] = {
    "heading": "A heading only repeats what follows it.",
    "ceremony": "Thanks, wishes and greetings ask for no act.",
    "problem": "The sentence tells of a problem.",
    "result": "The sentence reports what was done.",
    "background": "The sentence describes; nobody is told to act.",
}


def refusals(
    outline: Outline, standing: list[Standing], measures: list[JudgedMeasure], rules: RuleBook
) -> Iterator[Refusal]:
    """Yield page furniture and every statement that is no measure, in order of kind and place."""
    for span in outline.furniture:
        yield Refusal(span, "furniture", "Page furniture holds no findings.")
    taken = {measure.statement for measure in measures}
    for number, (statement, stands) in enumerate(zip(outline.statements, standing, strict=True)):
        if number in taken:
            continue
        if stands in _REASONS:
            yield Refusal(statement.span, f"standing.{stands}", _REASONS[stands])
        else:
            yield Refusal(statement.span, "figure.clause", "Its only predicate is a figure: a goal, not a measure.")
