"""A year as a picture: one row a rhythm, one cell a period. Days that the text does not name are not invented."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from speechmine.web.language import Words

LEFT, WIDTH = 150.0, 850.0
_ROW, _TOP = 27, 28
_MONTHS = re.compile(r"P(\d+)([MY])")
_DAYS = re.compile(r"P(\d+)([DW])")


class Cell(msgspec.Struct, frozen=True):
    """One period: where it is drawn, and its days in words."""

    x: float
    width: float
    name: str


class Row(msgspec.Struct, frozen=True):
    """One rhythm over the year."""

    name: str
    y: int
    cells: tuple[Cell, ...]


class Month(msgspec.Struct, frozen=True):
    """A month on the upper edge."""

    name: str
    x: float
    middle: float


class Year(msgspec.Struct, frozen=True):
    """The whole picture; sizes are units of its view box, which is 1000 wide."""

    number: int
    months: tuple[Month, ...]
    rows: tuple[Row, ...]

    @property
    def height(self) -> int:
        """Return the height of the picture."""
        return _TOP + _ROW * len(self.rows)


def periods(every: str, year: int) -> Iterator[tuple[date, date]]:
    """Yield first day and day after the last of each period of a rhythm in a year; none where it has no fixed length.

    Weeks begin on Mondays; ten days and half months follow the calendar (旬 ends with the month).

    >>> [len(list(periods(every, 2025))) for every in ("P1D", "P1W", "P2W", "P10D", "P15D", "P1M", "P3M", "P6M", "P1Y", "irregular")]
    [365, 53, 27, 36, 24, 12, 4, 2, 1, 0]
    """
    end = date(year + 1, 1, 1)
    starts = sorted({*_starts(every, year)})
    for start, after in zip(starts, [*starts[1:], end], strict=False):
        yield max(start, date(year, 1, 1)), min(after, end)


def _starts(every: str, year: int) -> Iterable[date]:
    months = _MONTHS.fullmatch(every)
    if months and (length := int(months[1]) * (12 if months[2] == "Y" else 1)):
        return [date(year, month, 1) for month in range(1, 13, min(length, 12))]
    if every in {"P10D", "P15D"}:
        return [
            date(year, month, day) for month in range(1, 13) for day in ((1, 11, 21) if every == "P10D" else (1, 16))
        ]
    days = _DAYS.fullmatch(every)
    if not days or not (count := int(days[1]) * (7 if days[2] == "W" else 1)):
        return []
    first = date(year, 1, 1)
    if days[2] == "W":
        first -= timedelta(first.weekday())
    return [first + timedelta(day) for day in range(0, (date(year + 1, 1, 1) - first).days, count)]


def drawn(rhythms: Iterable[tuple[str, str]], year: int, words: Words) -> Year:
    """Draw the rhythms of a year.

    Args:
        rhythms: Name and rhythm (ISO 8601) of each row; those without periods are left out.
        year: Of our calendar.
        words: For the names of the months.
    """
    rows: list[Row] = []
    for name, every in rhythms:
        cells = tuple(_cell(start, after, year) for start, after in periods(every, year))
        if cells:
            rows.append(Row(_short(name), _TOP + _ROW * len(rows), cells))
    return Year(year, tuple(_month(number, year, words) for number in range(1, 13)), tuple(rows))


def _cell(start: date, after: date, year: int) -> Cell:
    x, end = _at(start, year), _at(after, year)
    last = after - timedelta(1)
    name = f"{start:%m-%d}" if last == start else f"{start:%m-%d} – {last:%m-%d}"
    return Cell(round(x, 2), round(max(end - x - (0.5 if end - x < 4 else 1.5), 0.5), 2), name)


def _month(number: int, year: int, words: Words) -> Month:
    start = _at(date(year, number, 1), year)
    end = _at(date(year + (number == 12), number % 12 + 1, 1), year)
    name = f"{number}月" if words.code == "zh" else f"{date(year, number, 1):%b}"
    return Month(name, round(start, 2), round((start + end) / 2, 2))


def _at(day: date, year: int) -> float:
    first = date(year, 1, 1)
    return LEFT + WIDTH * (day - first).days / (date(year + 1, 1, 1) - first).days


def _short(name: str) -> str:
    return name if len(name) <= 10 else name[:9] + "…"
