"""The files of the annotation tools: valid to others, safe with hostile text, refused with a reason where damaged."""

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from speechmine.annotating.controls import CONTROLS, config
from speechmine.annotating.doccano import doccano_labels, doccano_line, from_doccano
from speechmine.annotating.label_studio import from_tasks
from speechmine.annotating.labels import long_labels, named
from speechmine.annotating.sheets import Sheet
from speechmine.annotating.w3c import collection
from speechmine.annotating.writing import gold_bytes, gold_names
from speechmine.cli import main
from speechmine.errors import SpeechmineError
from tests.samples import CORPUS
from tests.tool_samples import Doccano, LabelStudio, Value, made_tasks, no_doubt, sheet_of, sheets, valid

HOSTILE = (
    "各县区要坚持周调度\u2028、月通报制度<script>alert(1)</script>,\x1b[31m确保\x00完成投资10亿元以上&lt;。\u2029\x85"
)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    texts = [CORPUS / "texts" / name for name in ("s05_traditional_gloss.txt", "s13_dispatch_news.txt")]
    assert run("extract", *texts, "-o", path).exit_code == 0
    return path


# Formats


def test_the_labels_for_doccano_are_valid_and_all_understood() -> None:
    labels = json.loads(doccano_labels())
    valid("doccano_labels", labels)
    for label in labels:
        assert named(label["text"], "") is not None
    sheet = sheet_of("各县区要坚持周调度,确保完成投资10亿元以上。")
    assert {label for _, _, label in Doccano(sheet).spans} <= set(long_labels())


def test_the_config_names_everything_that_tasks_use() -> None:
    tree = ElementTree.fromstring(config())
    tags = {tag.get("name"): tag for tag in tree.iter() if tag.get("name")}
    (task,) = made_tasks([sheet_of("各县区要坚持周调度,力争完成投资10亿元以上。")])
    for result in task["predictions"][0]["result"]:
        tag = tags[result["from_name"]]
        assert tag.tag.lower() == result["type"]
        assert tags[result["to_name"]].get("value") == "$text"
        options = {option.get("value") for option in tag}
        assert set(result["value"].get("labels", [])) <= options
        assert set(result["value"].get("choices", [])) <= options
    asked = [tag for tag in tree.iter() if tag.get("perRegion")]
    assert [tag.get("name") for tag in asked] == [control.name for control in CONTROLS]
    assert {tag.get("toName") for tag in asked} == {"text"}


@settings(deadline=None, max_examples=40)
@given(sheets())
def test_web_annotations_are_valid_and_find_their_words_again(sheet: Sheet) -> None:
    made = json.loads(b"".join(collection([("讲话/1.txt", sheet)])))
    valid("web_annotation", made)
    assert made["total"] == len(made["first"]["items"]) == len(sheet.marks)
    for one, mark in zip(made["first"]["items"], sheet.marks, strict=True):
        quote, position = one["target"]["selector"]
        assert unquote(one["target"]["source"]) == "讲话/1.txt"
        assert sheet.text[position["start"] : position["end"]] == quote["exact"] == mark.item.quote
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert sheet.text.find(around, max(position["start"] - 32, 0)) == position["start"] - len(quote["prefix"])


def test_no_web_annotation_is_a_whole_collection_too() -> None:
    made = json.loads(b"".join(collection([])))
    valid("web_annotation", made)
    assert made["total"] == 0


# Hostile text


def test_hostile_text_stays_on_its_line_and_comes_back() -> None:
    sheet = sheet_of(HOSTILE)
    assert {mark.group for mark in sheet.marks} == {"mechanism", "quantity", "measure"}
    line = doccano_line(sheet).decode()
    assert len(line.splitlines()) == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", line)
    assert "\\u0000" not in json.loads(line)["text"]
    for back in (Doccano(sheet).returned(), LabelStudio(sheet).returned()):
        assert back.text == sheet.text
        assert [mark.span for mark in back.marks] == [mark.span for mark in sheet.marks]
    assert json.loads(gold_bytes(sheet))["measures"][0]["quote"] == sheet.gold.measures[0].quote
    assert len(gold_bytes(sheet).decode().splitlines()) == gold_bytes(sheet).count(b"\n")


def test_lone_surrogates_are_refused() -> None:
    line = Doccano(sheet_of("各县区要坚持周调度。")).exported()
    broken = line.replace(b"\\u5404", b"\\ud800", 1)
    assert broken != line
    with pytest.raises(SpeechmineError, match="line 1"):
        list(from_doccano(broken, "all.jsonl", False))
    task = LabelStudio(sheet_of("各县区要坚持周调度。"))
    with pytest.raises(SpeechmineError):
        list(from_tasks(task.exported().replace(b"\\u5404", b"\\udfff", 1), "e.json", no_doubt))


