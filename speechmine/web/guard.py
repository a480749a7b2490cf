"""The door: who may ask, what may be asked, and the headers that every answer carries.

A page on this machine can be asked by any web site that the browser has open. So the Host must be ours (a name that a
stranger's DNS points here is not), an Origin must be ours, and nothing but GET and HEAD is answered.
"""

import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import parse_qs, quote, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from speechmine.web.answers import Refusal, refused, signed_in
from speechmine.web.settings import LONGEST_QUERY_STRING, Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_PRIVATE = "private, no-store"
_KEPT = "private, max-age=3600"


class Guard:
    """ASGI middleware: lets in what may come in, and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = settings.allowed_hosts
        self._token = settings.token
        self._cookie = f"speechmine-{settings.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it at the door."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kept = scope["path"].startswith("/static/")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                caching = _KEPT if kept and message["status"] in {200, 304} else _PRIVATE
                message["headers"] = _headed(message.get("headers", []), caching)
            await send(message)

        answer = self._refusal(scope) or self._entry(scope)
        await (answer or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """Return the answer to a request that may not be made at all."""
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return refused(scope, Refusal(421, "host"))
        if any(origin.lower() not in self._origins() for origin in _values(scope, b"origin")):
            return refused(scope, Refusal(403, "origin"))
        if _from_elsewhere(scope):
            return refused(scope, Refusal(403, "origin"))
        if scope["method"] not in {"GET", "HEAD"}:
            return refused(scope, Refusal(405, "method"))
        if len(scope["query_string"]) > LONGEST_QUERY_STRING or len(scope["path"]) > LONGEST_QUERY_STRING:
            return refused(scope, Refusal(414, "length"))
        return None

    def _origins(self) -> set[str]:
        return {f"{scheme}://{host}" for host in self._hosts for scheme in ("http", "https")}

    def _entry(self, scope: Scope) -> ASGIApp | None:
        """Ask for the token where there is one; return None to whom shows it."""
        if self._token is None or self._shown(scope):
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = query.pop("token", [])
        if len(given) != 1 or not _same(given[0], self._token):
            return refused(scope, Refusal(401, "token"))
        # A redirect would lose a SameSite=Strict cookie where the link came from a letter; a page that goes on does not.
        target = quote(scope["path"], safe="/") + (f"?{urlencode(query, doseq=True)}" if query else "")
        cookie = f"{self._cookie}={_seal(self._token)}; HttpOnly; SameSite=Strict; Path=/"
        return signed_in(scope, "/" + target.lstrip("/\\"), cookie)

    def _shown(self, scope: Scope) -> bool:
        assert self._token is not None
        cookies = [part.strip().partition("=") for value in _values(scope, b"cookie") for part in value.split(";")]
        sealed = [value for name, _, value in cookies if name == self._cookie]
        bearers = [value.partition(" ")[2] for value in _values(scope, b"authorization") if value.startswith("Bearer ")]
        by_cookie = any(_same(value, _seal(self._token)) for value in sealed)
        return by_cookie or any(_same(value, self._token) for value in bearers)


def _seal(token: str) -> str:
    """Return what the cookie holds: proof of the token, not the token."""
    return hmac.new(token.encode(), b"speechmine page", hashlib.sha256).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _from_elsewhere(scope: Scope) -> bool:
    """Say whether another site asks for anything but to go to a page: as a picture, script, frame or by fetch."""
    if not any(site in {"cross-site", "same-site"} for site in _values(scope, b"sec-fetch-site")):
        return False
    return _values(scope, b"sec-fetch-mode") != ["navigate"] or _values(scope, b"sec-fetch-dest") != ["document"]


def _headed(headers: Iterable[tuple[bytes, bytes]], caching: str) -> list[tuple[bytes, bytes]]:
    fixed = {**HEADERS, "cache-control": caching}
    names = {name.encode() for name in fixed}
    kept = [(name, value) for name, value in headers if name.lower() not in names]
    return kept + [(name.encode(), value.encode()) for name, value in fixed.items()]
