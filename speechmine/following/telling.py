"""What was followed, as text for a terminal: 80 columns, the words of both speeches, nothing hostile."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from speechmine.exporting.table import wrapped
from speechmine.following.said import Elsewhere, Followed, Following, Number, Outcome, Recurring, Said

_T = TypeVar("_T")
_OUTCOMES: tuple[Outcome, ...] = ("met", "missed", "unclear", "unreported", "no speech")
_LONGEST = 120  # characters of a quote that are shown


def told(found: Following, parts: Sequence[str], limit: int) -> Iterator[str]:
    """Yield lines of at most 80 columns.

    Args:
        found: What was followed.
        parts: Which parts were asked for.
        limit: How many of each to show; 0 for all.
    """
    yield from _places(found)
    if "goals" in parts:
        for outcome in _OUTCOMES:
            rows = [row for row in found.goals if row.outcome == outcome]
            yield from _listed(f"Goals: {outcome}", rows, limit, _goal)
    for name, items in (("Measures", found.measures), ("Mechanisms", found.mechanisms)):
        if name.lower() in parts:
            yield from _recurring(name, items, limit)
    if "elsewhere" in parts:
        yield from _listed("Measures of other places", found.elsewhere, limit, _elsewhere)
    yield from _left(found)


def _places(found: Following) -> Iterator[str]:
    for place, years in found.places.items():
        missing = [year for year in range(years[0], years[-1]) if year not in years]
        gaps = f"; none of {_span(missing)}" if missing else ""
        yield from wrapped(f"{place}: speeches of {_span(years)} ({_many(len(years), 'year')}{gaps})", "")
    if not found.places:
        yield "No speech of a known place and year."
    elif not found.texts:
        line = "Without the texts (--texts), sums and averages over years are told only by what the records say."
        yield from wrapped(line, "")


def _listed(title: str, items: Sequence[_T], limit: int, show: Callable[[_T], Iterable[str]]) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield f"{title} ({len(items)})"
    for item in items[:limit] if limit else items:
        yield from show(item)
    if limit and len(items) > limit:
        yield f"  … and {len(items) - limit} more (--limit 0 shows all)"


def _goal(row: Followed) -> Iterator[str]:
    growth = " growth" if row.measured == "growth" else ""
    unit = f" ({row.unit})" if row.unit else ""
    yield from wrapped(f"{row.place} {row.period}  {row.metric}{growth}{unit}: {row.why}", "  ")
    yield from _number("set", row.goal)
    if row.result is not None:
        yield from _number("reached", row.result)
    for other in row.others:
        yield from _number("also", other)


def _number(label: str, number: Number) -> Iterator[str]:
    words = number.said.around or f"{number.metric} {number.said.evidence.quote}"
    yield from wrapped(f"{label:8}{number.said.year}  「{_short(words)}」  {_where(number.said)}", "    ")


def _recurring(title: str, items: Sequence[Recurring], limit: int) -> Iterator[str]:
    often = [item for item in items if len(item.years) > 1]
    once = [item for item in items if len(item.years) == 1]
    yield from _listed(f"{title} that return", often, limit, _chain)
    counts = [
        f"{sum(item.appeared is not None for item in items)} appear",
        f"{sum(item.vanished is not None for item in items)} vanish",
        f"{len(once)} stand in one speech only",
    ]
    yield from (["", *wrapped(f"{title}: {len(items)}; {', '.join(counts)}", "")] if items else [])


def _chain(item: Recurring) -> Iterator[str]:
    told = [item.kind or "", f"in {len(item.years)} years: {_span(item.years)}"]
    told += [f"new in {item.appeared}"] if item.appeared else []
    told += [f"gone in {item.vanished}"] if item.vanished else []
    yield from wrapped(f"{item.place}  {'; '.join(filter(None, told))}", "  ")
    for said in (item.said[0], item.said[-1]):
        yield from wrapped(f"{said.year}  「{_short(said.evidence.quote)}」  {_where(said)}", "    ")


def _elsewhere(pair: Elsewhere) -> Iterator[str]:
    yield f"  alike {pair.likeness:.3f}"
    for said in (pair.here, pair.there):
        yield from wrapped(f"{said.place} {said.year}  「{_short(said.evidence.quote)}」  {_where(said)}", "    ")


def _left(found: Following) -> Iterator[str]:
    if found.left:
        counts = Counter(dict.fromkeys(("speech", "goal", "result"), 0))
        for item in found.left:
            counts[item.what] += item.count
        yield ""
        yield "Not compared: " + ", ".join(_many(count, what) for what, count in counts.items())
        for item in found.left:
            yield from wrapped(f"{_many(item.count, item.what)}: {item.why}, as 「{_short(item.example)}」", "  ")


def _many(count: int, what: str) -> str:
    """Count things.

    >>> _many(1, "goal"), _many(2, "speech")
    ('1 goal', '2 speeches')
    """
    ending = "" if count == 1 else "es" if what == "speech" else "s"
    return f"{count:,} {what}{ending}"


def _where(said: Said) -> str:
    return f"{said.source}:{said.evidence.start}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _span(years: Sequence[int]) -> str:
    """Write years shortly.

    >>> _span([2003, 2004, 2005, 2007])
    '2003 to 2005, 2007'
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
