"""A document with its marks: what goes to an annotation tool, and what comes back from it.

Whatever the tool, a sheet is made of records or of gold, and a sheet becomes gold: the formats know nothing of either.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from speechmine.errors import SpeechmineError
from speechmine.scoring import Annotated, GoldDocument, GoldMeasure, GoldMechanism, GoldQuantity
from speechmine.spans import Span

Item = GoldMechanism | GoldQuantity | GoldMeasure
_GROUPS: tuple[tuple[type[Item], str], ...] = (
    (GoldMechanism, "mechanism"),
    (GoldQuantity, "quantity"),
    (GoldMeasure, "measure"),
)


class Mark(msgspec.Struct, frozen=True):
    """One finding in its place.

    Attributes:
        id: The finding's id; of gold, its group and place. Only letters, digits, ``_`` and ``-``.
        span: Where it stands in the text as read.
        item: What is said of it; in a sheet its ``quote`` and ``nth`` are those of the span.
    """

    id: str
    span: Span
    item: Item

    @property
    def group(self) -> str:
        """Return ``mechanism``, ``quantity`` or ``measure``."""
        return _group(self.item)


class Sheet(msgspec.Struct, frozen=True):
    """One document with its marks.

    Attributes:
        gold: The facts of the document, with the items in the order of the marks.
        text: The text as read; spans count its characters.
        marks: Mechanisms before quantities before measures, each in order of place.
    """

    gold: GoldDocument
    text: str
    marks: tuple[Mark, ...]

    @property
    def name(self) -> str:
        """The name of the text's file."""
        return self.gold.file


def sheet_of_marks(facts: GoldDocument, text: str, marks: Iterable[Mark]) -> Sheet:
    """Make a sheet of marks in whatever order; each takes its words from its place.

    Raises:
        SpeechmineError: Two marks of a group have one place, or a mark has none.
    """
    order = {kind: number for number, (kind, _) in enumerate(_GROUPS)}
    named = [Mark(mark.id, mark.span, _quoting(mark, text, facts.file)) for mark in marks]
    named.sort(key=lambda mark: (order[type(mark.item)], mark.span))
    for one, other in pairwise(named):
        if (one.group, one.span) == (other.group, other.span):
            what = f"two marks of the kind {one.group} cover the same words 「{one.item.quote}」"
            raise SpeechmineError(what, facts.file, "Delete one of them.")
    items = [mark.item for mark in named]
    gold = replace(
        facts,
        mechanisms=[item for item in items if isinstance(item, GoldMechanism)],
        quantities=[item for item in items if isinstance(item, GoldQuantity)],
        measures=[item for item in items if isinstance(item, GoldMeasure)],
    )
    return Sheet(gold, text, tuple(named))


def sheet_of_gold(annotated: Annotated) -> Sheet:
    """Make a sheet of gold and its text."""
    return sheet_of_marks(annotated.gold, annotated.document.text, _marks(annotated))


def _marks(annotated: Annotated) -> Iterator[Mark]:
    pairs: list[tuple[Span, Item]] = [
        *((one.span, one.item) for one in annotated.mechanisms),
        *((one.span, one.item) for one in annotated.quantities),
        *((one.span, one.item) for one in annotated.measures),
    ]
    for span, item in pairs:
        yield Mark(f"{_group(item)}-{span.start}-{span.end}", span, item)


def _group(item: Item) -> str:
    return next(name for kind, name in _GROUPS if isinstance(item, kind))


def _quoting(mark: Mark, text: str, where: str) -> Item:
    start, end = mark.span
    if not 0 <= start < end <= len(text):
        raise SpeechmineError(f"a mark lies outside the text ({start} to {end} of {len(text)})", where)
    quote = mark.span.cut(text)
    return replace(mark.item, quote=quote, nth=nth_of(quote, start, text))


def nth_of(quote: str, start: int, text: str) -> int:
    """Return which occurrence of a quote begins at ``start``, as gold counts them: overlapping ones too.

    >>> nth_of("aa", 1, "aaaa")
    2
    """
    count, at = 1, text.find(quote)
    while at < start:
        count, at = count + 1, text.find(quote, at + 1)
    return count
