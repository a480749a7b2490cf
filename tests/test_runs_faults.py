"""What can go wrong with a run: killed, out of disk, two at once, documents that hang, crash or eat memory."""

import io
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from speechmine.archive import ledger, running, writing
from speechmine.archive.messages import packed, setup_of, tasks_of
from speechmine.archive.runfile import read_run_file
from speechmine.archive.stopping import WriteError
from speechmine.archive.supervising import UnfitError
from speechmine.archive.worker import result
from speechmine.rules import load_rules
from tests.running_samples import SPEECH, archive, living_workers, outcome, records, run, run_file, started

KILLS = 30


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    """See that no worker outlives its run."""
    before = living_workers()
    yield
    deadline = time.monotonic() + 10
    while living_workers() - before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert living_workers() - before == set()


def unbroken(folder: Path) -> dict[str, str]:
    """Return the outcome of a run that nothing happens to, with one worker."""
    run(run_file(folder, "unbroken"), "--workers", "1")
    return outcome(folder / "unbroken")


def _run(path: Path) -> None:
    running.run(read_run_file(path), None, io.StringIO())


def test_a_run_killed_at_thirty_moments_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    archive(tmp_path, 200)
    expected = unbroken(tmp_path)
    path, chance, whole, least = run_file(tmp_path), random.Random(5), 0, 0
    forked = multiprocessing.get_context("fork")  # the rules are loaded: more of its life is work
    for _ in range(KILLS):
        process = forked.Process(target=_run, args=(path,))
        process.start()
        process.join(chance.uniform(0.0, 1.2))
        process.kill()
        process.join()
        least += written_down(tmp_path / "out") not in {0, 209}
        if process.exitcode == 0:
            assert outcome(tmp_path / "out") == expected
            whole += 1
            (tmp_path / "out").rename(tmp_path / f"whole-{whole}")
    run(path)
    assert outcome(tmp_path / "out") == expected
    assert least >= 5  # many died in the middle of the work


