"""The store as its readers see it: search, facets, documents, values of a metric."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.json_lines import record_of
from speechmine.records import Record
from speechmine.store.hits import hits, points
from speechmine.store.inserting import inflated
from speechmine.store.language import check, words_of
from speechmine.store.migrating import up_to_date
from speechmine.store.opening import BROKEN, opened, told
from speechmine.store.query import COUNTED, FACETED, KINDS, Facets, Hit, Page, Point, Query, StoredDocument
from speechmine.store.searching import Selection, facets
from speechmine.store.tokens import exactly

_STEPS = 2_000


class Store:
    """A store opened for reading only; any thread may ask it, each on a connection of its own.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path, seconds: float = 2.0) -> None:
        self.path = path
        self._seconds = seconds
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, seconds: float = 2.0) -> "Store":
        """Open a store; an older one is brought up to date first, with a copy of it left beside it.

        Args:
            path: The store.
            seconds: What one question may take.

        Raises:
            SpeechmineError: There is none, it is none, is newer than this speechmine, or damaged.
        """
        if path.is_file():
            up_to_date(path)
        store = cls(path, seconds)
        store._base()
        return store

    def close(self) -> None:
        """Close all its connections."""
        with self._lock:
            for base in self._all:
                base.close()
            self._all.clear()
            self._local = threading.local()

    def __enter__(self) -> "Store":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def search(self, query: Query, with_facets: bool = False) -> Page:
        """Return the hits of a page.

        Raises:
            QueryError: The query cannot be meant.
            SpeechmineError: It took too long, or the store is damaged.
        """
        check(query)
        words = words_of(query.words)
        selection = Selection(query, words)
        with self._asking() as base:
            numbers = selection.numbers(base, query.sort, query.limit, (query.page - 1) * query.limit)
            seen = (query.page - 1) * query.limit + len(numbers)
            total = seen if 0 < len(numbers) < query.limit else selection.count(base)
            found = hits(base, numbers, words.wanted)
            counted = facets(base, selection.first(base, FACETED), total <= FACETED) if with_facets else None
        return Page(found, min(total, COUNTED), total <= COUNTED, counted)

    def facets(self, query: Query) -> Facets:
        """Return the values of each filter among the hits, with counts.

        Raises:
            SpeechmineError: As `search`.
        """
        check(query)
        selection = Selection(query, words_of(query.words))
        with self._asking() as base:
            numbers = selection.first(base, FACETED + 1)
            return facets(base, numbers[:FACETED], len(numbers) <= FACETED)

    def finding(self, id: str) -> Hit | None:
        """Return a finding by its id, or None."""
        with self._asking() as base:
            rows = base.execute("SELECT number FROM findings WHERE id = ? ORDER BY number LIMIT 1", (id,)).fetchall()
            found = hits(base, [number for (number,) in rows], ())
        return found[0] if found else None

    def document(self, id: str) -> StoredDocument | None:
        """Return a document by its id, or None; of copies under several names the first."""
        ask = """SELECT line, text FROM documents d JOIN records r ON r.document = d.number
            LEFT JOIN texts t ON t.document = d.number WHERE d.id = ? ORDER BY d.number LIMIT 1"""
        with self._asking() as base:
            row = base.execute(ask, (id,)).fetchone()
        return None if row is None else StoredDocument(self._record(row[0]), row[1])

    def values(self, metric: str, limit: int = 2_000) -> list[Point]:
        """Return the goals and results of a metric, the newest first."""
        with self._asking() as base:
            return points(base, metric, limit)

    def counts(self) -> dict[str, int]:
        """Return how many documents and findings of each kind there are."""
        with self._asking() as base:
            told = {"document": int(base.execute("SELECT count(*) FROM documents").fetchone()[0])}
            ask = "SELECT count(*) FROM search WHERE search MATCH ?"
            return told | {kind: int(base.execute(ask, (exactly("kind", kind),)).fetchone()[0]) for kind in KINDS}

    def _record(self, line: bytes) -> Record:
        try:
            return record_of(inflated(line))
        except ValueError as error:
            raise told(error, self.path) from error

    def _base(self) -> sqlite3.Connection:
        base: sqlite3.Connection | None = getattr(self._local, "base", None)
        if base is None:
            base = self._local.base = opened(self.path, threads=True)
            with self._lock:
                self._all.append(base)
        return base

    @contextlib.contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        """Ask within the time limit; what SQLite says becomes words."""
        base = self._base()
        end = time.monotonic() + self._seconds
        base.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
        try:
            yield base
        except sqlite3.OperationalError as error:
            if str(error) != "interrupted":
                raise told(error, self.path) from error
            hint = "Add a word or a filter."
            raise SpeechmineError(f"took longer than {self._seconds:g} seconds", "search", hint) from error
        except BROKEN as error:
            raise told(error, self.path) from error
        finally:
            base.set_progress_handler(None, 0)
