"""The order of steps from records to what became of their goals, measures and mechanisms."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Literal, get_args

import msgspec

from speechmine.following.entries import Entries
from speechmine.following.families import families
from speechmine.following.gathering import Asked, Leftovers, given
from speechmine.following.goals import Ledger
from speechmine.following.reached import TOLERANCE
from speechmine.following.returning import ALIKE, Memory
from speechmine.following.said import Elsewhere, Following, Recurring
from speechmine.records import Record
from speechmine.store import no_texts

Part = Literal["goals", "measures", "mechanisms", "elsewhere"]
PARTS: tuple[Part, ...] = get_args(Part)


class Bounds(msgspec.Struct, frozen=True):
    """What counts as the same.

    Attributes:
        tolerance: Percent of a number that 左右 allows on either side.
        alike: Least likeness of two measures that are one, from 0 to 1.
    """

    tolerance: Decimal = TOLERANCE
    alike: float = ALIKE


def follow(
    records: Iterable[Record],
    asked: Asked | None = None,
    parts: Collection[Part] = PARTS,
    bounds: Bounds | None = None,
) -> Following:
    """Follow goals, measures and mechanisms through the speeches of a place, and measures from place to place.

    Args:
        records: Records of speeches, in any order; each is read once and let go.
        asked: Places, metrics and texts; everything that the records tell if None.
        parts: What to follow. Measures need scikit-learn.
        bounds: What counts as the same.

    Raises:
        SpeechmineError: Measures are asked for and scikit-learn is not installed.
    """
    asked, bounds = asked or Asked(), bounds or Bounds()
    leftovers, ledger, memory = Leftovers(), Ledger(), Memory()
    entries = Entries(families(), asked, leftovers)
    alike = not {"measures", "elsewhere"}.isdisjoint(parts)
    for speech in given(records, asked, leftovers):
        memory.add(speech, alike, "mechanisms" in parts)
        if "goals" in parts:
            ledger.add(speech, entries.of(speech))
    returning, elsewhere = _alike(memory, parts, bounds.alike) if alike else ([], [])
    return Following(
        places={place: sorted(years) for place, years in sorted(memory.years.items())},
        tolerance=bounds.tolerance,
        texts=asked.text_of is not no_texts,
        goals=ledger.followed(bounds.tolerance),
        measures=returning,
        mechanisms=memory.recurring_mechanisms(),
        elsewhere=elsewhere,
        left=leftovers.told(),
    )


def _alike(memory: Memory, parts: Collection[Part], least: float) -> tuple[list[Recurring], list[Elsewhere]]:
    from speechmine.following.likeness import Likeness

    memory.sort()
    likeness = Likeness([said.text for said in memory.measures])
    chains = memory.chains(likeness, least)
    return (
        memory.recurring_measures(chains) if "measures" in parts else [],
        memory.elsewhere(likeness, chains, least=least) if "elsewhere" in parts else [],
    )
