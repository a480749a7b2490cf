"""From a file to the worker's answers: workers are started when needed, kept for the next file, killed when they hang."""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Alive, Answer, Asked, Done, Job, Refused, answer, length, packed
from speechmine.reading.pipes import received, send
from speechmine.reading.stored import Stored

_CODE = "import sys; sys.path.insert(0, sys.argv[1]); from speechmine.reading.confined import main; main(sys.argv[2])"
_CRASHED = "its reader broke down over it"
_DAMAGED = "It is damaged, or needs more memory than one document may have."


class _StoppedError(Exception):
    """The worker died, or has not answered in time."""


class _Worker:
    """One process that reads; it has a folder of its own for what programs must find in files."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="speechmine-")
        self.owner = os.getpid()
        # -I: neither the environment nor the working folder, which may hold a hostile zipfile.py, adds modules.
        command = [sys.executable, "-I", "-c", _CODE, str(Path(__file__).parents[2]), self.folder]
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        environment |= {"TMPDIR": self.folder, "HOME": self.folder, "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True, bufsize=0,
        )  # fmt: skip

    def ask(self, job: Job) -> Iterator[Answer | Done]:
        """Yield the answers, `Done` last.

        Raises:
            _StoppedError: It died, or has not answered in time.
        """
        assert self.process.stdin is not None
        try:
            for piece in packed(job):
                send(self.process.stdin.fileno(), piece)
        except OSError as error:
            raise _StoppedError(_CRASHED) from error
        message: Answer | Done | None = None
        while not isinstance(message, Done):
            deadline = time.monotonic() + LIMITS.seconds
            message = answer(self._bytes(length(self._bytes(8, deadline)), deadline))
            yield message

    def _bytes(self, size: int, deadline: float) -> bytearray:
        assert self.process.stdout is not None
        try:
            return received(self.process.stdout.fileno(), size, deadline)
        except TimeoutError:
            raise _StoppedError(f"not read in {LIMITS.seconds} seconds") from None
        except EOFError:
            raise _StoppedError(_CRASHED) from None

    def kill(self) -> None:
        """End it with all that it started, and its folder."""
        if self.owner != os.getpid():
            return  # a copy that fork made: the worker is somebody else's
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_idle: list[_Worker] = []


def answers(reader: str, stored: Stored, asked: Asked) -> Iterator[Answer]:
    """Yield what a reader says of a file; whatever happens to the reader, this goes on.

    While its answers are taken one by one, another file may be asked about: that takes another worker.

    Args:
        reader: Name of the module that reads.
        stored: The file.
        asked: What the user said of it.
    """
    path = None if stored.path is None else str(stored.path.absolute())
    job = Job(reader, stored.source, asked, path, stored.data, stored.depth)
    worker, rested = _worker(), False
    try:
        for message in worker.ask(job):
            if isinstance(message, Done):
                rested = not message.worn
            elif not isinstance(message, Alive):
                yield message
    except _StoppedError as stopped:
        yield Refused(stored.source, str(stopped), _DAMAGED)
    finally:
        if rested:
            _idle.append(worker)
        else:
            worker.kill()


def _worker() -> _Worker:
    while _idle:
        worker = _idle.pop()
        if worker.owner == os.getpid() and worker.process.poll() is None:
            return worker
        worker.kill()
    return _Worker()


@atexit.register
def close() -> None:
    """End the workers that wait for work."""
    while _idle:
        _idle.pop().kill()
