"""Making a store, and bringing an older one up to date, with a copy of it beside it."""

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.store import opening
from speechmine.store.locking import locked
from speechmine.store.opening import APPLICATION, BROKEN, connected, newer, told, version_of

STEPS: dict[int, str] = {}
"""From each older version, the SQL that leads to the next; none yet, for this is the first."""


def make(base: sqlite3.Connection) -> None:
    """Write the schema into an empty file, all or nothing."""
    schema = resources.files("speechmine.store").joinpath("schema.sql").read_text("utf-8")
    head = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {opening.VERSION};"
    base.executescript(f"BEGIN IMMEDIATE;\n{schema}\n{head}\nCOMMIT;")


def up_to_date(path: Path) -> None:
    """Bring a store up to date where it is an older one; the copy is called ``….version-N``.

    Raises:
        SpeechmineError: It is no store, a newer one, damaged, or cannot be written.
    """
    with closing(connected(f"{path.absolute().as_uri()}?mode=ro", path)) as base:
        version = version_of(base, path)
    if version > opening.VERSION:
        raise newer(version, path)
    if 0 < version < opening.VERSION:
        with locked(path):
            _migrate(path, version)


def _migrate(path: Path, version: int) -> None:
    copy = path.with_name(f"{path.name}.version-{version}")
    if copy.exists():
        hint = "It is the copy of an earlier attempt: move it away, and try again."
        raise SpeechmineError(f"of version {version}, and {copy.name} is there already", str(path), hint)
    try:
        with closing(connected(path.absolute().as_uri(), path)) as base:
            with closing(sqlite3.connect(copy)) as backup:
                base.backup(backup)
            steps = "\n".join(STEPS[number] for number in range(version, opening.VERSION))
            base.executescript(f"BEGIN IMMEDIATE;\n{steps}\nPRAGMA user_version = {opening.VERSION};\nCOMMIT;")
    except BROKEN as error:
        copy.unlink(missing_ok=True)
        raise told(error, path) from error
