"""Review and plan, learned from reports: their own headings label the sentences below them."""

from collections.abc import Iterator
from pathlib import Path

from speechmine.cleaning import clean
from speechmine.errors import SpeechmineError
from speechmine.judging.frames import features, heading_frame
from speechmine.outline import outlined
from speechmine.reading import inputs
from speechmine.rules import RuleBook
from speechmine.training.examples import Example, Recipe, Trained

RECIPE = Recipe(trust=0.1, documents=8)
_SHORTEST = 12  # characters: 谢谢大家 tells nothing


def train_frames(folder: Path, rules: RuleBook) -> Trained:
    """Learn from the reports of a folder that look back under one heading and plan under another.

    Raises:
        SpeechmineError: scikit-learn is missing, or there are no two such reports.
    """
    from speechmine.training.fitting import trained

    reports = [list(_examples(item.path, item.source, rules)) for item in inputs([folder]) if item.path]
    both = [report for report in reports if len({example.label for example in report}) == 2]
    return trained([example for report in both for example in report], RECIPE, folder.name)


def _examples(path: Path, source: str, rules: RuleBook) -> Iterator[Example]:
    """Yield the sentences of one file; none of one that is no text."""
    from speechmine.reading import read_file

    try:
        text = read_file(path, source).text
    except SpeechmineError:
        return
    for statement in outlined(clean(text).aligned.text, rules).statements:
        label = heading_frame(statement.section[0], rules) if statement.section and not statement.heading else None
        if label is not None and len(statement.text) >= _SHORTEST:
            yield Example(frozenset(features(statement.text)), label, source)
