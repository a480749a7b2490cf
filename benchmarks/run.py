"""What `speechmine run` costs: `python benchmarks/run.py [--documents 1000,10000] [--dask]`.

Documents are made by recombining the sentences of ../shared/archive where it exists, else of corpus/. Three tables: one
archive with one and two workers (and on a Dask cluster of this machine), archives of growing size, documents of growing
length. Memory is the most that the run, and the largest of its workers, have touched.
"""

import argparse
import os
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
    ledger: float = 0.0
    run_cpu: float = 0.0
    worker_cpu: float = 0.0

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
        self.cpu: dict[str, dict[str, float]] = {"run": {}, "worker": {}}

    def run(self) -> None:
        while not self.ended:
            for place in Path("/proc").glob("[0-9]*"):
                try:
                    words = (place / "cmdline").read_bytes()
                    kind = "run" if int(place.name) == self.run_pid else "worker" if b"archive.worker" in words else ""
                    found = re.search(r"VmHWM:\s*(\d+)", (place / "status").read_text()) if kind else None
                    ticks = (place / "stat").read_text().rsplit(")", 1)[1].split()[11:13] if kind else []
                except OSError:
                    continue
                if ticks:
                    self.cpu[kind][place.name] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
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
    ledger = (out / "ledger.sqlite").stat().st_size / 1e6
    cpu = {kind: sum(each.values()) for kind, each in watch.cpu.items()}
    return Cost(
        documents, megabytes, seconds, working, watch.most["run"], watch.most["worker"], ledger, cpu["run"], cpu["worker"]
    )  # fmt: skip


def engines(work: Path, documents: int, length: int, dask: bool) -> None:
    texts = work / "texts"
    megabytes = write(texts, documents, length)
    print(f"\nEngines: {documents:,} documents, {megabytes:.1f} MB")
    print(
        f"{'engine':24}{'seconds':>9}{'MB/s':>8}{'docs/s':>8}{'scaling':>9}{'not working':>13}{'run CPU s':>11}{'worker CPU s':>14}"
    )
    one = 0.0
    kinds = [("1 process", 1, ()), ("2 processes", 2, ())]
    kinds += [("Dask, 2 workers", 2, ("--engine", "dask"))] if dask else []
    for name, workers, words in kinds:
        found = cost(texts, megabytes, "--workers", str(workers), *words)
        one = one or found.seconds
        idle = 1 - found.working / workers / found.seconds
        print(
            f"{name:24}{found.seconds:9.1f}{found.speed:8.2f}{documents / found.seconds:8.0f}{one / found.seconds:9.2f}{idle:13.1%}{found.run_cpu:11.1f}{found.worker_cpu:14.1f}",
            flush=True,
        )
    shutil.rmtree(texts)


def sizes(work: Path, counts: list[int], length: int) -> None:
    print(f"\nArchives of growing size, 2 workers, documents of about {length} characters")
    print(
        f"{'documents':>10}{'MB':>8}{'seconds':>9}{'MB/s':>8}{'ms each':>9}{'run MB':>8}{'worker MB':>11}{'ledger KB each':>16}"
    )
    for count in counts:
        texts = work / "texts"
        found = cost(texts, write(texts, count, length), "--workers", "2")
        print(
            f"{count:10,}{found.megabytes:8.1f}{found.seconds:9.1f}{found.speed:8.2f}{found.working / count * 1e3:9.2f}{found.run_rss:8.0f}{found.worker_rss:11.0f}{found.ledger / count * 1e3:16.2f}{found.run_cpu / count * 1e3:12.2f}",
            flush=True,
        )
        shutil.rmtree(texts)


def lengths(work: Path, longest: int) -> None:
    print("\nDocuments of growing length, one worker; the time of the document itself")
    print(f"{'characters':>11}{'KB':>9}{'ms':>10}{'MB/s':>8}{'worker MB':>11}")
    length = 1_000
    while length <= longest:
        texts = work / "texts"
        count = max(1, min(100, 100_000 // length))
        megabytes = write(texts, count, length)
        found = cost(texts, megabytes, "--workers", "1")
        print(
            f"{length:11,}{megabytes / count * 1e3:9.0f}{found.working / count * 1e3:10.1f}{megabytes / found.working:8.2f}{found.worker_rss:11.0f}",
            flush=True,
        )
        shutil.rmtree(texts)
        length *= 10


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", default="1000,10000", help="sizes of the archives; 100000 takes long")
    parser.add_argument("--length", type=int, default=300, help="characters of a document of the archives")
    parser.add_argument("--longest", type=int, default=1_000_000, help="characters of the longest document")
    parser.add_argument("--dask", action="store_true", help="also on a Dask cluster of this machine")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        engines(work, 600, 2_000, options.dask)
        sizes(work, [int(count) for count in options.documents.split(",")], options.length)
        lengths(work, options.longest)


if __name__ == "__main__":
    main()
