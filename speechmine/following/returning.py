"""Which measures and mechanisms return year after year, appear or vanish."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from speechmine.following.gathering import Given
from speechmine.following.said import Elsewhere, Recurring, Said
from speechmine.records import Mechanism

if TYPE_CHECKING:
    from speechmine.following.likeness import Likeness

ALIKE = 0.4
"""Least likeness of what counts as the same measure: of the pairs read, docs/follow.md says how many were."""
_MARKS = re.compile(r"[\W_]+")


class Chain(msgspec.Struct, frozen=True):
    """Numbers of measures of following speeches that are one, and how alike each is to the next."""

    numbers: tuple[int, ...]
    scores: tuple[float, ...]


class Memory(msgspec.Struct):
    """The measures and mechanisms of many speeches, as far as they are asked for."""

    measures: list[Said] = msgspec.field(default_factory=list)
    mechanisms: dict[tuple[str, str, str], list[Said]] = msgspec.field(default_factory=lambda: defaultdict(list))
    years: dict[str, set[int]] = msgspec.field(default_factory=lambda: defaultdict(set))

    def add(self, given: Given, measures: bool, mechanisms: bool) -> None:
        """Remember what one speech requires."""
        self.years[given.place].add(given.year)
        if measures:
            own = (item for item in given.record.measures if item.speech == given.speech.id)
            self.measures += [given.said(item, item.text) for item in own]
        if mechanisms:
            for item in given.record.mechanisms:
                if item.speech == given.speech.id:
                    self.mechanisms[given.place, item.kind, mechanism_name(item)].append(given.said(item, item.name))

    def sort(self) -> None:
        """Put the measures into an order that the order of the records does not change."""
        self.measures.sort(key=_order)

    def recurring_mechanisms(self) -> list[Recurring]:
        """Return each mechanism of a place once, with the years of the speeches that have it."""
        found = [
            _recurring(self.years[place], sorted(said, key=_order), kind, None)
            for (place, kind, _), said in self.mechanisms.items()
        ]
        return sorted(found, key=_by_importance)

    def chains(self, likeness: "Likeness", least: float = ALIKE) -> list[Chain]:
        """Return the measures of each place as chains from one speech to the next.

        Args:
            likeness: Of the texts of ``measures``, in their order after `sort`.
            least: How alike two measures of following speeches must be to be one.
        """
        links = self._links(likeness, least)
        follows = {later for later, _ in links.values()}
        return [_chain(first, links) for first in range(len(self.measures)) if first not in follows]

    def recurring_measures(self, chains: Iterable[Chain]) -> list[Recurring]:
        """Return each chain with the years of its measures."""
        found = []
        for chain in chains:
            said = [self.measures[number] for number in chain.numbers]
            found.append(_recurring(self.years[said[0].place], said, None, min(chain.scores, default=None)))
        return sorted(found, key=_by_importance)

    def _links(self, likeness: "Likeness", least: float) -> dict[int, tuple[int, float]]:
        """Link each measure to at most one of the place's next speech, the most alike first."""
        by_speech: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, said in enumerate(self.measures):
            by_speech[said.place][said.year].append(number)
        links: dict[int, tuple[int, float]] = {}
        for place, by_year in by_speech.items():
            years = sorted(self.years[place])
            for year, following in pairwise(years):
                taken: set[int] = set()
                for one, other, score in likeness.between(by_year[year], by_year[following], least):
                    if one not in links and other not in taken:
                        links[one] = other, score
                        taken.add(other)
        return links

    def elsewhere(
        self, likeness: "Likeness", chains: Iterable[Chain], count: int = 1, least: float = ALIKE
    ) -> list[Elsewhere]:
        """Return the measures that other places have too: for each the ``count`` most alike.

        Of two chains only the pair most alike is given, however many years they have in common.
        """
        chain_of = {number: index for index, chain in enumerate(chains) for number in chain.numbers}
        places = {place: index for index, place in enumerate(sorted({said.place for said in self.measures}))}
        pairs = likeness.elsewhere([places[said.place] for said in self.measures], count, least)
        found: dict[tuple[int, int], Elsewhere] = {}
        for one, other, score in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
            made = Elsewhere(likeness=score, here=self.measures[one], there=self.measures[other])
            found.setdefault((chain_of[one], chain_of[other]), made)
        return list(found.values())


def mechanism_name(item: Mechanism) -> str:
    """Return what makes two mechanisms of a kind one: their components, or else their names without marks.

    >>> from speechmine.records import Component, Evidence
    >>> def made(name, *parts):
    ...     return Mechanism(id="m", speech="s1", rule="r", evidence=Evidence(quote=name, start=0, end=len(name)),
    ...                      name=name, kind="cadence", status="required", components=list(parts))
    >>> weekly = Component(every="P1W", action="调度", text="周调度")
    >>> mechanism_name(made("每周调度", weekly)) == mechanism_name(made("周调度", weekly))
    True
    >>> mechanism_name(made("“河长制”")) == mechanism_name(made("河长制"))
    True
    """
    parts = sorted(f"{part.every} {part.action}" for part in item.components)
    return " · ".join(parts) if parts else _MARKS.sub("", item.name)


def _chain(first: int, links: dict[int, tuple[int, float]]) -> Chain:
    numbers, scores = [first], []
    while numbers[-1] in links:
        following, score = links[numbers[-1]]
        numbers.append(following)
        scores.append(score)
    return Chain(tuple(numbers), tuple(scores))


def _recurring(all_years: Iterable[int], said: Sequence[Said], kind: str | None, likeness: float | None) -> Recurring:
    known, years = sorted(all_years), sorted({item.year for item in said})
    return Recurring(
        place=said[0].place, name=said[0].text, kind=kind, years=years,
        appeared=None if years[0] == known[0] else years[0],
        vanished=next((year for year in known if year > years[-1]), None),
        likeness=likeness, said=list(said),
    )  # fmt: skip


def _by_importance(item: Recurring) -> tuple[str, int, int, str, str]:
    return item.place, -len(item.years), item.years[0], item.name, item.said[0].id


def _order(said: Said) -> tuple[str, int, str, int, str]:
    return said.place, said.year, said.document, said.evidence.start, said.id
