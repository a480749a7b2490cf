"""A Dask cluster as engine: the only door to distributed."""

import os
import time
from concurrent.futures import Future
from pathlib import Path

from speechmine.archive.stopping import GO_ON, StoppedError
from speechmine.archive.supervising import work
from speechmine.errors import SpeechmineError

try:
    from distributed import Client, LocalCluster
except ImportError as error:
    raise SpeechmineError(
        "distributed is not installed", "--engine dask", "pip install 'speechmine[cluster]'"
    ) from error

PATIENCE = 120.0
"""Seconds to wait for a first worker, and for another when all are gone: batch systems take their time."""


WAIT = 30.0
"""Seconds in which a scheduler must answer."""


class Cluster:
    """The workers of a Dask scheduler, one process of speechmine's own for each of their threads.

    Args:
        scheduler: Its address or scheduler file; None starts a cluster on this machine.
        workers: How many to start here.
    """

    def __init__(self, scheduler: str | None, workers: int | None) -> None:
        self._cluster = None if scheduler else _local(workers)
        self._client = _client(self._cluster, scheduler)
        self._executor = self._client.get_executor(pure=False)
        self._seen = time.monotonic()
        self._asked = 0.0
        self._threads = 0
        while not self.workers():
            self.check()
            time.sleep(0.1)

    def workers(self) -> int:
        """Return how many threads the workers have, as of half a second ago; they may come and go."""
        if time.monotonic() > self._asked + 0.5:
            self._threads = sum(self._client.nthreads().values()) if self._client.status == "running" else 0
            self._asked = time.monotonic()
        return self._threads

    def submit(self, setup: bytes, tasks: bytes) -> "Future[bytes]":
        """Have a batch done by any worker; Dask gives it to another when that one is lost."""
        promise: Future[bytes] = self._executor.submit(work, setup, tasks)
        return promise

    def check(self) -> None:
        """Stop the run when the scheduler is gone, or all workers for long.

        Raises:
            StoppedError: So it is.
        """
        hint = f"Start it, and {GO_ON}"
        if self._client.status != "running":
            raise StoppedError("the scheduler is gone", "--engine dask", hint)
        if self.workers():
            self._seen = time.monotonic()
        elif time.monotonic() > self._seen + PATIENCE:
            raise StoppedError(f"no worker for {PATIENCE:.0f} seconds", "--engine dask", hint)

    def close(self) -> None:
        """Leave the cluster, and end it where it was started here."""
        self._executor.shutdown(wait=False)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def _local(workers: int | None) -> LocalCluster:
    count = workers or len(os.sched_getaffinity(0))
    return LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None)


def _client(cluster: LocalCluster | None, scheduler: str | None) -> Client:
    try:
        if cluster is not None:
            return Client(cluster)
        assert scheduler is not None
        if Path(scheduler).is_file():
            return Client(scheduler_file=scheduler, timeout=WAIT)
        return Client(scheduler, timeout=WAIT)
    except (OSError, ValueError) as error:
        hint = "Start it with `dask scheduler`; docs/cluster.md shows how."
        raise SpeechmineError(f"no scheduler answers ({error})", str(scheduler), hint) from error
