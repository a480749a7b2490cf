"""The store while the page is shown: read only, asked by few threads, and found again where indexing put another file."""

import asyncio
import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from speechmine.store import Facets, Query, Store
from speechmine.web.settings import AT_ONCE, QUICK, SLOWEST

_T = TypeVar("_T")
_State = tuple[int, ...]
_REMEMBERED = 512


class Shelf:
    """Where the store stands.

    Args:
        path: The file.
        at_once: Threads that ask it; each keeps a connection of its own.
    """

    def __init__(self, path: Path, at_once: int = AT_ONCE) -> None:
        self.path = path
        self._pool = ThreadPoolExecutor(at_once, "store")
        self._turn = asyncio.Semaphore(1)
        self._aside = ThreadPoolExecutor(1, "download")
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._file: tuple[int, int] | None = None
        self._facets: OrderedDict[tuple[_State, Query], Facets] = OrderedDict()

    async def run(self, work: Callable[[], _T]) -> _T:
        """Do work on a thread: one after the other, but what takes long lets the next begin."""
        loop = asyncio.get_running_loop()
        await self._turn.acquire()
        try:
            doing = loop.run_in_executor(self._pool, work)
            await asyncio.wait({doing}, timeout=QUICK)
        finally:
            self._turn.release()
        return await doing

    async def run_aside(self, work: Callable[[], _T]) -> _T:
        """Do long work on a thread of its own, one after the other."""
        return await asyncio.get_running_loop().run_in_executor(self._aside, work)

    @property
    def store(self) -> Store:
        """Return the store.

        Raises:
            SpeechmineError: There is none, or it cannot be read.
        """
        found = self.path.stat() if self.path.is_file() else None
        file = (found.st_dev, found.st_ino) if found else None
        with self._lock:
            if self._store is None or file != self._file:
                # The old one is left to the threads that still ask it, and closed with the last of them.
                self._store, self._file = Store(self.path, SLOWEST), file
            return self._store

    def facets(self, query: Query) -> Facets:
        """Return the facets of a query, from memory while the store is the same."""
        key = (self._state(), replace(query, page=1, limit=1, sort="newest"))
        with self._lock:
            if key in self._facets:
                self._facets.move_to_end(key)
                return self._facets[key]
        found = self.store.facets(query)
        with self._lock:
            self._facets[key] = found
            while len(self._facets) > _REMEMBERED:
                self._facets.popitem(last=False)
        return found

    def _state(self) -> _State:
        stats = []
        for path in (self.path, self.path.with_name(self.path.name + "-wal")):
            with contextlib.suppress(FileNotFoundError):  # an indexer that ends takes its -wal along
                stats.append(path.stat())
        return tuple(number for stat in stats for number in (stat.st_ino, stat.st_mtime_ns, stat.st_size))

    def close(self) -> None:
        """End the threads and close the store."""
        self._pool.shutdown()
        self._aside.shutdown()
        with self._lock:
            if self._store is not None:
                self._store.close()
            self._store = None


def prepare(path: Path) -> None:
    """See that there is a store to show; one of an older version is brought up to date before anybody looks.

    Raises:
        SpeechmineError: There is none, or it cannot be read.
    """
    Store.open(path).close()
