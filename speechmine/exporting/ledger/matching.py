"""Which row of a filled-in ledger a finding is: the same finding, or the same task in a revised speech.

The same bytes give the same ids, so an unchanged speech is found by them. A revised one gives new ids: its findings are
compared, document by document, with the rows that have lost theirs: first those of the same words, then the most alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from speechmine.exporting.ledger.memory import Known, remembered
from speechmine.exporting.ledger.tables import Row, Sheet

ALIKE = 0.6
"""From which share of pairs of characters in common two texts are taken for the same task."""
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Matching:
    """How the rows of a ledger and the findings belong together.

    Attributes:
        pairs: Rows with the finding they tell.
        fresh: Findings without a row.
        gone: Rows whose document was read again, but no longer says so.
    """

    pairs: list[tuple[Known, Row]] = field(default_factory=list)
    fresh: list[Row] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)


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
    told = {row.key for _, row in result.pairs}
    result.fresh = [row for row in left if row.key not in told]
    found = {old.key for old, _ in result.pairs}
    again = {*documents, *(old.document for old, row in result.pairs if old.document != row.document)} - {""}
    result.gone = [old for old in lost if old.key not in found and old.document in again]
    return result


def _alike(sheet: Sheet, lost: list[Known], left: list[Row]) -> list[tuple[Known, Row]]:
    """Pair what has lost its id with what has none yet: equal words first, then the most alike."""
    olds = [(old, _words(old.words)) for old in lost]
    news = [(row, _words(remembered(sheet, row).words)) for row in left]
    scored = [
        (-_likeness(old_words, new_words), number, place)
        for number, (old, old_words) in enumerate(olds)
        for place, (row, new_words) in enumerate(news)
        if old.source in {row.source, ""} or old.document == row.document
    ]
    pairs, taken, given = [], set(), set()
    for score, number, place in sorted(scored):
        if -score < ALIKE:
            break
        if number not in taken and place not in given:
            taken.add(number)
            given.add(place)
            pairs.append((olds[number][0], news[place][0]))
    return pairs


def _words(text: str) -> Counter[str]:
    """Return how often each two neighbouring characters stand in a text, without marks and blanks."""
    bare = _NO_WORD.sub("", text)
    return Counter(bare[place : place + 2] for place in range(max(1, len(bare) - 1)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of pairs of characters in common: 1 for the same words."""
    return 2 * (one & other).total() / (one.total() + other.total())
