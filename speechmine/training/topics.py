"""Policy fields, learned from tables of labelled measures."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from speechmine.cleaning import clean
from speechmine.errors import SpeechmineError
from speechmine.judging.topics import features
from speechmine.rules import RuleBook
from speechmine.training.examples import Example, Recipe, Trained
from speechmine.training.tables import HINT, Library, learned_from, place_of, rows_of

RECIPE = Recipe(trust=0.5, documents=3)
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
    library = Library(texts, rules, {})
    return learned_from(tables, lambda table: _examples(table, library, rules), RECIPE)


def _examples(table: Path, library: Library, rules: RuleBook) -> Iterator[Example]:
    for number, row in enumerate(rows_of(table), 2):
        where = f"{table}, line {number}"
        if not row.get("file") or not row.get("topic"):
            raise SpeechmineError("a line has a file and a topic", where, HINT)
        if row.get("text"):
            section = tuple(part for part in (row.get("section") or "").split(_BETWEEN_HEADINGS) if part)
            text = clean(row["text"]).aligned.text
        else:
            text, section = _words(row, library, where)
        yield Example(features(text, section, rules), row["topic"], row["file"])


def _words(row: Mapping[str, str], library: Library, where: str) -> tuple[str, tuple[str, ...]]:
    """Return the clean words of the statement at the place of a line, and the headings above it."""
    place = place_of(row, where)
    if library.folder is None:
        raise SpeechmineError("gives places, not words", where, "Name the folder of the texts: --texts FOLDER")
    number = library.statement_at(row["file"], place)
    if number is None:
        raise SpeechmineError(f"no statement stands at {place.start}-{place.end}", where, HINT)
    statement = library.outlined(row["file"])[1].statements[number]
    return statement.text, statement.section
