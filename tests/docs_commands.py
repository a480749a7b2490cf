"""The commands of the docs, run as a reader runs them; what they print, compared with what the page shows."""

import itertools
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from speechmine.cli import main
from tests.samples import CORPUS

ROOT = CORPUS.parent
DOCS = ROOT / "docs"
_BLOCK = re.compile(
    r"```(?P<language>sh|python|text)\n(?P<code>.*?)```|<!-- filled in -->\n(?P<table>(?:\|[^\n]*\n)+)", re.DOTALL
)
_HERE = re.compile(r".* <<'(\w+)'$")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command printed: its standard output, and all that a reader sees."""

    stdout: str
    seen: str


def blocks(page: str, language: str) -> list[str]:
    """Return the code of a page in one language."""
    found = re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    assert found, page
    return found


def commands(page: str) -> list[str]:
    """Return all shell commands of a page."""
    return [command for block in blocks(page, "sh") for command in commands_of(block)]


def commands_of(block: str) -> Iterator[str]:
    """Give the commands of a block: a line each, together with the document that << brings."""
    lines = iter(block.splitlines())
    for line in lines:
        if here := _HERE.match(line):
            inside = list(iter(lines.__next__, here[1]))
            yield "\n".join([line, *inside, here[1], ""])
        elif line and not line.startswith("#"):
            yield line


def run(command: str) -> Printed:
    """Run a command, which must end well: speechmine in this process, all else in a shell."""
    words = shlex.split(command.partition("\n")[0], comments=True)
    if words[:2] == ["speechmine", "serve"]:
        return Printed("", asked(words))
    if words[0] == "speechmine" and not {">", "|", "&&"} & set(words):
        result = CliRunner().invoke(main, words[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"
        return Printed(result.stdout, result.output)
    return _ended(["sh", "-ec", command], command)


def run_python(code: str) -> Printed:
    """Run an example in Python."""
    return _ended([sys.executable, "-c", code], code)


def _ended(words: list[str], told: str) -> Printed:
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment())
    assert done.returncode == 0, f"{told}\n{done.stdout}{done.stderr}"
    return Printed(done.stdout, done.stdout + done.stderr)


def environment() -> dict[str, str]:
    """Return the variables of a shell in which the speechmine and the python of the tests come first."""
    first = str(Path(sys.executable).parent)
    return os.environ | {"PATH": os.pathsep.join([first, os.environ.get("PATH", "")]), "PYTHONUTF8": "1"}


def asked(words: list[str]) -> str:
    """Start `speechmine serve`, ask for the page once, stop it with Ctrl-C, and return what it printed.

    It listens at a port that is free; the one that it takes by itself stands in what is returned.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    command = [sys.executable, "-m", "speechmine", *words[1:], "--port", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        try:
            said = [server.stdout.readline()]
            (address,) = re.findall(r"http://\S+", said[0])
            with urllib.request.urlopen(address, timeout=60) as page:
                assert page.status == 200
                assert "<form" in page.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
        said.append(server.stdout.read())
    assert server.returncode == 0, said
    return "".join(said).replace(f":{port}/", ":8765/")


@dataclass(frozen=True, slots=True)
class Step:
    """What a guide has its reader do (``sh``, ``python``, or ``table``: cells to fill in), and the lines shown after it."""

    language: str
    code: str
    shown: list[str]


def steps(part: str) -> list[Step]:
    """Return the steps of a page, or of a part of it."""
    found: list[Step] = []
    for block in _BLOCK.finditer(part):
        if block["language"] == "text":
            found[-1].shown.extend(block["code"].splitlines())
        else:
            found.append(Step(block["language"] or "table", block["code"] or block["table"], []))
    return found


def missing(shown: list[str], seen: str) -> list[str]:
    """Return the first lines shown that were not printed so; a line with … alone stands for lines left out, … in a line for words.

    >>> missing(["…", "third", "four…", "fifth"], "first\\nsecond\\nthird\\nfourth\\nfifth\\n")
    []
    >>> missing(["first", "third"], "first\\nsecond\\nthird\\n")
    ['first', 'third']
    """
    printed = seen.rstrip().splitlines()
    parts = [list(part) for left_out, part in itertools.groupby(shown, "…".__eq__) if not left_out]
    at = 0
    for part in parts:
        end = len(printed) - len(part)
        places = [place for place in range(at, end + 1) if all(map(_shows, part, printed[place:]))]
        if part is parts[0] and shown[0] != "…":
            places = [place for place in places if place == 0]
        if part is parts[-1] and shown[-1] != "…":
            places = [place for place in places if place == end]
        if not places:
            return part
        at = places[0] + len(part)
    return []


def _shows(shown: str, printed: str) -> bool:
    parts = map(re.escape, shown.rstrip().split("…"))
    return re.fullmatch(".*".join(parts), printed.rstrip()) is not None


def table_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a Markdown table by its head."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]
