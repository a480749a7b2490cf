"""Could a classifier tell measures from other sentences as well as the rules? `python benchmarks/learned_measures.py GOLD TEXTS`.

Learned from the statements of annotated documents (words, frame, genre), each document judged by the others; beside it the
rules on the same statements. Needs `speechmine[train]`. docs/learning.md holds the figures.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from speechmine.cleaning import clean
from speechmine.judging.frames import features, frames
from speechmine.judging.measures import judge_measures
from speechmine.judging.standing import standings
from speechmine.outline import outlined
from speechmine.rules import RuleBook, load_rules
from speechmine.scoring import Annotated, read_gold
from speechmine.training import Example, Recipe, told
from speechmine.training.fitting import trained

SHARE = 0.4  # of a statement that a measure must cover


def examples(annotated: Annotated, rules: RuleBook) -> Iterator[Example]:
    cleaned = clean(annotated.document.text)
    outline = outlined(cleaned.aligned.text, rules)
    found = {measure.statement for measure in judge_measures(outline, standings(outline, rules), rules)}
    for number, (statement, frame) in enumerate(zip(outline.statements, frames(outline, rules), strict=True)):
        if statement.heading:
            continue
        span = cleaned.aligned.to_source(*statement.span)
        covered = sum(
            max(0, min(gold.span.end, span.end) - max(gold.span.start, span.start)) for gold in annotated.measures
        )
        label = "measure" if covered >= SHARE * (span.end - span.start) else "other"
        seen = frozenset({*features(statement.text), f"frame={frame}", f"genre={outline.genre}"})
        yield Example(seen, label, annotated.name, "measure" if number in found else "other")


def main() -> None:
    rules = load_rules()
    gold, texts = map(Path, sys.argv[1:3])
    documents = read_gold(gold, [texts])
    rows = [example for document in documents for example in examples(document, rules)]
    print(told(trained(rows, Recipe(trust=0.5, documents=2), gold.name)), end="")


if __name__ == "__main__":
    main()
