"""How long people wait when fifty use the page at once: `python benchmarks/page.py`; docs/page.md quotes it.

The page runs as `speechmine serve` runs it: one process. Each person types a word of two to four characters letter by letter (a
request for each, as the browser sends them), looks at a filter, opens a document, and thinks in between. The same load without a
pause shows what the page can give at most. The load generator runs beside it and takes its share of the machine: what it needs by
itself is measured against a server that answers nothing, and said.
"""

import argparse
import asyncio
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
from made_store import make_store

_PEOPLE = 50
_PAUSE = (0.6, 1.4)
_FRAGMENT = {"hx-request": "true"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measures", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="keep the store there; one that is there is taken as it is")
    parser.add_argument("--people", type=int, default=_PEOPLE)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path: Path = options.store or Path(folder) / "made.sqlite"
        if not path.exists():
            make_store(path, options.measures)
        words, documents = _words(path)
        print(
            f"{path.stat().st_size / 1e6:,.0f} MB, {os.cpu_count()} cores, {options.people} people, {options.seconds:g} s each"
        )
        with _served(path) as (address, server):
            for name, people, pause in (
                ("one person", 1, _PAUSE),
                ("with pauses", options.people, _PAUSE),
                ("without a pause", options.people, (0, 0)),
            ):
                asyncio.run(_load(name, address, server, (words, documents), people, pause, options.seconds))
        with _empty() as address:
            asyncio.run(_load("load generator alone", address, None, (words, documents), options.people, (0, 0), 5))


def _words(path: Path) -> tuple[list[str], list[str]]:
    """Cut words out of random measures, and take random documents."""
    chance = random.Random(6)
    with sqlite3.connect(path) as base:
        (most,) = base.execute("SELECT max(number) FROM documents").fetchone()
        ask = (
            "SELECT s.text, d.id FROM sentences s JOIN documents d ON d.number = s.document WHERE d.number = ? LIMIT 1"
        )
        rows = [base.execute(ask, (chance.randint(1, most),)).fetchone() for _ in range(2_000)]
    cuts = []
    for text, _ in rows:
        length = chance.randint(2, 4)
        start = chance.randrange(max(len(text) - length, 1))
        cuts.append(text[start : start + length].strip() or "调度")
    return cuts, [id for _, id in rows]


@contextmanager
def _served(path: Path) -> Iterator[tuple[str, int]]:
    port = _free_port()
    command = [sys.executable, "-m", "speechmine", "serve", "--store", str(path), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            yield address, server.pid
        finally:
            server.terminate()


@contextmanager
def _empty() -> Iterator[str]:
    """Run a server that answers every request with nothing, to see what the load generator costs."""
    port = _free_port()
    code = (
        "import asyncio\n"
        "async def answer(reader, writer):\n"
        "    while await reader.readuntil(b'\\r\\n\\r\\n'):\n"
        "        writer.write(b'HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\nok')\n"
        f"async def main():\n    await (await asyncio.start_server(answer, '127.0.0.1', {port})).serve_forever()\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{address} does not answer")


async def _load(
    name: str,
    address: str,
    server: int | None,
    given: tuple[list[str], list[str]],
    people: int,
    pause: tuple[float, float],
    seconds: float,
) -> None:
    times: list[float] = []
    statuses: dict[int, int] = {}
    begun, spent = time.perf_counter(), _processor(server)
    mine = time.process_time()
    limits = httpx.Limits(max_connections=people)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=30) as client:
        await asyncio.gather(
            *(_person(client, number, given, pause, begun + seconds, times, statuses) for number in range(people))
        )
    took = time.perf_counter() - begun
    times.sort()
    shown = " ".join(f"p{share} {_at(times, share / 100) * 1e3:.0f} ms" for share in (50, 95, 99))
    cost = f"server {100 * (_processor(server) - spent) / took:.0f} %, load {100 * (time.process_time() - mine) / took:.0f} % of a core"
    print(
        f"{name}: {len(times):,} requests, {len(times) / took:,.0f} a second, {shown}; {cost}; answers {statuses}",
        flush=True,
    )


async def _person(
    client: httpx.AsyncClient, number: int, given: tuple[list[str], list[str]], pause: tuple[float, float], end: float,
    times: list[float], statuses: dict[int, int],
) -> None:  # fmt: skip
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, pause[1]))
    while time.perf_counter() < end:
        for path, headers in _session(chance, *given):
            begun = time.perf_counter()
            answer = await client.get(path, headers=headers)
            times.append(time.perf_counter() - begun)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            await asyncio.sleep(chance.uniform(*pause))
            if time.perf_counter() > end:
                return


def _session(chance: random.Random, words: list[str], documents: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    word = chance.choice(words)
    for length in range(1, len(word) + 1):
        yield f"/?q={quote(word[:length])}", _FRAGMENT
    yield f"/?q={quote(word)}&kind={chance.choice(('goal', 'measure', 'mechanism'))}", {}
    yield f"/documents/{chance.choice(documents)}", {}


def _at(times: list[float], share: float) -> float:
    return times[min(int(share * len(times)), len(times) - 1)]


def _processor(process: int | None) -> float:
    """Return the seconds of processor that a process has used (Linux)."""
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
