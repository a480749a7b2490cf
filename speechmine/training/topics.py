"""Policy fields, learned from tables of labelled measures."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from speechmine.cleaning import Cleaned, clean
from speechmine.errors import SpeechmineError
from speechmine.judging.topics import features
from speechmine.outline import Outline, outlined
from speechmine.reading import read_file
from speechmine.rules import RuleBook
from speechmine.spans import Span
from speechmine.training.examples import Example, Recipe, Trained

RECIPE = Recipe(trust=0.5, documents=3)
_HINT = "docs/learning.md shows such a table."
_BETWEEN_HEADINGS = " / "


def train_topics(tables: Sequence[Path], texts: Path | None, rules: RuleBook) -> Trained:
    """Learn the fields of tables of labelled measures (TSV with a head line).

    Args:
        tables: With the columns ``file``, ``topic`` and either ``text`` (and ``section``) or ``start`` and ``end``.
        texts: The folder of the files, where a table gives places instead of words.
        rules: The rule book.

    Raises:
        SpeechmineError: scikit-learn is missing, a table is malformed, a text is missing, or there is too little.
    """
    from speechmine.training.fitting import trained

    library = _Library(texts, rules, {})
    rows = [(table, list(_examples(table, library, rules))) for table in tables]
    source = ", ".join(f"{table.name}: {len(examples)}" for table, examples in rows)
    return trained([example for _, examples in rows for example in examples], RECIPE, source)


def _examples(table: Path, library: "_Library", rules: RuleBook) -> Iterator[Example]:
    for number, row in enumerate(_rows(table), 2):
        where = f"{table}, line {number}"
        if not row.get("file") or not row.get("topic"):
            raise SpeechmineError("a line has a file and a topic", where, _HINT)
        if row.get("text"):
            section = tuple(part for part in (row.get("section") or "").split(_BETWEEN_HEADINGS) if part)
            text = clean(row["text"]).aligned.text
        else:
            text, section = library.words(row, where)
        yield Example(features(text, section, rules), row["topic"], row["file"])


def _rows(table: Path) -> Iterable[Mapping[str, str]]:
    try:
        lines = table.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SpeechmineError(f"cannot be read ({error})", str(table), "Save it as UTF-8.") from error
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@dataclass(frozen=True, slots=True)
class _Library:
    """Texts that a table gives places of, each read once."""

    folder: Path | None
    rules: RuleBook
    read: dict[str, tuple[Cleaned, Outline]]

    def words(self, row: Mapping[str, str], where: str) -> tuple[str, tuple[str, ...]]:
        """Return the clean words of the statement at a place of the text as read, and the headings above it."""
        try:
            place = Span(int(row["start"]), int(row["end"]))
        except (KeyError, TypeError, ValueError):
            raise SpeechmineError("a line has a text, or a start and an end", where, _HINT) from None
        if self.folder is None:
            raise SpeechmineError("gives places, not words", where, "Name the folder of the texts: --texts FOLDER")
        cleaned, outline = self._outlined(row["file"], self.folder)
        spans = [cleaned.aligned.to_source(*statement.span) for statement in outline.statements]
        shared = [min(place.end, span.end) - max(place.start, span.start) for span in spans]
        if not shared or max(shared) <= 0:
            raise SpeechmineError(f"no statement stands at {place.start}-{place.end}", where, _HINT)
        statement = outline.statements[shared.index(max(shared))]
        return statement.text, statement.section

    def _outlined(self, name: str, folder: Path) -> tuple[Cleaned, Outline]:
        if name not in self.read:
            cleaned = clean(read_file(folder / name).text)
            self.read[name] = cleaned, outlined(cleaned.aligned.text, self.rules)
        return self.read[name]
