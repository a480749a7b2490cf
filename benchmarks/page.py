"""How long people wait when fifty use the page at once: `python benchmarks/page.py`; docs/page.md quotes it.

The page runs as `speechmine serve` runs it: one process. Each person types a word of two to four characters letter by letter (a
request for each, as the browser sends them), looks at a filter, opens a document, and thinks in between. The same load without a
pause shows what the page can give at most. The load generator runs beside it and takes its share of the machine: what it needs by
itself is measured against a server that answers nothing, and said.
"""

import argparse
import asyncio
import contextlib
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from made_store import make_store

_PEOPLE = 50
_PAUSE = (0.6, 1.4)


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
        busy = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"{path.stat().st_size / 1e6:,.0f} MB, {os.cpu_count()} cores; load of the machine before: {busy}")
        crowd = Load(options.people, _PAUSE, options.seconds, *_words(path))
        with _served(path) as (port, server):
            _measure("one person", port, server, replace(crowd, people=1))
            _measure(f"{options.people} people", port, server, crowd)
            _measure(f"{options.people} people without a pause", port, server, replace(crowd, pause=(0, 0)))
        with _empty() as port:
            _measure("the load alone", port, None, replace(crowd, pause=(0, 0), seconds=3))


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
def _served(path: Path) -> Iterator[tuple[int, int]]:
    port = _free_port()
    command = [sys.executable, "-m", "speechmine", "serve", "--store", str(path), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(port)
            yield port, server.pid
        finally:
            server.terminate()


@contextmanager
def _empty() -> Iterator[int]:
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
            _wait(port)
            yield port
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


@dataclass
class Tally:
    """What a load came to: seconds that each request took, and how often each status was answered."""

    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Load:
    """Who asks what, with which pause, and until when.

    Attributes:
        people: How many at once, each on a connection of its own.
        pause: Shortest and longest pause behind each request, in seconds.
        seconds: How long.
        words: What they type.
        documents: What they read.
    """

    people: int
    pause: tuple[float, float]
    seconds: float
    words: list[str]
    documents: list[str]


def _measure(name: str, port: int, server: int | None, load: Load) -> None:
    spent, mine, begun = _processor(server), time.process_time(), time.perf_counter()
    tally = asyncio.run(_crowd(port, load))
    took = time.perf_counter() - begun
    times = sorted(tally.times)
    shown = " ".join(f"p{share} {_at(times, share / 100) * 1e3:.0f} ms" for share in (50, 95, 99))
    served, asking = _processor(server) - spent, time.process_time() - mine
    cost = f"a request costs the server {1e3 * served / len(times):.1f} ms of processor, the load {1e3 * asking / len(times):.1f} ms"
    answers = ", ".join(f"{count:,} times {status}" for status, count in tally.statuses.items())
    print(f"{name}: {len(times) / took:,.0f} requests a second, {shown}; {cost}; answers: {answers}", flush=True)


async def _crowd(port: int, load: Load) -> Tally:
    tally = Tally()
    await asyncio.gather(*(_person(port, load, random.Random(number), tally) for number in range(load.people)))
    return tally


async def _person(port: int, load: Load, chance: random.Random, tally: Tally) -> None:
    await asyncio.sleep(chance.uniform(0, load.pause[1]))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    end = time.perf_counter() + load.seconds
    while time.perf_counter() < end:
        for request in _session(chance, load.words, load.documents):
            begun = time.perf_counter()
            writer.write(f"GET {request}\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r")[0]))
            tally.times.append(time.perf_counter() - begun)
            tally.statuses[int(head.split(maxsplit=2)[1])] += 1
            await asyncio.sleep(chance.uniform(*load.pause))
            if time.perf_counter() > end or b"connection: close" in head:
                break
    writer.close()


def _session(chance: random.Random, words: list[str], documents: list[str]) -> Iterator[str]:
    """Yield what one reader asks for: a request line, and the header that htmx sends while somebody types."""
    word = chance.choice(words)
    for length in range(1, len(word) + 1):
        yield f"/?q={quote(word[:length])} HTTP/1.1\r\nHX-Request: true"
    yield f"/filters?q={quote(word)} HTTP/1.1\r\nHX-Request: true"
    yield f"/?q={quote(word)}&kind={chance.choice(('goal', 'measure', 'mechanism'))} HTTP/1.1"
    yield f"/documents/{chance.choice(documents)} HTTP/1.1"


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
