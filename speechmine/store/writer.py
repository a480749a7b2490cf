"""Putting records into a store, whole documents at a time.

A batch of documents is one transaction: a writer that is killed leaves whole documents only, and writing the same records
again completes it.
"""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.json_lines import json_line
from speechmine.records import Record
from speechmine.store.indexing import optimise, put_in, take_out
from speechmine.store.inserting import Incoming, insert
from speechmine.store.locking import locked
from speechmine.store.migrating import make, up_to_date
from speechmine.store.opening import connected, told, version_of
from speechmine.store.rows import findings_of
from speechmine.store.texts import agrees

Outcome = Literal["new", "changed", "same"]

_FINDINGS_OF_A_BATCH = 5_000
_CHARACTERS_OF_A_BATCH = 2_000_000
_STALE = """SELECT number FROM documents WHERE source IN (SELECT source FROM documents JOIN seen USING (number))
  AND number NOT IN (SELECT number FROM seen)"""


class Counts(msgspec.Struct):
    """What became of the records.

    Attributes:
        new: Documents that were not there.
        changed: Documents whose findings were replaced.
        same: Documents that were there as they are.
        removed: Former versions of documents that are there with other bytes now.
        texts: Documents with their text, of all that were given.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    texts: int = 0


class Writer:
    """A store that is written to; made by `writing`.

    Attributes:
        counts: What became of the records so far.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self.counts = Counts()
        self._base = base
        self._batch: list[int] = []
        self._findings = self._characters = 0
        base.execute("CREATE TEMP TABLE seen (number INTEGER PRIMARY KEY)")

    def add(self, record: Record, text: str | None = None) -> Outcome:
        """Put a record in, unless it is there as it is.

        Args:
            record: The record.
            text: Its document's text as read, if it is at hand. A text that the store has already stays.

        Raises:
            SpeechmineError: The record says what no record of speechmine says (two speeches of one id); nothing of it is stored.
        """
        if not self._base.in_transaction:
            self._base.execute("BEGIN IMMEDIATE")
        line = json_line(record)
        digest = hashlib.sha256(line).hexdigest()[:32]
        known = self._known(record)
        if known is not None:
            number, before, stored = known
            if before == digest and (text is None or text == stored):
                self._done("same", number, stored)
                return "same"
            if text is None and stored is not None and agrees(record, stored):
                text = stored
            self._remove(number)
        else:
            number = self._next()
        self._insert(number, Incoming(record, text, line, digest))
        self._batch.append(number)
        outcome: Outcome = "new" if known is None else "changed"
        self._done(outcome, number, text)
        self._findings += sum(1 for _ in findings_of(record))
        self._characters += len(text or "")
        if self._findings > _FINDINGS_OF_A_BATCH or self._characters > _CHARACTERS_OF_A_BATCH:
            self.commit()
        return outcome

    def commit(self) -> None:
        """See that all so far is on the disk."""
        if self._base.in_transaction:
            self._index()
            self._base.execute("COMMIT")

    def finish(self) -> None:
        """Take out the former versions of the documents given, and commit."""
        self.commit()
        stale = [number for (number,) in self._base.execute(_STALE)]
        if stale:
            self._base.execute("BEGIN IMMEDIATE")
            for number in stale:
                self._remove(number)
            self._base.execute("COMMIT")
        # The former versions counted as removed: from the reader's side these documents changed.
        self.counts.removed = len(stale)
        if 4 * (self.counts.new + self.counts.changed) > self.counts.same:
            optimise(self._base)

    def _insert(self, number: int, incoming: Incoming) -> None:
        try:
            insert(self._base, number, incoming)
        except (OverflowError, sqlite3.IntegrityError) as error:
            self._base.execute("DELETE FROM documents WHERE number = ?", (number,))
            hint = "Extract the document again."
            raise SpeechmineError(
                f"no record that could be stored ({error})", incoming.record.document.source, hint
            ) from error

    def _known(self, record: Record) -> tuple[int, str, str | None] | None:
        ask = "SELECT number, digest, text FROM documents LEFT JOIN texts ON document = number WHERE source = ? AND id = ?"
        found: tuple[int, str, str | None] | None = self._base.execute(
            ask, (record.document.source, record.document.id)
        ).fetchone()
        return found

    def _next(self) -> int:
        return int(self._base.execute("SELECT coalesce(max(number), 0) + 1 FROM documents").fetchone()[0])

    def _done(self, outcome: Outcome, number: int, text: str | None) -> None:
        self._base.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,))
        setattr(self.counts, outcome, getattr(self.counts, outcome) + 1)
        self.counts.texts += text is not None

    def _remove(self, number: int) -> None:
        if number in self._batch:
            self._index()
        take_out(self._base, number)
        self._base.execute("DELETE FROM documents WHERE number = ?", (number,))

    def _index(self) -> None:
        put_in(self._base, self._batch)
        self._batch, self._findings, self._characters = [], 0, 0


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Open a store for writing, making it or bringing it up to date where that is needed.

    Leaving it with an error keeps the batches that are whole.

    Raises:
        SpeechmineError: It cannot be written, is none, is damaged or newer, or another process writes to it.
    """
    if path.exists():
        up_to_date(path)
    with locked(path):
        try:
            with contextlib.closing(connected(path.absolute().as_uri(), path)) as base:
                _prepare(base, path)
                writer = Writer(base)
                yield writer
                writer.finish()
                # While somebody reads it the file stays as it is; whoever writes alone next brings it into one piece.
                with contextlib.suppress(sqlite3.OperationalError):
                    base.execute("PRAGMA journal_mode = DELETE").fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise told(error, path) from error


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    if version_of(base, path) == 0:
        base.execute("PRAGMA page_size = 8192")
        make(base)
    base.execute("PRAGMA foreign_keys = ON")
    # Readers go on while it is written; a loss of power costs the last batches, never the file.
    base.execute("PRAGMA journal_mode = WAL").fetchall()
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute("PRAGMA cache_size = -64000")
    base.execute("PRAGMA temp_store = MEMORY")


def index(records: Iterable[tuple[Record, str | None]], path: Path) -> Counts:
    """Put records with their texts into a store.

    Raises:
        SpeechmineError: As `writing`; or a record cannot be read, what came before it is kept.
    """
    with writing(path) as writer:
        try:
            for record, text in records:
                writer.add(record, text)
        except SpeechmineError:
            writer.commit()
            raise
    return writer.counts
