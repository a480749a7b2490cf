"""The commands that carry findings to where people work: thin, like the others."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli_rules import printable, refusing
from speechmine.errors import SpeechmineError

if TYPE_CHECKING:
    from speechmine.exporting.ledger.tables import Row
    from speechmine.records import Record

RECORDS = click.argument("records", nargs=-1, required=True, type=click.Path(path_type=Path))
_FILE = click.Path(path_type=Path, dir_okay=False)
_LINK = click.option("--link", metavar="ADDRESS",
    help="Address of a finding on your pages, with {document} and {id} in it; else the address of the document.",
)  # fmt: skip


@click.group()
def export() -> None:
    """Carry findings into a task ledger, a calendar, tables, briefs and trackers.

    RECORDS are JSON lines of `speechmine extract`, the folder of a run, or a store.
    """


@export.command()
@RECORDS
@click.option("-o", "--output", type=_FILE, help="The workbook to write: 台账.xlsx.")
@click.option("--update", "filled", type=_FILE, help="A ledger that people have filled in, to bring up to date.")
@_LINK
def ledger(records: tuple[Path, ...], output: Path | None, filled: Path | None, link: str | None) -> None:
    """Write a task ledger (台账): tasks, cadences and goals in an Excel workbook.

    With --update, new and changed tasks go into a ledger that people have filled in: what they wrote stays, what changed
    is listed on a sheet of its own, no row is lost. The former file is kept beside it. Needs pip install
    'speechmine[trackers]'.
    """
    from speechmine.exporting.ledger.book import new_book
    from speechmine.exporting.ledger.notes import notes
    from speechmine.exporting.ledger.tables import ledger_rows

    if output is None and filled is None:
        raise click.UsageError("Give -o 台账.xlsx, or --update 台账.xlsx for one that is filled in.")
    with refusing():
        found, left_out = _first_printings(records)
        rows = ledger_rows(found, link)
        if filled is not None:
            _update(filled, output or filled, rows, [record.document.id for record in found])
        elif output is not None:
            written(output, new_book(rows, notes(found, rows, left_out)))
            say(f"{output}: " + ", ".join(f"{name} {len(told):,}" for name, told in rows.items()))
    if left_out:
        say(f"{left_out:,} reprints left out: their tasks are those of the first printing")


def _update(filled: Path, output: Path, rows: "dict[str, list[Row]]", documents: list[str]) -> None:
    from speechmine.exporting.ledger.memory import GONE, REMOVED
    from speechmine.exporting.ledger.update import CHANGED, KEPT, NEW, update

    for lock in (f"~${filled.name}", f".~lock.{filled.name}#"):
        if filled.with_name(lock).exists():
            raise SpeechmineError("open in a spreadsheet program", str(filled), "Close it there first.")
    done = update(filled, rows, documents)
    if done.data is None:
        say(f"{filled}: nothing has changed")
        if output != filled:
            written(output, filled.read_bytes())
        return
    if output == filled:
        backup = _backup(filled)
        say(f"{backup}: the former file")
    written(output, done.data)
    words = {NEW: "new", CHANGED: "changed", GONE: "gone from the speech but kept", KEPT: "kept as people wrote them",
        REMOVED: "taken out by people"}  # fmt: skip
    say(f"{output}: tasks " + ", ".join(f"{done.count(kind):,} {word}" for kind, word in words.items()))
    for part in done.lost:
        say(f"{output}: {part} cannot be kept; the former file has it")


def _backup(path: Path) -> Path:
    """Copy a file beside itself under a name that is free."""
    number = 1
    while True:
        backup = path.with_name(f"{path.stem}.backup-{number}{path.suffix}")
        try:
            with backup.open("xb") as out:
                out.write(path.read_bytes())
                return backup
        except FileExistsError:
            number += 1
        except OSError as error:
            hint = "Name a writable place with -o."
            raise SpeechmineError(f"cannot be written ({error.strerror})", str(backup), hint) from error


def records_in(paths: tuple[Path, ...]) -> "Iterator[Record]":
    """Yield the records of all paths."""
    from speechmine.store import records_of

    for path in paths:
        yield from records_of(path)


def _first_printings(paths: tuple[Path, ...]) -> "tuple[list[Record], int]":
    """Return the records that are no reprints of others among them, and how many are."""
    from speechmine.exporting.tasks import first_printings

    found = list(records_in(paths))
    kept = list(first_printings(found))
    return kept, len(found) - len(kept)


def written(path: Path, data: bytes) -> None:
    """Write a file that appears under its name only when it is whole."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SpeechmineError(f"cannot be written ({error.strerror})", str(path), "Name a writable place.") from error


def say(message: str) -> None:
    """Tell the person at the terminal."""
    click.echo(printable(message), err=True)
