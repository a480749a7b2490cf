"""Answers that need no store: refusals, and the page that lets somebody in. JSON to programs, a short page to people."""

import msgspec
from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from speechmine.web.language import Words, wanted, words_of
from speechmine.web.rendering import rendered


class Refusal(msgspec.Struct, frozen=True):
    """Why a request gets no result: status, and the key of the sentence that says what to do.

    Attributes:
        status: Of HTTP.
        reason: Key below ``refusal`` in interface.toml.
        detail: What exactly is wrong, where more is known.
    """

    status: int
    reason: str
    detail: str = ""


def words_for(scope: Scope) -> Words:
    """Return the words in the language that a request wants."""
    asked = QueryParams(scope.get("query_string", b"")).get("lang")
    return words_of(wanted(asked, Headers(scope=scope).get("accept-language", "")))


def refused(scope: Scope, refusal: Refusal) -> Response:
    """Say no, and what to do instead."""
    words = words_for(scope)
    message = words(f"refusal.{refusal.reason}")
    headers = {"retry-after": "1"} if refusal.status == 503 else {}
    headers |= {"allow": "GET, HEAD"} if refusal.status == 405 else {}
    headers |= {"www-authenticate": "Bearer"} if refusal.status == 401 else {}
    if scope["path"].startswith("/api/"):
        told = {"error": refusal.reason, "message": message, "detail": refusal.detail}
        return JSONResponse(told, refusal.status, headers)
    values = {"words": words, "status": refusal.status, "message": message, "detail": refusal.detail}
    return HTMLResponse(rendered("refusal.html", values), refusal.status, headers)


def signed_in(scope: Scope, target: str, cookie: str) -> Response:
    """Keep the proof of the token in a cookie and go on to the page that was asked for."""
    values = {"words": words_for(scope), "target": target}
    return HTMLResponse(rendered("signed_in.html", values), headers={"set-cookie": cookie})
