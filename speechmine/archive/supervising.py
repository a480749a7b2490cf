"""A batch of documents to its results, whatever happens to the process that reads them.

`work` is what is submitted to an executor, here or on a cluster. It hands one document at a time to a worker process of
its own, so it knows which document a worker died of, and no other is touched by that.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from speechmine.archive.messages import (
    HEAD,
    Result,
    Setup,
    Task,
    framed,
    length,
    packed,
    ready_of,
    result_of,
    setup_of,
    tasks_of,
)
from speechmine.reading.pipes import received, send

STARTED_IN = 120.0
"""Seconds in which a worker must have loaded its rules, on the slowest disk."""

_TRIES = 2  # a worker may be killed by somebody else; one that dies twice over a document dies of it


class UnfitError(Exception):
    """No worker can be started here, or it would write other records: nothing to do with any document."""


class _Worker:
    """One worker process, for one thread."""

    def __init__(self, setup: bytes) -> None:
        self.setup = setup
        # -P: the working folder may hold a hostile zipfile.py. A session of its own: Ctrl-C is for the run.
        command = [sys.executable, "-P", "-m", "speechmine.archive.worker"]
        places = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(places)}, start_new_session=True,
        )  # fmt: skip
        try:
            self._check(setup_of(setup))
        except BaseException:
            self.kill()
            raise

    def _check(self, setup: Setup) -> None:
        try:
            self._send(self.setup)
            ready = ready_of(self._answer(STARTED_IN))
        except (OSError, EOFError) as error:
            raise UnfitError("a worker could not be started: are speechmine and the rule files there?") from error
        found = (ready.version, ready.rules_version)
        if found != (setup.version, setup.rules_version):
            raise UnfitError(f"a worker has speechmine {found[0]} with rules {found[1]}: install the same everywhere")

    def ask(self, task: Task, seconds: float) -> Result:
        """Return the result of one document.

        Raises:
            TimeoutError: It has not come in time.
            EOFError: The worker died.
        """
        try:
            self._send(packed(task))
        except OSError as error:
            raise EOFError from error
        return result_of(self._answer(seconds))

    def _send(self, body: bytes) -> None:
        assert self.process.stdin is not None
        send(self.process.stdin.fileno(), framed(body))

    def _answer(self, seconds: float) -> bytearray:
        assert self.process.stdout is not None
        pipe, deadline = self.process.stdout.fileno(), time.monotonic() + seconds
        return received(pipe, length(received(pipe, HEAD, deadline)), deadline)

    def kill(self) -> None:
        """End it."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()


class Supervisor:
    """The workers of one process, one for each thread that works."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._all: set[_Worker] = set()
        self._closed = False

    def work(self, setup: bytes, tasks: bytes) -> bytes:
        """Do a batch; see `work`."""
        return packed([self._result(task, setup) for task in tasks_of(tasks)])

    def close(self) -> None:
        """End all workers, also those that work."""
        self._closed = True
        for worker in list(self._all):
            worker.process.kill()

    def reap(self) -> None:
        """Take leave of the ended workers, when no thread works any more."""
        while self._all:
            self._all.pop().kill()

    def _result(self, task: Task, setup: bytes) -> Result:
        asked = setup_of(setup)
        seconds = asked.seconds_for(task.size)
        for _ in range(_TRIES):
            try:
                found = self._worker(setup).ask(task, seconds)
            except TimeoutError:
                self._drop()
                hint = f"It may be damaged; else split it, or raise limits.seconds ({asked.seconds})."
                return lost(task, f"not done in {seconds} seconds", hint, asked.limits)
            except EOFError:
                self._drop()
                continue
            if found.worn:
                self._drop()
            return found
        hint = f"Split it, or raise limits.memory_mb ({asked.memory_mb}); if that does not help, please report it."
        return lost(task, "its worker died over it, twice", hint, asked.limits)

    def _worker(self, setup: bytes) -> _Worker:
        """Return the worker of this thread, a new one where there is none for this setup."""
        if self._closed:
            raise UnfitError("the run has ended")
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is not None and (worker.setup != setup or worker.process.poll() is not None):
            self._drop()
            worker = None
        if worker is None:
            worker = self._own.worker = _Worker(setup)
            self._all.add(worker)
        return worker

    def _drop(self) -> None:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is not None:
            worker.kill()
            self._all.discard(worker)
        self._own.worker = None


_here = Supervisor()


def work(setup: bytes, tasks: bytes) -> bytes:
    """Return the results of a batch, all as bytes; on a cluster this runs in a thread of a cluster's worker.

    Raises:
        UnfitError: No worker can be started here.
    """
    return _here.work(setup, tasks)


def lost(task: Task, what: str, hint: str, limits: str = "") -> Result:
    """Make the result of a document that no worker gave one of."""
    return Result(
        input=task.input, member=task.member, source=task.source, outcome="failed", what=what, hint=hint,
        size=task.size, limits=limits,
    )  # fmt: skip
