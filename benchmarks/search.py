"""How fast a store of a million measures answers, and whether it finds all: `python benchmarks/search.py`; docs/search.md quotes it.

Queries are cut from the store itself: pieces of 1, 2 and 4 characters of random sentences, and pieces of 4 characters with two
filters. Warm: asked for the second time; CPU: the same
without the time that other programs had. Cold: the file's pages given back to the disk, the store opened anew. Of each kind some are
checked against a scan of every finding.
"""

import argparse
import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from made_store import make_store, pool

from speechmine.store import Query, Store
from speechmine.store.indexing import searchables
from speechmine.store.language import words_of
from speechmine.store.searching import Selection
from speechmine.store.tokens import normal, variants

_WARM, _COLD, _CHECKED = 200, 30, 8
_EVERY = 10**9
_MARKS = re.compile('["“”「\uff02]')
_WIDTHS = (9, 8, 8, 9, 8, 11)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measures", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="keep the store there; one that is there is taken as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path: Path = options.store or Path(folder) / "made.sqlite"
        if not path.exists():
            _build(path, options.measures)
        with sqlite3.connect(path) as base:
            (documents,), (findings,) = (
                base.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("documents", "findings")
            )
        size = path.stat().st_size
        print(f"{findings:,} findings in {documents:,} documents, {size / 1e6:,.0f} MB")
        kinds = _queries(path)
        _table(path, kinds)
        _check(path, [query for queries in kinds.values() for query in queries[:_CHECKED]])


def _build(path: Path, measures: int) -> None:
    parts = pool()
    begun = time.monotonic()
    make_store(path, measures, parts)
    seconds = time.monotonic() - begun
    print(f"built with {measures:,} measures in {seconds:,.0f} s, {measures / seconds:,.0f} measures a second")


def _queries(path: Path) -> dict[str, list[Query]]:
    """Cut queries out of random findings."""
    chance = random.Random(6)
    rows: list[tuple[str, str | None, int | None, str | None]] = []
    with sqlite3.connect(path) as base:
        (most,) = base.execute("SELECT max(number) FROM documents").fetchone()
        ask = """SELECT s.text, f.topic, f.year, f.owner FROM findings f JOIN sentences s ON s.number = f.sentence
            WHERE f.document = ? AND f.kind = 'measure' LIMIT 1 OFFSET ?"""
        while len(rows) < 4 * _WARM:
            rows += base.execute(ask, (chance.randint(1, most), chance.randint(0, 19))).fetchall()
    one, two, four, filtered = (rows[number * _WARM : (number + 1) * _WARM] for number in range(4))
    return {
        "1 character": [Query(words=_cut(row[0], 1, chance)) for row in one],
        "2 characters": [Query(words=_cut(row[0], 2, chance)) for row in two],
        "4 characters": [Query(words=_cut(row[0], 4, chance)) for row in four],
        "4 characters, topic, year": [
            Query(words=_cut(text, 4, chance), topic=topic, year=year) for text, topic, year, _ in filtered
        ],
        "2 characters, owner, kind": [
            Query(words=_cut(text, 2, chance), owner=f"={owner}", kind="measure") for text, _, _, owner in filtered
        ],
    }


def _cut(text: str, length: int, chance: random.Random) -> str:
    plain = _MARKS.sub("、", text)  # a quotation mark would end the phrase: that is the language of queries
    start = chance.randrange(len(plain) - length)
    return f'"{plain[start : start + length]}"'


def _table(path: Path, kinds: dict[str, list[Query]]) -> None:
    print("milliseconds                 warm p50     p95 CPU p95 cold p50     p95 facets p95")
    for name, queries in kinds.items():
        with Store.open(path, seconds=60) as store:
            for query in queries:
                store.search(query)
            warm = sorted(_timed(partial(store.search, query)) for query in queries)
            busy = sorted(_timed(partial(store.search, query), time.process_time) for query in queries)
            facets = sorted(_timed(partial(store.facets, query)) for query in queries[:100])
        cold = sorted(_cold(path, query) for query in queries[:_COLD])
        told = (_at(warm, 0.5), _at(warm, 0.95), _at(busy, 0.95), _at(cold, 0.5), _at(cold, 0.95), _at(facets, 0.95))
        print(f"{name:28}" + "".join(f"{one:{width}.1f}" for one, width in zip(told, _WIDTHS, strict=True)), flush=True)


def _timed(ask: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    ask()
    return (clock() - begun) * 1e3


def _cold(path: Path, query: Query) -> float:
    """Time a query when none of the file is in memory; opening it counts."""
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(handle)

    def ask() -> None:
        with Store.open(path, seconds=60) as store:
            store.search(query)

    return _timed(ask)


def _at(times: list[float], share: float) -> float:
    return times[min(int(share * len(times)), len(times) - 1)]


def _check(path: Path, queries: list[Query]) -> None:
    """Compare all hits of queries with those of a scan."""
    with sqlite3.connect(path) as base:
        wanted = [set(Selection(query, words_of(query.words)).numbers(base, "newest", _EVERY, 0)) for query in queries]
        scanned = _scan(base, queries)
    missing = sum(len(scan - found) for scan, found in zip(scanned, wanted, strict=True))
    false = sum(len(found - scan) for scan, found in zip(scanned, wanted, strict=True))
    hits = sum(map(len, scanned))
    print(f"{len(queries)} queries against a scan of all findings: {hits:,} hits, {missing} missing, {false} false")
    sys.exit(bool(missing or false))


def _scan(base: sqlite3.Connection, queries: list[Query]) -> list[set[int]]:
    asked = [(variants(query.words.strip('"')), query) for query in queries]
    found: list[set[int]] = [set() for _ in queries]
    for number, words, exact in _everything(base):
        for place, (wanted, query) in enumerate(asked):
            if any(one in field for one in wanted for field in words) and _has(query, exact):
                found[place].add(number)
    return found


def _everything(base: sqlite3.Connection) -> Iterator[tuple[int, tuple[str, ...], set[tuple[str, str]]]]:
    for (document,) in base.execute("SELECT number FROM documents").fetchall():
        for one in searchables(base, document):
            yield one.number, tuple(map(normal, one.words)), set(one.exact)


def _has(query: Query, exact: set[tuple[str, str]]) -> bool:
    filters = {
        "topic": query.topic,
        "year": query.year,
        "kind": query.kind,
        "owner": (query.owner or "").removeprefix("="),
    }
    return all((name, str(value)) in exact for name, value in filters.items() if value)


if __name__ == "__main__":
    main()
