"""The commands that carry findings to where people work: thin, like the others."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli_annotation import TOOLS
from speechmine.cli_rules import refusing
from speechmine.cli_writing import say, whole_folder, written, written_folder
from speechmine.errors import SpeechmineError

if TYPE_CHECKING:
    from speechmine.exporting.ledger.tables import Row
    from speechmine.records import Record

KINDS = ("documents", "mechanisms", "components", "goals", "figures", "measures")
"""The tables; not asked of the module that makes them, so that --help stays quick."""
RECORDS = click.argument("records", nargs=-1, required=True, type=click.Path(path_type=Path))
_FILE = click.Path(path_type=Path, dir_okay=False)
_OUT = click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Write there.")
_FILE_OUT = click.option("-o", "--output", required=True, type=_FILE, help="Write there.")
_KIND = click.option("--kind", type=click.Choice(KINDS), help="Only this table, to one file.")
_DOCUMENT = click.option("--document", help="Id, source or title of the document, where there is more than one.")
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
    _say_left_out(left_out)


def _update(filled: Path, output: Path, rows: "dict[str, list[Row]]", documents: list[str]) -> None:
    import speechmine.exporting.ledger.files  # noqa: F401 - it says what to install
    from speechmine.exporting.ledger.memory import GONE, REMOVED
    from speechmine.exporting.ledger.update import CHANGED, KEPT, NEW, update

    for lock in (f"~${filled.name}", f".~lock.{filled.name}#"):
        if filled.with_name(lock).exists():
            raise SpeechmineError("open in a spreadsheet program", str(filled), "Close it there first.")
    done, in_place = update(filled, rows, documents), output.exists() and output.samefile(filled)
    if done.data is None:
        say(f"{filled}: nothing has changed")
        if not in_place:
            written(output, filled.read_bytes())
        return
    if in_place:
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


@export.command()
@RECORDS
@_FILE_OUT
@click.option("--remind", type=click.IntRange(0, 365), default=3, show_default=True, metavar="DAYS",
    help="How many days before a deadline the reminder comes.",
)  # fmt: skip
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of recurring events: 2025-12-31; no end if not given."
)
@click.option("--sequence", type=click.IntRange(0), default=0, show_default=True,
    help="Revision of the events: give a higher one than last time if programs ignore what changed.",
)  # fmt: skip
def ics(records: tuple[Path, ...], output: Path, remind: int, until: datetime | None, sequence: int) -> None:
    """Write a calendar: cadences as recurring events, deadlines as days with a reminder.

    UIDs are the ids of the findings, so that importing the file again changes events and adds none. What no calendar can
    hold is counted. Needs pip install 'speechmine[trackers]'.
    """
    from speechmine.exporting.ics import Wishes, calendar

    with refusing():
        found, left_out = _first_printings(records)
        made = calendar(found, Wishes(remind, until.date() if until else None, sequence))
        written(output, made.data)
    say(f"{output}: {made.cadences:,} recurring events, {made.deadlines:,} deadlines")
    say_each({
        "rhythms without a period that recurs (定期, 不定期, within a day)": made.irregular,
        "rhythms of speeches without a date": made.undated, "deadlines in a year that is not known": made.unknown,
    })  # fmt: skip
    _say_left_out(left_out)


@export.command("csv")
@RECORDS
@_OUT
@_KIND
@click.option(
    "--raw", is_flag=True, help="No mark of UTF-8, no apostrophe before what looks like a formula; lists as JSON."
)
def csv_tables(records: tuple[Path, ...], output: Path, kind: str | None, raw: bool) -> None:
    """Write tables as CSV: a folder with one for each kind, or with --kind one file.

    Excel knows them for UTF-8 and takes no cell for a formula; --raw is for programs.
    """
    from speechmine.exporting.flat import csv_head, csv_lines

    def lines() -> Iterator[tuple[str, bytes]]:
        for table in KINDS:
            yield table, csv_head(table, raw)
        for record in records_in(records):
            yield from csv_lines(record, raw)

    with refusing():
        if kind is not None:
            written(output, (line for table, line in lines() if table == kind))
        else:
            written_folder(output, {f"{table}.csv": table for table in KINDS}, lines())


@export.command()
@RECORDS
@_FILE_OUT
@_KIND
def jsonl(records: tuple[Path, ...], output: Path, kind: str | None) -> None:
    """Write flat JSON lines: one finding each, with the columns of the CSV tables and the name of its table."""
    from speechmine.exporting.flat import flat_lines

    with refusing():
        pairs = (pair for record in records_in(records) for pair in flat_lines(record))
        written(output, (line for table, line in pairs if kind in {None, table}))


@export.command()
@RECORDS
@_OUT
def parquet(records: tuple[Path, ...], output: Path) -> None:
    """Write a folder of Parquet tables, one for each kind. Needs pip install 'speechmine[parquet]'."""
    with refusing(), whole_folder(output, {f"{table}.parquet" for table in KINDS}) as aside:
        from speechmine.exporting.parquet import Tables

        tables = Tables(aside / "tables")
        try:
            for record in records_in(records):
                tables.add(b"", record)
            tables.close()
        finally:
            tables.abandon()
        for made in (aside / "tables").iterdir():
            made.rename(aside / made.name)
        (aside / "tables").rmdir()


@export.command()
@RECORDS
@_FILE_OUT
@_DOCUMENT
def markdown(records: tuple[Path, ...], output: Path, document: str | None) -> None:
    """Write a brief of one document as Markdown: what was asked of whom by when."""
    from speechmine.exporting.brief import brief, the_record
    from speechmine.exporting.brief_markdown import markdown as told

    with refusing():
        record = the_record(list(records_in(records)), document)
        written(output, told(brief(record)).encode("utf-8", "replace"))


@export.command()
@RECORDS
@_FILE_OUT
@_DOCUMENT
@click.option("--texts", multiple=True, type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the texts, to highlight the findings in: what was extracted, or where `extract --texts` stored them.",
)  # fmt: skip
def html(records: tuple[Path, ...], output: Path, document: str | None, texts: tuple[Path, ...]) -> None:
    """Write a brief of one document as a page of its own, with the words highlighted in the text."""
    from speechmine.exporting.brief import brief, the_record
    from speechmine.exporting.brief_page import page
    from speechmine.store import text_of

    with refusing():
        record = the_record(list(records_in(records)), document)
        text = text_of(record, texts)
        written(output, page(brief(record), text).encode("utf-8", "replace"))
    if text is None:
        say(f"{output}: without the text, which no folder given with --texts holds")


def _tracker(name: str, title: str, says: str) -> None:
    """Add the command of one tracker."""

    @export.command(name, help=f"Write tasks as issues for {title}: {says}\n\nEach issue names its id; docs/trackers.md says "
        "how the file is imported and updated.",
    )  # fmt: skip
    @RECORDS
    @_FILE_OUT
    @click.option("--known", multiple=True, type=_FILE,
        help="What the tracker exported: issues named there are left out; may be given several times.",
    )  # fmt: skip
    def tracker(records: tuple[Path, ...], output: Path, known: tuple[Path, ...]) -> None:
        from speechmine.exporting.issues import TRACKERS, issues, known_ids
        from speechmine.exporting.tasks import tasks

        with refusing():
            found, left_out = _first_printings(records)
            ids = frozenset(number for path in known for number in known_ids(_read(path)))
            asked = [task for record in found for task in tasks(record)]
            made = issues(asked, ids, jira=name == "jira")
            written(output, TRACKERS[name](made))
        say(f"{output}: {len(made):,} issues" + (f", {len(asked) - len(made):,} known ones left out" if known else ""))
        _say_left_out(left_out)


_tracker("github", "GitHub", "JSON lines, each one request of `gh api`.")
_tracker("gitlab", "GitLab", "CSV with title, description and due_date.")
_tracker("jira", "Jira", "CSV with an external id.")
_tracker("redmine", "Redmine", "CSV with a column for a field of ids.")
_tracker("openproject", "OpenProject", "CSV with the columns of its Excel synchronisation.")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise SpeechmineError(f"cannot be read ({(error.strerror or '').lower()})", str(path)) from error


def records_in(paths: tuple[Path, ...]) -> "Iterator[Record]":
    """Yield the records of all paths."""
    from speechmine.store import records_of

    for path in paths:
        yield from records_of(path)


def _first_printings(paths: tuple[Path, ...]) -> "tuple[list[Record], int]":
    """Return the records that are no reprints of others among them, and how many are."""
    from speechmine.exporting.tasks import first_printings

    reprints: list[Record] = []
    kept = list(first_printings(records_in(paths), reprints.append))
    return kept, len(reprints)


def say_each(counts: dict[str, int]) -> None:
    """Tell what was left out, as far as anything was."""
    for what, count in counts.items():
        if count:
            say(f"left out: {count:,} {what}")


def _say_left_out(reprints: int) -> None:
    say_each({"reprints: their tasks are those of the first printing": reprints})


for tool in TOOLS:
    export.add_command(tool)
