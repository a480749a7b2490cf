"""What came back from a tool against what was sent: untouched, changed, moved, added; what is missing was deleted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import msgspec
from msgspec.structs import replace

from speechmine.annotating.labels import Fields, with_fields
from speechmine.annotating.parcel import Sent
from speechmine.annotating.sheets import Item, Mark, Sheet, sheet_of_marks
from speechmine.annotating.wording import worded
from speechmine.scoring import GoldMechanism, GoldQuantity
from speechmine.scoring.matching import overlap
from speechmine.spans import Span

Pairs = dict[int, Mark]


class Region(msgspec.Struct, frozen=True):
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
    """Find the mark that each region is: those that are certain first, then the likeliest of the others."""
    names = {mark.id: mark for mark in sent.sheet.marks}
    places = {(mark.group, sent.span(mark)): mark for mark in sent.sheet.marks}
    pairs: Pairs = {}
    for number, region in enumerate(regions):
        mark = names.get(region.id) if region.id else places.get((region.group, region.span))
        if mark is not None and mark.group == region.group and names.pop(mark.id, None) is not None:
            pairs[number] = mark
    rest = {number: region for number, region in enumerate(regions) if region.id is None and number not in pairs}
    for number, mark in _likeliest(sent, rest, list(names.values())):
        if number not in pairs and names.pop(mark.id, None) is not None:
            pairs[number] = mark
    return pairs


def _likeliest(sent: Sent, regions: Mapping[int, Region], marks: Sequence[Mark]) -> Iterator[tuple[int, Mark]]:
    """Yield pairs of a region and a mark that it covers a part of, the largest part first."""
    spans = [sent.span(mark) for mark in marks]
    pairs = [
        (-overlap(region.span, spans[place]), number, place)
        for (number, region), place in product(regions.items(), range(len(marks)))
        if region.group == marks[place].group and region.span.overlaps(spans[place])
    ]
    for _, number, place in sorted(pairs):
        yield number, marks[place]


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
