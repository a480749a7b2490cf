"""The command line as a user types it: outcomes, messages, exit codes, formats."""

import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speechmine.cli import main
from speechmine.exporting.table import WIDTH, display_width
from tests.samples import CORPUS, corpus_texts

SPEECH = "各镇街要坚持周通报、旬会商、月考核制度。\n市发改委要确保今年完成投资30亿元以上。\n"


def run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    path = tmp_path / "speech.txt"
    path.write_text(SPEECH, "utf-8")
    return path


def test_records_go_to_standard_output_and_nothing_else_does(speech: Path) -> None:
    result = run("extract", speech)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [json.loads(line)["document"]["source"] for line in lines] == ["speech.txt"]
    assert result.stderr == "1 input: 1 ok, 0 degraded, 0 skipped, 0 failed\n"


def test_standard_input_is_an_input() -> None:
    result = run("extract", "-", stdin=SPEECH.encode("gb18030"))
    assert json.loads(result.stdout)["document"]["encoding"] == "gb18030"


def test_json_is_one_array(speech: Path) -> None:
    assert len(json.loads(run("extract", speech, speech, "--format", "json").stdout)) == 2
    assert json.loads(run("extract", speech.parent / "none.txt", "--format", "json").stdout) == []


def test_the_table_fits_80_columns_and_shows_what_was_found() -> None:
    for path in corpus_texts():
        text = run("extract", path, "--format", "table").stdout
        assert max(display_width(line) for line in text.splitlines()) <= WIDTH
    assert "周通报、旬会商、月考核" in run("extract", "-", "--format", "table", stdin=SPEECH.encode()).stdout


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "nuls.txt": (b"\0" * 400, "empty"),
    "report.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\0" * 40, "PDF"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_clear_line_and_the_rest_is_extracted(name: str, speech: Path) -> None:
    content, word = BAD[name]
    bad = speech.parent / name
    bad.write_bytes(content)
    result = run("extract", bad, speech)
    assert result.exit_code == 1
    assert f"failed  {name}: " in result.stderr
    assert word in result.stderr
    assert "2 inputs: 1 ok, 0 degraded, 0 skipped, 1 failed" in result.stderr
    assert len(result.stdout.splitlines()) == 1
    assert "Traceback" not in result.output


def test_a_missing_path_is_named(speech: Path) -> None:
    result = run("extract", speech.parent / "none.txt", speech)
    assert result.exit_code == 1
    assert "failed  none.txt: there is no such file" in result.stderr


def test_a_folder_is_read_in_the_order_of_names_and_says_what_it_skips(speech: Path) -> None:
    (speech.parent / "a.txt").write_text(SPEECH, "utf-8")
    (speech.parent / "sound.mp3").write_bytes(b"ID3\x03\0")
    result = run("extract", speech.parent)
    assert [json.loads(line)["document"]["source"] for line in result.stdout.splitlines()] == ["a.txt", "speech.txt"]
    assert "skipped sound.mp3: a sound or film. Give a transcript." in result.stderr
    assert "3 inputs: 2 ok, 0 degraded, 1 skipped, 0 failed" in result.stderr
    assert result.exit_code == 0


def test_a_lone_surrogate_and_broken_bytes_degrade(tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes((SPEECH * 5).encode() + b"\xed\xa0\x80" + SPEECH.encode())
    result = run("extract", path)
    assert result.exit_code == 0
    assert "1 degraded" in result.stderr
    record = json.loads(result.stdout)
    assert record["document"]["warnings"]
    assert record["measures"]


def test_a_long_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("推进项目" * 100_000, "utf-8")
    result = run("extract", path)
    assert result.exit_code == 0
    assert "1 ok" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--reference-date", "今年"], "is not a date"),
        (["--encoding", "klingon"], "is not an encoding"),
        (["--format", "xml"], "xml"),
        (["-o", "/nowhere/at/all.jsonl"], "cannot be written"),
    ],
)
def test_wrong_usage_ends_with_two(words: list[str], message: str, speech: Path) -> None:
    result = run("extract", speech, *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_output_appears_only_when_it_is_whole(speech: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = speech.parent / "out.jsonl"
    out.write_text("before", "utf-8")

    def broken(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("speechmine.exporting.jsonl.json_line", broken)
    result = run("extract", speech, "-o", out)
    assert result.exit_code == 1
    assert "cannot be written (No space left on device)" in result.stderr
    assert out.read_text("utf-8") == "before"
    assert sorted(path.name for path in speech.parent.iterdir()) == ["out.jsonl", "speech.txt"]


def test_the_reference_date_is_used(speech: Path) -> None:
    goal = json.loads(run("extract", speech, "--reference-date", "2022").stdout)["goals"][0]
    assert goal["deadline"]["edtf"] == "2022"


def test_explain_lists_what_was_refused(tmp_path: Path) -> None:
    path = tmp_path / "polite.txt"
    path.write_text(SPEECH + "谢谢大家!\n", "utf-8")
    record = json.loads(run("extract", path, "--explain").stdout)
    assert "standing.ceremony" in {skipped["rule"] for skipped in record["skipped"]}
    assert "skipped" not in json.loads(run("extract", path).stdout)


def test_control_characters_of_names_and_texts_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.txt"
    path.write_text("各县区要\x1b[2J抓好项目建设。\n", "utf-8")
    result = run("extract", path, tmp_path / "no\x1b[31m.txt", "--format", "table")
    assert "\x1b" not in result.stdout + result.stderr
    assert not [char for char in result.stdout if unicodedata.category(char) == "Cc" and char != "\n"]


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")


def test_the_encoded_sample_says_the_same_as_its_twin() -> None:
    for path in sorted((CORPUS / "encoded").glob("*.txt")):
        encoded = json.loads(run("extract", path).stdout)
        plain = json.loads(run("extract", CORPUS / "texts" / path.name).stdout)
        assert encoded["document"]["encoding"] == "gb18030"
        for kind in ("mechanisms", "goals", "figures", "measures"):
            assert [item["evidence"] for item in encoded[kind]] == [item["evidence"] for item in plain[kind]]


def test_a_closed_pipe_is_no_error(speech: Path) -> None:
    command = f"'{sys.executable}' -m speechmine extract '{CORPUS / 'texts'}' | head -c 10"
    assert os.system(f"{command} > /dev/null 2> '{speech.parent / 'errors'}'") == 0
    assert "Traceback" not in (speech.parent / "errors").read_text("utf-8")
