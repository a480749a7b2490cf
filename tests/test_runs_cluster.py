"""A Dask cluster as engine: a scheduler and two workers of their own, one killed in the middle; the bytes are the same."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running_samples import archive, outcome, run, run_file, started
from tests.test_runs_faults import nothing_stays, wait_for, written_down

pytest.importorskip("distributed", reason="speechmine[cluster] is not installed")
__all__ = ["nothing_stays"]


@contextmanager
def cluster(folder: Path) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Start a scheduler and two workers on loopback; yield the three."""
    file = folder / "scheduler.json"
    common = ["--host", "127.0.0.1", "--scheduler-file", str(file)]
    processes = [_dask(folder, "scheduler", *common, "--port", "0", "--no-dashboard")]
    try:
        wait_for(file.exists)
        words = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
        processes += [_dask(folder, "worker", *common, *words) for _ in range(2)]
        yield processes
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _dask(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", "from dask.__main__ import main; main()", *words]
    with (folder / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log)


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path: Path) -> None:
    archive(tmp_path, 250)
    run(run_file(tmp_path, "here"), "--workers", "2")
    with cluster(tmp_path) as (_, first, _second):
        path = run_file(tmp_path, "there", more="[engine]\nsend_files = true\n")
        process = started(path, "--scheduler", tmp_path / "scheduler.json")
        wait_for(lambda: written_down(tmp_path / "there") > 60)
        os.kill(first.pid, signal.SIGKILL)
        killed_at = written_down(tmp_path / "there")
        told = process.communicate(timeout=60)[1]
    assert killed_at < 258
    assert "259 inputs: 256 ok, 0 degraded, 1 skipped, 2 failed" in told
    assert outcome(tmp_path / "there") == outcome(tmp_path / "here")


def test_a_scheduler_that_is_not_there_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from speechmine.archive import cluster as engine

    monkeypatch.setattr(engine, "WAIT", 1)
    archive(tmp_path, 1)
    result = run(run_file(tmp_path), "--scheduler", "tcp://127.0.0.1:1")
    assert result.exit_code == 2
    assert "no scheduler answers" in result.stderr
