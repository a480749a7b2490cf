"""Stores to show: the sample speeches, and one whose every field is an attack. And a client that needs no server."""

import asyncio
import contextlib
import functools
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec
from starlette.applications import Starlette

from speechmine import Record, analyse, load_rules
from speechmine.reading import read_file
from speechmine.store import index
from speechmine.web import Settings, create_app
from speechmine.web.serving import listening, server_of
from tests.samples import CORPUS

HOST = "127.0.0.1:8765"

_VECTORS = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "'><script>{}</script>", '"><script>{}</script>',
    "<svg><script>{}</script></svg>", "<a href=javascript:{}>x</a>", "<iframe srcdoc='<script>{}</script>'>",
    '" onfocus="{}" autofocus="', "' onmouseover='{}' x='", "</title><script>{}</script>", "</textarea><script>{}</script>",
    "</mark><img src=x onerror={}>", "<details open ontoggle={}>", "<math><mtext></p><script>{}</script>",
    "{{{{{}}}}}", "{{% raw %}}<script>{}</script>", "${{{}}}", "javascript:{}//", "data:text/html,<script>{}</script>",
    "<style>@import 'x';</style><script>{}</script>", "<body onload={}>", "<meta http-equiv=refresh content='0;javascript:{}'>",
    "<a hx-get=/ hx-trigger=load hx-on:htmx:load={}>x</a>", "<div hx-on::load='{}' hx-trigger='load[{}]' hx-get='/'>",
    "<form action=javascript:{}><button autofocus>x</button></form>", "<base href=javascript:{}//>", "\u202e<script>{}</script>",
    "<scr\u0000ipt>{}</scr\u0000ipt>", "\uff1cscript\uff1e{}\uff1c/script\uff1e", "<!--><script>{}</script>-->", "<xmp></xmp><img src onerror={}>",
    "<template><script>{}</script></template>", "<noscript><p title='</noscript><img src=x onerror={}>'>",
)  # fmt: skip
_CALLS = ("window.canary=1", "alert(1)", "document.body.dataset.canary=1")
PAYLOADS = tuple(vector.format(call, call) for vector in _VECTORS for call in _CALLS)[:102]
"""More than a hundred attempts to run something in the reader's browser."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A store with the records that are in it."""

    path: Path
    records: list[Record]


@functools.cache
def _samples() -> tuple[tuple[Record, str], ...]:
    rules = load_rules()
    documents = [read_file(path, path.name) for path in sorted((CORPUS / "texts").glob("*.txt"))]
    return tuple((analyse(document, rules), document.text) for document in documents)


def sample_store(folder: Path) -> Sample:
    """Make a store of the sample speeches."""
    index(_samples(), folder / "sample.sqlite")
    return Sample(folder / "sample.sqlite", [record for record, _ in _samples()])


def hostile_store(folder: Path) -> Sample:
    """Make a store of as many documents as there are payloads; every field that holds words holds one of them."""
    pairs = [hostile(number) for number in range(len(PAYLOADS))]
    index(pairs, folder / "hostile.sqlite")
    return Sample(folder / "hostile.sqlite", [record for record, _ in pairs])


def hostile(number: int) -> tuple[Record, str]:
    """Return a record that the page must survive, with its text; the payload of its number is its title."""
    rest = itertools.cycle(PAYLOADS[number:] + PAYLOADS[:number])
    title, texts = next(rest), [f"调度{next(rest)}" for _ in range(4)]
    text = "\n".join(texts)
    starts = [0, *itertools.accumulate(len(one) + 1 for one in texts)]
    quotes = [
        {"quote": one, "start": start, "end": start + len(one)} for one, start in zip(texts, starts, strict=False)
    ]

    def words(*names: str) -> dict[str, object]:
        return {name: next(rest) for name in names}

    def given(place: int) -> dict[str, object]:
        told = {"owner": [next(rest)], "section": [next(rest)], "speech": "s1", "evidence": quotes[place]}
        return told | words("speaker", "rule") | {"deadline": {"text": next(rest), "edtf": "2025"}}

    def amount() -> dict[str, object]:
        return {"kind": "level", "comparator": ">=", "value": number, "unit": next(rest), "metric": title}

    document = {"id": f"{number:04}", "source": f"{next(rest)}.txt", "title": title, "warnings": [next(rest)]}
    speech = {"date": "2025", "start": 0, "end": 9, "speaker": words("name", "title")}
    parts = [{"every": every, **words("action", "text")} for every in ("P1W", next(rest))]
    mechanism = {"id": f"m{number}", "kind": "cadence", "status": "required", "components": parts}
    record = {
        "document": document | words("publisher", "published"),
        "speeches": [{"id": name, **speech, **words("title", "place")} for name in ("s1", next(rest))],
        "mechanisms": [{**mechanism, **given(0), **words("name")}],
        "goals": [{"id": f"g{number}{next(rest)}", "commitment": "ensure", **given(1), **amount()}],
        "figures": [{"id": f"f{number}", "role": "result", **given(2), **amount()}],
        "measures": [
            {"id": f"a{number}", "commitment": "must", **given(3), **words("text", "action", "object", "topic")}
        ],
    }
    return msgspec.convert(record, Record), text


class Client:
    """Asks an application in the same process."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page; ``host`` and the like are headers, with _ for -."""
        return self.ask("GET", path, list(headers.items()))

    def ask(self, method: str, path: str, headers: list[tuple[str, str]]) -> httpx.Response:
        """Ask in any way."""
        return asyncio.run(self._ask(method, path, [(name.replace("_", "-"), value) for name, value in headers]))

    async def _ask(self, method: str, path: str, headers: list[tuple[str, str]]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return await client.request(method, path, headers=headers)


@contextlib.contextmanager
def client_of(store: Path, token: str | None = None) -> Iterator[Client]:
    """Make the application of a store, and end its threads behind it."""
    app = create_app(Settings(store, token=token))
    try:
        yield Client(app)
    finally:
        asyncio.run(_ended(app))


async def _ended(app: Starlette) -> None:
    async with app.router.lifespan_context(app):
        pass


@contextlib.contextmanager
def served(store: Path) -> Iterator[str]:
    """Serve a store in a thread and give its address."""
    settings = Settings(store, port=_free_port())
    taken = listening(settings)
    server = server_of(create_app(settings))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield settings.address
    finally:
        server.should_exit = True
        thread.join()
        taken.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


__all__ = ["HOST", "PAYLOADS", "Client", "Sample", "client_of", "hostile_store", "sample_store", "served"]
