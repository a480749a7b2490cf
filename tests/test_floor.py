"""The benchmark of the floor measures something or says that there is nothing."""

import subprocess
import sys
from pathlib import Path


def test_no_speed_is_told_of_no_texts(tmp_path: Path) -> None:
    words = [sys.executable, "benchmarks/floor.py", str(tmp_path / "none")]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no texts there" in done.stderr
