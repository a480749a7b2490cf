"""What can be asked, what comes back: plain frozen values."""

from decimal import Decimal
from typing import Literal

import msgspec

from speechmine.records import Record

Kind = Literal["mechanism", "goal", "measure", "figure"]
Sort = Literal["newest", "oldest", "largest", "smallest", "deadline"]
KINDS: tuple[Kind, ...] = ("mechanism", "goal", "measure", "figure")
SORTS: tuple[Sort, ...] = ("newest", "oldest", "largest", "smallest", "deadline")
FACETS = ("kind", "every", "metric", "owner", "place", "year", "topic", "status")
COUNTED = 10_000
"""So many hits are counted; of more it is said that there are more."""
FACETED = 2_000
"""Over so many hits the values of filters are counted."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked. All that is given must hold.

    Attributes:
        words: Words and "phrases", blanks meaning AND, with OR and -not; in either script.
        kind: Kind of finding.
        every: Rhythm of a part of the mechanism: P1W, regular.
        metric: Part of the metric; with ``=`` before it the whole.
        unit: Unit as written or canonical: 亿元, CNY, percent.
        minimum: Smallest value: in ``unit`` if that is given as written, else in the canonical unit.
        maximum: Largest value.
        owner: Part of an owner's name; with ``=`` before it the whole.
        place: Part of the place of the speech; with ``=`` before it the whole.
        year: Year of the speech.
        due_before: EDTF date; deadlines that end before its first day.
        status: Of mechanisms: in-force, required, proposed.
        topic: Policy field of measures.
        sort: Order of the hits.
        page: From 1.
        limit: Hits of a page.
    """

    words: str = ""
    kind: str | None = None
    every: str | None = None
    metric: str | None = None
    unit: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    owner: str | None = None
    place: str | None = None
    year: int | None = None
    due_before: str | None = None
    status: str | None = None
    topic: str | None = None
    sort: Sort = "newest"
    page: int = 1
    limit: int = 20


class Piece(msgspec.Struct, frozen=True):
    """A piece of a hit's sentence.

    Attributes:
        text: The characters.
        found: Whether words of the query stand here.
        quoted: Whether the words of the finding stand here.
    """

    text: str
    found: bool = False
    quoted: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a mechanism: its rhythm, action and words."""

    every: str | None
    action: str
    text: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as search gives it. What does not belong to its kind is None.

    Attributes:
        number: Its number in this store.
        kind: mechanism, goal, figure or measure.
        id: Of the finding.
        document: Id of the document.
        source: Of the document.
        title: Of the speech, or else of the document.
        sentence: The sentence in pieces; joined they are the sentence, repaired, in the script of the document.
        quote: The words of the finding, as read.
        start: Where these begin in the text as read.
        end: Where they end.
        date: EDTF date of the speech.
        year: Its year.
        speaker: Who says it.
        place: Of the speech.
        section: The headings it stands under.
        owner: Who is to do it.
        type: Kind of mechanism (cadence) or of quantity (growth).
        name: Of a mechanism.
        status: Of a mechanism.
        parts: Of a mechanism.
        every: The rhythms of these.
        metric: Of a quantity.
        value: Of a quantity, exact.
        upper: The upper end of a range.
        unit: As written.
        comparator: One of = >= <= ~.
        masked: Whether the value was blotted out.
        canonical_value: The value in the canonical unit.
        canonical_unit: That unit.
        commitment: Of goals and measures.
        role: Of figures.
        deadline_text: As worded.
        deadline: As EDTF.
        deadline_last: Its last day.
        text: Of a measure, repaired.
        action: Of a measure.
        object: Of a measure.
        topic: Of a measure.
    """

    number: int
    kind: str
    id: str
    document: str
    source: str
    title: str | None
    sentence: tuple[Piece, ...]
    quote: str
    start: int
    end: int
    date: str | None = None
    year: int | None = None
    speaker: str | None = None
    place: str | None = None
    section: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    type: str | None = None
    name: str | None = None
    status: str | None = None
    parts: tuple[Part, ...] = ()
    metric: str | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    masked: bool = False
    canonical_value: Decimal | None = None
    canonical_unit: str | None = None
    commitment: str | None = None
    role: str | None = None
    deadline_text: str | None = None
    deadline: str | None = None
    deadline_last: str | None = None
    text: str | None = None
    action: str | None = None
    object: str | None = None
    topic: str | None = None

    @property
    def every(self) -> tuple[str, ...]:
        """The rhythms of its parts, each once."""
        return tuple(dict.fromkeys(part.every for part in self.parts if part.every))


class Facet(msgspec.Struct, frozen=True):
    """A value of a filter and how many hits have it."""

    value: str
    count: int


class Facets(msgspec.Struct, frozen=True):
    """Values by filter, the most frequent first.

    Attributes:
        values: For each of FACETS its values.
        counted: How many hits they were counted over: the first in the order of `newest`.
        complete: Whether those are all hits.
    """

    values: dict[str, tuple[Facet, ...]] = msgspec.field(default_factory=dict)
    counted: int = 0
    complete: bool = True


class Page(msgspec.Struct, frozen=True):
    """Hits of one page.

    Attributes:
        hits: In the order asked for.
        total: How many there are, counted up to COUNTED.
        exact: Whether that is all; if not, say ``10,000+``.
        facets: Where asked for.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: bool
    facets: Facets | None = None

    @property
    def told(self) -> str:
        """The total for people: ``1,234``, or ``10,000+``."""
        return f"{self.total:,}" + ("" if self.exact else "+")


class StoredDocument(msgspec.Struct, frozen=True):
    """A document of the store: its record, and its text as read where the store has it."""

    record: Record
    text: str | None


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A goal or a result of one metric, for a chart.

    Attributes:
        kind: goal or figure; figures are results only.
        year: Of the deadline or date told, else of the speech.
        spoken: Year of the speech.
    """

    kind: str
    id: str
    document: str
    metric: str
    type: str
    value: Decimal
    unit: str | None
    comparator: str
    canonical_value: Decimal | None
    canonical_unit: str | None
    year: int | None
    spoken: int | None
    place: str | None
    owner: str | None
    commitment: str | None
