"""Who does the work: anything that takes a batch and promises its results."""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from speechmine.archive.runfile import Engine as Wanted
from speechmine.archive.supervising import Supervisor
from speechmine.errors import SpeechmineError


class Engine(Protocol):
    """A `concurrent.futures` executor with what a run must know of it."""

    def workers(self) -> int:
        """Return how many documents are done at once."""

    def submit(self, setup: bytes, tasks: bytes) -> "Future[bytes]":
        """Have `supervising.work` done."""

    def check(self) -> None:
        """Stop the run where nothing more can be done.

        Raises:
            SpeechmineError: Nothing more can be done.
        """

    def close(self) -> None:
        """End all that was started."""


class Processes:
    """Worker processes of this machine, each with a thread here that hands it documents and waits.

    The threads know which document a process died of. `ProcessPoolExecutor` does not: it breaks as a whole, and has to
    be built anew while all that was under way is done again one by one.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or len(os.sched_getaffinity(0))
        self._supervisor = Supervisor()
        self._executor = ThreadPoolExecutor(self._workers, "speechmine")

    def workers(self) -> int:
        """Return how many processes there are."""
        return self._workers

    def submit(self, setup: bytes, tasks: bytes) -> "Future[bytes]":
        """Have a batch done."""
        return self._executor.submit(self._supervisor.work, setup, tasks)

    def check(self) -> None:
        """Do nothing: threads do not get lost."""

    def close(self) -> None:
        """Kill the processes and wait for the threads."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._supervisor.close()
        self._executor.shutdown(wait=True)
        self._supervisor.reap()


def opened(wanted: Wanted) -> Engine:
    """Start the engine that a run asks for.

    Raises:
        SpeechmineError: It cannot be started.
    """
    if wanted.kind == "process":
        if wanted.scheduler is not None:
            hint = "Add --engine dask, or leave the scheduler out."
            raise SpeechmineError("a scheduler is for the engine dask", wanted.scheduler, hint)
        return Processes(wanted.workers)
    from speechmine.archive.cluster import Cluster

    return Cluster(wanted.scheduler, wanted.workers)
