"""Which metrics are one: the families of names, as data that proves itself."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.following.wording import rule
from speechmine.records import Figure, Goal

Better = Literal["higher", "lower"]
_FILE = "families.toml"
_BLANKS = re.compile(r"[\s“”\"'《》（）()\[\]【】,，、:：]+")


class Family(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One metric with all its names.

    Attributes:
        id: What tables call it.
        says: A sentence that says what is measured.
        names: Names of the metric, without words of scope and change.
        examples: Metrics, as records give them, that belong to it.
        counterexamples: Metrics that are near and do not.
        better: Which way goes beyond a goal given as equal or about; None where only the number reaches it.
        shares: False where a share in percent is never the metric itself: 国内生产总值的8% is a part of it.
    """

    id: str
    says: str
    names: list[str]
    examples: list[str]
    counterexamples: list[str]
    better: Better | None = None
    shares: bool = True


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scope: list[str]
    tails: list[str]
    family: list[Family]


class Metric(msgspec.Struct, frozen=True):
    """What two numbers must share to be compared.

    Attributes:
        name: Id of the family, or the metric's own name without scope and change.
        growth: Whether the change is measured, not the level.
        unit: Canonical unit, or the unit as written where none is known.
        better: Which way goes beyond a goal.
    """

    name: str
    growth: bool
    unit: str
    better: Better | None = None

    def told(self) -> str:
        """Name it for people."""
        return f"{self.name} growth" if self.growth else self.name


class Families(msgspec.Struct, frozen=True, dict=True):
    """All families, and how a name is brought down to its core."""

    scope: tuple[str, ...]
    tails: tuple[str, ...]
    by_name: Mapping[str, Family]

    def named(self, metric: str) -> bool:
        """Return whether a metric's name is the id of a family."""
        return metric in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(family.id for family in self.by_name.values())

    def family(self, metric: str) -> Family | None:
        """Return the family of a metric's name, if one knows it.

        >>> families().family("全年国内生产总值增速").id
        'gdp'
        >>> families().family("人均国内生产总值") is None
        True
        """
        return next((self.by_name[name] for name in self.cores(metric) if name in self.by_name), None)

    def cores(self, metric: str) -> list[str]:
        """Return a name with fewer and fewer words around it, the whole name first.

        >>> families().cores("全年经济增长速度")
        ['全年经济增长速度', '经济增长速度', '经济']
        """
        name = _BLANKS.sub("", metric)
        found = [name]
        while shorter := self._shorter(name):
            found.append(name := shorter)
        return found

    def _shorter(self, name: str) -> str:
        for word in self.scope:
            if name.startswith(word) and name != word:
                return name[len(word) :]
        bare = rule("name_proposed").without(rule("name_year").without(name))
        if bare and bare != name:
            return bare
        for word in self.tails:
            if name.endswith(word) and name != word:
                return name[: -len(word)]
        return ""

    def metric(self, number: Goal | Figure) -> Metric | None:
        """Return what a goal or figure measures, or None where that is not named, or is a part of it."""
        if not number.metric:
            return None
        unit = number.canonical.unit if number.canonical else number.unit or ""
        family = self.family(number.metric)
        if family is None:
            return Metric(self.cores(number.metric)[-1], number.kind == "growth", unit)
        if number.kind == "share" and not family.shares:
            return None
        return Metric(family.id, number.kind == "growth", unit, family.better)


@lru_cache(maxsize=1)
def families() -> Families:
    """Return the shipped families.

    Raises:
        SpeechmineError: A name stands in two families, or a family does not prove itself.
    """
    return families_of(resources.files(__package__).joinpath(_FILE).read_text("utf-8"))


def families_of(text: str) -> Families:
    """Read and prove families written as TOML."""
    try:
        given = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SpeechmineError(f"not a file of families ({error})", _FILE, "docs/follow.md shows a family.") from error
    by_name: dict[str, Family] = {}
    for family in given.family:
        for name in family.names:
            if name in by_name:
                _refuse(family, f"the name {name} stands in {by_name[name].id} too")
            by_name[name] = family
    longest = sorted(given.scope, key=len, reverse=True), sorted(given.tails, key=len, reverse=True)
    made = Families(tuple(longest[0]), tuple(longest[1]), by_name)
    for family in given.family:
        _prove(made, family)
    return made


def _prove(made: Families, family: Family) -> None:
    if not family.examples or not family.counterexamples:
        _refuse(family, "it lacks examples or counterexamples")
    for wrong in _wrong(made, family, family.examples, True) + _wrong(made, family, family.counterexamples, False):
        _refuse(family, f"{wrong} is judged otherwise than it says")


def _wrong(made: Families, family: Family, metrics: Iterable[str], belongs: bool) -> list[str]:
    return [metric for metric in metrics if (made.family(metric) is family) != belongs]


def _refuse(family: Family, what: str) -> None:
    raise SpeechmineError(what, f"{_FILE}: {family.id}", "Correct the names, or the examples.")
