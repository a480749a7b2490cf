"""The store: nothing is lost on the way in, indexing twice is indexing once, and others can read it."""

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from speechmine import Document, analyse, load_rules
from speechmine.cli import main
from speechmine.errors import SpeechmineError
from speechmine.json_lines import json_line
from speechmine.store import Query, Store, evidence_of, index, records_of, text_of, writing
from speechmine.store.numbering import Numbers
from tests.store_samples import TEXTS, content, made, sample_store


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


def files(folder: Path) -> None:
    for source, text in TEXTS.items():
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(question).fetchall()


def test_every_record_comes_out_as_it_went_in(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    assert [json_line(record) for record in records_of(path)] == [json_line(record) for record, _ in made()]
    with Store.open(path) as store:
        for record, text in made():
            document = store.document(record.document.id)
            assert document is not None
            assert (document.record, document.text) == (record, text)
        assert store.document("none") is None
        expected = sum(1 for record, _ in made() for _ in evidence_of(record))
        assert sum(store.counts().values()) == expected + len(TEXTS)


def test_indexing_again_changes_nothing(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    before = content(path)
    counts = index(made(), path)
    assert (counts.same, counts.new, counts.changed, counts.removed) == (3, 0, 0, 0)
    assert content(path) == before
    # Without texts at hand, those that are there stay.
    index(((record, None) for record, _ in made()), path)
    assert content(path) == before


def test_a_changed_document_replaces_its_findings(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    text = TEXTS["a.txt"].replace("周调度", "旬调度")
    changed = analyse(Document.of(text, "a.txt"), load_rules())
    counts = index([(changed, text)], path)
    assert (counts.new, counts.removed) == (1, 1)
    assert len(list(records_of(path))) == 3
    with Store.open(path) as store:
        assert store.search(Query(words="周调度", place="云溪")).total == 0
        assert store.search(Query(words="旬调度")).total > 0
    assert run("doctor", path).exit_code == 0


def test_the_same_document_under_other_rules_replaces_its_findings(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    record, text = made()[0]
    counts = index([(replace(record, measures=[]), None)], path)
    assert (counts.changed, counts.texts) == (1, 1)
    with Store.open(path) as store:
        assert store.search(Query(kind="measure", place="云溪")).total == 0
        found = store.document(record.document.id)
        assert found is not None
        assert found.text == text
    assert run("doctor", path).exit_code == 0


def test_two_files_of_one_name_given_together_both_stay(tmp_path: Path) -> None:
    record, text = made()[0]
    other = replace(made()[1][0], document=replace(made()[1][0].document, source=record.document.source))
    pair = [(record, text), (other, made()[1][1])]
    path = tmp_path / "s.sqlite"
    assert index(pair, path).new == 2
    before = content(path)
    assert index(pair, path).same == 2
    assert content(path) == before


def test_the_number_of_a_batch_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sample_store(tmp_path)
    (tmp_path / "other").mkdir()
    monkeypatch.setattr("speechmine.store.writer._FINDINGS_OF_A_BATCH", 0)
    other = sample_store(tmp_path / "other")
    ask = "SELECT * FROM findings ORDER BY number"
    assert asked(path, ask) == asked(other, ask)
    assert run("doctor", other).exit_code == 0


def test_sentences_are_whole_and_repaired_in_their_own_script(tmp_path: Path) -> None:
    with Store.open(sample_store(tmp_path)) as store:
        (hit, *_) = store.search(Query(words="周调度机制", kind="mechanism")).hits
        text = "".join(piece.text for piece in hit.sentence)
        assert text == "要建立週調度機制,確保年底前完成投資2.5億元。"
        assert "".join(piece.text for piece in hit.sentence if piece.quoted).startswith("週調度")
        assert TEXTS["c.txt"][hit.start : hit.end] == hit.quote


def test_without_texts_the_quotes_are_searched(tmp_path: Path) -> None:
    with Store.open(sample_store(tmp_path, texts=False)) as store:
        page = store.search(Query(words="固定资产投资", kind="goal"))
        assert [hit.value for hit in page.hits if hit.owner == ("市发改委",)] == [8]
        document = store.document(made()[0][0].document.id)
        assert document is not None
        assert document.text is None


def test_numbers_are_exact_and_deadlines_have_a_last_day(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    rows = asked(path, "SELECT value, value_real, canonical_value FROM findings WHERE quote = '96.5亿元'")
    assert rows == [("96.5", 96.5, "9650000000")]
    assert ("2024-06-01", "2024-06-30") in [
        (str(first)[:8] + "01", last)
        for first, last in asked(path, "SELECT deadline_first, deadline_last FROM findings")
    ]


def test_others_read_it_without_speechmine(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    with closing(sqlite3.connect(path)) as base:
        tables = pd.read_sql("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')", base)
        shown = [name for name in tables["name"] if not name.startswith("search")]
        frames = {name: pd.read_sql(f'SELECT * FROM "{name}"', base) for name in shown}
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert {
        "documents",
        "texts",
        "speeches",
        "mechanisms",
        "components",
        "goals",
        "figures",
        "measures",
        "owners",
    } <= set(shown)
    assert frames["goals"]["canonical_real"].max() == 4e9
    assert list(frames["goals"].columns[:4]) == ["number", "id", "document", "source"]
    assert frames["findings"]["number"].max() < 2**53
    # The newest speech comes first in the order of numbers.
    assert frames["findings"].sort_values("number")["date"].iloc[0] == "2024-03-08"
    keys = asked(
        path,
        "SELECT m.name, p.\"table\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) p WHERE m.type = 'table'",
    )
    assert ("goals", "documents") not in keys
    assert {("findings", "documents"), ("components", "findings"), ("owners", "findings")} <= set(keys)


def test_a_full_day_goes_on_into_the_next(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    with closing(sqlite3.connect(path)) as base:
        number = Numbers(base).take("2024-03-08")
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("UPDATE findings SET number = ? WHERE number = ?", ((number | (1 << 26) - 1) - 5, number - 1))
        assert Numbers(base).take("2024-03-08") >> 26 == (number >> 26) + 1


def test_records_come_from_lines_arrays_runs_and_stores(tmp_path: Path) -> None:
    files(tmp_path / "texts")
    expected = [record.document.source for record, _ in made()]
    run("extract", tmp_path / "texts", "-o", tmp_path / "a.jsonl")
    run("extract", tmp_path / "texts", "--format", "json", "-o", tmp_path / "a.json")
    pretty = json.loads((tmp_path / "a.json").read_text("utf-8"))
    (tmp_path / "pretty.json").write_text(json.dumps(pretty, indent=1), "utf-8")
    (tmp_path / "line.json").write_text(json.dumps(pretty), "utf-8")
    (tmp_path / "bom.jsonl").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "a.jsonl").read_bytes() + b"\n\n")
    (tmp_path / "run/records").mkdir(parents=True)
    (tmp_path / "run/records/part-00000.jsonl").write_bytes((tmp_path / "a.jsonl").read_bytes())
    run("index", tmp_path / "a.jsonl", "--store", tmp_path / "a.sqlite")
    for name in ("a.jsonl", "a.json", "pretty.json", "line.json", "bom.jsonl", "run", "run/records", "a.sqlite"):
        found = [record.document.source for record in records_of(tmp_path / name)]
        assert sorted(found) == sorted(expected), name


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jsonl", b'{"document": 3}\n', "a.jsonl, line 1: not a record"),
        ("a.jsonl", b"\n\n{\n", "a.jsonl, line 3: not a record"),
        (
            "a.json",
            b"[\n" + b'{"document": {"id": "1", "source": "a"}}\n,\n{"document": 3}\n]\n',
            "a.json, line 4: not a record",
        ),
        ("a.json", b"[1, 2]", "not an array of records"),
        ("a.jsonl", b"[" * 100_000, "not an array of records"),
        ("a.jsonl", b'{"document":' + b"[" * 100_000, "line 1: not a record"),
        ("a.jsonl", b"\xff\xfe", "line 1: not a record"),
    ],
)
def test_what_is_no_record_is_named(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SpeechmineError, match=re.escape(message)):
        list(records_of(tmp_path / name))
    result = run("index", tmp_path / name, "--store", tmp_path / "s.sqlite")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_an_empty_folder_and_a_missing_file_are_told_of(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none.jsonl"):
        assert run("index", place, "--store", tmp_path / "s.sqlite").exit_code == 2


def test_texts_are_found_where_they_were_read_or_stored(tmp_path: Path) -> None:
    files(tmp_path / "texts")
    record, text = made()[1]
    assert text_of(record, [tmp_path]) is None
    assert text_of(record, [tmp_path, tmp_path / "texts"]) == text
    (tmp_path / "texts/b/乙.txt").write_text(text + "又", "utf-8")  # another file by now
    assert text_of(record, [tmp_path / "texts"]) is None
    (tmp_path / f"{record.document.id}.txt").write_bytes(text.encode())
    assert text_of(record, [tmp_path / "texts", tmp_path]) == text
    (tmp_path / f"{record.document.id}.txt").write_bytes(text.encode("utf-16"))
    assert text_of(record, [tmp_path]) is None


@pytest.mark.parametrize(
    "source", ["../out.txt", "/etc/hostname", "a\0b", "x" * 5000, "", ".", "https://example.org/a"]
)
def test_a_source_leads_nowhere_else(source: str, tmp_path: Path) -> None:
    record = made()[0][0]
    (tmp_path / "in").mkdir()
    (tmp_path / "out.txt").write_text(TEXTS["a.txt"], "utf-8")
    moved = replace(record, document=replace(record.document, source=source))
    assert text_of(moved, [tmp_path / "in"]) is None
    evil = replace(record, document=replace(record.document, id="../out", source="x"))
    assert text_of(evil, [tmp_path / "in"]) is None


def test_hostile_numbers_and_dates_are_stored(tmp_path: Path) -> None:
    line = json_line(made()[0][0]).replace(b'"value":96.5', b'"value":1e999999').replace(b"2024-03-08", b"99999-3-8x")
    (tmp_path / "a.jsonl").write_bytes(line + b"\n")
    result = run("index", tmp_path / "a.jsonl", "--store", tmp_path / "s.sqlite")
    assert result.exit_code == 0, result.output
    assert run("search", "--sort", "largest", "--store", tmp_path / "s.sqlite").exit_code == 0


def test_the_last_record_being_broken_keeps_those_before(tmp_path: Path) -> None:
    lines = b"".join(json_line(record) + b"\n" for record, _ in made())
    (tmp_path / "a.jsonl").write_bytes(lines + b'{"torn')
    result = run("index", tmp_path / "a.jsonl", "--store", tmp_path / "s.sqlite")
    assert result.exit_code == 2
    assert "line 4" in result.output
    assert len(list(records_of(tmp_path / "s.sqlite"))) == 3
    assert not (tmp_path / "s.sqlite.lock").exists()


def test_two_indexers_at_once_are_told_apart(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    before = content(path)
    with writing(path):
        result = run("index", path, "--store", path)
    assert result.exit_code == 2
    assert f"another speechmine writes to it (process {os.getpid()})" in " ".join(result.output.split())
    assert content(path) == before
