"""Paste what the program says of itself into the docs: --help, the schema, the rule files.

`python docs/paste.py` writes, `python docs/paste.py --check` only compares (exit 1 if a page is stale).
"""

import re
import sys
import tomllib
from importlib import resources
from pathlib import Path

import click
from click.testing import CliRunner

from speechmine.cli import main
from speechmine.exporting.jsonl import json_schema

HERE = Path(__file__).parent
_SLOT = re.compile(r"(<!-- paste: (?P<name>[^>]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def pasted(name: str) -> str:
    """Return what belongs into one slot."""
    if name == "rule files":
        return _rule_files()
    words = name.split()[1:]
    text = CliRunner().invoke(main, [*words, "--help"], prog_name="speechmine", terminal_width=80).output
    return f"```\n{text.rstrip()}\n```\n"


def _rule_files() -> str:
    rows = ["| file | rules | word lists | what it knows |", "| --- | --- | --- | --- |"]
    files = resources.files("speechmine.rules").joinpath("data").iterdir()
    for file in sorted((file for file in files if file.name.endswith(".toml")), key=lambda file: file.name):
        text = file.read_text("utf-8")
        table = tomllib.loads(text)
        says = text.splitlines()[0].lstrip("# ").rstrip() if text.startswith("#") else ""
        rows.append(f"| {file.name} | {len(table.get('rule', []))} | {len(table.get('words', []))} | {says} |")
    return "\n".join(rows) + "\n"


def commands() -> list[str]:
    """Return every command as it is typed."""
    names = ["speechmine"]
    assert isinstance(main, click.Group)
    return names + [f"speechmine {name}" for name in sorted(main.commands)]


def pages() -> dict[Path, str]:
    """Return every generated page with what it should say."""
    found = {}
    for path in sorted(HERE.glob("*.md")):
        text = path.read_text("utf-8")
        found[path] = _SLOT.sub(lambda slot: slot[1] + pasted(slot["name"]) + slot[4], text)
    found[HERE / "record.schema.json"] = json_schema()
    return found


def run(check: bool) -> int:
    """Write the pages, or say which are stale."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if check:
            print(f"{path}: stale; run make docs")
        else:
            path.write_text(pages()[path], "utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv))
