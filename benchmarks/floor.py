"""The floor under the speed of `analyse`: read, decode, opencc t2s and one `jieba.cut`; then all of `analyse` with JSON.

    python benchmarks/floor.py [FOLDER_OR_FILE ...] [--rounds N]

Same texts, one run, one core, user time; each figure is the best of several rounds taken in turn, since machines are shared.
Where jionlp is installed (it is no dependency), its `extract_time` and `extract_money` over the sentences are measured too.
"""

import argparse
import importlib
import importlib.util
import logging
import re
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import opencc

from speechmine import Document, analyse, load_rules
from speechmine.exporting.jsonl import json_line


def files_in(paths: list[str]) -> list[Path]:
    """Return the text files named, and those in the folders named."""
    found = [file for path in map(Path, paths) for file in ([path] if path.is_file() else sorted(path.rglob("*.txt")))]
    return [file for file in found if file.stat().st_size]


def floor(files: list[Path]) -> None:
    """Read, decode, convert and cut."""
    converter = opencc.OpenCC("t2s")
    for file in files:
        for _ in jieba.cut(converter.convert(file.read_bytes().decode("utf-8"))):
            pass


def whole(files: list[Path]) -> None:
    """Read, decode, analyse, write JSON."""
    rules = load_rules()
    for file in files:
        json_line(analyse(Document.of(file.read_bytes().decode("utf-8")), rules))


def jionlp_times_and_money(files: list[Path]) -> None:
    """Find what jionlp finds of times and money, sentence by sentence."""
    jio = importlib.import_module("jionlp")
    logging.disable()  # it logs a traceback for what it takes for a time and cannot read
    for file in files:
        for sentence in re.findall("[^。!?！？\n]+", file.read_bytes().decode("utf-8")):
            jio.ner.extract_time(sentence, time_base=0)
            jio.ner.extract_money(sentence)


def works() -> dict[str, Callable[[list[Path]], None]]:
    """Return what is measured, by name: the floor first, jionlp where it is installed."""
    jieba.setLogLevel(60)
    peers = {"jionlp: times and money": jionlp_times_and_money} if importlib.util.find_spec("jionlp") else {}
    return {"floor: opencc t2s + jieba.cut": floor, **peers, "analyse with JSON": whole}


def seconds(work: Callable[[list[Path]], None], files: list[Path]) -> float:
    """Return the user time that some work takes."""
    start = time.process_time()
    work(files)
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=["corpus/texts"])
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    files = files_in(asked.paths)
    if not files:
        parser.error("no texts there: name text files, or folders that hold some")
    all_works = works()
    for work in all_works.values():  # dictionaries are loaded and patterns compiled before anything counts
        work(files[:1])
    taken = [[seconds(work, files) for work in all_works.values()] for _ in range(asked.rounds)]
    size = sum(file.stat().st_size for file in files) / 1e6
    best = [min(times) for times in zip(*taken, strict=True)]
    print(f"{len(files)} documents, {size:.2f} MB, best of {asked.rounds} rounds")
    print(f"{'':40} {'seconds':>8} {'MB/s':>8} {'to floor':>9}")
    for name, took in zip(all_works, best, strict=True):
        print(f"{name:40} {took:8.2f} {size / took:8.3f} {best[0] / took:9.2f}")


if __name__ == "__main__":
    main()