# Damage


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not a document of doccano"),
        (b"[1]", "not a document of doccano"),
        (b'{"text":"a"}', "speechmine"),
        (b'{"text":"a","speechmine":"{}"}', "damaged"),
        (b"\xff", "not a document of doccano"),
        (b"[" * 100_000, "not a document of doccano"),
    ],
)
def test_what_is_not_doccanos_is_refused(line: bytes, message: str) -> None:
    with pytest.raises(SpeechmineError, match=message):
        list(from_doccano(b"\n" + line, "all.jsonl", False))


def broken(name: str, value: object, *spans: tuple[int, int, str]) -> bytes:
    made = Doccano(sheet_of("一\r\n各县区要坚持周调度。"))
    parcel = json.loads(str(made.meta["speechmine"]))
    if name in parcel:
        parcel[name] = value
        made.meta["speechmine"] = json.dumps(parcel)
    made.text = str(value) if name == "text" else made.text
    made.spans += spans
    return made.exported()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (broken("text", "一\n各县区要坚持月调度。"), "its text is not the one that was exported"),
        (broken("ids", []), "damaged"),
        (broken("ids", ["a", "a"]), "damaged"),
        (broken("changes", {"\r\n": [99]}), "does not fit"),
        (broken("changes", {"aaa": [3]}), "is not in the text"),
        (broken("", "", (0, 1, "banana")), "the label 'banana' is not known"),
        (broken("", "", (0, 1, "goal:must")), "the label 'goal:must' is not known"),
        (broken("", "", (0, 99, "goal")), "the span 0 to 99 is not in the text"),
        (broken("", "", (1, 1, "goal")), "the span 1 to 1 is not in the text"),
        (broken("", "", (0, 1, "goal"), (0, 1, "result")), "cover the same words"),
    ],
)
def test_damage_is_told_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(SpeechmineError, match=message):
        list(from_doccano(data, "all.jsonl", False))


def test_what_cannot_be_meant_in_label_studio_is_refused() -> None:
    sheet = sheet_of("各县区要坚持周调度,确保完成投资10亿元以上。")
    goal = next(mark for mark in sheet.marks if mark.group == "quantity")
    cases: list[tuple[str, Value, str]] = [
        ("quantity_cmp", {"choices": [">>"]}, "10亿元以上.*Invalid enum value"),
        ("label", {"labels": []}, "has no label"),
        ("label", {"labels": ["banana"]}, "not known"),
        ("label", {"end": 9_999}, "outside the text"),
        ("label", {"start": None}, "no offsets"),
    ]
    for name, value, message in cases:
        studio = LabelStudio(sheet)
        studio.field(goal.id, name).update(value)
        with pytest.raises(SpeechmineError, match=message):
            list(from_tasks(studio.exported(studio.submitted()), "e.json", lambda message: None))
    studio = LabelStudio(sheet)
    studio.results.append({
        "id": goal.id, "from_name": "quantity_deadline", "to_name": "text", "type": "textarea", "origin": "manual",
        "value": {"text": ["年底"]},
    })  # fmt: skip
    with pytest.raises(SpeechmineError, match="the deadline '年底' is no date"):
        studio.returned()
    for data in (b"{}", b"[1]", b'[{"data":{"text":""}}]', b'[{"id":1,"text":"JSON-MIN"}]'):
        with pytest.raises(SpeechmineError, match="no tasks of Label Studio"):
            list(from_tasks(data, "e.json", no_doubt))


def test_gold_never_leaves_its_folder_and_never_overwrites_itself() -> None:
    sheet = sheet_of("各县区要坚持周调度。")
    for name in ("../a.txt", "/etc/passwd", "a/b.txt", ".."):
        with pytest.raises(SpeechmineError, match="not the bare name"):
            list(gold_names([sheet_of(sheet.text, name)]))
    with pytest.raises(SpeechmineError, match="two documents have this name"):
        list(gold_names([sheet, sheet]))
    names = [name for name, _ in gold_names(sheet_of(sheet.text, name) for name in ("a.txt", "a.html", "b.txt"))]
    assert names == ["a.json", "a.html.json", "b.json"]


def test_every_text_has_a_gold_file_of_its_own() -> None:
    texts = ("a.md", "a.txt.html", "a.txt", "a.txt-2.md", "c.txt")
    names = [name for name, _ in gold_names(sheet_of("各县区要坚持周调度。", name) for name in texts)]
    assert names == ["a.json", "a.txt.json", "a.txt-2.json", "a.txt-2.md.json", "c.json"]


@pytest.mark.parametrize("name", ["a\0.txt", "a\n.txt", "长" * 84 + ".txt"])
def test_a_name_that_no_file_can_have_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    lines = [doccano_line(sheet_of("各县区要坚持周调度。", text)).strip() for text in ("a.txt", name)]
    (tmp_path / "out.jsonl").write_bytes(b"\n".join(lines))
    result = run("import", "doccano", tmp_path / "out.jsonl", "--gold", tmp_path / "gold")
    assert result.exit_code == 2, result.output
    assert "not a name that a file can have" in result.output
    assert not (tmp_path / "gold").exists()


