"""The scores as text of 80 columns, or as one JSON object."""

import textwrap

import msgspec

from speechmine.exporting.table import WIDTH, wrapped
from speechmine.scoring.misses import Miss
from speechmine.scoring.scores import Scores
from speechmine.scoring.tally import DIGITS, Figures

_NAME = 26
_UNBROKEN = "\xa0"


def report(scores: Scores) -> str:
    """Return the figures to read: one line for each group, the agreement of its fields below it."""
    lines = [f"{name:{_NAME}}{count}" for name, count in _counts(scores).items()]
    for name, tally in scores.groups.items():
        figures = tally.figures()
        rates = {field: figures.pop(field) for field in tally.fields}
        lines += [*_line(name, figures), *_line("", rates)]
    return "\n".join(lines) + "\n"


def told_misses(scores: Scores) -> str:
    """Return every item that is not as the gold has it, with why, and a blank line; empty where all is well."""
    told = "".join(f"{line}\n" for miss in scores.misses for line in _told(miss))
    return told and told + "\n"


def as_json(scores: Scores, with_misses: bool = False) -> str:
    """Return the figures as one JSON object, where asked with the misses."""
    tables: dict[str, object] = {**_counts(scores), **figures_of(scores)}
    if with_misses:
        tables["misses"] = scores.misses
    return msgspec.json.encode(tables).decode()


def figures_of(scores: Scores) -> dict[str, Figures]:
    """Return the figures of every group."""
    return {name: tally.figures() for name, tally in scores.groups.items()}


def _counts(scores: Scores) -> dict[str, int]:
    return {
        "documents": scores.documents,
        "documents_without_record": scores.documents_without_record,
        "bad_offsets": scores.bad_offsets,
    }


def _line(name: str, figures: Figures) -> list[str]:
    words = "  ".join(f"{each}{_UNBROKEN}{_digits(figure)}" for each, figure in figures.items())
    lines = textwrap.wrap(words, WIDTH - _NAME, break_long_words=False, break_on_hyphens=False)
    heads = [name, *[""] * len(lines)]
    return [f"{head:{_NAME}}{line}".replace(_UNBROKEN, " ") for head, line in zip(heads, lines, strict=False)]


def _digits(figure: float | None) -> str:
    if figure is None:
        return "-"
    return str(figure) if isinstance(figure, int) else f"{figure:.{DIGITS}f}"


def _told(miss: Miss) -> list[str]:
    first = f"{miss.document} {miss.group} {miss.verdict}: {miss.quote}"
    return [*wrapped(first, ""), *wrapped(miss.why, "    ")]
