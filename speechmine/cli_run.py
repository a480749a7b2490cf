"""The command for whole archives: thin, like the others."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli_rules import printable
from speechmine.errors import SpeechmineError

if TYPE_CHECKING:
    from types import FrameType

    from speechmine.archive.register import Outlook
    from speechmine.archive.runfile import RunFile
    from speechmine.archive.running import Done

_NAMED = 5


@click.command()
@click.argument("pipeline", metavar="PIPELINE.toml", type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1), help="How many documents at once; one a core if not given.")
@click.option("--engine", type=click.Choice(["process", "dask"]), help="Processes of this machine, or a Dask cluster.")
@click.option("--scheduler", metavar="ADDRESS", help="Address or scheduler file of the Dask cluster.")
@click.option("--limit", type=click.IntRange(1), help="Take only the first so many inputs.")
@click.option("--dry-run", is_flag=True, help="Say what it would do; write nothing.")
def run(
    pipeline: Path,
    workers: int | None,
    engine: str | None,
    scheduler: str | None,
    limit: int | None,
    dry_run: bool,
) -> None:
    """Extract the findings of a whole archive, as a run file says.

    Stopped in whatever way, it goes on where it was when the same command is given again; given once more, it does only
    what changed. Exit status: 0 all well, 1 some inputs failed or the run had to stop, 2 wrong usage, 130 interrupted.
    """
    from speechmine.archive.runfile import read_run_file
    from speechmine.archive.running import foresee
    from speechmine.archive.running import run as run_all

    given = {"workers": workers, "kind": "dask" if scheduler and not engine else engine, "scheduler": scheduler}
    with _telling():
        plan = _with(read_run_file(pipeline), given)
        if dry_run:
            _tell_outlook(plan, foresee(plan, limit))
            return
        done = run_all(plan, limit, sys.stderr)
    _tell(done)
    sys.exit(1 if done.outcomes.failed else 0)


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    """Tell why a run ends early; being asked to end is like Ctrl-C."""
    from speechmine.archive.stopping import StoppedError

    before = signal.signal(signal.SIGTERM, _interrupted)
    try:
        yield
    except StoppedError as error:
        raise click.ClickException(printable(str(error))) from error
    except SpeechmineError as error:
        raise click.UsageError(printable(str(error))) from error
    except KeyboardInterrupt:
        _say("Stopped. What is done is kept: give the same command again to go on.")
        sys.exit(130)
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupted(number: int, frame: "FrameType | None") -> None:
    raise KeyboardInterrupt


def _with(plan: "RunFile", given: dict[str, str | int | None]) -> "RunFile":
    """Put what the command says in place of what the run file says."""
    from msgspec.structs import replace

    asked = {name: value for name, value in given.items() if value is not None}
    return replace(plan, engine=replace(plan.engine, **asked))


def _tell_outlook(plan: "RunFile", outlook: "Outlook") -> None:
    from speechmine.archive.progress import told_bytes

    outputs = [name for name in ("jsonl", "parquet", "texts", "store") if getattr(plan.outputs, name)]
    known = f"{outlook.fresh:,} done and unchanged, {outlook.changed:,} changed or unfinished"
    _say(f"{outlook.listed:,} inputs: {known}, {outlook.new:,} new, {outlook.skipped:,} to skip")
    _say(f"would read {told_bytes(outlook.bytes)}, write {', '.join(outputs)} and report.html to {_near(plan.folder)}")
    _say("nothing was written")


def _tell(done: "Done") -> None:
    """Print the short report."""
    from speechmine.archive.progress import told_bytes, told_seconds

    facts = done.facts
    if facts is not None:
        for _, source, what, hint in [row for row in facts.unwell if row[0] == "failed"][:_NAMED]:
            _say(f"failed  {source}: {what}. {hint}".rstrip())
        if done.outcomes.failed > _NAMED:
            _say(f"failed  … and {done.outcomes.failed - _NAMED:,} more: see the report")
        for slow in facts.slowest[:3]:
            if slow.seconds > 5:
                _say(f"slow    {slow.source}: {told_seconds(slow.seconds)} for {told_bytes(slow.size)}")
    _say(done.outcomes.summary())
    rate = f", {done.worked / done.seconds:,.1f} a second" if done.worked else ""
    changed = f"{done.worked:,} documents in {told_seconds(done.seconds)}{rate}" if facts else "nothing has changed"
    _say(f"this run: {changed}; report: {_near(done.report)}")


def _near(path: Path) -> Path:
    """Name a path from here where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _say(message: str) -> None:
    click.echo(printable(message), err=True)
