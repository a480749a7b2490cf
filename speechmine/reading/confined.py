"""The worker: reads the files whose parsers may run out of memory, hang or crash, so that only one file is lost.

It reads jobs from standard input and writes answers to standard output; `confining` starts and kills it. It makes no
network request and runs no code of a file.
"""

import contextlib
import os
import re
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from speechmine.errors import SpeechmineError
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Done, Job, Refused, job, packed
from speechmine.reading.stored import Stored


class Reader(Protocol):
    """What every module that reads a format offers."""

    def read(self, stored: Stored, asked: Asked) -> Iterator[Answer]:
        """Yield the text, the members, or why not."""


def reader(name: str) -> Reader:
    """Import the module that reads a format."""
    return cast("Reader", import_module(f"speechmine.reading.{name}"))


def main(folder: str) -> None:
    """Serve until standard input ends; then take away the folder that was made for this worker."""
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not print into the answers
    limit_memory(LIMITS.memory)
    while (task := job(jobs)) is not None:
        for message in _answers(task):
            signal.alarm(0)  # an answer may have to wait long until the last one is analysed
            _send(message, answers)
            signal.alarm(2 * LIMITS.seconds)
        limit_memory(LIMITS.memory)
        signal.alarm(0)
        _send(Done(worn=_touched() > LIMITS.worn), answers)
    shutil.rmtree(folder, ignore_errors=True)  # whoever started this may have been killed


def limit_memory(size: int) -> None:
    """Let this process and those it starts have no more address space than that; ignored where it cannot be set."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def _answers(task: Job) -> Iterator[Answer]:
    stored = Stored(task.source, None if task.path is None else Path(task.path), task.data, depth=task.depth)
    try:
        # Whoever started this may be gone; then nobody else ends it.
        signal.alarm(2 * LIMITS.seconds)
        yield from reader(task.reader).read(stored, task.asked)
    except SpeechmineError as error:
        yield Refused.of(error)
    except MemoryError:
        yield Refused(task.source, "needs more memory than one document may have", "Split it, or save it as text.")
    except Exception as error:  # whatever a parser raises concerns this file alone
        yield Refused(task.source, f"cannot be read ({type(error).__name__}: {str(error)[:200]})", "It may be damaged.")


def _send(message: Answer | Done, file: BinaryIO) -> None:
    file.writelines(packed(message))
    file.flush()


def _touched() -> int:
    """Return the most memory that this process has had."""
    # Not getrusage: Linux counts in what the process that started this one had.
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(peak[1]) * 1024 if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
