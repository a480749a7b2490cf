"""Roles of sentences, learned from tables of labelled sentences."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.judging.frames import frames
from speechmine.judging.sentences import sentence_features
from speechmine.judging.standing import standings
from speechmine.rules import RuleBook
from speechmine.training.examples import Example, Recipe, Trained
from speechmine.training.tables import HINT, Library, learned_from, place_of, rows_of

RECIPE = Recipe(trust=0.2, documents=3)


def train_sentences(tables: Sequence[Path], texts: Path | None, rules: RuleBook) -> Trained:
    """Learn the roles of tables of labelled sentences (TSV with a head line).

    Args:
        tables: With the columns ``file``, ``start``, ``end`` and ``role``; places that are no statement are passed over:
            what the outline takes for furniture it judges itself.
        texts: The folder of the files.
        rules: The rule book; what it says of the same sentences is part of what is seen of them.

    Raises:
        SpeechmineError: scikit-learn is missing, a table is malformed, a text is missing, or there is too little.
    """
    library = Library(texts, rules, {})
    return learned_from(tables, lambda table: _examples(table, library, rules), RECIPE)


def _examples(table: Path, library: Library, rules: RuleBook) -> Iterator[Example]:
    labels: dict[str, dict[int, str]] = {}
    for number, row in enumerate(rows_of(table), 2):
        where = f"{table}, line {number}"
        if not row.get("file") or not row.get("role"):
            raise SpeechmineError("a line has a file and a role", where, HINT)
        statement = library.statement_at(row["file"], place_of(row, where))
        if statement is not None:
            labels.setdefault(row["file"], {})[statement] = row["role"]
    for name, roles in labels.items():
        outline = library.outlined(name)[1]
        standing = standings(outline, rules)
        seen = list(sentence_features(outline, standing, frames(outline, rules)))
        yield from (Example(seen[number], role, name, standing[number]) for number, role in sorted(roles.items()))
