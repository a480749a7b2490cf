"""Every noun of the JSON contract, version 1: frozen records without behaviour.

`Record` is one document's line of output. The meaning of each value is the annotation guide's; how it is written is the
contract's. ``evidence`` offsets are half-open and count characters of the document's text as read.
"""

from decimal import Decimal
from typing import Literal

import msgspec

Genre = Literal["speech", "news", "compilation", "report", "plan", "minutes"]
Script = Literal["hans", "hant", "mixed"]
MechanismKind = Literal["cadence", "responsibility", "ledger", "assessment", "coordination", "supervision", "formula"]
Status = Literal["in-force", "required", "proposed"]
Comparator = Literal["=", ">=", "<=", "~"]
QuantityKind = Literal["level", "count", "growth", "share", "rank"]
GoalCommitment = Literal["ensure", "strive", "plan", "expect"]
MeasureCommitment = Literal["must", "strive", "plan", "prohibit"]

SCHEMA_VERSION = "1"


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: frozen, built by keyword, compared by value."""


class Evidence(_Record, frozen=True, kw_only=True):
    """The exact words a finding was read from: ``text[start:end] == quote`` in the text as read."""

    quote: str
    start: int
    end: int


class Repair(_Record, frozen=True, kw_only=True):
    """How often one kind of damage was repaired (or flagged, where the kind says so)."""

    kind: str
    count: int


class Person(_Record, frozen=True, kw_only=True):
    """Somebody whose words the document gives, with the title stated there."""

    name: str | None = None
    title: str | None = None


class DocumentInfo(_Record, frozen=True, kw_only=True):
    """What is known of the document as a whole."""

    id: str
    source: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    genre: Genre = "speech"
    script: Script = "hans"
    encoding: str = "utf-8"
    complete: bool = True
    reference_date: str | None = None
    reprint_of: str | None = None
    repairs: list[Repair] = []
    warnings: list[str] = []


class Speech(_Record, frozen=True, kw_only=True):
    """One speech (or article) of the document; offsets count the text as read."""

    id: str
    title: str | None = None
    speaker: Person | None = None
    place: str | None = None
    date: str | None = None
    start: int
    end: int


class Component(_Record, frozen=True, kw_only=True):
    """One part of a mechanism; in a cadence with its rhythm as an ISO 8601 duration, ``regular`` or ``irregular``."""

    every: str | None = None
    action: str
    text: str


class _Finding(_Record, frozen=True, kw_only=True):
    id: str
    owner: list[str] = []
    speaker: str | None = None
    speech: str
    section: list[str] = []
    rule: str
    evidence: Evidence


class Mechanism(_Finding, frozen=True, kw_only=True):
    """A standing arrangement by which work is driven, watched, shared out, recorded or judged."""

    name: str
    kind: MechanismKind
    status: Status
    components: list[Component] = []


class Canonical(_Record, frozen=True, kw_only=True):
    """A value in the one unit of its dimension: CNY, percent, person, m2, t and so on."""

    value: Decimal | None
    upper: Decimal | None = None
    unit: str


class Deadline(_Record, frozen=True, kw_only=True):
    """A date by which, as worded and as EDTF; XXXX where the year cannot be known."""

    text: str
    edtf: str


class _Quantity(_Finding, frozen=True, kw_only=True):
    metric: str | None = None
    kind: QuantityKind
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    comparator: Comparator
    canonical: Canonical | None = None
    masked: bool = False
    deadline: Deadline | None = None
    pair: str | None = None


class Goal(_Quantity, frozen=True, kw_only=True):
    """A number that somebody is to reach or plans to reach; ``pair`` names its base or stretch twin."""

    commitment: GoalCommitment


class Figure(_Quantity, frozen=True, kw_only=True):
    """A number reported as reached (``result``) or given as ``context``."""

    role: Literal["result", "context"]


class Measure(_Finding, frozen=True, kw_only=True):
    """A required or undertaken action: who must do what by when."""

    text: str
    action: str | None = None
    object: str | None = None
    commitment: MeasureCommitment
    deadline: Deadline | None = None
    topic: str | None = None
    mechanisms: list[str] = []
    goals: list[str] = []


class Skipped(_Record, frozen=True, kw_only=True):
    """Words that a rule matched and refused, with the reason; given only when asked for."""

    quote: str
    start: int
    end: int
    rule: str
    reason: str


class Record(_Record, frozen=True, kw_only=True):
    """Everything found in one document: one line of JSONL."""

    schema_version: Literal["1"] = "1"
    document: DocumentInfo
    speeches: list[Speech] = []
    mechanisms: list[Mechanism] = []
    goals: list[Goal] = []
    figures: list[Figure] = []
    measures: list[Measure] = []
    skipped: list[Skipped] | msgspec.UnsetType = msgspec.UNSET
