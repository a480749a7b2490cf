"""Findings as the page shows them: one card a hit, in the reader's language."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import quote

import msgspec

from speechmine.exporting.hits import SIGNS
from speechmine.store import Hit
from speechmine.web.language import Words
from speechmine.web.parameters import Asked


class PieceShown(msgspec.Struct, frozen=True):
    """A piece of a sentence: words asked for, words of the finding, or neither."""

    text: str
    words: bool
    finding: bool


class Card(msgspec.Struct, frozen=True):
    """A hit."""

    kind: str
    link: str
    pieces: tuple[PieceShown, ...]
    summary: str
    owner: str
    deadline: str
    speaker: str
    place: str
    date: str
    source: str
    more: str


def card(hit: Hit, view: Asked, words: Words) -> Card:
    """Say of a hit what a reader wants to know at a glance."""
    return Card(
        kind=hit.kind,
        link=evidence_link(view, hit.document, hit.id),
        pieces=tuple(PieceShown(piece.text, piece.found, piece.quoted) for piece in hit.sentence),
        summary=summary(hit, words),
        owner="、".join(hit.owner),
        deadline=told_deadline(hit.deadline_text, hit.deadline),
        speaker=hit.speaker or "",
        place=hit.place or "",
        date=hit.date or "",
        source=hit.title or hit.source,
        more=_more(hit, view),
    )


def summary(hit: Hit, words: Words) -> str:
    """Return the finding in a few words: its rhythm, its number, or its commitment.

    A number keeps its unit as written; a bound stands before it.
    """
    if hit.kind == "mechanism":
        rhythms = [words.name("every", every) for every in hit.every]
        return " · ".join([
            *(rhythms or [words.name("type", hit.type or "")]),
            words.name("status", hit.status or ""),
        ]).strip(" ·")
    if hit.kind == "measure":
        return words.name("commitment", hit.commitment) if hit.commitment else ""
    amount = told_amount(hit.value, hit.upper, hit.unit, hit.comparator)
    role = words.name("role", hit.role) if hit.role else words.name("commitment", hit.commitment or "")
    return " ".join(part for part in (hit.metric, amount, f"({role})" if role else "") if part)


def told_amount(value: Decimal | None, upper: Decimal | None, unit: str | None, comparator: str | None) -> str:
    """Write a quantity.

    >>> told_amount(Decimal("8"), Decimal("9"), "%", "="), told_amount(Decimal("38"), None, "%", ">=")
    ('8–9%', '≥ 38%')
    """
    if value is None:
        return ""
    written = number(value) + (f"–{number(upper)}" if upper is not None else "")
    return f"{SIGNS.get(comparator or '', '')}{written}{unit or ''}"


def number(value: Decimal) -> str:
    """Write a number with its digits in groups; one too long to read is left as it is.

    >>> number(Decimal("54000000000")), number(Decimal("0.50")), number(Decimal("1E+99"))
    ('54,000,000,000', '0.50', '1E+99')
    """
    return f"{value:,f}" if value.is_finite() and abs(value.adjusted()) < 25 else str(value)


def told_deadline(worded: str | None, edtf: str | None) -> str:
    """Write a deadline as worded, with the date behind it where the words do not hold it.

    >>> told_deadline("年底前", "2023-12-31"), told_deadline("2021年", "2021"), told_deadline(None, None)
    ('年底前（2023-12-31）', '2021年', '')
    """
    if not worded:
        return edtf or ""
    return worded if not edtf or edtf in worded else f"{worded}（{edtf}）"


def evidence_link(view: Asked, document: str, finding: str) -> str:
    """Return the address of a finding in its document: the words are marked, and the page opens at them."""
    return view.only().link(document_path(document), finding=finding) + "#" + quote(finding, safe="")


def document_path(document: str) -> str:
    """Return the path of a document's page."""
    return f"/documents/{quote(document, safe='')}"


def mechanism_path(finding: str) -> str:
    """Return the path of a mechanism's page."""
    return f"/mechanisms/{quote(finding, safe='')}"


def _more(hit: Hit, view: Asked) -> str:
    if hit.kind == "mechanism":
        return view.only().link(mechanism_path(hit.id), document=hit.document)
    return view.only().link("/metrics", metric=f"={hit.metric}") if hit.metric else ""


def cards(hits: Sequence[Hit], view: Asked, words: Words) -> list[Card]:
    """Make a card of each hit."""
    return [card(hit, view, words) for hit in hits]
