"""Every command of docs/trackers.md and docs/data.md runs as it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from speechmine.cli import main
from tests.export_samples import SPEECH

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "speeches").mkdir()
    (tmp_path / "speeches" / "推进会.txt").write_text(SPEECH, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> None:
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == 0, f"{line}\n{result.output}"


def test_the_commands_of_the_page_on_trackers_run(desk: Path) -> None:
    block = re.findall(r"```\n(speechmine extract.*?)```", (DOCS / "trackers.md").read_text("utf-8"), re.DOTALL)[0]
    for line in block.splitlines():
        run(line)
    run("speechmine export ledger records.jsonl --update 台账.xlsx")
    run("speechmine export github records.jsonl -o known.json")
    run("speechmine export github records.jsonl --known known.json -o new.jsonl")
    assert {"台账.xlsx", "日程.ics", "推进会.html"} <= {path.name for path in desk.iterdir()}
    assert (desk / "new.jsonl").read_bytes() == b""


def test_the_example_of_the_page_on_data_runs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("speechmine extract speeches/ -o records.jsonl")
    code = re.findall(r"```python\n(.*?)```", (DOCS / "data.md").read_text("utf-8"), re.DOTALL)[0]
    exec(compile(code, "data.md", "exec"), {})
    assert "Name: value" in capsys.readouterr().out


def test_a_store_gives_the_same_ledger(desk: Path) -> None:
    run("speechmine extract speeches/ -o records.jsonl")
    run("speechmine index records.jsonl --store findings.sqlite")
    run("speechmine export ledger records.jsonl -o a.xlsx")
    run("speechmine export ledger findings.sqlite -o b.xlsx")
    assert (desk / "a.xlsx").read_bytes() == (desk / "b.xlsx").read_bytes()
