"""The table of contents of a run: list, feed, collect, assemble, tell."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TextIO

import msgspec

from speechmine import __version__
from speechmine.archive.collecting import TEXTS, Collector
from speechmine.archive.engines import Engine, opened
from speechmine.archive.facts import Facts
from speechmine.archive.feeding import Feeder, batch_size
from speechmine.archive.ledger import NAME as LEDGER
from speechmine.archive.ledger import Ledger
from speechmine.archive.listing import listed, root
from speechmine.archive.locking import locked
from speechmine.archive.messages import Setup
from speechmine.archive.outputs import assemble, written
from speechmine.archive.page import page
from speechmine.archive.progress import Progress
from speechmine.archive.register import Outlook, outlook, register
from speechmine.archive.runfile import RunFile
from speechmine.archive.writing import move, write_whole, writing
from speechmine.errors import SpeechmineError
from speechmine.extracting import Outcomes
from speechmine.reading import Asked
from speechmine.reading.inputs import Input
from speechmine.rules import load_rules

REPORT = "report.html"


class Done(msgspec.Struct, frozen=True):
    """How a run ended.

    Attributes:
        outcomes: How the inputs ended, those of earlier runs too.
        worked: Documents done in this run.
        seconds: Time of this run.
        facts: What the outputs hold; None where nothing had changed since they were written.
        report: The page that shows it.
    """

    outcomes: Outcomes
    worked: int
    seconds: float
    facts: Facts | None
    report: Path


def run(plan: RunFile, limit: int | None, screen: TextIO) -> Done:
    """Do a run, or what an earlier one left to do.

    Args:
        plan: The run file.
        limit: How many inputs to take, or None for all.
        screen: Where to show how far it is.

    Raises:
        SpeechmineError: The run cannot go on; what is done is kept.
    """
    begun = time.monotonic()
    check(plan)
    with locked(plan.folder):
        setup = setup_of(plan)
        with closing(Ledger(plan.folder, settings_of(setup, plan), setup.limits)) as ledger:
            register(ledger, _inputs(plan), limit)
            worked = _work(plan, setup, ledger, screen)
            facts = _finish(plan, setup, ledger, begun)
            counts = Outcomes(**ledger.counts())
            return Done(counts, worked, time.monotonic() - begun, facts, plan.folder / REPORT)


def foresee(plan: RunFile, limit: int | None) -> Outlook:
    """Say what `run` would do; nothing is written.

    Raises:
        SpeechmineError: As `run`.
    """
    check(plan)
    setup = setup_of(plan)
    found = (item for number, item in enumerate(_inputs(plan)) if limit is None or number < limit)
    return outlook(plan.folder, found, settings_of(setup, plan), setup.limits)


def check(plan: RunFile) -> None:
    """Refuse what cannot be meant.

    Raises:
        SpeechmineError: The output folder lies in what is read, nothing is to be written, or a library is missing.
    """
    plan.options.check(plan.inputs)
    for path in plan.inputs:
        if plan.folder.is_relative_to(root(path).resolve()):
            raise SpeechmineError("lies in what is read", str(plan.folder), "Name a folder beside it in [outputs].")
    if plan.outputs.store == LEDGER:
        raise SpeechmineError(f"outputs.store: {LEDGER} is the ledger", str(plan.folder), "Name it otherwise.")
    if plan.outputs.parquet:
        import speechmine.exporting.parquet  # noqa: F401 - it says what to install


def setup_of(plan: RunFile) -> Setup:
    """Return what the workers need."""
    options, limits = plan.options, plan.limits
    return Setup(
        version=__version__,
        rules_version=load_rules(*options.rules).version,
        rules=[bytes(path.absolute()) for path in options.rules],
        reference_date=options.reference_date,
        explain=options.explain,
        texts=plan.outputs.texts or plan.outputs.store is not None,  # it holds the texts
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        documents=limits.documents_per_worker,
    )


def settings_of(setup: Setup, plan: RunFile) -> str:
    """Return a key of all that results depend on beside the bytes."""
    asked = (plan.options.encoding, plan.options.text_column)
    told = (setup.version, setup.rules_version, setup.reference_date, setup.explain, setup.texts, *asked)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _inputs(plan: RunFile) -> Iterator[Input]:
    return listed(plan.inputs)


def _work(plan: RunFile, setup: Setup, ledger: Ledger, screen: TextIO) -> int:
    """Do what is to be done; return how many documents that was."""
    todo = ledger.todo()
    if todo.fresh == todo.listed:
        return 0
    engine = opened(plan.engine)
    progress = Progress(screen, todo.bytes)
    try:
        return _through(plan, setup, ledger, engine, progress, todo.bytes)
    finally:
        progress.close()
        engine.close()


def _through(plan: RunFile, setup: Setup, ledger: Ledger, engine: Engine, progress: Progress, size: int) -> int:
    asked = Asked(plan.options.encoding, plan.options.text_column)
    feeder = Feeder(
        ledger, settings_of(setup, plan), asked, plan.engine.send_files, lambda done: progress.step(0, done)
    )
    collector = Collector(engine, setup, ledger, plan.folder, progress)
    with closing(feeder.batches(batch_size(size, engine.workers()))) as batches:
        collector.collect(batches)
    return collector.documents


def _finish(plan: RunFile, setup: Setup, ledger: Ledger, begun: float) -> Facts | None:
    """Write the outputs where anything changed since they were written."""
    state = " ".join((ledger.fact("listing"), ledger.fact("changes"), repr(plan.outputs), setup.rules_version))
    if ledger.fact("assembled") == state and written(plan.folder, plan.outputs) and (plan.folder / REPORT).exists():
        return None
    roots = (root(path) for path in plan.inputs)
    texts = (plan.folder / TEXTS, *(place if place.is_dir() else place.parent for place in roots))
    facts = assemble(ledger, plan.folder, plan.outputs, setup.rules_version, texts)
    version = f"speechmine {__version__}, rules {setup.rules_version}"
    with writing(plan.folder):
        aside = plan.folder / f".{REPORT}"
        write_whole(aside, page(facts, version, time.monotonic() - begun).encode())
        move(aside, plan.folder / REPORT)
    with ledger.transaction():
        ledger.note("assembled", state)
    return facts
