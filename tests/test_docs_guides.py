"""Each guide is followed step by step, in either language, in a folder that has nothing but the corpus."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.docs_commands import DOCS, ROOT, Step, commands_of, missing, run, run_python, steps, table_of

TASKS = "工作任务台账"
PARTS = [
    (page, part)
    for page, other in (("researcher.md", "中文"), ("policy_officer.md", "English"), ("tracker_owner.md", "English"))
    for part in ("", other)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def guide(page: str, part: str) -> list[Step]:
    """Return the steps of one language of a page."""
    first, *rest = re.split(r"^## (中文|English)$", (DOCS / page).read_text("utf-8"), flags=re.MULTILINE)
    return steps(dict(zip(rest[::2], rest[1::2], strict=True)).get(part, first))


def taken(step: Step) -> str:
    """Do what a step says, and return what its reader sees."""
    if step.language == "table":
        fill_in(table_of(step.code))
        return ""
    if step.language == "python":
        return run_python(step.code).seen
    return "".join(run(command).seen for command in commands_of(step.code))


def fill_in(rows: list[dict[str, str]]) -> None:
    """Write into the ledger what people write."""
    book = openpyxl.load_workbook("台账.xlsx")
    sheet = book[TASKS]
    columns = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    for row in rows:
        number = int(row.pop("序号"))
        for name, words in row.items():
            sheet.cell(number + 1, columns[name]).value = words or None
    book.save("台账.xlsx")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("page", "part"), PARTS)
def test_a_guide_can_be_followed_word_by_word(page: str, part: str) -> None:
    if page == "researcher.md":
        pytest.importorskip("pandas", reason="pandas is not installed")
    found = guide(page, part)
    assert any(step.shown for step in found)
    for step in found:
        seen = taken(step)
        assert missing(step.shown, seen) == [], f"{step.code}\n{seen}"


@pytest.mark.usefixtures("folder")
def test_the_ledger_of_the_guide_keeps_what_was_filled_in_and_takes_the_new_deadline() -> None:
    for step in guide("tracker_owner.md", ""):
        taken(step)
    head, *rows = openpyxl.load_workbook("台账.xlsx")[TASKS].iter_rows(values_only=True)
    row = dict(zip(head, rows[8], strict=True))
    assert (row["序号"], row["完成时限"]) == (9, datetime(2023, 12, 10))
    assert (row["进展情况"], row["存在问题"]) == ("已开工15个，完成68%", "两个项目征地未完")
    assert row["变更"] == "改动：工作任务、量化目标、完成时限"
    assert dict(zip(head, rows[10], strict=True))["状态"] == "已完成"
    assert Path("台账.backup-1.xlsx").exists()


def test_pictures_are_small_and_there() -> None:
    shown = {name for page in DOCS.glob("*.md") for name in re.findall(r"\]\((pictures/[^)]+)\)", page.read_text())}
    assert {f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir()} == shown
    assert [name for name in sorted(shown) if (DOCS / name).stat().st_size >= 150_000] == []
