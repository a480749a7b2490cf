"""The commands of docs/follow.md run, and print what the page says."""

import re
from pathlib import Path

import pytest

from speechmine.following.families import families_of
from tests.docs_commands import DOCS, ROOT, commands, run

PAGE = (DOCS / "follow.md").read_text("utf-8")


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("reports")
def test_the_commands_of_the_page_run_and_print_what_it_says() -> None:
    for line in commands("follow.md"):
        run(line)
    for command, printed in re.findall(r"<!-- printed: (.*?) -->\n```\n(.*?)```", PAGE, re.DOTALL):
        assert run(f"speechmine {command}").stdout == printed


def test_the_family_of_the_page_is_one() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert families_of('scope = ["全市"]\ntails = ["总量"]\n' + shown).family("全市公共充电桩") is not None


def test_every_field_is_documented() -> None:
    from speechmine.following import said

    for struct in (said.Following, said.Followed, said.Number, said.Said, said.Recurring, said.Elsewhere, said.Left):
        for name in struct.__struct_fields__:
            assert f"`{name}" in PAGE or name in {
                "metric",
                "kind",
                "value",
                "upper",
                "unit",
                "comparator",
                "commitment",
            }, name
