"""The same for programs: JSON of searches, facets, documents and values, under the same parameters."""

from collections.abc import Mapping

from starlette.responses import Response

from speechmine.json_lines import line_of
from speechmine.store import Hit
from speechmine.web.answers import Refusal
from speechmine.web.cards import evidence_link
from speechmine.web.openapi import PARAMETERS, PATHS, description
from speechmine.web.parameters import LAST_PAGE
from speechmine.web.settings import MOST_VALUES
from speechmine.web.view import View

_PER_PAGE = 20


def answer(value: object, status: int = 200) -> Response:
    """Write JSON; numbers stand as the text wrote them."""
    return Response(line_of(value), status, media_type="application/json")


def search(view: View) -> Response:
    """Give the hits of a page."""
    query = view.asked.query(limit=view.asked.limit or _PER_PAGE)
    found = view.shelf.store.search(query)
    more = found.total > query.page * query.limit and query.page < LAST_PAGE
    following = view.asked.link(page=query.page + 1) if more else None
    told = {"total": found.total, "exact": found.exact, "page": query.page, "limit": query.limit, "next": following}
    return answer({**told, "hits": [_hit(hit, view) for hit in found.hits]})


def facets(view: View) -> Response:
    """Give the values of each filter with their counts."""
    return answer(view.shelf.facets(view.asked.query()))


def finding(view: View) -> Response:
    """Give one finding."""
    found = view.shelf.store.finding(view.parts["finding"])
    return answer(_hit(found, view)) if found else _missing(view, "finding")


def document(view: View) -> Response:
    """Give the record of a document and its text as read."""
    found = view.shelf.store.document(view.parts["document"])
    return answer({"record": found.record, "text": found.text}) if found else _missing(view, "document")


def values(view: View) -> Response:
    """Give the goals and results of one metric, named in full."""
    metric = view.asked.get("metric").removeprefix("=")
    found = view.shelf.store.values(metric, view.asked.limit or MOST_VALUES) if metric else []
    return answer({"metric": metric, "values": found})


def openapi(view: View) -> Response:
    """Describe all this to machines."""
    return answer(description())


def readable(view: View) -> Response:
    """Describe all this to people."""
    paths = [
        {
            "path": path.path,
            "anchor": path.path.strip("/").replace("/", "-").replace("{", "").replace("}", ""),
            "summary": path.told[view.words.code],
            "example": path.example,
            "parameters": [
                (name, PARAMETERS[name].told[view.words.code], PARAMETERS[name].values) for name in path.parameters
            ],
        }
        for path in PATHS
    ]
    return view.page("api.html", "api", page={"paths": paths})


def _hit(hit: Hit, view: View) -> Mapping[str, object]:
    fields = {name: getattr(hit, name) for name in hit.__struct_fields__ if name != "number"}
    return {**fields, "every": hit.every, "link": evidence_link(view.asked, hit.document, hit.id)}


def _missing(view: View, what: str) -> Response:
    refusal = Refusal(404, "missing", what)
    told = {"error": refusal.reason, "message": view.words("refusal.missing"), "detail": refusal.detail}
    return answer(told, refusal.status)
