"""How alike texts are: the door of `following` to scikit-learn."""

from collections.abc import Iterator, Sequence

from speechmine.errors import SpeechmineError

try:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer
except ModuleNotFoundError as missing:
    raise SpeechmineError(
        f"{missing.name} is not installed", "speechmine follow",
        "Install it with: pip install 'speechmine[follow]', or ask for --kind goals or --kind mechanisms.",
    ) from missing  # fmt: skip

Pair = tuple[int, int, float]
_BLOCK = 10_000_000  # likenesses held at once
_COMMON = 0.02  # n-grams in more of the texts than this tell little and cost most
_MANY = 2_000  # texts, from which on common n-grams are left out


class Likeness:
    """Texts as weights of their runs of two and three characters; likeness is the cosine between two.

    Runs of characters need no segmentation, and see 周调度 in 每周调度; rare runs weigh more (TF-IDF over these texts).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._rows = _rows(texts)

    def between(self, some: Sequence[int], others: Sequence[int], least: float) -> list[Pair]:
        """Return the pairs of two groups of texts that are at least so much alike.

        Args:
            some: Numbers of texts.
            others: Numbers of texts.
            least: Least likeness, from 0 to 1.

        Returns:
            Number, number and likeness; the most alike first, equals in the order of the numbers.
        """
        beside = self._rows[np.asarray(others, dtype=int)].T.tocsr()
        found = _alike(self._rows[np.asarray(some, dtype=int)], beside, least)
        pairs = [(some[row], others[column], score) for row, column, score in found]
        return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))

    def elsewhere(self, places: Sequence[int], count: int, least: float) -> Iterator[Pair]:
        """Yield for each text the ``count`` texts of other places most like it, each pair once."""
        where = np.asarray(places)
        step = max(1, _BLOCK // max(1, len(places)))
        columns = self._rows.T.tocsr()
        seen: set[tuple[int, int]] = set()
        for start in range(0, len(places), step):
            found = _alike(self._rows[start : start + step], columns, least)
            for one, other, score in _nearest(found, where, start, count):
                pair = (min(one, other), max(one, other))
                if pair not in seen:
                    seen.add(pair)
                    yield *pair, score


def _rows(texts: Sequence[str]) -> csr_matrix:
    if not any(len(text.strip()) > 1 for text in texts):
        return csr_matrix((len(texts), 1), dtype=np.float32)
    common = _COMMON if len(texts) >= _MANY else 1.0
    made = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 3), lowercase=False, sublinear_tf=True, max_df=common, dtype=np.float32
    )
    return made.fit_transform(texts)


def _alike(some: csr_matrix, columns: csr_matrix, least: float) -> list[Pair]:
    """Multiply rows with the rows of others, these as columns: to turn them round for each block would cost most."""
    table = (some @ columns).tocoo()
    enough = table.data >= least
    rows, columns = table.row[enough], table.col[enough]
    scores: NDArray[np.float32] = table.data[enough]
    return [
        (int(row), int(column), round(float(score), 3))
        for row, column, score in zip(rows, columns, scores, strict=True)
    ]


def _nearest(found: list[Pair], where: "NDArray[np.intp]", start: int, count: int) -> Iterator[Pair]:
    """Keep the ``count`` most alike of each row that are of another place."""
    by_row: dict[int, list[tuple[float, int]]] = {}
    for row, other, score in found:
        if where[start + row] != where[other]:
            by_row.setdefault(start + row, []).append((-score, other))
    for one in sorted(by_row):
        for score, other in sorted(by_row[one])[:count]:
            yield one, other, -score
