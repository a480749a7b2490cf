"""The worker process: from tasks on standard input to results on standard output, until the input ends.

It has little memory and no terminal. Whatever a document does to it, `supervising` starts another.
"""

import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import BinaryIO

from speechmine import __version__
from speechmine.analysis import study
from speechmine.archive.messages import (
    HEAD,
    Ready,
    Result,
    Setup,
    Task,
    deflated,
    framed,
    length,
    packed,
    packed_fingerprint,
    setup_of,
    task_of,
)
from speechmine.errors import NotReadError, SpeechmineError
from speechmine.exporting.jsonl import json_line
from speechmine.reading.confined import limit_memory
from speechmine.reading.document import Document
from speechmine.reading.documents import documents
from speechmine.reading.messages import Asked
from speechmine.reading.stored import Stored
from speechmine.rules import RuleBook, load_rules

IDLE = 120
"""Seconds without work after which the worker ends: on a cluster nobody else would end it."""

_TOO_MUCH = "needs more memory than one document may have"


def main() -> None:
    """Serve."""
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not print into the results
    setup = setup_of(_message(tasks) or b"")
    rules = load_rules(*(Path(os.fsdecode(name)) for name in setup.rules))
    limit_memory(setup.memory_mb * 1_000_000)
    _send(results, packed(Ready(__version__, rules.version)))
    for number in range(1, setup.documents + 1):
        if not select.select([tasks], [], [], IDLE)[0] or (body := _message(tasks)) is None:
            return
        task = task_of(body)
        # Whoever started this may be gone, and then nobody else ends it. The alarm needs no help of the interpreter.
        signal.alarm(setup.seconds_for(task.size) + 10)
        _send(results, packed(result(task, setup, rules, worn=number == setup.documents)))
        signal.alarm(0)


def result(task: Task, setup: Setup, rules: RuleBook, worn: bool = False) -> Result:
    """Read one document and extract its findings; whatever goes wrong concerns it alone."""
    begun = time.perf_counter()
    try:
        return _extracted(task, setup, rules, begun, worn)
    except MemoryError:
        lost = SpeechmineError(_TOO_MUCH, task.source, f"Split it, or raise limits.memory_mb ({setup.memory_mb}).")
        return _refused(task, lost, begun, True, setup.limits)
    except Exception as error:  # an error of ours must not end a run of a million documents
        what = f"the analysis broke down over it ({type(error).__name__}: {str(error)[:200]})"
        return _refused(task, SpeechmineError(what, task.source, "Please report it with the text."), begun, worn)


def _extracted(task: Task, setup: Setup, rules: RuleBook, begun: float, worn: bool) -> Result:
    document = _read(task)
    if isinstance(document, SpeechmineError):
        return _refused(task, document, begun, worn)
    if task.id and document.id != task.id:
        error = SpeechmineError("changed while the run was on", task.source, "Give the same command again.")
        return _refused(task, error, begun, worn, "changed")
    studied = study(document, rules, setup.reference_date, setup.explain)
    return Result(
        input=task.input,
        member=task.member,
        source=document.source,
        outcome="degraded" if document.warnings else "ok",
        what=" ".join(document.warnings),
        id=document.id,
        record=deflated(json_line(studied.record)),
        fingerprint=packed_fingerprint(studied.fingerprint),
        text=deflated(document.text.encode()) if setup.texts and not document.plain else None,
        seconds=time.perf_counter() - begun,
        size=task.size,
        worn=worn,
    )


def _read(task: Task) -> Document | SpeechmineError:
    stored = Stored(task.source, task.file, task.data, tuple(task.warnings), task.depth)
    return next(documents(stored, Asked(task.encoding, task.column)))


def _refused(task: Task, error: SpeechmineError, begun: float, worn: bool, limits: str = "") -> Result:
    return Result(
        input=task.input,
        member=task.member,
        source=error.where,
        outcome="skipped" if isinstance(error, NotReadError) else "failed",
        what=error.what,
        hint=error.hint,
        seconds=time.perf_counter() - begun,
        size=task.size,
        limits=limits,
        worn=worn,
    )


def _message(file: BinaryIO) -> bytes | None:
    head = file.read(HEAD)
    return file.read(length(head)) if len(head) == HEAD else None


def _send(file: BinaryIO, body: bytes) -> None:
    file.write(framed(body))
    file.flush()


if __name__ == "__main__":
    main()
