"""The ledger: what the inputs are, what was done with each, and the results, in one SQLite file.

A result and the fact that it is there are one transaction: a run that is killed has lost what was under way, and nothing
else. Nothing is kept in memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from speechmine.archive.messages import Result
from speechmine.archive.stopping import WriteError
from speechmine.errors import SpeechmineError

NAME = "ledger.sqlite"
_VERSION = "1"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inputs (
  number INTEGER PRIMARY KEY,
  path BLOB NOT NULL,
  source TEXT NOT NULL,
  position INTEGER,                     -- place in this run; NULL where it is not listed
  skip TEXT NOT NULL,                   -- why it is not read
  size INTEGER, mtime INTEGER,          -- as listed
  read_size INTEGER, read_mtime INTEGER, sha256 TEXT,  -- as read
  settings TEXT,                        -- version, rules and options it was done under
  members INTEGER,                      -- documents in it; NULL until all are known
  done INTEGER NOT NULL DEFAULT 0,
  UNIQUE (path, source)
);
CREATE INDEX IF NOT EXISTS inputs_by_position ON inputs (position);
CREATE TABLE IF NOT EXISTS documents (
  input INTEGER NOT NULL, member INTEGER NOT NULL,
  source TEXT NOT NULL, outcome TEXT NOT NULL, what TEXT NOT NULL, hint TEXT NOT NULL,
  id TEXT NOT NULL, seconds REAL NOT NULL, size INTEGER NOT NULL, limits TEXT NOT NULL,
  fingerprint BLOB NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (input, member)
);
CREATE INDEX IF NOT EXISTS documents_over_limits ON documents (input) WHERE limits <> '';
"""
# What is done under these settings, whole, and of a file that has not changed since.
FRESH = """settings = :settings AND members = done AND size IS read_size AND mtime IS read_mtime AND NOT EXISTS
  (SELECT 1 FROM documents WHERE input = number AND limits <> '' AND limits <> :limits)"""


class Item(NamedTuple):
    """An input that the ledger lists."""

    number: int
    path: bytes
    source: str
    position: int
    skip: str
    size: int | None
    mtime: int | None
    sha256: str | None
    settings: str | None
    members: int | None
    done: int


class Todo(msgspec.Struct, frozen=True):
    """How much there is to do: inputs and their bytes."""

    listed: int
    fresh: int
    bytes: int


class Row(NamedTuple):
    """One document, as the outputs need it."""

    source: str
    outcome: str
    what: str
    hint: str
    id: str
    seconds: float
    size: int
    fingerprint: bytes
    record: bytes


