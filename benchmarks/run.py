"""What speechmine costs, in one table: `python benchmarks/run.py [--documents 1000,10000] [--longest 1000000] [--dask]`.

Documents are made by recombining the sentences of ../shared/archive where it exists, else of corpus/. First the floor (read,
decode, opencc t2s, one jieba.cut), jionlp's times and money where jionlp is installed, and `analyse` with JSON, each on one
core over the same texts; then whole runs: one archive with one and two workers (and on a Dask cluster of this machine), archives
of growing size, documents of growing length. Ratios are of megabytes a second: to the floor, to jionlp, to one worker. Memory is
the most that the run, and the largest of its workers, have touched.
"""

import argparse
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import floor

SHARED = Path("../shared/archive/text")
_ENDS = re.compile("(?<=[。！？\n])")


@dataclass
class Cost:
    """What one run cost."""

    documents: int
    megabytes: float
    seconds: float
    working: float
    run_rss: float = 0.0
    worker_rss: float = 0.0

    @property
    def speed(self) -> float:
        return self.megabytes / self.seconds


def sentences() -> list[str]:
    folder = SHARED if SHARED.exists() else Path("corpus/texts")
    text = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    return [found for found in _ENDS.split(text) if 10 < len(found) < 200]


def write(folder: Path, documents: int, length: int) -> float:
    """Write documents of about so many characters, a thousand a folder; return their megabytes."""
    pool, chance, size = sentences(), random.Random(documents * length), 0
    for number in range(documents):
        text, wanted = [], chance.uniform(0.5, 1.5) * length
        while sum(map(len, text)) < wanted if length < 5000 else len(text) * 45 < wanted:
            text.append(chance.choice(pool))
        place = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        size += place.write_bytes("".join(text).encode())
    return size / 1e6


class Watch(threading.Thread):
    """Looks at how much memory a run and its workers have touched."""

    def __init__(self, run: int) -> None:
        super().__init__(daemon=True)
        self.run_pid, self.most, self.ended = run, {"run": 0.0, "worker": 0.0}, False

    def run(self) -> None:
        while not self.ended:
            for place in Path("/proc").glob("[0-9]*"):
                try:
                    words = (place / "cmdline").read_bytes()
                    kind = "run" if int(place.name) == self.run_pid else "worker" if b"archive.worker" in words else ""
                    found = re.search(r"VmHWM:\s*(\d+)", (place / "status").read_text()) if kind else None
                except OSError:
                    continue
                if found:
                    self.most[kind] = max(self.most[kind], int(found[1]) * 1024 / 1e6)
            time.sleep(0.2)


def cost(texts: Path, megabytes: float, *words: str) -> Cost:
    """Run over a folder and say what that cost."""
    out = texts.with_name("out")
    shutil.rmtree(out, ignore_errors=True)
    file = texts.with_name("run.toml")
    file.write_text('inputs = ["texts"]\n[outputs]\nfolder = "out"\n', "utf-8")
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "speechmine", "run", str(file), *words], stderr=subprocess.PIPE)
    watch = Watch(process.pid)
    watch.start()
    told = process.communicate()[1].decode()
    watch.ended = True
    seconds = time.perf_counter() - start
    assert process.returncode == 0, told
    with sqlite3.connect(out / "ledger.sqlite") as base:
        documents, working = base.execute("SELECT count(*), sum(seconds) FROM documents").fetchone()
    return Cost(documents, megabytes, seconds, working, watch.most["run"], watch.most["worker"])


COLUMNS = "documents", "MB", "seconds", "MB/s", "to floor", "to jionlp", "scaling", "run MB", "worker MB"


class Table:
    """Prints each row as soon as it is known; knows the speeds that others are compared with."""

    def __init__(self) -> None:
        self.floor = self.jionlp = self.one = 0.0
        print(f"{'':34}" + "".join(f"{name:>11}" for name in COLUMNS))

    def row(self, name: str, found: Cost, speed: float, scaled: bool = False) -> None:
        ratios = [speed / other if other else None for other in (self.floor, self.jionlp, self.one if scaled else 0.0)]
        numbers = [f"{found.documents:,}", f"{found.megabytes:.2f}", f"{found.megabytes / speed:.1f}", f"{speed:.2f}"]
        numbers += ["" if ratio is None else f"{ratio:.2f}" for ratio in ratios]
        numbers += [f"{size:.0f}" if size else "" for size in (found.run_rss, found.worker_rss)]
        print(f"{name:34}" + "".join(f"{number:>11}" for number in numbers), flush=True)


def one_core(table: Table, texts: Path) -> None:
    """The floor, jionlp and analyse over the same texts, in rounds taken in turn; user time, the best of each."""
    files = sorted(texts.rglob("*.txt"))
    works = floor.works()
    for work in works.values():
        work(files[:1])
    few = {name: files[:: max(1, len(files) // 40)] if "jionlp" in name else files for name in works}
    best = {name: min(floor.seconds(work, few[name]) for _ in range(3)) for name, work in works.items()}
    for name, took in best.items():
        size = sum(file.stat().st_size for file in few[name]) / 1e6
        table.floor = table.floor or size / took
        table.jionlp = size / took if "jionlp" in name else table.jionlp
        table.row(name, Cost(len(few[name]), size, took, took), size / took)


def engines(table: Table, work: Path, documents: int, dask: bool) -> None:
    """The same archive on one core without a run, and in runs of one and two workers."""
    texts = work / "texts"
    megabytes = write(texts, documents, 2_000)
    one_core(table, texts)
    kinds = [("run, 1 worker", 1, ()), ("run, 2 workers", 2, ())]
    kinds += [("run, Dask, 2 workers", 2, ("--engine", "dask"))] if dask else []
    for name, workers, words in kinds:
        found = cost(texts, megabytes, "--workers", str(workers), *words)
        table.one = table.one or found.speed
        table.row(name, found, found.speed, scaled=True)
    shutil.rmtree(texts)


def sizes(table: Table, work: Path, counts: list[int], length: int) -> None:
    """Archives of growing size."""
    for count in counts:
        texts = work / "texts"
        found = cost(texts, write(texts, count, length), "--workers", "2")
        table.row(f"run, 2 workers, {length} characters", found, found.speed)
        shutil.rmtree(texts)


def lengths(table: Table, work: Path, longest: int) -> None:
    """Documents of growing length; the time of the documents themselves, without the start of the run."""
    length = 1_000
    while length <= longest:
        texts = work / "texts"
        count = max(1, min(100, 100_000 // length))
        found = cost(texts, write(texts, count, length), "--workers", "1")
        table.row(f"documents of {length:,} characters", found, found.megabytes / found.working)
        shutil.rmtree(texts)
        length *= 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", default="1000,10000", help="sizes of the archives; 100000 takes long")
    parser.add_argument("--length", type=int, default=300, help="characters of a document of the archives")
    parser.add_argument("--longest", type=int, default=1_000_000, help="characters of the longest document")
    parser.add_argument("--dask", action="store_true", help="also on a Dask cluster of this machine")
    options = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        engines(table, work, 600, options.dask)
        sizes(table, work, [int(count) for count in options.documents.split(",")], options.length)
        lengths(table, work, options.longest)


if __name__ == "__main__":
    main()
