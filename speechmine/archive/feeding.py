"""From the inputs that are new or changed to batches of documents: files are hashed, archives opened, one at a time."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from speechmine.archive.ledger import Item, Ledger
from speechmine.archive.messages import Outcome, Result, Task
from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading.documents import Leaf, leaves
from speechmine.reading.messages import Asked
from speechmine.reading.stored import Stored, stored_file, unreadable

LARGEST_BATCH = 200_000
"""Bytes of a batch: a second of work. Scheduling one costs some milliseconds, on a cluster too."""

SMALLEST_BATCH = 5_000
_MOST = 64  # documents in a batch: each costs something whatever its size


class Feeder:
    """Makes the tasks of a run.

    Args:
        ledger: Where it is written what was done.
        settings: Key of all that results depend on beside the bytes.
        asked: What the user said of the inputs.
        send_files: Whether the bytes of files go with the task.
        told: Called with the bytes of an input that will give no more tasks of its own.
    """

    def __init__(
        self, ledger: Ledger, settings: str, asked: Asked, send_files: bool, told: Callable[[int], None]
    ) -> None:
        self._ledger, self._settings, self._asked = ledger, settings, asked
        self._send_files, self._told = send_files, told

    def batches(self, bytes: int) -> Generator[list[Task], None, None]:
        """Yield all tasks, in batches of about so many bytes."""
        batch: list[Task] = []
        size = 0
        for task in self._tasks():
            if batch and (size + task.size > bytes or len(batch) == _MOST):
                yield batch
                batch, size = [], 0
            batch.append(task)
            size += task.size
        if batch:
            yield batch

    def _tasks(self) -> Iterator[Task]:
        for item in self._ledger.stale():
            try:
                digest = "" if item.skip else _digest(item)
            except SpeechmineError as error:
                self._refuse(item, error)
                continue
            if self._ledger.begin(item, digest, self._settings):
                self._told(item.size or 0)
            else:
                yield from self._of(item, digest)

    def _of(self, item: Item, digest: str) -> Iterator[Task]:
        """Yield the tasks of one input, and write down at once what is not read at all."""
        known = self._ledger.known(item.number)
        members, plain = 0, False
        for members, found in enumerate(self._leaves(item), 1):
            if members - 1 in known:
                continue
            if isinstance(found, Leaf):
                plain = found.stored.path is not None
                yield self._task(item, members - 1, found, digest)
            else:
                self._ledger.keep([refused(item.number, members - 1, found)])
        self._ledger.fed(item.number, members)
        if not plain:
            self._told(item.size or 0)

    def _leaves(self, item: Item) -> Iterator[Leaf | SpeechmineError]:
        if item.skip:
            yield NotReadError(item.skip, item.source)
            return
        try:
            stored = stored_file(os.fsdecode(item.path), item.source)
        except SpeechmineError as error:
            yield error
        else:
            yield from leaves(stored, self._asked)

    def _task(self, item: Item, member: int, leaf: Leaf, digest: str) -> Task:
        stored, data, path = leaf.stored, leaf.stored.data, None
        if stored.path is not None:
            with contextlib.suppress(OSError):
                data = stored.path.read_bytes() if self._send_files else b""
            path = None if data else item.path
        return Task(
            input=item.number, member=member, source=stored.source, size=stored.size, path=path, data=data,
            id=digest[:16] if stored.path is not None else "", warnings=list(stored.warnings), depth=stored.depth,
            encoding=leaf.asked.encoding, column=leaf.asked.column,
        )  # fmt: skip

    def _refuse(self, item: Item, error: SpeechmineError) -> None:
        """Write down that a file cannot be read now; the next run tries again."""
        self._ledger.begin(item, "", self._settings)
        self._ledger.keep([refused(item.number, 0, error, "unreadable")])
        self._ledger.fed(item.number, 1)
        self._told(item.size or 0)


def refused(number: int, member: int, error: SpeechmineError, limits: str = "") -> Result:
    """Make the result of a document that is not read."""
    outcome: Outcome = "skipped" if isinstance(error, NotReadError) else "failed"
    return Result(
        input=number, member=member, source=error.where, outcome=outcome, what=error.what, hint=error.hint,
        limits=limits,
    )  # fmt: skip


def batch_size(bytes: int, workers: int) -> int:
    """Return how many bytes a batch should have: small runs are cut so that all workers have some."""
    return max(SMALLEST_BATCH, min(LARGEST_BATCH, bytes // (8 * workers)))


def _digest(item: Item) -> str:
    """Hash a file.

    Raises:
        SpeechmineError: It cannot be read.
    """
    stored: Stored = stored_file(os.fsdecode(item.path), item.source)
    try:
        with Path(os.fsdecode(item.path)).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(error, stored.source) from error