def written_down(folder: Path) -> int:
    if not (folder / ledger.NAME).exists():
        return 0
    base = sqlite3.connect(f"file:{folder / ledger.NAME}?mode=ro", uri=True, timeout=5)
    try:
        return int(base.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # killed before there were tables
    finally:
        base.close()


class Inline:
    """An engine without processes; what it is told to lose is lost."""

    def __init__(self, lose: Callable[[int], BaseException | None] = lambda number: None) -> None:
        self.number, self.lose = 0, lose

    def workers(self) -> int:
        return 1

    def submit(self, setup: bytes, tasks: bytes) -> "Future[bytes]":
        self.number += 1
        future: Future[bytes] = Future()
        error = self.lose(self.number)
        if error is None:
            asked = setup_of(setup)
            future.set_result(packed([result(task, asked, load_rules()) for task in tasks_of(tasks)]))
        else:
            future.set_exception(error)
        return future

    def check(self) -> None:
        pass

    def close(self) -> None:
        pass


class Nth:
    """Fails at the n-th of all calls of what it is put before."""

    def __init__(self, number: int) -> None:
        self.left = number

    def before(self, real: Callable[..., object], error: BaseException) -> Callable[..., object]:
        def called(*words: object, **named: object) -> object:
            self.left -= 1
            if self.left == 0:
                raise error
            return real(*words, **named)

        return called


def test_whichever_write_fails_the_next_run_ends_as_if_it_had_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(tmp_path, 3)
    monkeypatch.setattr(running, "opened", lambda wanted: Inline())
    expected = unbroken(tmp_path)
    full = OSError(28, "No space left on device")
    for number in range(1, 200):
        path, nth = run_file(tmp_path, f"out{number}"), Nth(number)
        with monkeypatch.context() as patched:
            for name in ("write", "close"):
                patched.setattr(writing.WholeFile, name, nth.before(getattr(writing.WholeFile, name), full))
            for name in ("rename", "replace", "mkdir"):
                patched.setattr(Path, name, nth.before(getattr(Path, name), full))
            begin = nth.before(
                ledger._Transaction.__enter__,
                WriteError("database or disk is full", "ledger.sqlite"),
            )
            patched.setattr(ledger._Transaction, "__enter__", begin)
            first = run(path)
        if nth.left > 0:
            break
        assert first.exit_code == 1
        assert "cannot be written" in first.stderr, (number, first.stderr)
        assert "Traceback" not in first.output
        run(path)
        assert outcome(tmp_path / f"out{number}") == expected, number
    assert 20 < number < 199


def test_a_full_disk_stops_the_run_and_room_lets_it_go_on(tmp_path: Path) -> None:
    archive(tmp_path, 60)
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(small)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("mounting a small file system needs root")
    try:
        text = run_file(tmp_path).read_text("utf-8")
        (tmp_path / "small.toml").write_text(text.replace('"out"', '"small/out"'), "utf-8")
        stopped = run(tmp_path / "small.toml")
        assert stopped.exit_code == 1
        assert "cannot be written" in stopped.stderr
        assert "Free some space" in stopped.stderr
        subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
        assert "failed" in run(tmp_path / "small.toml").stderr
        found = outcome(small / "out")
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
    assert found == unbroken(tmp_path)


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    archive(tmp_path, 2)
    (tmp_path / "out").write_text("a file", "utf-8")
    result = run(run_file(tmp_path))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_a_document_that_hangs_crashes_or_eats_memory_costs_itself(tmp_path: Path) -> None:
    texts = archive(tmp_path, 30)
    for name, word in (("hang", "挂起"), ("crash", "崩溃"), ("memory", "吃内存"), ("bug", "出错"), ("once", "死一次")):
        (texts / f"0{name}.txt").write_text(word + SPEECH.format(1), "utf-8")
    path = run_file(tmp_path, more="[limits]\nseconds = 2\nmemory_mb = 500\n")
    process = started(path, "--workers", "2", faults=tmp_path / "faults")
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert "44 inputs: 37 ok, 0 degraded, 1 skipped, 6 failed" in told
    for name, reason in (
        ("hang", "not done in 2 seconds"), ("crash", "its worker died over it, twice"),
        ("memory", "needs more memory than one document may have"), ("bug", "the analysis broke down over it (KeyError"),
    ):  # fmt: skip
        assert f"failed  0{name}.txt: {reason}" in told
    # Under another limit what went over it is tried again, and nothing else.
    run_file(tmp_path, more="[limits]\nseconds = 30\nmemory_mb = 500\n")
    assert "this run: 3 documents" in run(path).stderr


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    archive(tmp_path, 100)
    expected = unbroken(tmp_path)
    before = living_workers()
    process = started(run_file(tmp_path), "--workers", "2")
    wait_for(lambda: written_down(tmp_path / "out") > 20)
    for worker in living_workers() - before:
        os.kill(worker, signal.SIGKILL)
    process.communicate(timeout=60)
    assert outcome(tmp_path / "out") == expected


def wait_for(state: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not state():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_two_runs_on_one_folder_and_being_asked_to_stop(tmp_path: Path) -> None:
    texts = archive(tmp_path, 40)
    (texts / "zz.txt").write_text("挂起" + SPEECH.format(1), "utf-8")
    path = run_file(tmp_path)
    first = started(path, faults=tmp_path / "faults")
    wait_for(lambda: written_down(tmp_path / "out") > 30)
    second = run(path)
    assert second.exit_code == 1
    assert f"another run writes there (process {first.pid} on " in second.stderr
    first.terminate()
    told = first.communicate(timeout=20)[1]
    assert first.returncode == 130
    assert "Stopped. What is done is kept" in told
    assert "Traceback" not in told
    assert (tmp_path / "out/lock").exists()  # and yet it is free
    assert "50 inputs: 47 ok" in run(path).stderr
    assert len(records(tmp_path / "out")) == 47


def test_a_lost_batch_is_done_again_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path, 8)
    monkeypatch.setattr(running, "opened", lambda wanted: Inline())
    expected = unbroken(tmp_path)
    lost: Callable[[int], BaseException | None] = lambda number: OSError("lost") if number == 1 else None  # noqa: E731
    monkeypatch.setattr(running, "opened", lambda wanted: Inline(lost))
    run(run_file(tmp_path))
    assert outcome(tmp_path / "out") == expected


def test_a_document_that_is_lost_alone_twice_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path, 1)
    monkeypatch.setattr(running, "opened", lambda wanted: Inline(lambda number: OSError("lost")))
    result = run(run_file(tmp_path))
    assert "10 inputs: 0 ok, 0 degraded, 1 skipped, 9 failed" in result.stderr
    assert "its worker was lost, twice" in result.stderr
    monkeypatch.setattr(running, "opened", lambda wanted: Inline())
    assert "10 inputs: 7 ok, 0 degraded, 1 skipped, 2 failed" in run(tmp_path / "out.toml").stderr


def test_workers_that_would_write_other_records_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path, 1)
    monkeypatch.setattr(
        running, "opened", lambda wanted: Inline(lambda number: UnfitError("a worker has speechmine 9"))
    )
    result = run(run_file(tmp_path))
    assert result.exit_code == 1
    assert "a worker has speechmine 9" in result.stderr
    monkeypatch.setattr(running, "__version__", "9")
    monkeypatch.undo()
    monkeypatch.setattr(running, "__version__", "9")
    result = run(tmp_path / "out.toml")
    assert "a worker has speechmine 0.1.0" in result.stderr
