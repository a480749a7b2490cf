"""Batches out, results in: some are always under way, and every task gives exactly one result."""

import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from speechmine.archive.engines import Engine
from speechmine.archive.ledger import Ledger
from speechmine.archive.messages import Result, Setup, Task, packed, results_of
from speechmine.archive.progress import Progress
from speechmine.archive.stopping import GO_ON, StoppedError
from speechmine.archive.supervising import UnfitError, lost
from speechmine.archive.writing import move, write_whole, writing

TEXTS = "texts"
_AHEAD = 2  # batches for each worker: one that it does and one that waits


class Collector:
    """Submits batches and writes down what comes back.

    Attributes:
        documents: How many are done.
    """

    def __init__(self, engine: Engine, setup: Setup, ledger: Ledger, folder: Path, progress: Progress) -> None:
        self.documents = 0
        self._engine, self._setup, self._packed = engine, setup, packed(setup)
        self._ledger, self._folder, self._progress = ledger, folder, progress
        self._under_way: dict[Future[bytes], list[Task]] = {}
        self._alone: deque[Task] = deque()
        self._suspects: set[tuple[int, int]] = set()

    def collect(self, batches: Iterator[list[Task]]) -> None:
        """Do all batches.

        Raises:
            StoppedError: Nothing more can be done, or the results cannot be written.
        """
        more = True
        while more or self._under_way or self._alone:
            while more and len(self._under_way) < _AHEAD * max(1, self._engine.workers()):
                batch = [self._alone.popleft()] if self._alone else next(batches, [])
                more = bool(batch)
                if batch:
                    self._under_way[self._engine.submit(self._packed, packed(batch))] = batch
            done, _ = wait(self._under_way, timeout=1, return_when=FIRST_COMPLETED)
            self._engine.check()
            for future in done:
                self._take(future)
            more = more or bool(self._alone)

    def _take(self, future: "Future[bytes]") -> None:
        tasks = self._under_way.pop(future)
        error = future.exception() if not future.cancelled() else None
        if isinstance(error, UnfitError):
            raise StoppedError(str(error), "the workers", f"Then {GO_ON}")
        if error is not None or future.cancelled():
            self._engine.check()
            self._again(tasks)
        else:
            self._keep(results_of(future.result()), tasks)

    def _again(self, tasks: list[Task]) -> None:
        """Do the documents of a lost batch one by one; one that is lost alone, and again, has failed."""
        for task in tasks:
            name = (task.input, task.member)
            if name in self._suspects and len(tasks) == 1:
                self._keep([lost(task, "its worker was lost, twice", "Give it alone to see why.", "lost")], tasks)
            else:
                if len(tasks) == 1:
                    self._suspects.add(name)
                self._alone.append(task)

    def _keep(self, results: list[Result], tasks: list[Task]) -> None:
        for result in results:
            if result.text is not None:
                self._store(result.id, zlib.decompress(result.text))
        self._ledger.keep(results)
        self.documents += len(results)
        # What comes out of an archive is counted with the archive.
        self._progress.step(len(results), sum(task.size for task in tasks if task.depth == 0))

    def _store(self, id: str, text: bytes) -> None:
        with writing(self._folder):
            folder = self._folder / TEXTS
            folder.mkdir(exist_ok=True)
            aside = folder / f".{id}"
            write_whole(aside, text)
            move(aside, folder / f"{id}.txt")
