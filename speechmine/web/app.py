"""The application: which address shows what, and what stands before all of them."""

import asyncio
import contextlib
import functools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from speechmine.errors import SpeechmineError
from speechmine.store import QueryError
from speechmine.web import api, furniture
from speechmine.web.answers import Refusal, refused
from speechmine.web.crowd import Crowd
from speechmine.web.document_page import document_page
from speechmine.web.downloads import download
from speechmine.web.guard import Guard
from speechmine.web.mechanism_pages import mechanism_page, mechanisms_page
from speechmine.web.metric_page import metric_page
from speechmine.web.search_page import filters_page, search_page
from speechmine.web.settings import Settings
from speechmine.web.shelf import Shelf
from speechmine.web.view import View, view_of

_LOG = logging.getLogger("speechmine.web")

PAGES: dict[str, Callable[[View], Response]] = {
    "/": search_page,
    "/filters": filters_page,
    "/documents/{document}": document_page,
    "/mechanisms": mechanisms_page,
    "/mechanisms/{mechanism}": mechanism_page,
    "/metrics": metric_page,
    "/download.{style}": download,
    "/api": api.readable,
    "/api/openapi.json": api.openapi,
    "/api/search": api.search,
    "/api/facets": api.facets,
    "/api/values": api.values,
    "/api/findings/{finding}": api.finding,
    "/api/documents/{document}": api.document,
}
"""Every address, and what answers it."""


def create_app(settings: Settings) -> Starlette:
    """Make the application that shows a store.

    Args:
        settings: What it is told; call `Settings.check` before you listen on an address.
    """
    shelf = Shelf(settings.store)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        preparing = asyncio.create_task(shelf.run_aside(furniture.prepare))
        yield
        await preparing
        shelf.close()

    static = Path(str(resources.files("speechmine.web").joinpath("static")))
    routes: list[BaseRoute] = [Route(path, _endpoint(page, shelf), methods=["GET"]) for path, page in PAGES.items()]
    return Starlette(
        routes=[*routes, Mount("/static", StaticFiles(directory=static))],
        middleware=[Middleware(Guard, settings=settings), Middleware(Crowd)],
        exception_handlers={HTTPException: _no_such_page, Exception: _broken},
        lifespan=lifespan,
    )


def _endpoint(page: Callable[[View], Response], shelf: Shelf) -> Callable[[Request], Awaitable[Response]]:
    run = shelf.run_aside if page is download else shelf.run

    async def endpoint(request: Request) -> Response:
        view = view_of(request, shelf)
        try:
            return await run(functools.partial(page, view))
        except QueryError as error:
            return refused(request.scope, Refusal(400, "query", str(error)))
        except SpeechmineError as error:
            return _unreadable(request, view, error)

    return endpoint


def _unreadable(request: Request, view: View, error: SpeechmineError) -> Response:
    """Say that the store took too long, is missing, or cannot be read."""
    if error.where == "search":
        return refused(request.scope, Refusal(503, "slow", str(error)))
    if request.url.path.startswith("/api/"):
        return refused(request.scope, Refusal(503, "store", str(error)))
    if not view.shelf.path.exists():
        name = str(view.shelf.path)
        commands = ("speechmine extract SPEECHES -o records.jsonl", f"speechmine index records.jsonl --store {name}")
        return view.nothing("empty.missing", name, commands, 503)
    return refused(request.scope, Refusal(503, "store", str(error)))


async def _no_such_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refused(request.scope, Refusal(error.status_code, "missing" if error.status_code == 404 else "method"))


async def _broken(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return refused(request.scope, Refusal(500, "broken"))
