"""The command line: thin click commands; what is heavy is imported inside them, which keeps --help quick."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from speechmine import __version__
from speechmine.cli_annotation import import_
from speechmine.cli_export import export
from speechmine.cli_follow import follow
from speechmine.cli_rules import OWN, printable, refusing, rules
from speechmine.cli_run import run
from speechmine.cli_serve import serve
from speechmine.cli_store import doctor, index, search
from speechmine.errors import SpeechmineError

if TYPE_CHECKING:
    from speechmine.records import Record

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="speechmine")
def main() -> None:
    """Find mechanisms, numeric goals and required measures in Chinese speeches."""


main.add_command(follow)
main.add_command(export)
main.add_command(import_)
main.add_command(rules)
main.add_command(run)
main.add_command(serve)
main.add_command(index)
main.add_command(search)
main.add_command(doctor)


@main.command()
@_PATHS
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write there, not to the screen.")
@click.option(
    "--format", "style", type=click.Choice(["jsonl", "json", "table"]), default="jsonl", show_default=True,
    help="JSON lines, one JSON array, or a summary to read.",
)  # fmt: skip
@click.option(
    "--reference-date", help="What 今年 means where the text does not date itself: 2025, 2025-03 or 2025-03-11."
)
@click.option("--explain", is_flag=True, help="Also give what was seen and refused, with rule and reason.")
@click.option("--encoding", help="Encoding of the files; told from their bytes if not given.")
@click.option(
    "--text-column", help="Column of CSV and JSON lines that holds the texts; known by its name if not given."
)
@click.option("--texts", type=click.Path(path_type=Path, file_okay=False),
    help="Store there, as <id>.txt, each text that no text file holds: offsets count in it.",
)  # fmt: skip
@OWN
def extract(
    paths: tuple[Path, ...],
    output: Path | None,
    style: str,
    reference_date: str | None,
    explain: bool,
    encoding: str | None,
    text_column: str | None,
    texts: Path | None,
    files: tuple[Path, ...],
) -> None:
    """Extract the findings of files and folders (- for standard input).

    Records go to standard output or -o, messages to standard error. Exit status: 0 all well, 1 some inputs failed,
    2 wrong usage.
    """
    from speechmine.extracting import Options, Outcomes, extracted

    outcomes = Outcomes()
    try:
        options = Options(reference_date, explain, encoding, files, text_column, texts)
        options.check(paths)
        with _opened(output) as out:
            _WRITERS[style](extracted(paths, options, outcomes, _say), out)
    except SpeechmineError as error:
        raise click.UsageError(printable(str(error))) from error
    except BrokenPipeError:
        # `speechmine extract … | head` closed the pipe: not an error, and Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        what = f"{output or 'standard output'}: cannot be written ({error.strerror})."
        raise click.ClickException(f"{what} Free some space or name another place.") from error
    _say(outcomes.summary())
    sys.exit(1 if outcomes.failed else 0)


@main.command()
def schema() -> None:
    """Print the JSON Schema that every record follows."""
    from speechmine.exporting.jsonl import json_schema

    click.echo(json_schema(), nl=False)


@main.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("texts", type=click.Path(path_type=Path))
@click.argument("records", required=False, type=click.Path(path_type=Path))
@click.option("--misses", is_flag=True, help="List every item missed, spurious or wrong, and why.")
@click.option("--json", "as_object", is_flag=True, help="One JSON object instead of text.")
def score(gold: Path, texts: Path, records: Path | None, misses: bool, as_object: bool) -> None:
    """Score RECORDS against GOLD, a folder of annotated documents.

    TEXTS is the folder of their texts, RECORDS the JSON lines of `speechmine extract`; without RECORDS the texts are
    extracted now. Exit status: 0 all well, 2 wrong usage or malformed gold.
    """
    from speechmine import scoring

    with refusing():
        annotated = scoring.read_gold(gold, [texts])
        given = scoring.read_records(records) if records else scoring.extracted_records(annotated)
    scores = scoring.scored(annotated, given)
    if as_object:
        click.echo(scoring.as_json(scores, misses))
    else:
        click.echo((scoring.told_misses(scores) if misses else "") + scoring.report(scores), nl=False)


@main.command()
@click.argument("tables", metavar="[TABLE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--texts", type=click.Path(path_type=Path), help="Folder of the texts that the tables give places of.")
@click.option("--frames", "reports", type=click.Path(path_type=Path), help="Learn from the reports of this folder.")
@click.option("--gold", type=(click.Path(path_type=Path), click.Path(path_type=Path)), metavar="GOLD TEXTS",
    help="Learn from annotated documents and their texts.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the weights there.")
def train(
    tables: tuple[Path, ...],
    texts: Path | None,
    reports: Path | None,
    gold: tuple[Path, Path] | None,
    output: Path | None,
) -> None:
    """Learn from labelled examples of your own, and say how well that does.

    From TABLE: the policy field of measures (column topic) or the role of sentences (column role). With --frames: review or plan. With --gold: goal, result or context, beside
    what the rules say. No document is judged by what was learned from it. Needs scikit-learn: pip install 'speechmine[train]'.
    """
    from speechmine import training
    from speechmine.rules import load_rules

    if sum(map(bool, (tables, reports, gold))) != 1:
        raise click.UsageError("Give tables of labelled measures, or --frames FOLDER, or --gold GOLD TEXTS.")
    with refusing():
        if tables and "role" in training.columns_of(tables):
            trained = training.train_sentences(tables, texts, load_rules())
        elif tables:
            trained = training.train_topics(tables, texts, load_rules())
        elif reports:
            trained = training.train_frames(reports, load_rules())
        elif gold:
            trained = training.train_roles(*gold, load_rules())
        click.echo(training.told(trained), nl=False)
        if output is not None:
            with _opened(output) as out:
                out.write(training.as_json(trained.weights))


def _say(message: str) -> None:
    """Tell the person at the terminal."""
    click.echo(printable(message), err=True)


def _write_lines(records: "Iterator[Record]", out: BinaryIO) -> None:
    from speechmine.exporting.jsonl import json_line

    for record in records:
        out.write(json_line(record) + b"\n")


def _write_array(records: "Iterator[Record]", out: BinaryIO) -> None:
    from speechmine.exporting.jsonl import json_line

    separator = b"["
    for record in records:
        out.write(separator + b"\n" + json_line(record))
        separator = b","
    out.write(b"[]\n" if separator == b"[" else b"\n]\n")


def _write_table(records: "Iterator[Record]", out: BinaryIO) -> None:
    from speechmine.exporting.table import table

    for number, record in enumerate(records):
        out.write((("\n" if number else "") + table(record)).encode())


_WRITERS: dict[str, Callable[["Iterator[Record]", BinaryIO], None]] = {
    "jsonl": _write_lines,
    "json": _write_array,
    "table": _write_table,
}


@contextlib.contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    """Open standard output, or a file that appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    except OSError as error:
        raise SpeechmineError(f"cannot be written ({error.strerror})", str(output), "Name a writable place.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(name).chmod(0o644)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
