"""Records, ledgers and programs for the tests of `speechmine export`."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from speechmine import Document, Record, analyse, load_rules
from speechmine.cli import main
from speechmine.json_lines import json_line
from speechmine.records import Deadline, DocumentInfo, Evidence, Goal, Measure
from speechmine.rules import RuleBook

HOSTILE = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", " =cmd|' /C calc'!A0", "\n=2"]  # noqa: RUF001
SPEECH = """全市项目建设推进会召开
2024年3月5日,市委书记方知远在全市项目建设推进会上讲话。
他强调,市发改委、市财政局要在6月底前完成项目储备80个以上。
各县区要落实周调度、旬会商、月通报、季观摩、年考核制度。
市住建局要在9月底前完成老旧小区改造120个。
分管县级领导要牵头解决用地问题。
确保全年固定资产投资增长12%以上。
"""
REVISED = SPEECH.replace("80个", "95个").replace("9月底前", "10月底前")


def record_of(text: str, source: str = "推进会.txt") -> Record:
    """Return the findings of a text."""
    return analyse(Document.of(text, source), _rules())


@cache
def _rules() -> RuleBook:
    return load_rules()


def many(count: int, source: str = "任务.txt", changed: Sequence[int] = ()) -> Record:
    """Return a record with so many different measures; those named are worded otherwise, with other ids for all."""
    kind = "".join(map(str, changed)) or "0"
    measures = []
    for number in range(count):
        task = f"{_NAMES[number % 50]}要推进第{_digits(number)}号{_NAMES[(7 * number) % 50]}工程建设"
        text = f"{task}，力争提前完工" if number in changed else task
        place = Evidence(quote=text, start=100 * number, end=100 * number + len(text))
        measures.append(
            Measure(
                id=f"{abs(hash_of(kind + text)):016x}", owner=[f"{_NAMES[number % 50]}局"], speech="s1", rule="made",
                evidence=place, text=text, commitment="must",
                deadline=Deadline(text="年底前", edtf="2024-12-31" if number in changed else "2024-11-30"),
            )
        )  # fmt: skip
    document = DocumentInfo(id=f"{hash_of(kind):016x}", source=source, title="任务清单", reference_date="2024-01-05")
    return Record(document=document, measures=measures)


_NAMES = [a + b for a in "东西南北中山河湖海林" for b in "城桥港园站"]


def _digits(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in f"{number}")


def hash_of(text: str) -> int:
    """Return a number that is the same in every run."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def hostile_record() -> Record:
    """Return a record in which every text begins like a formula."""
    record = record_of(SPEECH)
    measures = [
        replace(measure, id=f"{number:016x}", text=text, owner=[text, text], topic=text, goals=[], mechanisms=[])
        for measure in record.measures[:1]
        for number, text in enumerate(HOSTILE)
    ]
    goals: list[Goal] = [replace(goal, metric="=1+1", unit="@x") for goal in record.goals]
    mechanisms = [replace(mechanism, name="=1+1", owner=["=2"]) for mechanism in record.mechanisms]
    document = replace(record.document, title="=HYPERLINK(1)", source="+x.txt", warnings=["-w"], publisher="@p")
    return replace(record, document=document, measures=measures, goals=goals, mechanisms=mechanisms)


def written(path: Path, *records: Record) -> Path:
    """Write records as JSON lines."""
    path.write_bytes(b"".join(json_line(record) + b"\n" for record in records))
    return path


def export(*words: str | Path) -> Result:
    """Run `speechmine export`."""
    return CliRunner().invoke(main, ["export", *map(str, words)])


def libreoffice(path: Path, form: str, folder: Path) -> Path:
    """Convert a table with LibreOffice Calc, or skip where there is none.

    ``SPEECHMINE_SOFFICE`` names the program where it is not on the path.
    """
    program = os.environ.get("SPEECHMINE_SOFFICE") or shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = (folder / "profile").resolve().as_uri()
    words = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(folder / "lo"),
    ]
    done = subprocess.run([*words, str(path)], capture_output=True, text=True, timeout=180, check=False)
    made = folder / "lo" / f"{path.stem}.{form.partition(':')[0]}"
    if not made.exists():
        if "could not be loaded" in done.stderr:
            pytest.skip("LibreOffice is installed without Calc")
        raise AssertionError(done.stderr)
    return made
