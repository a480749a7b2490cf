"""The gold format: what an annotator writes of one document (docs/gold.md); what cannot be meant is refused."""

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct

from speechmine.records import (
    Comparator,
    Genre,
    GoalCommitment,
    MeasureCommitment,
    MechanismKind,
    Person,
    QuantityKind,
    Script,
    Status,
)

Role = Literal["goal", "result", "context"]

_PERIOD = re.compile(r"P(\d+[DWMY])+|PT\d+H|regular|irregular")
_EDTF = re.compile(r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?")


class GoldItem(Struct, frozen=True, kw_only=True):
    """Words of the document as stored; ``nth`` tells which, where they occur more than once."""

    quote: Annotated[str, Meta(min_length=1)]
    nth: Annotated[int, Meta(ge=1)] = 1


class GoldMechanism(GoldItem, frozen=True, kw_only=True):
    """An arrangement; the components of a cadence are pairs of period and action."""

    kind: MechanismKind
    status: Status
    components: list[str | tuple[str, str]] | None = None

    def __post_init__(self) -> None:
        """Refuse a cadence without periods, with the message that msgspec reports."""
        if self.kind != "cadence":
            return
        if self.components is None:
            raise ValueError('a cadence needs components, such as [["P1M", "通报"]]')
        for part in self.components:
            if isinstance(part, str) or not _PERIOD.fullmatch(part[0]):
                shown = part if isinstance(part, str) else list(part)
                raise ValueError(f'{shown!r} is no [period, action], such as ["P1M", "通报"] or ["regular", "调度"]')

    @property
    def rhythms(self) -> list[tuple[str, str]]:
        """The period and action of each part that has them."""
        return [part for part in self.components or [] if not isinstance(part, str)]


class GoldQuantity(GoldItem, frozen=True, kw_only=True):
    """A number; ``value`` is null where it is masked or lost."""

    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    cmp: Comparator
    kind: QuantityKind
    metric: str | None = None
    role: Role
    commitment: GoalCommitment | None = None
    deadline: str | None = None

    def __post_init__(self) -> None:
        """Refuse a deadline that is no EDTF date."""
        _check_date(self.deadline)


class GoldMeasure(GoldItem, frozen=True, kw_only=True):
    """A required or undertaken action."""

    owner: str | None = None
    deadline: str | None = None
    commitment: MeasureCommitment
    speaker: str | None = None

    def __post_init__(self) -> None:
        """Refuse a deadline that is no EDTF date."""
        _check_date(self.deadline)


class GoldDocument(Struct, frozen=True, kw_only=True):
    """One gold file: the document it speaks of and everything that is to be found in it.

    ``reviewed`` is False where no person has looked at it yet, None where the file does not say.
    """

    file: Annotated[str, Meta(min_length=1)]
    reference_date: str | None = None
    script: Script = "hans"
    genre: Genre = "speech"
    complete: bool = True
    title: str | None = None
    published: str | None = None
    speakers: list[Person] = []
    speeches: int = 1
    reviewed: bool | None = None
    mechanisms: list[GoldMechanism]
    quantities: list[GoldQuantity]
    measures: list[GoldMeasure]


def _check_date(date: str | None) -> None:
    if date and not _EDTF.fullmatch(date):
        raise ValueError(f"the deadline {date!r} is no date such as 2021, 2021-06, 2021-06-30 or XXXX-06-30")
