"""Which goal of one year met which result of the next: same place, same bodies, same metric, same period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from speechmine.following.entries import Entry, Subject
from speechmine.following.gathering import Given
from speechmine.following.reached import TOLERANCE, Range, Reached, allowed, reached
from speechmine.following.said import Followed, Outcome
from speechmine.records import Figure, Goal

_Key = tuple[Subject, str]


class Ledger:
    """Goals and results of many speeches, by what they are of and for when."""

    def __init__(self) -> None:
        self._goals: dict[_Key, list[Entry]] = defaultdict(list)
        self._results: dict[_Key, list[Entry]] = defaultdict(list)
        self._of_metric: dict[tuple[str, str, int], list[Entry]] = defaultdict(list)
        self._years: dict[str, set[int]] = defaultdict(set)

    def add(self, given: Given, entries: Iterable[Entry]) -> None:
        """Enter the goals and results of one speech."""
        self._years[given.place].add(given.year)
        for entry in entries:
            if isinstance(entry.number, Figure):
                self._of_metric[given.place, entry.subject.metric.name, given.year].append(entry)
            if entry.said.period:
                side = self._goals if isinstance(entry.number, Goal) else self._results
                side[entry.subject, entry.said.period].append(entry)

    def followed(self, tolerance: Decimal = TOLERANCE) -> list[Followed]:
        """Return every goal with what became of it, in the order of places, metrics and periods."""
        rows = [row for key in self._goals for row in self._rows(key, tolerance)]
        return sorted(
            rows,
            key=lambda row: (
                row.place,
                row.metric,
                row.measured,
                row.unit,
                row.period,
                row.goal.said.year,
                row.goal.said.id,
            ),
        )

    def _rows(self, key: _Key, tolerance: Decimal) -> Iterator[Followed]:
        """Follow each number once, however often its speech repeats it; base and stretch twins are two numbers."""
        by_year: dict[int, dict[Range | None, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in sorted(self._goals[key], key=_order):
            assert isinstance(entry.number, Goal)
            by_year[entry.said.said.year][allowed(entry.number, tolerance)].append(entry)
        for numbers in by_year.values():
            rivals = [same[0] for same in numbers.values() if not any(entry.number.pair for entry in same)]
            for same in numbers.values():
                others = [entry for entry in rivals if entry not in same] if same[0] in rivals else []
                yield self._row(key, same, others, tolerance)

    def _row(self, key: _Key, goals: Sequence[Entry], rivals: Sequence[Entry], tolerance: Decimal) -> Followed:
        (subject, period), goal = key, goals[0]
        assert isinstance(goal.number, Goal)
        result, others = _chosen(self._reported(key, goal))
        outcome: Outcome
        if rivals:
            found, others, result = _because("the speech sets several numbers for the same year"), [*rivals], None
            outcome = "unclear"
        elif result is not None and isinstance(result.number, Figure):
            found = reached(goal.number, result.number, subject.metric.better, tolerance)
            outcome = found.verdict
        elif others:
            outcome, found = "unclear", _because("several results are given, and the records do not tell them apart")
        else:
            outcome, found, others = self._unreported(subject, period)
        return Followed(
            place=subject.place, metric=subject.metric.name, measured="growth" if subject.metric.growth else "level",
            unit=subject.metric.unit, period=period, outcome=outcome, side=found.side, difference=found.difference,
            why=found.why, goal=goal.said, result=None if result is None else result.said,
            again=[entry.said for entry in goals[1:]], others=[entry.said for entry in others],
        )  # fmt: skip

    def _reported(self, key: _Key, goal: Entry) -> list[Entry]:
        """Return the results that the first later speech with any gives."""
        later = [entry for entry in self._results.get(key, ()) if _is_later(entry, goal)]
        first = min((entry.said.said.year for entry in later), default=0)
        return sorted((entry for entry in later if entry.said.said.year == first), key=_order)

    def _unreported(self, subject: Subject, period: str) -> tuple[Outcome, Reached, list[Entry]]:
        year = int(period[:4]) + 1 if period[:4].isdigit() else 0
        if year not in self._years[subject.place]:
            return "no speech", _because(f"no speech of {year} is among the records"), []
        near = sorted(self._of_metric.get((subject.place, subject.metric.name, year), ()), key=_order)
        if near:
            return (
                "unreported",
                _because(
                    f"the speech of {year} gives {_number(near)} of it, for other periods, bodies or in other units"
                ),
                near,
            )
        return "unreported", _because(f"the speech of {year} gives no number of it"), []


def _chosen(found: Sequence[Entry]) -> tuple[Entry | None, list[Entry]]:
    """Choose the exact result; others must agree with it, as 超过10% does with 10.7%, or none is chosen.

    Returns:
        The result, and the others found; without a result, all that cannot be told apart.
    """
    if len({allowed(entry.number, TOLERANCE) for entry in found}) > 1 and any(entry.named for entry in found):
        found = [entry for entry in found if entry.named]
    exact = [entry for entry in found if entry.number.comparator == "=" and entry.number.upper is None] or list(found)
    if not exact:
        return None, []
    first = exact[0]
    if all(_agree(first, entry) for entry in found):
        return first, [entry for entry in found if entry is not first]
    return None, list(found)


def _agree(first: Entry, other: Entry) -> bool:
    one, two = (allowed(entry.number, TOLERANCE) for entry in (first, other))
    return one is not None and two is not None and two.low <= one.low and one.high <= two.high


def _is_later(result: Entry, goal: Entry) -> bool:
    return result.said.said.year > goal.said.said.year


def _order(entry: Entry) -> tuple[int, str, int, str]:
    said = entry.said.said
    return said.year, said.document, said.evidence.start, said.id


def _because(why: str) -> Reached:
    return Reached("unclear", None, None, why)


def _number(found: Sequence[Entry]) -> str:
    return "one number" if len(found) == 1 else f"{len(found)} numbers"
