"""Opening a store: what it is, its version, and what SQLite says in the reader's words."""

import sqlite3
from pathlib import Path

from speechmine.errors import SpeechmineError

APPLICATION = 0x73706D31  # "spm1", in the header of the file
VERSION = 1
DEFAULT = Path("speechmine.sqlite")
# What reading a store may raise: damaged bytes may be no UTF-8, no number and no JSON, in error messages too.
BROKEN = (sqlite3.DatabaseError, ValueError, ArithmeticError, TypeError)
_WAIT = 10.0
_DOCTOR = "Run `speechmine doctor {}`: it says what can be saved."


def opened(path: Path, threads: bool = False) -> sqlite3.Connection:
    """Open a store for reading only.

    Args:
        path: The store.
        threads: Whether another thread may close the connection.

    Raises:
        SpeechmineError: There is none, it is none, damaged, or of another version.
    """
    if not path.is_file():
        hint = "Make one: speechmine index RECORDS.jsonl --store " + str(path)
        raise SpeechmineError("there is no such store", str(path), hint)
    base = connected(f"{path.absolute().as_uri()}?mode=ro", path, not threads)
    try:
        check(base, path)
        base.execute("PRAGMA query_only = ON")
        base.execute("PRAGMA mmap_size = 2000000000")
    except BaseException:
        base.close()
        raise
    return base


def connected(address: str, path: Path, same_thread: bool = True) -> sqlite3.Connection:
    """Open a connection without looking at what is there."""
    try:
        return sqlite3.connect(address, _WAIT, isolation_level=None, uri=True, check_same_thread=same_thread)
    except sqlite3.DatabaseError as error:
        raise told(error, path) from error


def version_of(base: sqlite3.Connection, path: Path) -> int:
    """Return the version of a store; 0 for a new, empty file.

    Raises:
        SpeechmineError: It is no store of speechmine, or damaged.
    """
    try:
        ((application,),) = base.execute("PRAGMA application_id").fetchall()
        ((version,),) = base.execute("PRAGMA user_version").fetchall()
        ((tables,),) = base.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except BROKEN as error:
        raise told(error, path) from error
    if not tables and not application and not version:
        return 0
    if application != APPLICATION:
        raise SpeechmineError("not a store of speechmine", str(path), "Name another file for --store.")
    return int(version)


def check(base: sqlite3.Connection, path: Path) -> None:
    """Refuse a store of another version.

    Raises:
        SpeechmineError: It is of another version.
    """
    version = version_of(base, path)
    if version == 0:
        raise SpeechmineError("empty", str(path), f"Fill it: speechmine index RECORDS.jsonl --store {path}")
    if version > VERSION:
        raise newer(version, path)
    if version < VERSION:
        hint = f"`speechmine doctor {path}` brings it up to date and keeps a copy of it as it is."
        raise SpeechmineError(f"of version {version}; this speechmine reads version {VERSION}", str(path), hint)


def newer(version: int, path: Path) -> SpeechmineError:
    """Return the error for a store that a newer speechmine wrote."""
    what = f"of version {version}, written by a newer speechmine; this one reads version {VERSION}"
    return SpeechmineError(what, str(path), "Update speechmine, or index the records again into another store.")


def told(error: Exception, path: Path) -> SpeechmineError:
    """Say what SQLite says in the reader's words."""
    if not isinstance(error, sqlite3.Error):
        return SpeechmineError("damaged (what it holds cannot be read)", str(path), _DOCTOR.format(path))
    message = str(error)
    if "locked" in message or "busy" in message:
        return SpeechmineError("in use by another program", str(path), "Wait until it has ended and try again.")
    if "not a database" in message:
        return SpeechmineError("not a store of speechmine, or its head is damaged", str(path), _DOCTOR.format(path))
    if "malformed" in message or "corrupt" in message or "no such table" in message:
        return SpeechmineError(f"damaged ({message})", str(path), _DOCTOR.format(path))
    if isinstance(error, sqlite3.OperationalError):
        return SpeechmineError(
            f"cannot be read or written ({message})", str(path), "See that there is room and a right to write."
        )
    return SpeechmineError(f"damaged ({message})", str(path), _DOCTOR.format(path))
