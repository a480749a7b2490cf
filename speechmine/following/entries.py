"""The goals and results of a speech that can be compared, each with what it is of and for when."""

import re
from collections.abc import Iterator

import msgspec

from speechmine.following.around import leading, sentence
from speechmine.following.families import Families, Metric
from speechmine.following.gathering import Asked, Given, Leftovers
from speechmine.following.periods import Period, period_of
from speechmine.following.said import Number
from speechmine.following.wording import distance, rule
from speechmine.records import Figure, Goal

_SHORTEST = 4  # characters of a metric that no family knows: 项目 and 资金 name nothing that could be found again
_NEAR = 60  # characters before a number in which its metric must be named to be told from others
_BLANKS = re.compile(r"\s+")


class Subject(msgspec.Struct, frozen=True, order=True):
    """What a number is of: the place, the bodies it is asked of, and the metric."""

    place: str
    owner: tuple[str, ...]
    metric: Metric


class Entry(msgspec.Struct, frozen=True):
    """A goal or result.

    ``said.period`` is empty where no year can be compared with it; ``named`` where the words right before the number name
    the metric, as far as the texts are at hand.
    """

    number: Goal | Figure
    subject: Subject
    said: Number
    named: bool = False


class Entries(msgspec.Struct, frozen=True):
    """Makes entries of speeches, and counts what becomes none."""

    families: Families
    asked: Asked
    leftovers: Leftovers

    def of(self, given: Given) -> Iterator[Entry]:
        """Yield the goals and results of one speech."""
        text = self.asked.text_of(given.record)
        numbers: list[Goal | Figure] = [*given.record.goals]
        numbers += [figure for figure in given.record.figures if figure.role == "result"]
        for number in numbers:
            if number.speech == given.speech.id:
                metric = self.families.metric(number)
                if metric is None or not self._is_name(metric):
                    self._leave(number, "its metric is not named, or by a word too short to be told from others")
                elif self._is_asked(metric, number):
                    yield self._entry(given, number, metric, text)

    def _entry(self, given: Given, number: Goal | Figure, metric: Metric, text: str | None) -> Entry:
        before = leading(text, number.evidence)
        period = _for_its_year(number, given.year, period_of(number, given.year, before))
        if period.name is None:
            self._leave(number, period.why_not)
        said = Number(
            said=given.said(number, f"{number.metric} {number.evidence.quote}", sentence(text, number.evidence)),
            metric=number.metric or "", kind=number.kind, value=number.value, upper=number.upper, unit=number.unit,
            comparator=number.comparator, commitment=number.commitment if isinstance(number, Goal) else None,
            period=period.name or "", period_from=period.told_by,
        )  # fmt: skip
        owner = tuple(sorted(filter(None, (rule("owner_scope").without(name) for name in number.owner))))
        return Entry(number, Subject(given.place, owner, metric), said, _is_named(number, before))

    def _is_name(self, metric: Metric) -> bool:
        return self.families.named(metric.name) or len(metric.name) >= _SHORTEST

    def _is_asked(self, metric: Metric, number: Goal | Figure) -> bool:
        asked = self.asked.metric
        return asked is None or asked == metric.name or asked in (number.metric or "")

    def _leave(self, number: Goal | Figure, why: str) -> None:
        quote = f"{number.metric or ''} {number.evidence.quote}".strip()
        self.leftovers.leave("goal" if isinstance(number, Goal) else "result", why, quote)


def _is_named(number: Goal | Figure, before: str | None) -> bool:
    return before is not None and (number.metric or "") in _BLANKS.sub("", before[-_NEAR:])


def _for_its_year(number: Goal | Figure, year: int, period: Period) -> Period:
    """Refuse a goal of a year that is over, and change or counts by a year far ahead: 到2020年比2010年翻一番."""
    if period.name is None or isinstance(number, Figure):
        return period
    ahead = int(period.name[:4]) - year if period.name[:4].isdigit() else 0
    next_year = number.deadline is not None and distance(number.deadline.text) == 1
    if ahead < 0:
        return Period(None, why_not="it was set for a year that is over")
    if ahead > next_year and number.kind in {"growth", "count"}:
        return Period(None, why_not="it is to be reached over several years")
    return period
