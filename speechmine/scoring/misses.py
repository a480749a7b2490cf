"""What is not as the gold has it, told so that somebody can look it up: document, words, and why."""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeVar

from msgspec import Struct

from speechmine.scoring.comparing import Field
from speechmine.scoring.matching import Matched, Placed, overlap

GoldT = TypeVar("GoldT")
FoundT = TypeVar("FoundT")
OtherT = TypeVar("OtherT")

Group = Literal["mechanism", "quantity", "measure"]
Verdict = Literal["missed", "spurious", "wrong"]


class Miss(Struct, frozen=True, kw_only=True):
    """One item that is not as the gold has it; ``fields`` names what is wrong in an item that was found."""

    document: str
    group: Group
    verdict: Verdict
    quote: str
    fields: list[str] = []
    why: str


def unmatched(document: str, group: Group, result: Matched[GoldT, FoundT]) -> Iterator[Miss]:
    """Tell what was missed and what is spurious, each with what the other side has at its place."""
    gold = [*result.missed, *(one for one, _ in result.pairs)]
    found = [*result.spurious, *(other for _, other in result.pairs)]
    for one in result.missed:
        why = _beside(one, found, "found")
        yield Miss(document=document, group=group, verdict="missed", quote=one.quote, why=why)
    for other in result.spurious:
        why = _beside(other, gold, "annotated")
        yield Miss(document=document, group=group, verdict="spurious", quote=other.quote, why=why)


def wrong(document: str, group: Group, gold: Placed[GoldT], fields: Sequence[Field]) -> Iterator[Miss]:
    """Tell the fields in which a pair differs, if there are any."""
    faults = [field for field in fields if not field.same]
    if faults:
        names, why = [field.name for field in faults], "; ".join(map(str, faults))
        yield Miss(document=document, group=group, verdict="wrong", quote=gold.quote, fields=names, why=why)


def _beside(one: Placed[GoldT], others: Sequence[Placed[OtherT]], done: str) -> str:
    nearest = max(others, key=lambda other: overlap(one.span, other.span), default=None)
    if nearest is None or not one.span.overlaps(nearest.span):
        return f"nothing is {done} here"
    return f"only this is {done} here: {nearest.quote}"
