"""How long a user waits: whole commands, median of several runs, with the bare interpreter beside them as the yardstick.

    python benchmarks/startup.py [FILE]

Without a file: the longest sample speech of the corpus.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7


def median(command: list[str]) -> float:
    """Return the median wall time of a command in seconds, after one run that does not count."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    """Print the table."""
    texts = sorted(Path("corpus/texts").glob("*.txt"), key=lambda path: path.stat().st_size)
    file = sys.argv[1] if len(sys.argv) > 1 else str(texts[-1])
    program = str(Path(sys.executable).with_name("speechmine"))
    with tempfile.TemporaryDirectory() as work:
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "speechmine --help": [program, "--help"],
            "speechmine schema": [program, "schema"],
            f"speechmine extract {Path(file).name}": [program, "extract", file, "-o", f"{work}/out.jsonl"],
        }
        yardstick = 0.0
        print(f"{'command':56} {'seconds':>8} {'ratio':>6}")
        for name, command in rows.items():
            seconds = median(command)
            yardstick = yardstick or seconds
            print(f"{name:56} {seconds:8.3f} {seconds / yardstick:6.1f}")


if __name__ == "__main__":
    main()