class Ledger:
    """The open ledger of one output folder.

    Args:
        folder: The output folder.
        settings: Key of all that results depend on beside the bytes.
        limits: What documents that went over a limit are compared with.

    Raises:
        WriteError: The file cannot be written.
        SpeechmineError: It is damaged or of another version.
    """

    def __init__(self, folder: Path, settings: str, limits: str) -> None:
        self.path = folder / NAME
        self._values = {"settings": settings, "limits": limits}
        self._base = _opened(self.path)
        self._check_version()

    def _check_version(self) -> None:
        with self.transaction():
            version = self.fact("version") or _VERSION
            self.note("version", version)
        if version != _VERSION:
            raise SpeechmineError(
                f"of version {version}", str(self.path), "Name another folder, or delete it: all is then done again."
            )

    def transaction(self) -> "_Transaction":
        """Do what follows in one transaction: all or nothing."""
        return _Transaction(self._base, self.path)

    def rows(self, question: str, values: dict[str, object] | None = None) -> Iterator[tuple[object, ...]]:
        """Yield what the ledger answers to a question in SQL."""
        try:
            yield from self._base.execute(question, self._values | (values or {}))
        except sqlite3.DatabaseError as error:
            raise told(error, self.path) from error

    def fact(self, name: str) -> str:
        """Return a fact, empty where it is not known."""
        found = list(self.rows("SELECT value FROM facts WHERE name = :name", {"name": name}))
        return str(found[0][0]) if found else ""

    def note(self, name: str, value: str) -> None:
        """Write a fact down; inside a transaction."""
        self._base.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def todo(self) -> Todo:
        """Return how much there is to do."""
        ask = f"SELECT count(*), total({FRESH}), total(CASE WHEN {FRESH} THEN 0 ELSE size END) FROM inputs WHERE position NOTNULL"
        ((listed, fresh, size),) = self.rows(ask)
        return Todo(int(str(listed)), int(float(str(fresh))), int(float(str(size))))

    def stale(self, chunk: int = 500) -> Iterator[Item]:
        """Yield the inputs that are new, changed or unfinished, in their order; the ledger may be written meanwhile."""
        ask = f"""SELECT number, path, source, position, skip, size, mtime, sha256, settings, members, done FROM inputs
            WHERE position > :after AND NOT coalesce({FRESH}, 0) ORDER BY position LIMIT :chunk"""
        after = -1
        while found := [Item(*row) for row in self.rows(ask, {"after": after, "chunk": chunk})]:  # type: ignore[arg-type]
            yield from found
            after = found[-1].position

    def known(self, number: int) -> set[int]:
        """Return the members of an input that are done."""
        found = self.rows("SELECT member FROM documents WHERE input = :number", {"number": number})
        return {int(str(member)) for (member,) in found}

    def begin(self, item: Item, sha256: str, settings: str) -> bool:
        """Take an input up, keeping only what was made of the same bytes under the same settings.

        Returns:
            Whether that is all of it.
        """
        number = item.number
        kept = bool(sha256) and (item.sha256, item.settings) == (sha256, settings)
        now = (sha256, settings, item.size, item.mtime, number)
        with self.transaction() as base:
            if kept:
                over = "DELETE FROM documents WHERE input = ? AND limits <> '' AND limits <> ?"
                gone = base.execute(over, (number, self._values["limits"])).rowcount
                base.execute("UPDATE inputs SET done = done - ? WHERE number = ?", (gone, number))
            else:
                base.execute("DELETE FROM documents WHERE input = ?", (number,))
                base.execute("UPDATE inputs SET done = 0, members = NULL WHERE number = ?", (number,))
            base.execute(
                "UPDATE inputs SET sha256 = ?, settings = ?, read_size = ?, read_mtime = ? WHERE number = ?", now
            )
            whole = "SELECT members IS done FROM inputs WHERE number = ?"
            return kept and bool(base.execute(whole, (number,)).fetchone()[0])

    def fed(self, number: int, members: int) -> None:
        """Write down how many documents an input holds."""
        with self.transaction() as base:
            base.execute("UPDATE inputs SET members = ? WHERE number = ?", (members, number))

    def keep(self, results: Iterable[Result]) -> None:
        """Write results down."""
        with self.transaction() as base:
            for each in results:
                row = (
                    each.input, each.member, each.source, each.outcome, each.what, each.hint, each.id, each.seconds,
                    each.size, each.limits, each.fingerprint, each.record,
                )  # fmt: skip
                base.execute(f"INSERT INTO documents VALUES ({', '.join('?' * len(row))})", row)
                base.execute("UPDATE inputs SET done = done + 1 WHERE number = ?", (each.input,))
            base.execute(
                "INSERT INTO facts VALUES ('changes', '1') ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1"
            )

    def documents(self) -> Iterator[Row]:
        """Yield all documents of the inputs listed, in the order of the inputs."""
        ask = """SELECT d.source, outcome, what, hint, id, seconds, d.size, fingerprint, record
            FROM inputs JOIN documents d ON input = number WHERE position NOTNULL ORDER BY position, member"""
        for row in self.rows(ask):
            yield Row(*row)  # type: ignore[arg-type]

    def counts(self) -> dict[str, int]:
        """Return how the documents of the inputs listed ended."""
        ask = """SELECT outcome, count(*) FROM inputs JOIN documents ON input = number
            WHERE position NOTNULL GROUP BY outcome"""
        return {str(outcome): int(str(count)) for outcome, count in self.rows(ask)}

    def close(self) -> None:
        """Close the file."""
        self._base.close()


class _Transaction:
    """All or nothing: a context manager over one connection."""

    def __init__(self, base: sqlite3.Connection, path: Path) -> None:
        self._base, self._path = base, path

    def __enter__(self) -> sqlite3.Connection:
        try:
            self._base.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            raise told(error, self._path) from error
        return self._base

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            self._base.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.DatabaseError as failed:
            if self._base.in_transaction:
                self._base.rollback()
            if kind is None:
                raise told(failed, self._path) from failed
        if isinstance(error, sqlite3.DatabaseError):
            raise told(error, self._path) from error


def _opened(path: Path) -> sqlite3.Connection:
    try:
        base = sqlite3.connect(path, isolation_level=None, timeout=30)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")  # a loss of power costs the last results, never the file
        base.executescript(_SCHEMA)
    except sqlite3.DatabaseError as error:
        raise told(error, path) from error
    return base


def told(error: sqlite3.DatabaseError, path: Path) -> SpeechmineError:
    """Say what SQLite says in the reader's words."""
    if isinstance(error, sqlite3.OperationalError):
        return WriteError(str(error), str(path))
    return SpeechmineError(
        f"damaged ({error})", str(path), "Delete it and give the same command again: all is done again."
    )
