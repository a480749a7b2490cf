"""The only door to scikit-learn: examples to weights, and verdicts on documents left out."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.judging.learned import Weights
from speechmine.training.examples import Example, Recipe, Trained
from speechmine.training.report import accuracy, macro_f1

try:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
except ModuleNotFoundError as missing:
    raise SpeechmineError(
        f"{missing.name} is not installed", "training", "Install it with: pip install 'speechmine[train]'"
    ) from missing

_HUNDREDTHS = 100
_LEAST = 5  # hundredths: smaller weights only make the file larger


def trained(examples: Sequence[Example], recipe: Recipe, source: str) -> Trained:
    """Learn from all examples, and judge each document by what the others teach.

    Args:
        examples: Labelled examples of at least two documents.
        recipe: How to learn.
        source: What was learned from, for the weights' own words about themselves.

    Raises:
        SpeechmineError: The examples are of one document or have one label.
    """
    _refuse_few(examples, source)
    table = _Table(examples, recipe)
    left_out = table.left_out()
    labels = [example.label for example in examples]
    about = (
        f"Multinomial logistic regression over the words and marks of {len(examples)} examples from "
        f"{len(table.names)} documents ({source}). Each document judged by the others: "
        f"accuracy {accuracy(labels, left_out):.3f}, macro-F1 {macro_f1(labels, left_out):.3f}."
    )
    return Trained(table.weights(about), examples, left_out)


def enough(documents: int, recipe: Recipe) -> int:
    """Return in how many of the documents a feature must stand to count; in a few documents fewer will do.

    >>> [enough(documents, Recipe(trust=1, documents=8)) for documents in (1, 2, 20, 100)]
    [1, 2, 4, 8]
    """
    return min(recipe.documents, max(2, documents // 5), documents)


def _refuse_few(examples: Sequence[Example], source: str) -> None:
    documents = {example.document for example in examples}
    labels = {example.label for example in examples}
    if len(documents) < 2 or len(labels) < 2:
        what = f"{len(examples)} examples of {len(documents)} documents with {len(labels)} labels"
        hint = "It takes two documents, to learn from one and try on the other, and two labels to tell apart."
        raise SpeechmineError(f"too little to learn from: {what}", source, hint)


class _Table(msgspec.Struct, frozen=True, dict=True):
    """Examples as rows, features as columns."""

    examples: Sequence[Example]
    recipe: Recipe

    @cached_property
    def features(self) -> list[str]:
        return sorted({feature for example in self.examples for feature in example.features})

    @cached_property
    def labels(self) -> NDArray[np.str_]:
        return np.array([example.label for example in self.examples])

    @cached_property
    def names(self) -> list[str]:
        return sorted({example.document for example in self.examples})

    @cached_property
    def documents(self) -> NDArray[np.intp]:
        """The number of each row's document."""
        return np.searchsorted(self.names, [example.document for example in self.examples])

    @cached_property
    def matrix(self) -> csr_matrix:
        column = {feature: number for number, feature in enumerate(self.features)}
        columns = [sorted(column[feature] for feature in example.features) for example in self.examples]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.array([number for row in columns for number in row], dtype=np.intp)
        return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(columns), len(self.features)))

    @cached_property
    def presence(self) -> NDArray[np.bool_]:
        """For each document and feature whether it stands there."""
        rows = (self.matrix[self.documents == number].sum(axis=0) for number in range(len(self.names)))
        return np.vstack([np.asarray(row) > 0 for row in rows])

    def columns(self, without: int | None = None) -> NDArray[np.intp]:
        """Return the features that stand in enough documents, one of them left out."""
        seen = self.presence if without is None else np.delete(self.presence, without, axis=0)
        return np.flatnonzero(seen.sum(axis=0) >= enough(len(seen), self.recipe))

    def left_out(self) -> list[str]:
        """Return for each example what those of the other documents teach."""
        verdicts = np.empty(len(self.examples), dtype=object)
        for rows, found in self._folds():
            verdicts[rows] = found
        return [str(verdict) for verdict in verdicts]

    def _folds(self) -> Iterator[tuple[NDArray[np.intp], NDArray[np.str_]]]:
        for number in range(len(self.names)):
            tried, learned = np.flatnonzero(self.documents == number), np.flatnonzero(self.documents != number)
            columns = self.columns(without=number)
            if len(set(self.labels[learned])) < 2:
                yield tried, np.repeat(_commonest(self.labels[learned]), len(tried))
            else:
                model = self._model(learned, columns)
                yield tried, model.predict(self.matrix[tried][:, columns])

    def _model(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> LogisticRegression:
        """Fit; rare labels count more, by the root of how rare they are."""
        names, counts = np.unique(self.labels[rows], return_counts=True)
        weigh = dict(zip(names, np.sqrt(len(rows) / (len(names) * counts)), strict=True))
        model = LogisticRegression(C=self.recipe.trust, max_iter=2000, class_weight=weigh)
        return model.fit(self.matrix[rows][:, columns], self.labels[rows])

    def weights(self, about: str) -> Weights:
        """Return the weights that all examples teach; what hardly weighs is left away."""
        columns = self.columns()
        model = self._model(np.arange(len(self.examples)), columns)
        rows, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # one row: what speaks for the second label
            rows, bias = np.vstack([0 * rows, rows]), np.array([0 * bias[0], bias[0]])
        table = np.rint(rows.T * _HUNDREDTHS).astype(int)
        return Weights(
            about=about,
            labels=[str(label) for label in model.classes_],
            bias=np.rint(bias * _HUNDREDTHS).astype(int).tolist(),
            weights={
                self.features[column]: row.tolist()
                for column, row in zip(columns, table, strict=True)
                if np.abs(row).max() >= _LEAST
            },
        )


def _commonest(labels: NDArray[np.str_]) -> str:
    names, counts = np.unique(labels, return_counts=True)
    return str(names[counts.argmax()])
