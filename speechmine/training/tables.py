"""Tables of labels, and the texts they give places of."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from speechmine.cleaning import Cleaned, clean
from speechmine.errors import SpeechmineError
from speechmine.outline import Outline, outlined
from speechmine.reading import read_file
from speechmine.rules import RuleBook
from speechmine.spans import Span
from speechmine.training.examples import Example, Recipe, Trained

HINT = "docs/learning.md shows such a table."


def learned_from(tables: Sequence[Path], examples_of: Callable[[Path], Iterable[Example]], recipe: Recipe) -> Trained:
    """Learn from the examples of all tables; the weights say how many came from which.

    Raises:
        SpeechmineError: scikit-learn is missing, or there is too little.
    """
    from speechmine.training.fitting import trained

    rows = [(table, list(examples_of(table))) for table in tables]
    source = ", ".join(f"{table.name}: {len(examples)}" for table, examples in rows)
    return trained([example for _, examples in rows for example in examples], recipe, source)


def columns_of(tables: Iterable[Path]) -> set[str]:
    """Return the columns that all the tables have.

    Raises:
        SpeechmineError: A table cannot be read.
    """
    heads = [set(next(iter(_lines(table)), "").split("\t")) for table in tables]
    return set.intersection(*heads) if heads else set()


def rows_of(table: Path) -> Iterable[Mapping[str, str]]:
    """Read a TSV with a head line.

    Raises:
        SpeechmineError: It cannot be read.
    """
    return csv.DictReader(_lines(table), delimiter="\t", quoting=csv.QUOTE_NONE)


def _lines(table: Path) -> list[str]:
    try:
        return table.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SpeechmineError(f"cannot be read ({error})", str(table), "Save it as UTF-8.") from error


def place_of(row: Mapping[str, str], where: str) -> Span:
    """Return the place that a line gives, in characters of the text as read.

    Raises:
        SpeechmineError: It gives none.
    """
    try:
        return Span(int(row["start"]), int(row["end"]))
    except (KeyError, TypeError, ValueError):
        raise SpeechmineError("a line has a text, or a start and an end", where, HINT) from None


class Library(msgspec.Struct, frozen=True):
    """Texts that a table gives places of, each read once."""

    folder: Path | None
    rules: RuleBook
    read: dict[str, tuple[Cleaned, Outline]]

    def outlined(self, name: str) -> tuple[Cleaned, Outline]:
        """Return a text, cleaned and outlined.

        Raises:
            SpeechmineError: No folder was named, or the text cannot be read.
        """
        if self.folder is None:
            raise SpeechmineError("gives places, not words", name, "Name the folder of the texts: --texts FOLDER")
        if name not in self.read:
            cleaned = clean(read_file(self.folder / name).text)
            self.read[name] = cleaned, outlined(cleaned.aligned.text, self.rules)
        return self.read[name]

    def statement_at(self, name: str, place: Span) -> int | None:
        """Return the number of the statement that shares most with a place; None where no statement stands.

        Raises:
            SpeechmineError: No folder was named, or the text cannot be read.
        """
        cleaned, outline = self.outlined(name)
        spans = [cleaned.aligned.to_source(*statement.span) for statement in outline.statements]
        shared = [min(place.end, span.end) - max(place.start, span.start) for span in spans]
        return shared.index(max(shared)) if shared and max(shared) > 0 else None
