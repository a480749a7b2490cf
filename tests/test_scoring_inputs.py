"""Gold that is not well formed is told clearly; the command, its outputs and exit status."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from speechmine.cli import main
from speechmine.errors import SpeechmineError
from speechmine.exporting.jsonl import json_line
from speechmine.exporting.table import WIDTH, display_width
from speechmine.scoring import (
    GoldDocument,
    Scores,
    as_json,
    figures_of,
    read_gold,
    read_records,
    report,
    scored,
    told_misses,
)
from tests.samples import CORPUS
from tests.scoring_samples import FOUND_RESULT, GOAL, GOLD, MEASURES, MECHANISMS, RECORD, gold_of, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


def with_item(group: str, **changes: object) -> bytes:
    item = {"mechanisms": MECHANISMS[0], "quantities": GOAL, "measures": MEASURES[0]}[group]
    gold = GOLD | {group: [{key: value for key, value in (item | changes).items() if value is not ...}]}
    return json.dumps(gold, ensure_ascii=False).encode()


MALFORMED: list[tuple[str, bytes, str]] = [
    ("no JSON", b'{"file": "a.txt", ', "not JSON"),
    ("no UTF-8", '{"file": "市长讲话.txt"}'.encode("gb18030"), "not JSON"),
    ("nested without end", b'{"x":' + b"[" * 100_000, "not JSON"),
    ("no object", b"[]", "Expected `object`, got `array`"),
    ("no groups", b'{"file": "a.txt"}', "missing required field `mechanisms`"),
    (
        "a kind that is none",
        with_item("mechanisms", kind="rhythm"),
        "mechanisms, item 1 「周调度、月通报」, kind: Invalid enum",
    ),
    (
        "a status that is none",
        with_item("mechanisms", status=...),
        "item 1 「周调度、月通报」: Object missing required field",
    ),
    ("a cadence without components", with_item("mechanisms", components=...), "a cadence needs components"),
    ("a cadence of bare words", with_item("mechanisms", components=["周调度"]), "'周调度' is no [period, action]"),
    ("a period that is none", with_item("mechanisms", components=[["weekly", "调度"]]), "['weekly', '调度'] is no"),
    (
        "a value in words",
        with_item("quantities", value="10"),
        "「10亿元以上」, value: Expected `float | null`, got `str`",
    ),
    ("a value that is a truth", with_item("quantities", value=True), "got `bool`"),
    ("a comparator that is none", with_item("quantities", cmp=">"), "cmp: Invalid enum value '>'"),
    ("a role that is none", with_item("quantities", role="target"), "role: Invalid enum value 'target'"),
    ("a deadline in words", with_item("quantities", deadline="年底前"), "the deadline '年底前' is no date"),
    ("a commitment of goals", with_item("measures", commitment="ensure"), "commitment: Invalid enum value 'ensure'"),
    ("a quote that is not there", with_item("measures", quote="市财政局要"), "「市财政局要」 is not in the text"),
    ("a quote not there so often", with_item("measures", nth=3), "is not in the text 3 times"),
    ("an empty quote", with_item("measures", quote=""), "quote: Expected `str` of length >= 1"),
    ("an item that is none", json.dumps(GOLD | {"measures": ["要"]}).encode(), "measures, item 1: Expected `object`"),
    ("the same twice", json.dumps(GOLD | {"measures": MEASURES[:1] * 2}).encode(), "annotated twice at the same place"),
    ("a text that is missing", json.dumps(GOLD | {"file": "b.txt"}).encode(), "its text b.txt is not in "),
    ("a path for a name", json.dumps(GOLD | {"file": "../texts/a.txt"}).encode(), "is not the bare name of a file"),
]


@pytest.mark.parametrize(("content", "message"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED])
def test_malformed_gold_is_told_with_file_item_and_hint(content: bytes, message: str, folder: Path) -> None:
    (folder / "gold" / "a.json").write_bytes(content)
    with pytest.raises(SpeechmineError) as raised:
        gold_of(folder)
    assert message in raised.value.what
    assert raised.value.where.endswith("a.json")
    assert raised.value.hint


def test_many_faults_are_told_at_once_and_not_endlessly(folder: Path) -> None:
    absent = [dict(MEASURES[0], quote=f"没有{number}") for number in range(7)]
    (folder / "gold" / "a.json").write_text(json.dumps(GOLD | {"measures": absent}), "utf-8")
    with pytest.raises(SpeechmineError, match=r"「没有0」.*「没有4」 is not in the text; and 2 more"):
        gold_of(folder)


def test_a_folder_without_gold_and_two_gold_files_for_one_text_are_errors(folder: Path) -> None:
    with pytest.raises(SpeechmineError, match="no gold found"):
        read_gold(folder / "texts", [folder / "texts"])
    shutil.copy(folder / "gold" / "a.json", folder / "gold" / "b.json")
    with pytest.raises(SpeechmineError, match=r"b\.json: a\.txt has a gold file already"):
        gold_of(folder)


def test_the_example_of_the_docs_is_well_formed() -> None:
    text = (CORPUS.parent / "docs" / "gold.md").read_text("utf-8")
    example = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert example is not None
    gold = msgspec.json.decode(example[1], type=GoldDocument)
    assert (len(gold.mechanisms), len(gold.quantities), len(gold.measures)) == (1, 1, 1)
    structs = (GoldDocument, type(gold.mechanisms[0]), type(gold.quantities[0]), type(gold.measures[0]))
    assert [name for struct in structs for name in struct.__struct_fields__ if f"`{name}`" not in text] == []


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["score", *(str(word) for word in words)])


def test_the_report_fits_80_columns_and_names_each_group_once() -> None:
    lines = run(CORPUS / "gold", CORPUS / "texts").stdout.splitlines()
    names = [line.split()[0] for line in lines if not line.startswith(" ")]
    counts = ["documents", "documents_without_record", "bad_offsets"]
    assert names == [*counts, *figures_of(Scores())]
    misses = run(CORPUS / "gold", CORPUS / "texts", "--misses").stdout.splitlines()
    assert misses[-len(lines) :] == lines
    assert max(display_width(line) for line in misses) <= WIDTH


def test_records_of_a_file_score_as_those_extracted_now(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    CliRunner().invoke(main, ["extract", str(CORPUS / "texts"), "-o", str(records)])
    now = run(CORPUS / "gold", CORPUS / "texts", "--misses", "--json")
    assert now.exit_code == 0
    assert run(CORPUS / "gold", CORPUS / "texts", records, "--misses", "--json").stdout == now.stdout
    assert sorted(json.loads(now.stdout)["misses"][0]) == ["document", "fields", "group", "quote", "verdict", "why"]


def test_json_without_misses_has_none(folder: Path) -> None:
    (folder / "records.jsonl").write_bytes(json_line(RECORD) + b"\n\n")
    told = json.loads(run(folder / "gold" / "a.json", folder / "texts", folder / "records.jsonl", "--json").stdout)
    assert told["measures"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 3, "found": 3, "owner": 1.0, "commitment": 1.0}
    assert "misses" not in told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda folder: (folder / "gold" / "a.json").write_text("{"), "not JSON"),
        (lambda folder: (folder / "gold" / "a.json").unlink(), "no gold found"),
        (lambda folder: (folder / "texts" / "a.txt").write_bytes(b""), "empty: nothing to read"),
        (lambda folder: (folder / "records.jsonl").write_text('{"document": 3}'), "line 1: not a record"),
        (lambda folder: (folder / "records.jsonl").write_bytes(b"\xff\n"), "line 1: not a record"),
        (lambda folder: (folder / "records.jsonl").unlink(), "cannot be read"),
        (lambda folder: (folder / "gold" / "a.json").write_bytes(with_item("measures", quote="\x1b[2J")), "is not in"),
    ],
)
def test_bad_input_ends_with_two_and_says_why(change: Callable[[Path], object], message: str, folder: Path) -> None:
    (folder / "records.jsonl").write_bytes(json_line(RECORD))
    change(folder)
    result = run(folder / "gold", folder / "texts", folder / "records.jsonl")
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output


def test_control_characters_of_texts_do_not_reach_the_terminal(folder: Path) -> None:
    hostile = replace(FOUND_RESULT, metric="\x1b[31m开工项目个数")
    scores = scored(gold_of(folder), {"a.txt": replace(RECORD, figures=[hostile])})
    assert "\x1b" not in told_misses(scores) + report(scores) + as_json(scores, with_misses=True)


def test_records_are_told_by_the_last_part_of_their_source(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(json_line(RECORD) + b"\r\n" + json_line(replace(RECORD, goals=[])))
    assert {name: len(record.goals) for name, record in read_records(path).items()} == {"0.txt": 0, "a.txt": 0}
