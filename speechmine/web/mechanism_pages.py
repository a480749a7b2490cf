"""Mechanisms: who set up which rhythm, and when in a year it falls."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace
from starlette.responses import Response

from speechmine.store import Hit, Page, QueryError
from speechmine.web.cards import Card, card, cards, mechanism_path
from speechmine.web.language import Words
from speechmine.web.parameters import Asked
from speechmine.web.search_page import Chip, chips, kept
from speechmine.web.view import View
from speechmine.web.year import Year, drawn

_MOST = 400
_OTHERS = 6
_UNDATED = 2025
_RHYTHM = re.compile(r"P(T?)(\d+)([HDWMY])")
_DAYS = {"H": 1 / 24, "D": 1.0, "W": 7.0, "M": 30.4, "Y": 365.0}
_COLUMNS = ("P1D", "P1W", "P10D", "P15D", "P1M", "P3M", "P6M", "P1Y")


class Rhythm(msgspec.Struct, frozen=True):
    """A rhythm with how often it was set up, and the address that shows these alone."""

    name: str
    count: int
    link: str


class Item(msgspec.Struct, frozen=True):
    """What is done in a rhythm."""

    name: str
    title: str
    link: str


class RowShown(msgspec.Struct, frozen=True):
    """One body or speaker with what it does in each rhythm."""

    who: str
    date: str
    cells: list[list[Item]]


class MechanismsPage(msgspec.Struct, frozen=True):
    """All that the page of mechanisms shows."""

    query: str
    kept: list[tuple[str, str]]
    chosen: list[Chip]
    rhythms: list[Rhythm]
    year: Year
    columns: list[str]
    rows: list[RowShown]
    truncated: str
    refusal: str = ""


class PartShown(msgspec.Struct, frozen=True):
    """A part of a mechanism."""

    every: str
    link: str
    action: str
    text: str


class MechanismPage(msgspec.Struct, frozen=True):
    """All that the page of one mechanism shows."""

    name: str
    facts: list[tuple[str, str]]
    year: Year
    components: list[PartShown]
    hit: Card
    others: list[Card]


def mechanisms_page(view: View) -> Response:
    """Show the rhythms of all who fit the filters."""
    refusal, status, found = "", 200, Page((), 0, True)
    try:
        found = view.shelf.store.search(view.asked.query(kind="mechanism", page=1, limit=_MOST))
    except QueryError as error:
        refusal, status = f"{view.words('refusal.query')} {error}", 400
    return view.page("mechanisms.html", "mechanisms", status=status, page=_all(view, found, refusal))


def _all(view: View, found: Page, refusal: str) -> MechanismsPage:
    asked, words = view.asked, view.words
    hits = [hit for hit in found.hits if hit.every]
    counts = Counter(every for hit in hits for every in hit.every)
    rhythms = sorted(counts, key=days_of)
    columns = [every for every in rhythms if every in _COLUMNS]
    rest = [every for every in rhythms if every not in _COLUMNS]
    names = [words.name("every", every) for every in columns] + ([words("mechanism.other")] if rest else [])
    truncated = words("mechanism.truncated", count=f"{_MOST:,}") if found.total > _MOST or not found.exact else ""
    return MechanismsPage(
        query=asked.get("q"),
        kept=kept(asked, "q", "kind"),
        chosen=chips(asked, words),
        rhythms=[Rhythm(words.name("every", one), counts[one], asked.link(every=one, page=None)) for one in rhythms],
        year=drawn([(words.name("every", one), one) for one in rhythms], _year(hits), words),
        columns=names,
        rows=_rows(hits, [*([one] for one in columns), *([rest] if rest else [])], asked, words),
        truncated=truncated,
        refusal=refusal,
    )


def _rows(hits: Sequence[Hit], columns: Sequence[Sequence[str]], asked: Asked, words: Words) -> list[RowShown]:
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        groups.setdefault((who(hit), hit.date or ""), []).append(hit)
    return [
        RowShown(name or words("mechanism.unknown"), date, [_items(group, column, asked) for column in columns])
        for (name, date), group in groups.items()
    ]


def _items(hits: Iterable[Hit], rhythms: Sequence[str], asked: Asked) -> list[Item]:
    found: dict[str, Item] = {}
    for hit in hits:
        link = asked.only().link(mechanism_path(hit.id), document=hit.document)
        for part in hit.parts:
            if part.every in rhythms:
                found.setdefault(part.action, Item(part.action, part.text, link))
    return list(found.values())


def who(hit: Hit) -> str:
    """Name who set a mechanism up: its owner with the place, or else the speaker or the title of the speech."""
    return " ".join(part for part in (hit.place or "", "、".join(hit.owner)) if part) or hit.speaker or hit.title or ""


def days_of(every: str) -> float:
    """Return about how many days a rhythm takes, for sorting; those without a length come last.

    >>> sorted(["P1M", "irregular", "P1W", "P10D", "PT2H"], key=days_of)
    ['PT2H', 'P1W', 'P10D', 'P1M', 'irregular']
    """
    found = _RHYTHM.fullmatch(every)
    return int(found[2][:6]) * _DAYS[found[3]] if found else 1e9


def _year(hits: Iterable[Hit]) -> int:
    years = [hit.year for hit in hits if hit.year is not None and 1 < hit.year < 9999]
    return max(years, default=_UNDATED)


def mechanism_page(view: View) -> Response:
    """Show one mechanism, its calendar, and others with the same rhythms."""
    store = view.shelf.store
    hit = store.finding(view.parts["mechanism"])
    if hit is None or hit.kind != "mechanism":
        return view.nothing("document.mechanism_missing")
    asked, words = view.asked.only(), view.words
    same = (
        store.search(view.asked.only().query(kind="mechanism", every=hit.every[0], limit=_OTHERS + 1)).hits
        if hit.every
        else ()
    )
    rhythms = [(part.action or part.text, part.every) for part in hit.parts if part.every]
    page = MechanismPage(
        name=hit.name or hit.quote,
        facts=_facts(hit, words),
        year=drawn(rhythms, _year([hit]), words),
        components=[
            PartShown(
                words.name("every", part.every) if part.every else words("mechanism.unknown"),
                asked.link("/mechanisms", every=part.every) if part.every else "",
                part.action,
                part.text,
            )
            for part in hit.parts
        ],
        hit=replace(card(hit, asked, words), more=""),
        others=cards([other for other in same if other.number != hit.number][:_OTHERS], asked, words),
    )
    return view.page("mechanism.html", "mechanisms", page=page)


def _facts(hit: Hit, words: Words) -> list[tuple[str, str]]:
    facts = [
        (words("facet.kind"), words.name("type", hit.type or "")),
        (words("mechanism.status"), words.name("status", hit.status or "")),
        (words("facet.owner"), "、".join(hit.owner)),
        (words("facet.speaker"), hit.speaker or ""),
        (words("facet.place"), hit.place or ""),
        (words("hit.date"), hit.date or ""),
    ]
    return [(name, value) for name, value in facts if value]
