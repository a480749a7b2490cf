"""How good learned weights are, on documents they have not seen."""

from collections.abc import Sequence

import msgspec

from speechmine.judging.learned import Weights
from speechmine.training.examples import Trained


def accuracy(labels: Sequence[str], verdicts: Sequence[str]) -> float:
    """Return the part of the verdicts that is right.

    >>> accuracy(["a", "b"], ["a", "a"])
    0.5
    """
    return sum(label == verdict for label, verdict in zip(labels, verdicts, strict=True)) / len(labels)


def macro_f1(labels: Sequence[str], verdicts: Sequence[str]) -> float:
    """Return the mean of the F1 of every label, rare or common.

    >>> round(macro_f1(["a", "a", "b"], ["a", "a", "a"]), 2)
    0.4
    """
    names = set(labels)
    return sum(_figures(name, labels, verdicts)[2] for name in names) / len(names)


def told(trained: Trained) -> str:
    """Return the figures to read: precision, recall and F1 of each label, then all together, then the rules'."""
    labels = [example.label for example in trained.examples]
    lines = ["   p      r      f1     examples  label"]
    for name in sorted(set(labels), key=lambda name: (-labels.count(name), name)):
        precision, recall, f1 = _figures(name, labels, trained.left_out)
        shown = "".join(char if char.isprintable() else "\ufffd" for char in name)
        lines.append(f"{precision:6.3f} {recall:6.3f} {f1:6.3f}  {labels.count(name):8}  {shown}")
    documents = len({example.document for example in trained.examples})
    lines.append(f"learned, {documents} documents, each judged by the others: {_both(labels, trained.left_out)}")
    by_rules = [example.rules for example in trained.examples]
    if all(by_rules):
        lines.append(f"rules, on the same examples: {_both(labels, by_rules)}")
    return "\n".join(lines) + "\n"


def as_json(weights: Weights) -> bytes:
    """Return weights as JSON, one feature a line, so that two trainings can be compared."""
    rows = (f"{_json(feature)}:{_json(row)}" for feature, row in sorted(weights.weights.items()))
    head = f'{{"about":{_json(weights.about)},\n"labels":{_json(weights.labels)},\n"bias":{_json(weights.bias)},\n"weights":{{\n'
    return (head + ",\n".join(rows) + "\n}}\n").encode()


def _json(value: str | list[str] | list[int]) -> str:
    return msgspec.json.encode(value).decode()


def _both(labels: Sequence[str], verdicts: Sequence[str]) -> str:
    return f"accuracy {accuracy(labels, verdicts):.3f}, macro-F1 {macro_f1(labels, verdicts):.3f}"


def _figures(name: str, labels: Sequence[str], verdicts: Sequence[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one label; 0 where there is nothing to divide by."""
    right = sum(label == verdict == name for label, verdict in zip(labels, verdicts, strict=True))
    found, wanted = verdicts.count(name), labels.count(name)
    f1 = 2 * right / (found + wanted) if found + wanted else 0.0
    return right / found if found else 0.0, right / wanted if wanted else 0.0, f1
