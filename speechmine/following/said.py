"""What `follow` tells: the words of one speech, and what became of them in others."""

from decimal import Decimal
from typing import Literal

import msgspec

from speechmine.following.periods import YearFrom
from speechmine.records import Comparator, Evidence, QuantityKind

Outcome = Literal["met", "missed", "unclear", "unreported", "no speech"]
"""``unclear``: reported, but not so that it can be compared; ``no speech``: none of the next year is among the records."""


Kind = Literal["speech", "goal", "result"]


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """Base: frozen, built by keyword."""


class Said(_Told, frozen=True, kw_only=True):
    """Where something was said: the finding, its speech, the exact words, and with texts at hand their sentence."""

    id: str
    document: str
    source: str
    speech: str
    place: str
    year: int
    year_from: YearFrom
    evidence: Evidence
    text: str
    around: str | None = None


class Number(_Told, frozen=True, kw_only=True):
    """A goal or a result: where it was said, and its period with what tells it."""

    said: Said
    metric: str
    kind: QuantityKind
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    comparator: Comparator
    commitment: str | None
    period: str
    period_from: str


class Followed(_Told, frozen=True, kw_only=True):
    """One goal and what became of it.

    ``again`` are the other places of the same speeches that set the same goal; ``others`` results that were found and
    could not be told apart or compared.
    """

    place: str
    metric: str
    measured: Literal["growth", "level"]
    unit: str
    period: str
    outcome: Outcome
    side: Literal["below", "within", "above"] | None = None
    difference: Decimal | None = None
    why: str
    goal: Number
    result: Number | None = None
    again: list[Number] = []
    others: list[Number] = []


class Recurring(_Told, frozen=True, kw_only=True):
    """A measure or mechanism of one place over the years.

    ``appeared`` is the first year that has it, None where the first speech of the place has it already; ``vanished`` the
    first year of a speech without it, None where the last speech still has it.
    """

    place: str
    name: str
    kind: str | None
    years: list[int]
    appeared: int | None
    vanished: int | None
    likeness: float | None
    said: list[Said]


class Elsewhere(_Told, frozen=True, kw_only=True):
    """Measures of two places that say nearly the same."""

    likeness: float
    here: Said
    there: Said


class Left(_Told, frozen=True, kw_only=True):
    """Findings that were not compared, and why."""

    what: Kind
    why: str
    count: int
    example: str


class Following(_Told, frozen=True, kw_only=True):
    """Everything that was followed; a part that was not asked for is empty."""

    places: dict[str, list[int]]
    tolerance: Decimal
    texts: bool
    goals: list[Followed] = []
    measures: list[Recurring] = []
    mechanisms: list[Recurring] = []
    elsewhere: list[Elsewhere] = []
    left: list[Left] = []
