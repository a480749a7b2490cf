"""Small archives, run files and runs for the tests of `speechmine run`."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from click.testing import CliRunner, Result

from speechmine.cli import main

SPEECH = "各镇街要坚持周通报、旬会商、月考核制度。\n市发改委要确保今年完成投资{}亿元以上。\n"

# Loaded by every Python of a run: what a document may do to the process that reads it.
FAULTS = """
import os, signal, time
if os.environ.get("SPEECHMINE_FAULTS"):
    import speechmine.analysis as analysis
    real = analysis.study
    def study(document, *rest):
        if "挂起" in document.text:
            while True: pass
        if "崩溃" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "死一次" in document.text:
            try:
                os.mkdir(os.environ["SPEECHMINE_FAULTS"])
            except FileExistsError:
                return real(document, *rest)
            os.kill(os.getpid(), signal.SIGKILL)
        if "吃内存" in document.text:
            eaten = bytearray(10**10)
        if "出错" in document.text:
            raise KeyError("bug")
        return real(document, *rest)
    analysis.study = study
"""


def archive(folder: Path, documents: int = 12) -> Path:
    """Write short texts, one of them twice, some in a zip, one broken, one to skip; return the folder."""
    texts = folder / "texts"
    (texts / "b").mkdir(parents=True)
    for number in range(documents):
        place = texts / ("b" if number % 3 == 0 else "") / f"{number:03}.txt"
        place.write_text(SPEECH.format(number), "utf-8")
    (texts / "copy.txt").write_text(SPEECH.format(1), "utf-8")
    (texts / "broken.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\0" * 40)
    (texts / ".hidden").write_text("x", "utf-8")
    with zipfile.ZipFile(texts / "more.zip", "w") as packed:
        for number in range(5):
            packed.writestr(f"m{number}.txt", SPEECH.format(100 + number))
        packed.writestr("empty.txt", "")
    return texts


def run_file(folder: Path, name: str = "out", inputs: str = "texts", more: str = "") -> Path:
    """Write a run file with outputs of all kinds in ``folder/name``."""
    path = folder / f"{name}.toml"
    text = f'inputs = ["{inputs}"]\n[outputs]\nfolder = "{name}"\ndocuments_per_file = 7\nparquet = true\n{more}'
    path.write_text(text, "utf-8")
    return path


def run(*words: str | Path) -> Result:
    """Run in this process, whose workers are processes of their own."""
    return CliRunner().invoke(main, ["run", *map(str, words)])


def started(*words: str | Path, faults: Path | None = None) -> "subprocess.Popen[str]":
    """Start a run as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "speechmine", "run", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(faults), start_new_session=True,
    )  # fmt: skip


def environment(faults: Path | None) -> dict[str, str]:
    """Return an environment in which documents may do harm."""
    if faults is None:
        return dict(os.environ)
    faults.mkdir(exist_ok=True)
    (faults / "sitecustomize.py").write_text(FAULTS, "utf-8")
    return os.environ | {"PYTHONPATH": str(faults), "SPEECHMINE_FAULTS": str(faults / "died")}


def outcome(folder: Path) -> dict[str, str]:
    """Return a hash of every output but the report, which tells times."""
    places = [*folder.glob("records/*"), *folder.glob("tables/*"), *folder.glob("texts/*"), *folder.glob("run.json")]
    return {
        place.relative_to(folder).as_posix(): hashlib.sha256(place.read_bytes()).hexdigest() for place in sorted(places)
    }


def living_workers() -> set[int]:
    """Return the worker processes that are there."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes()
        except OSError:
            continue
        if b"speechmine.archive.worker" in words:
            found.add(int(place.parent.name))
    return found


def records(folder: Path) -> list[dict[str, dict[str, str]]]:
    """Return all records of an output folder."""
    texts = [path.read_text("utf-8") for path in sorted((folder / "records").iterdir())]
    return [json.loads(line) for text in texts for line in text.splitlines()]