def test_the_longest_name_that_a_file_can_have_is_written(tmp_path: Path) -> None:
    name = "长" * 83 + "a.txt"
    line = doccano_line(sheet_of("各县区要坚持周调度。", name))
    (tmp_path / "out.jsonl").write_bytes(line)
    assert run("import", "doccano", tmp_path / "out.jsonl", "--gold", tmp_path / "gold").exit_code == 0
    assert [path.name for path in (tmp_path / "gold").iterdir()] == [name.replace(".txt", ".json")]


# Commands


@pytest.mark.parametrize("tool", ["doccano", "label-studio"])
def test_the_commands_go_round(tool: str, records: Path, tmp_path: Path) -> None:
    out, again, gold = tmp_path / "out", tmp_path / "again", tmp_path / "gold"
    texts = CORPUS / "texts"
    assert run("export", tool, records, "--texts", texts, "-o", out).exit_code == 0
    told = run("import", tool, out, "--gold", gold)
    assert (told.exit_code, told.stderr) == (0, f"2 documents to {gold}, 2 of them not reviewed by a person\n")
    scored = run("score", gold, texts, records, "--misses")
    assert scored.exit_code == 0
    assert "missed" not in scored.stdout
    assert "gold 0" not in scored.stdout
    assert run("export", tool, gold, "--gold", "--texts", texts, "-o", again).exit_code == 0
    assert run("import", tool, again, "--gold", tmp_path / "gold2").exit_code == 0
    first, second = (
        {path.name: path.read_bytes() for path in folder.iterdir()} for folder in (gold, tmp_path / "gold2")
    )
    assert first == second
    assert len(first) == 2
    assert run("import", tool, out, "--gold", tmp_path / "none", "--reviewed-only").stderr.startswith("0 documents")


def test_the_files_beside_are_written_too(records: Path, tmp_path: Path) -> None:
    labels, xml = tmp_path / "labels.json", tmp_path / "config.xml"
    arguments = (records, "--texts", CORPUS / "texts", "-o", tmp_path / "out")
    assert run("export", "doccano", *arguments, "--labels", labels).exit_code == 0
    assert run("export", "label-studio", *arguments, "--config", xml).exit_code == 0
    assert (labels.read_bytes(), xml.read_bytes()) == (doccano_labels(), config())
    assert run("export", "w3c", *arguments).exit_code == 0
    valid("web_annotation", json.loads((tmp_path / "out").read_bytes()))


def test_texts_that_were_stored_by_id_are_found(tmp_path: Path) -> None:
    page = "<!doctype html><html><head><meta charset=utf-8></head><body>{}</body></html>"
    words = "<p>各县区要坚持周调度、月通报制度,确保完成投资10亿元以上。</p>"
    (tmp_path / "page.html").write_text(page.format(words * 3), "utf-8")
    (tmp_path / "texts").mkdir()
    records = tmp_path / "r.jsonl"
    assert run("extract", tmp_path / "page.html", "-o", records, "--texts", tmp_path / "texts").exit_code == 0
    assert run("export", "doccano", records, "--texts", tmp_path / "texts", "-o", tmp_path / "out").exit_code == 0
    assert run("import", "doccano", tmp_path / "out", "--gold", tmp_path / "gold").exit_code == 0
    scored = run("score", tmp_path / "gold", tmp_path / "texts", records, "--misses")
    assert "documents_without_record  0" in scored.stdout
    assert "missed" not in scored.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["export", "doccano", "none.jsonl", "-o", "out"], "none.jsonl"),
        (["export", "w3c", "records.jsonl", "-o", "out", "--texts", "texts"], "its text is not in"),
        (["export", "label-studio", "gold", "--gold", "-o", "out"], "no gold found"),
        (["import", "doccano", "none.jsonl", "--gold", "gold"], "cannot be read"),
        (["import", "label-studio", "records.jsonl", "--gold", "gold"], "no tasks of Label Studio"),
        (["export", "doccano", "records.jsonl", "--texts", "corpus", "-o", "no/out"], "cannot be written"),
        (["import", "doccano", "empty", "--gold", "empty/gold"], "cannot be made"),
    ],
)
def test_wrong_usage_is_told(words: list[str], message: str, records: Path, tmp_path: Path) -> None:
    for folder in ("texts", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "empty").touch()
    places = {"corpus": CORPUS / "texts"}
    named = [str(places.get(word, tmp_path / word)) if word in _PLACES else word for word in words]
    told = run(*named)
    assert told.exit_code == 2
    assert message in told.stderr
    assert "Traceback" not in told.output
    assert not (tmp_path / "out").exists()


_PLACES = {"none.jsonl", "records.jsonl", "out", "texts", "gold", "corpus", "no/out", "empty", "empty/gold"}
