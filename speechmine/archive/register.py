"""Listing the inputs in the ledger, and telling without touching anything what a run would do."""

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path

import msgspec

from speechmine.archive.ledger import FRESH, NAME, Ledger
from speechmine.reading import Input

_LIST = """INSERT INTO inputs (path, source, position, skip, size, mtime) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (path, source) DO UPDATE SET position = excluded.position, skip = excluded.skip, size = excluded.size,
  mtime = excluded.mtime WHERE inputs.position IS NULL"""


def register(ledger: Ledger, found: Iterable[Input], limit: int | None) -> None:
    """List the inputs of this run, each once; what is no longer there is forgotten, unless the run is limited.

    Args:
        ledger: The ledger.
        found: The inputs in their order.
        limit: How many of them to take, or None for all.
    """
    digest = hashlib.sha256()
    seen = "SELECT 1 FROM inputs WHERE path = ? AND position NOTNULL"
    with ledger.transaction() as base:
        base.execute("UPDATE inputs SET position = NULL")
        for position, item in enumerate(islice(found, limit)):
            path = _key(item)
            if base.execute(seen, (path,)).fetchone() is None:
                base.execute(_LIST, (path, item.source, position, item.skipped, *_size_and_time(item)))
                digest.update(b"\0".join((path, item.source.encode(errors="replace"), item.skipped.encode(), b"")))
        if limit is None:
            base.execute("DELETE FROM documents WHERE input IN (SELECT number FROM inputs WHERE position IS NULL)")
            base.execute("DELETE FROM inputs WHERE position IS NULL")
        ledger.note("listing", digest.hexdigest())


class Outlook(msgspec.Struct):
    """What a run would do: counts of inputs, and the bytes of those to read."""

    listed: int = 0
    fresh: int = 0
    changed: int = 0
    new: int = 0
    skipped: int = 0
    bytes: int = 0


def outlook(folder: Path, found: Iterable[Input], settings: str, limits: str) -> Outlook:
    """Compare the inputs with the ledger, if there is one; nothing is written."""
    told = Outlook()
    path = folder / NAME
    place = (
        f"file:{path.absolute().as_posix().replace('?', '%3f').replace('#', '%23')}?mode=ro"
        if path.exists()
        else ":memory:"
    )
    with closing(sqlite3.connect(place, uri=True)) as base:
        for item in found:
            told.listed += 1
            size, mtime = _size_and_time(item)
            values: dict[str, object] = {
                "path": _key(item),
                "settings": settings,
                "limits": limits,
                "size": size,
                "mtime": mtime,
            }
            state = _state(base, values) if path.exists() else "new"
            if item.skipped:
                told.skipped += 1
            else:
                told.fresh += state == "fresh"
                told.changed += state == "changed"
                told.new += state == "new"
                told.bytes += (size or 0) * (state != "fresh")
    return told


def _state(base: sqlite3.Connection, values: dict[str, object]) -> str:
    fresh = FRESH.replace("size IS", ":size IS").replace("mtime IS", ":mtime IS")
    row = base.execute(f"SELECT coalesce({fresh}, 0) FROM inputs WHERE path = :path", values).fetchone()
    return "new" if row is None else "fresh" if row[0] else "changed"


def _key(item: Input) -> bytes:
    # Absolute, so that the same command works from another folder; links are not followed, for they are names too.
    return os.fsencode(os.path.abspath(item.path)) if item.path is not None else b"-"  # noqa: PTH100 - Path.absolute keeps ..


def _size_and_time(item: Input) -> tuple[int | None, int | None]:
    if item.path is None or item.skipped:
        return None, None
    try:
        found = item.path.stat()
    except (OSError, ValueError):
        return None, None
    return found.st_size, found.st_mtime_ns
