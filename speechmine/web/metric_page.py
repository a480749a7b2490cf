"""One metric over years and places: goals beside results, as a table that the chart is drawn from."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import msgspec
from msgspec.structs import replace
from starlette.responses import Response

from speechmine.store import Hit, Query, QueryError
from speechmine.web.cards import evidence_link, told_amount
from speechmine.web.language import Words
from speechmine.web.parameters import Asked
from speechmine.web.search_page import kept, plain
from speechmine.web.view import View

_MOST = 300
_NEAR = 14
_SCALED = {"CNY": (Decimal("1e8"), "亿元"), "TWD": (Decimal("1e8"), "億新臺幣"), "m2": (Decimal("1e4"), "万平方米")}
_BARE = "-"
"""Stands for no unit in the address."""


class Listed(msgspec.Struct, frozen=True):
    """A metric or a unit to go to."""

    value: str
    name: str
    count: str
    link: str
    chosen: bool = False


class RowShown(msgspec.Struct, frozen=True):
    """A value: as written for people, and as a number in the unit of the chart."""

    year: str
    place: str
    role: str
    dot: str
    value: str
    number: str
    upper: str
    link: str
    quote: tuple[str, str, str]


class MetricPage(msgspec.Struct, frozen=True):
    """All that the page of a metric shows."""

    metric: str
    kept: list[tuple[str, str]]
    units: list[Listed]
    unit: str
    rows: list[RowShown]
    undrawn: bool
    metrics: list[Listed]
    truncated: str = ""
    refusal: str = ""


def metric_page(view: View) -> Response:
    """Show the values of the metric that is asked for, and which others there are."""
    asked, words = view.asked, view.words
    refusal, status, cut = "", 200, False
    hits: tuple[Hit, ...] = ()
    try:
        query = asked.query(kind=None, unit=None, page=1, limit=_MOST)
        if query.metric:
            found = view.shelf.store.search(query)
            cut = found.total > len(found.hits)
            hits = tuple(hit for hit in found.hits if hit.kind == "goal" or hit.role == "result")
        others = _others(view, query)
    except QueryError as error:
        refusal, status, others = f"{words('refusal.query')} {error}", 400, []
    return view.page(
        "metrics.html",
        "metrics",
        status=status,
        page=replace(
            _page(asked, words, hits, others),
            refusal=refusal,
            truncated=words("metric.truncated", count=_MOST) if cut else "",
        ),
    )


def _others(view: View, query: Query) -> list[Listed]:
    """Return the metrics that fit the filters; of the one that is asked for, those whose names hold it."""
    part = (query.metric or "").removeprefix("=") or None
    facets = view.shelf.facets(view.asked.query(kind=None, unit=None, metric=part))
    more = "" if facets.complete else "+"
    link = view.asked.only("place", "year").link
    return [
        Listed(one.value, one.value, f"{one.count:,}{more}", link(metric=f"={one.value}"))
        for one in facets.values.get("metric", ())
        if query.metric != f"={one.value}"
    ]


def _page(asked: Asked, words: Words, hits: Sequence[Hit], others: list[Listed]) -> MetricPage:
    counts = Counter(unit_of(hit) for hit in hits if hit.value is not None)
    unit = asked.get("unit") if asked.get("unit") in counts else (counts.most_common(1)[0][0] if counts else "")
    own = [hit for hit in hits if hit.value is not None and unit_of(hit) == unit]
    own.sort(key=lambda hit: (-(year_of(hit) or 0), hit.place or "", hit.kind, hit.number))
    rows = [_row(hit, asked, words) for hit in own]
    return MetricPage(
        metric=plain("metric", asked.get("metric")),
        kept=kept(asked, "metric", "unit"),
        units=[
            Listed(one, _named(one, words), f"{count:,}", asked.link(unit=one), one == unit)
            for one, count in counts.most_common()
        ],
        unit=_SCALED[unit][1] if unit in _SCALED else _named(unit, words) if unit else "",
        rows=rows,
        undrawn=any(not row.year for row in rows),
        metrics=others,
    )


def unit_of(hit: Hit) -> str:
    """Return what a value is counted in: the canonical unit, else the unit as written."""
    return hit.canonical_unit or hit.unit or _BARE


def year_of(hit: Hit) -> int | None:
    """Return the year a value is of: that of its date or deadline, else that of the speech."""
    return int(hit.deadline_last[:4]) if hit.deadline_last else hit.year


def _named(unit: str, words: Words) -> str:
    return words("metric.no_unit") if unit == _BARE else words.name("unit", unit)


def _row(hit: Hit, asked: Asked, words: Words) -> RowShown:
    role = "goal" if hit.kind == "goal" else "result"
    year = year_of(hit)
    value, upper = _charted(hit)
    return RowShown(
        year="" if year is None else str(year),
        place=hit.place or "",
        role=role,
        dot="goal" if role == "goal" else "figure",
        value=told_amount(hit.value, hit.upper, hit.unit, hit.comparator),
        number=value,
        upper=upper,
        link=evidence_link(asked, hit.document, hit.id),
        quote=_around(hit),
    )


def _around(hit: Hit) -> tuple[str, str, str]:
    """Return the words of the value with a little of what stands before and behind."""
    quoted = [place for place, piece in enumerate(hit.sentence) if piece.quoted]
    if not quoted:
        return "", hit.quote, ""
    texts = [piece.text for piece in hit.sentence]
    before, after = "".join(texts[: quoted[0]]), "".join(texts[quoted[-1] + 1 :])
    short = before if len(before) <= _NEAR else "…" + before[-_NEAR:]
    return short, "".join(texts[quoted[0] : quoted[-1] + 1]), after if len(after) <= _NEAR else after[:_NEAR] + "…"


def _charted(hit: Hit) -> tuple[str, str]:
    """Return value and upper end in the unit of the chart, as numbers that a program reads."""
    if hit.value is None:
        return "", ""
    value = hit.canonical_value if hit.canonical_value is not None else hit.value
    upper = None if hit.upper is None or not hit.value else hit.upper * value / hit.value
    scale = _SCALED.get(hit.canonical_unit or "", (Decimal(1), ""))[0]
    return f"{float(value / scale):.10g}", "" if upper is None else f"{float(upper / scale):.10g}"
