"""What a run adds up to: counts for the report, in memory that does not grow with the archive."""

import heapq
import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from speechmine.archive.ledger import Row
from speechmine.records import Record

OUTCOMES = ("ok", "degraded", "skipped", "failed")
SIZES = ((2_000, "under 2 KB"), (10_000, "2 to 10 KB"), (50_000, "10 to 50 KB"), (500_000, "50 to 500 KB"))
TIMES = ((0.01, "under 10 ms"), (0.1, "10 to 100 ms"), (1.0, "0.1 to 1 s"), (10.0, "1 to 10 s"))
_SLOWEST = 10
_TOLD = 200  # documents not ok that are named; all are counted
_DISTINCT = 50_000
_NUMBERS = re.compile(r"\d[\d,.]*|'[^']*'|\([^)]*\)")


class Tally:
    """Counts of the most frequent of any number of names; the rarest are forgotten when there are too many.

    >>> tally = Tally(2)
    >>> for name in "abacad": tally.add(name)
    >>> tally.most(1)
    [('a', 3)]
    """

    def __init__(self, distinct: int = _DISTINCT) -> None:
        self._counts: Counter[str] = Counter()
        self._distinct = distinct

    def add(self, name: str) -> None:
        """Count one."""
        self._counts[name] += 1
        if len(self._counts) > 2 * self._distinct:
            self._counts = Counter(dict(self._counts.most_common(self._distinct)))

    def most(self, number: int) -> list[tuple[str, int]]:
        """Return the most frequent, the first in order of names among equals."""
        return sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0]))[:number]


class Slow(msgspec.Struct, frozen=True, order=True):
    """A document that took long."""

    seconds: float
    source: str
    size: int


class Facts(msgspec.Struct):
    """What the outputs hold, for the summary and the report.

    Attributes:
        outcomes: How the inputs ended; together they are all.
        findings: Mechanisms, goals, figures, measures, and reprints.
        years: Documents by year.
        genres: Documents by genre.
        sizes: Documents by their bytes.
        times: Documents by the time they took.
        mechanisms: By kind.
        commitments: Goals and measures by commitment.
        cadences: The most frequent ones.
        metrics: The most frequent ones of goals.
        reasons: Of documents that are not ok, with numbers and names left out.
        unwell: The first of these: outcome, source, what, hint.
        bytes: Of all documents.
        seconds: Time of all workers together.
    """

    outcomes: dict[str, int] = msgspec.field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    findings: dict[str, int] = msgspec.field(
        default_factory=lambda: dict.fromkeys(("mechanisms", "goals", "figures", "measures", "reprints"), 0)
    )
    years: Counter[str] = msgspec.field(default_factory=Counter)
    genres: Counter[str] = msgspec.field(default_factory=Counter)
    sizes: Counter[str] = msgspec.field(default_factory=Counter)
    times: Counter[str] = msgspec.field(default_factory=Counter)
    mechanisms: Counter[str] = msgspec.field(default_factory=Counter)
    commitments: Counter[str] = msgspec.field(default_factory=Counter)
    cadences: Tally = msgspec.field(default_factory=Tally)
    metrics: Tally = msgspec.field(default_factory=Tally)
    reasons: Tally = msgspec.field(default_factory=Tally)
    unwell: list[tuple[str, str, str, str]] = msgspec.field(default_factory=list)
    bytes: int = 0
    seconds: float = 0.0
    _slow: list[Slow] = msgspec.field(default_factory=list)

    def add(self, row: Row, record: Record | None) -> None:
        """Count one document."""
        self.outcomes[row.outcome] += 1
        self.bytes += row.size
        self.seconds += row.seconds
        heapq.heappush(self._slow, Slow(row.seconds, row.source, row.size))
        if len(self._slow) > _SLOWEST:
            heapq.heappop(self._slow)
        if row.outcome != "ok":
            self.reasons.add(f"{row.outcome}: {_NUMBERS.sub('…', row.what)}")
            self._tell(row)
        if record is not None:
            self.sizes[_range(row.size, SIZES, "over 500 KB")] += 1
            self.times[_range(row.seconds, TIMES, "over 10 s")] += 1
            self._count(record)

    @property
    def slowest(self) -> list[Slow]:
        """The slowest documents, the slowest first."""
        return sorted(self._slow, reverse=True)

    def _tell(self, row: Row) -> None:
        # Failures come before all else, however late they come.
        told = (row.outcome, row.source, row.what, row.hint)
        if len(self.unwell) < _TOLD:
            self.unwell.append(told)
        elif row.outcome == "failed":
            spare = next((number for number, (outcome, *_) in enumerate(self.unwell) if outcome != "failed"), None)
            if spare is not None:
                del self.unwell[spare]
                self.unwell.append(told)

    def _count(self, record: Record) -> None:
        document = record.document
        self.years[document.reference_date[:4] if document.reference_date else "no date"] += 1
        self.genres[document.genre] += 1
        self.findings["reprints"] += document.reprint_of is not None
        for name in ("mechanisms", "goals", "figures", "measures"):
            self.findings[name] += len(getattr(record, name))
        self._names(record)

    def _names(self, record: Record) -> None:
        self.mechanisms.update(item.kind for item in record.mechanisms)
        self.commitments.update(_commitments(record))
        for mechanism in record.mechanisms:
            for part in mechanism.components:
                if part.every:
                    self.cadences.add(f"{part.every} {part.action}")
        for goal in record.goals:
            if goal.metric:
                self.metrics.add(goal.metric)


def _commitments(record: Record) -> Iterable[str]:
    yield from (f"goals: {goal.commitment}" for goal in record.goals)
    yield from (f"measures: {measure.commitment}" for measure in record.measures)


def _range(value: float, limits: tuple[tuple[float, str], ...], else_: str) -> str:
    return next((name for limit, name in limits if value < limit), else_)
