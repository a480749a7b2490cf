"""Which row of a filled-in ledger a finding is: the same finding, or the same task in a revised speech.

The same bytes give the same ids, so an unchanged speech is found by them. A revised one gives new ids: its findings are
compared, document by document, with the rows that have lost theirs: first those of the same words, then the most alike.
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence

import msgspec

from speechmine.exporting.ledger.memory import Known, remembered
from speechmine.exporting.ledger.tables import Row, Sheet, told

ALIKE = 0.6
"""From which share of pairs of characters in common two texts are taken for the same task."""
REVISION = 0.3
"""From which share of tasks found again another document of the same path is taken for a revision of it."""
_NO_WORD = re.compile(r"[\W_]+")


class Matching(msgspec.Struct):
    """How the rows of a ledger and the findings belong together.

    Attributes:
        pairs: Rows with the finding they tell.
        fresh: Findings without a row.
        gone: Rows whose document was read again, but no longer says so.
    """

    pairs: list[tuple[Known, Row]] = msgspec.field(default_factory=list)
    fresh: list[Row] = msgspec.field(default_factory=list)
    gone: list[Known] = msgspec.field(default_factory=list)


def matched(sheet: Sheet, known: Sequence[Known], rows: Sequence[Row], documents: Iterable[str]) -> Matching:
    """Match the rows of a sheet with findings.

    Args:
        sheet: The sheet.
        known: Its rows as they were written last.
        rows: What was found now.
        documents: The ids of all documents that were read now.
    """
    result, by_record = Matching(), {row.record: row for row in known}
    left: list[Row] = []
    for row in rows:
        same = by_record.pop(row.key, None)
        if same is None:
            left.append(row)
        else:
            result.pairs.append((same, row))
    lost = list(by_record.values())
    for pair in _alike(sheet, lost, left):
        result.pairs.append(pair)
    taken = {row.key for _, row in result.pairs}
    result.fresh = [row for row in left if row.key not in taken]
    found = {old.key for old, _ in result.pairs}
    again = {*documents, *(old.document for old, row in result.pairs if old.document != row.document)} - {""}
    result.gone = [old for old in lost if old.key not in found and old.document in again]
    return result


def _alike(sheet: Sheet, lost: list[Known], left: list[Row]) -> list[tuple[Known, Row]]:
    """Pair what has lost its id with what has none yet, document by document."""
    words = {row.key: _bare(remembered(sheet, row).words) for row in left}
    homes: dict[str, list[Row]] = {}
    for row in left:
        for home in {told(row.source), row.document, ""}:
            homes.setdefault(home, []).append(row)
    groups: dict[tuple[str, str], list[Known]] = {}
    for old in lost:
        groups.setdefault((old.source, old.document), []).append(old)
    pairs: list[tuple[Known, Row]] = []
    for (source, document), olds in groups.items():
        given = {row.key for _, row in pairs}
        here = {row.key: row for home in (source, document) if home or not source for row in homes.get(home, ())}
        news = [row for row in here.values() if row.key not in given]
        found = _paired(olds, news, words)
        if not source or document in homes or len(found) >= REVISION * min(len(olds), len(news)):
            pairs += found
    return pairs


def _paired(olds: list[Known], news: list[Row], words: dict[str, str]) -> list[tuple[Known, Row]]:
    """Pair rows of one document: those of equal words in their order, then the most alike first."""
    same: dict[str, deque[Row]] = {}
    for row in news:
        same.setdefault(words[row.key], deque()).append(row)
    pairs = [(old, same[bare].popleft()) for old in olds if same.get(bare := _bare(old.words))]
    told_olds, given = {old.key for old, _ in pairs}, {row.key for _, row in pairs}
    rest = [(old, _pairs_of(_bare(old.words))) for old in olds if old.key not in told_olds]
    free = [(row, _pairs_of(words[row.key])) for row in news if row.key not in given]
    scored = [
        (-likeness, number, place)
        for number, (_, one) in enumerate(rest)
        for place, (_, other) in enumerate(free)
        if (likeness := 2 * len(one & other) / (len(one) + len(other))) >= ALIKE
    ]
    taken: set[int] = set()
    used: set[int] = set()
    for _, number, place in sorted(scored):
        if number not in taken and place not in used:
            taken.add(number)
            used.add(place)
            pairs.append((rest[number][0], free[place][0]))
    return pairs


def _bare(text: str) -> str:
    """Return a text without marks and blanks."""
    return _NO_WORD.sub("", text)


def _pairs_of(bare: str) -> frozenset[str]:
    """Return each two neighbouring characters of a text."""
    return frozenset(bare[place : place + 2] for place in range(max(1, len(bare) - 1)))
