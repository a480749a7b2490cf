"""A crowd must not bring the page down: few requests work at a time, some wait, the rest are told to come back."""

from starlette.types import ASGIApp, Receive, Scope, Send

from speechmine.web.answers import Refusal, refused
from speechmine.web.settings import AT_ONCE, WAITING


class Crowd:
    """ASGI middleware that counts the requests which need the store; they take turns on the threads of the shelf."""

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._app = app
        self._most = at_once + waiting
        self._present = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or tell it to come back."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        if self._present >= self._most:
            await refused(scope, Refusal(503, "crowd"))(scope, receive, send)
            return
        self._present += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._present -= 1
