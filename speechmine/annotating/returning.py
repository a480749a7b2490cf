"""What came back from a tool against what was sent: untouched, changed, moved, added; what is missing was deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from msgspec.structs import replace

from speechmine.annotating.labels import Fields, with_fields
from speechmine.annotating.parcel import Sent
from speechmine.annotating.sheets import Item, Mark, Sheet, sheet_of_marks
from speechmine.annotating.wording import worded
from speechmine.scoring import GoldMechanism, GoldQuantity
from speechmine.scoring.matching import overlap
from speechmine.spans import Span

Pairs = dict[int, Mark]


@dataclass(frozen=True, slots=True)
class Region:
    """One mark as the tool has it.

    Attributes:
        span: The characters of the text as shown.
        group: ``mechanism``, ``quantity`` or ``measure``.
        fields: What the tool says of it that it did not say when it was sent.
        id: The id of the mark that it is, where the tool keeps ids; else None.
    """

    span: Span
    group: str
    fields: Fields
    id: str | None = None


def returned(sent: Sent, regions: Sequence[Region], reviewed: bool) -> Sheet:
    """Put together what a person made of a document.

    A region is the mark of its id; else the one at its place; else the one that it covers most of, which was moved. A
    region that is none of them was added.

    Raises:
        SpeechmineError: A region says what cannot be meant, lies outside the text, or covers the words of another one.
    """
    paired = _paired(sent, regions)
    marks = [_mark(sent, region, paired.get(number)) for number, region in enumerate(regions)]
    facts = sent.sheet.gold
    return sheet_of_marks(replace(facts, reviewed=reviewed or facts.reviewed), sent.sheet.text, marks)


def _paired(sent: Sent, regions: Sequence[Region]) -> Pairs:
    free = {mark.id: mark for mark in sent.sheet.marks}
    pairs: Pairs = {}
    for number, mark in _likeliest(sent, regions):
        if number not in pairs and mark.id in free:
            pairs[number] = free.pop(mark.id)
    return pairs


def _likeliest(sent: Sent, regions: Sequence[Region]) -> Iterator[tuple[int, Mark]]:
    """Yield pairs of a region (by number) and a mark, the likeliest first."""
    pairs = [
        (-(2.0 if region.id == mark.id else overlap(region.span, sent.span(mark))), number, place)
        for (number, region), (place, mark) in product(enumerate(regions), enumerate(sent.sheet.marks))
        if region.group == mark.group and region.id in {None, mark.id}
    ]
    for likeness, number, place in sorted(pairs):
        if likeness < 0:
            yield number, sent.sheet.marks[place]


def _mark(sent: Sent, region: Region, mark: Mark | None) -> Mark:
    untouched = mark is not None and sent.span(mark) == region.span
    span = mark.span if mark and untouched else sent.shown.source(region.span)
    words = span.cut(sent.sheet.text)
    if mark is None:
        item = worded(region.group, words)
    elif untouched or region.id:
        # A tool that keeps ids shows the fields too: there a person has seen what a moved mark says.
        item = mark.item
    else:
        item = _reworded(mark.item, words)
    changed = with_fields(item, region.fields, sent.sheet.name) if region.fields else item
    return Mark(region.id or (mark.id if mark else ""), span, _with_rhythm(changed, words))


def _with_rhythm(item: Item, words: str) -> Item:
    """Read the rhythm of what a person has only called a cadence."""
    if isinstance(item, GoldMechanism) and item.kind == "cadence" and not item.components:
        said = worded("mechanism", words)
        if isinstance(said, GoldMechanism) and said.kind == "cadence":
            return replace(item, components=said.components)
    return item


def _reworded(item: Item, words: str) -> Item:
    """Say of a mark on other words what these words say, where it said what its old words said."""
    if isinstance(item, GoldMechanism):
        old, new = worded("mechanism", item.quote), worded("mechanism", words)
        assert isinstance(old, GoldMechanism)
        assert isinstance(new, GoldMechanism)
        if item.kind == "cadence" and item.components == old.components and new.components:
            return replace(item, components=new.components)
    if isinstance(item, GoldQuantity):
        before, after = worded("quantity", item.quote), worded("quantity", words)
        assert isinstance(before, GoldQuantity)
        assert isinstance(after, GoldQuantity)
        if (item.value, item.upper, item.unit) == (before.value, before.upper, before.unit) and after.value is not None:
            cmp = after.cmp if item.cmp == before.cmp else item.cmp
            return replace(item, value=after.value, upper=after.upper, unit=after.unit, cmp=cmp)
    return item
