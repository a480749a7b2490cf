"""Runs over an archive: what is done once is not done again, and every input is counted."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from speechmine.archive import collecting, feeding
from speechmine.archive.facts import Facts
from speechmine.archive.ledger import Item
from speechmine.archive.listing import listed
from speechmine.archive.page import page
from speechmine.archive.progress import Progress
from speechmine.cli import main
from speechmine.errors import SpeechmineError
from tests.running_samples import SPEECH, archive, outcome, records, run, run_file

EXPECTED = "21 inputs: 18 ok, 0 degraded, 1 skipped, 2 failed"


def test_a_run_gives_what_extract_gives_and_a_second_one_does_nothing(tmp_path: Path) -> None:
    texts = archive(tmp_path)
    result = run(run_file(tmp_path), "--workers", "2")
    assert result.exit_code == 1
    assert EXPECTED in result.stderr
    assert "failed  broken.pdf: " in result.stderr
    shards = sorted((tmp_path / "out/records").iterdir())
    assert [path.name for path in shards] == ["part-00000.jsonl", "part-00001.jsonl", "part-00002.jsonl"]
    extracted = CliRunner().invoke(main, ["extract", str(texts)])
    assert b"".join(path.read_bytes() for path in shards) == extracted.stdout_bytes
    assert EXPECTED in extracted.stderr
    before = outcome(tmp_path / "out")
    again = run(tmp_path / "out.toml")
    assert "nothing has changed" in again.stderr
    assert outcome(tmp_path / "out") == before


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    texts = archive(tmp_path)
    run(run_file(tmp_path))
    before, time = outcome(tmp_path / "out"), (texts / "001.txt").stat()
    os.utime(texts / "001.txt")  # touched, not changed
    (texts / "002.txt").write_text(SPEECH.format(77777), "utf-8")
    (texts / "new.txt").write_text(SPEECH.format(500), "utf-8")
    (texts / "b/003.txt").unlink()
    told = run(tmp_path / "out.toml", "--dry-run").stderr
    assert "16 inputs: 12 done and unchanged, 2 changed" in told
    assert "1 new" in told
    assert outcome(tmp_path / "out") == before
    result = run(tmp_path / "out.toml")
    assert "this run: 2 documents" in result.stderr
    sources = [record["document"]["source"] for record in records(tmp_path / "out")]
    assert "new.txt" in sources
    assert "b/003.txt" not in sources
    assert time.st_size == (texts / "001.txt").stat().st_size
    # The outcome is that of a first run over what there is now.
    run(run_file(tmp_path, "fresh"))
    assert outcome(tmp_path / "fresh") == outcome(tmp_path / "out")


def test_other_options_do_all_again(tmp_path: Path) -> None:
    archive(tmp_path)
    run(run_file(tmp_path))
    run_file(tmp_path, more='[options]\nreference_date = "2022"\n')
    assert "this run: 20 documents" in run(tmp_path / "out.toml").stderr
    assert records(tmp_path / "out")[0]["document"]["reference_date"] == "2022"


def test_a_limited_run_is_a_trial_and_the_next_one_goes_on(tmp_path: Path) -> None:
    archive(tmp_path)
    result = run(run_file(tmp_path), "--limit", "4")
    assert "4 inputs: 3 ok, 0 degraded, 1 skipped, 0 failed" in result.stderr
    assert EXPECTED in run(tmp_path / "out.toml").stderr
    run(run_file(tmp_path, "fresh"))
    assert outcome(tmp_path / "fresh") == outcome(tmp_path / "out")


def test_the_same_file_listed_twice_is_one_input(tmp_path: Path) -> None:
    archive(tmp_path)
    path = run_file(tmp_path)
    path.write_text(
        path.read_text("utf-8").replace('["texts"]', '["texts", "texts/001.txt", "texts/**/*.txt"]'), "utf-8"
    )
    assert EXPECTED in run(path).stderr


def test_copies_are_reprints_of_the_first(tmp_path: Path) -> None:
    archive(tmp_path)
    run(run_file(tmp_path))
    first = {record["document"]["source"]: record["document"] for record in records(tmp_path / "out")}
    assert first["copy.txt"]["reprint_of"] == first["001.txt"]["id"] == first["copy.txt"]["id"]
    assert first["001.txt"]["reprint_of"] is None


def test_texts_as_read_are_stored_where_no_file_holds_them(tmp_path: Path) -> None:
    archive(tmp_path)
    path = run_file(tmp_path)
    path.write_text(path.read_text("utf-8") + "texts = true\n", "utf-8")
    run(path)
    assert len(list((tmp_path / "out/texts").glob("*.txt"))) == 5


def test_parquet_tables_hold_the_records(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    archive(tmp_path)
    run(run_file(tmp_path))
    tables = {path.stem: parquet.read_table(path) for path in (tmp_path / "out/tables").iterdir()}
    assert sorted(tables) == ["components", "documents", "figures", "goals", "measures", "mechanisms"]
    assert tables["documents"].num_rows == 18
    assert tables["components"].slice(0, 3).column("every").to_pylist() == ["P1W", "P10D", "P1M"]
    goals = tables["goals"].to_pylist()
    assert goals[1]["canonical_value"] == float(goals[1]["value_text"]) * 1e8


def test_the_report_shows_the_run_and_runs_nothing(tmp_path: Path) -> None:
    texts = archive(tmp_path)
    (texts / "<script>alert(1)<script>.txt").write_bytes(b"\0\1\2" * 50)
    run(run_file(tmp_path))
    told = (tmp_path / "out/report.html").read_text("utf-8")
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    assert "P1W 通报" in told
    assert "http" not in told.replace("http-equiv", "")
    assert told.count("<svg") >= 5


def test_an_empty_report_can_be_drawn() -> None:
    assert "0 inputs" in page(Facts(), "x", 1.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inputs = 1", "inputs: expected a list, got a whole number"),
        ('inputs = ["a"]', "the key outputs is missing"),
        ('inputs = ["a"]\ninput = 2\n[outputs]\nfolder = "o"', "unknown key input. A run file may hold inputs, outputs, o"),
        ('inputs = ["a"]\n[outputs]\nfolder = "o"\nxml = true', "unknown key outputs.xml. [outputs] may hold folder, jsonl"),
        ('inputs = ["a"]\n[outputs]\nfolder = "o"\nstore = true', "outputs.store: expected text or nothing, got true"),
        ('inputs = ["a"]\n[outputs]\nfolder = "o"\nstore = "a/b.sqlite"', "outputs.store: "),
        ('inputs = ["texts"]\n[outputs]\nfolder = "o"\nstore = "ledger.sqlite"', "is the ledger"),
        ('inputs = ["a"]\n[outputs]\nfolder = "o"\n[limits]\nseconds = "x"', "limits.seconds: expected a whole number, got"),
        ('inputs = ["a"]\n[outputs]\nfolder = "o"\n[limits]\nseconds = 0', "limits.seconds: expected a whole number >= 1"),
        ('inputs = ["a"]\n[outputs]\nfolder = "o"\n[engine]\nkind = "ray"', "engine.kind: invalid enum value 'ray'"),
        ('inputs = ["a"\n', "not valid TOML"),
        ('inputs = ["none"]\n[outputs]\nfolder = "o"', "there is no such file or folder"),
        ('inputs = ["texts/*.doc"]\n[outputs]\nfolder = "o"', "nothing matches"),
        ('inputs = ["texts"]\n[outputs]\nfolder = "texts/o"', "lies in what is read"),
        ('inputs = ["texts/*.txt"]\n[outputs]\nfolder = "texts/o"', "lies in what is read"),
        ('inputs = ["texts"]\n[outputs]\nfolder = "o"\n[options]\nencoding = "klingon"', "is not an encoding"),
        ('inputs = ["texts"]\n[outputs]\nfolder = "o"\n[options]\nrules = ["none.toml"]', "none.toml"),
        ('inputs = ["texts"]\n[outputs]\nfolder = "o"\n[engine]\nscheduler = "x:1"', "a scheduler is for the engine dask"),
    ],
)  # fmt: skip
def test_a_wrong_run_file_is_told_of(text: str, message: str, tmp_path: Path) -> None:
    archive(tmp_path, 1)
    (tmp_path / "run.toml").write_text(text, "utf-8")
    result = run(tmp_path / "run.toml")
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.stderr.split())


def test_patterns_name_files_from_the_folder_before_them(tmp_path: Path) -> None:
    archive(tmp_path)
    found = [item.source for item in listed([tmp_path / "texts" / "**" / "00[0-2].txt"])]
    assert found == ["001.txt", "002.txt", "b/000.txt"]
    with pytest.raises(SpeechmineError, match="nothing matches"):
        list(listed([tmp_path / "*.none"]))


def test_the_shipped_run_files_are_valid(tmp_path: Path) -> None:
    from speechmine.archive.runfile import read_run_file

    root = Path(__file__).parent.parent / "pipelines"
    assert {path.name for path in root.glob("*.toml")} == {"demo.toml", "archive.toml", "cluster.toml"}
    for path in root.glob("*.toml"):
        read_run_file(path)


def test_a_damaged_ledger_is_told_of(tmp_path: Path) -> None:
    archive(tmp_path, 2)
    run(run_file(tmp_path))
    (tmp_path / "out/ledger.sqlite").write_bytes(b"SQLite format 3\0" + b"\7" * 4000)
    result = run(tmp_path / "out.toml")
    assert result.exit_code == 2
    assert "damaged" in result.stderr
    assert "Delete it" in result.stderr
    shutil.rmtree(tmp_path / "out")
    assert run(tmp_path / "out.toml").exit_code == 1


def test_a_file_that_cannot_be_read_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = archive(tmp_path, 2)

    def refuse(item: object) -> str:
        raise SpeechmineError("cannot be read (permission denied)", "001.txt")

    with monkeypatch.context() as patched:
        real = feeding._digest
        patched.setattr(feeding, "_digest", lambda item: refuse(item) if item.source == "001.txt" else real(item))
        assert "001.txt: cannot be read" in run(run_file(tmp_path)).stderr
    assert texts.exists()
    assert "this run: 1 documents" in run(tmp_path / "out.toml").stderr


def test_a_file_that_changes_during_the_run_is_not_taken_for_what_was_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = archive(tmp_path, 2)
    real = feeding._digest

    def hashed(item: Item) -> str:
        digest = real(item)
        if item.source == "001.txt":
            (texts / "001.txt").write_text(SPEECH.format(9), "utf-8")
        return digest

    with monkeypatch.context() as patched:
        patched.setattr(feeding, "_digest", hashed)
        assert "changed while the run was on" in run(run_file(tmp_path)).stderr
    assert "changed" not in run(tmp_path / "out.toml").stderr.replace("nothing has changed", "")


class Terminal:
    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass


def test_progress_is_shown_on_a_terminal_only() -> None:
    screen = Terminal()
    progress = Progress(screen, 100)  # type: ignore[arg-type]
    progress.step(3, 50)
    progress.close()
    assert "50%  3 documents" in screen.written
    assert collecting.TEXTS == "texts"
