"""The search: words, filters, hits. Every view is an address, and typing only replaces the results."""

from collections.abc import Iterable

import msgspec
from starlette.responses import HTMLResponse, Response

from speechmine.store import FACETS, SORTS, Facets, Page, QueryError
from speechmine.web.cards import Card, cards
from speechmine.web.language import Words
from speechmine.web.parameters import FILTERS, TYPED, Asked
from speechmine.web.rendering import rendered
from speechmine.web.view import View

EXACT = ("metric", "owner", "place")
"""Filters that match a part of a value, unless = stands before it."""

_CHOICES = 8


class Chip(msgspec.Struct, frozen=True):
    """A filter in force: its name, its value, and the address without it."""

    family: str
    name: str
    without: str


class Choice(msgspec.Struct, frozen=True):
    """A value of a facet."""

    name: str
    count: str
    link: str
    chosen: bool


class FacetShown(msgspec.Struct, frozen=True):
    """A facet with its values."""

    name: str
    choices: list[Choice]


class SearchPage(msgspec.Struct, frozen=True):
    """All that the search page shows."""

    query: str
    fresh: bool
    kept: list[tuple[str, str]]
    narrowed: bool
    fields: dict[str, str]
    sorts: tuple[str, ...]
    count: str
    chosen: list[Chip]
    words_only: str
    hits: list[Card]
    facets: list[FacetShown]
    number: int
    previous: str
    next: str
    downloads: dict[str, str]
    api: str
    filters: str = ""
    refusal: str = ""


def search_page(view: View) -> Response:
    """Answer a search; one that cannot be read is told why, in its place."""
    asked, words = view.asked, view.words
    status, refusal = 200, ""
    found, facets = Page((), 0, True), Facets()
    try:
        query = asked.query()
        found = view.shelf.store.search(query)
        # While somebody types, the filters wait for a pause: counting them costs more than finding.
        facets = Facets() if view.piecemeal else view.shelf.facets(query)
    except QueryError as error:
        status, refusal = 400, f"{words('refusal.query')} {error}"
    if not found.total and not asked.given.keys() - {"lang"} and not refusal:
        return empty(view)
    shown = _page(view, found, facets, refusal)
    if not view.piecemeal:
        return view.page("search.html", "search", page=shown, status=status)
    address = {"hx-replace-url": asked.link()}
    return HTMLResponse(rendered("found.html", {"page": shown, "words": words}), status, address)


def filters_page(view: View) -> Response:
    """Give the filters of a search alone, to be put into the page that is there."""
    asked = Asked("/", view.asked.given)
    facets = _facets(asked, view.shelf.facets(asked.query()), view.words)
    return HTMLResponse(rendered("filters.html", {"facets": facets, "words": view.words}))


def empty(view: View) -> HTMLResponse:
    """Say how to fill the store."""
    name = str(view.shelf.path)
    commands = ("speechmine extract SPEECHES -o records.jsonl", f"speechmine index records.jsonl --store {name}")
    return view.nothing("empty.store", name, commands, 200)


def _page(view: View, found: Page, facets: Facets, refusal: str) -> SearchPage:
    asked, words = view.asked, view.words
    number = 1 if refusal else asked.number
    pages = -(-found.total // 20)
    return SearchPage(
        query=asked.get("q"),
        fresh=not asked.given.keys() - {"lang"},
        kept=kept(asked, "q", *TYPED),
        narrowed=any(asked.get(name) for name in TYPED),
        fields={name: asked.get(name) for name in TYPED} | {"sort": asked.get("sort") or SORTS[0]},
        sorts=SORTS,
        count="" if refusal else told_count(found, words),
        chosen=chips(asked, words),
        words_only=asked.only("q").link(),
        hits=cards(found.hits, asked, words),
        facets=[] if refusal else _facets(asked, facets, words),
        number=number,
        previous=asked.link(page=number - 1) if number > 1 else "",
        next=asked.link(page=number + 1) if number < pages else "",
        downloads={style: asked.link(f"/download.{style}", page=None) for style in ("xlsx", "csv", "jsonl")},
        api=asked.link("/api/search"),
        filters=asked.link("/filters") if view.piecemeal and not refusal else "",
        refusal=refusal,
    )


def kept(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """Return the parameters that a form must carry along, as it has no field for them."""
    return [(name, value) for name, value in asked.given.items() if name not in {*without, "page"}]


def told_count(found: Page, words: Words) -> str:
    """Say how many there are."""
    if not found.exact:
        return words("search.more_than", count=f"{found.total:,}")
    return words("search.count_one" if found.total == 1 else "search.count", count=f"{found.total:,}")


def chips(asked: Asked, words: Words, names: Iterable[str] = FILTERS) -> list[Chip]:
    """Return the filters in force."""
    return [
        Chip(
            words(f"facet.{name}"),
            words.name(name, plain(name, asked.get(name))),
            asked.link(page=None, **{name: None}),
        )
        for name in names
        if asked.get(name)
    ]


def plain(name: str, value: str) -> str:
    """Return a filter's value as people read it."""
    return value.removeprefix("=") if name in EXACT else value


def _facets(asked: Asked, facets: Facets, words: Words) -> list[FacetShown]:
    shown = [FacetShown(words(f"facet.{name}"), _choices(asked, name, facets, words)) for name in FACETS]
    return [facet for facet in shown if facet.choices]


def _choices(asked: Asked, name: str, facets: Facets, words: Words) -> list[Choice]:
    values = facets.values.get(name, ())[:_CHOICES]
    if name == "year":
        values = tuple(sorted(values, key=lambda one: one.value, reverse=True))
    more = "" if facets.complete else "+"
    found: list[Choice] = []
    for one in values:
        value = f"={one.value}" if name in EXACT else one.value
        chosen = asked.get(name) == value
        link = asked.link(page=None, **{name: None if chosen else value})
        found.append(Choice(words.name(name, one.value), f"{one.count:,}{more}", link, chosen))
    return found
