"""Rules, their proof and what they gave, as text of 80 columns."""

from collections.abc import Iterable, Iterator

from speechmine.explaining import Explained, Explanation, Finding
from speechmine.exporting.table import WIDTH, display_width, wrapped
from speechmine.records import Figure, Goal, Measure, Mechanism
from speechmine.rules import Rule
from speechmine.rules.proof import Failure

_FURTHER = "    "
_LONGEST_QUOTE = 60


def listing(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield the lines that list rules: id, file, and what the rule says."""
    for rule in rules:
        counts = f" as {rule.like}" if rule.like else ""
        yield from filled(f"{rule.id}{counts} ({rule.file})", "")
        yield from filled(rule.says, _FURTHER)


def failed(failure: Failure) -> Iterator[str]:
    """Yield the lines that show where a rule fails: the sentence, what was found and what was marked."""
    yield from filled(failure.rule, "")
    yield from _labelled("sentence", failure.text)
    yield from _labelled("found", _quotes(failure.found))
    yield from _labelled("marked", _quotes(failure.marked))


def explained(explanation: Explanation) -> Iterator[str]:
    """Yield the lines that explain a text, statement by statement."""
    for skip in explanation.furniture:
        yield from wrapped(f"{_quote(skip.quote)} {skip.rule}: {skip.reason}", "")
    for number, statement in enumerate(explanation.statements):
        if number or explanation.furniture:
            yield ""
        yield from _statement(statement)


def _statement(statement: Explained) -> Iterator[str]:
    yield from wrapped(statement.text, "")
    yield f"  {statement.standing}, in a passage of kind {statement.frame}"
    for match in statement.matches:
        yield from _labelled("matched", f"{match.rule}  {_quote(match.words)}")
    for finding in statement.findings:
        yield from _labelled("found", f"{_kind(finding)}  by {finding.rule}  {_quote(finding.evidence.quote)}")
    for skip in statement.refused:
        yield from _labelled("refused", f"no measure: {skip.reason} ({skip.rule})")


def _labelled(label: str, text: str) -> Iterator[str]:
    """Yield a label and a text beside it, in as many lines as it needs."""
    beside = "  " + label.ljust(10)
    for number, line in enumerate(wrapped(text, " " * len(beside))):
        yield line if number else beside + line[len(beside) :]


def _kind(finding: Finding) -> str:
    match finding:
        case Mechanism():
            return f"mechanism, {finding.kind}, {finding.status}"
        case Goal():
            return f"goal, {finding.commitment}"
        case Figure():
            return f"figure, {finding.role}"
        case Measure():
            return f"measure, {finding.commitment}"


def _quotes(words: tuple[str, ...]) -> str:
    return " ".join(f"「{each}」" for each in words) or "nothing"


def _quote(words: str) -> str:
    short = words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
    return f"「{short}」"


def filled(text: str, indent: str, width: int = WIDTH) -> Iterator[str]:
    """Break a text between words into lines of at most ``width`` columns; a word too long is broken where it must.

    >>> list(filled("a rule of 周调度", "  ", 11))
    ['  a rule of', '  周调度']
    """
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and display_width(indent + longer) > width:
            yield from wrapped(line, indent, width)
            longer = word
        line = longer
    yield from wrapped(line, indent, width)
