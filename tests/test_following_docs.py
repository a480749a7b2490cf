"""The commands of docs/follow.md run, and print what the page says."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from speechmine.cli import main
from speechmine.following.families import families_of

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "follow.md").read_text("utf-8")


def run(words: list[str]) -> str:
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("reports")
def test_the_commands_of_the_page_run_and_print_what_it_says() -> None:
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            run(shlex.split(line)[1:])
    for command, printed in re.findall(r"<!-- printed: (.*?) -->\n```\n(.*?)```", PAGE, re.DOTALL):
        assert run(shlex.split(command)) == printed


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
