"""Roles of sentences: what they are good for, what they cannot change, and how they are learned."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from speechmine import load_rules, sentences
from speechmine.cli import main
from speechmine.judging.frames import frames
from speechmine.judging.learned import read_weights, shipped_weights
from speechmine.judging.sentences import sentence_features, sentence_roles
from speechmine.judging.standing import standings
from speechmine.outline import outlined

CORPUS = Path(__file__).parent.parent / "corpus"
LABELS = CORPUS / "labels" / "sentences.tsv"
ROLES = {"requirement", "undertaking", "result", "problem", "background", "ceremony", "heading", "furniture"}
SPEECH = """首页 > 要闻 > 正文
在全县工业大会上的讲话
同志们:
感谢大家的支持。
一、肯定成绩
去年全县新增规上企业12家,工业增加值增长9%。
二、正视问题
我们也清醒看到,个别园区配套滞后,一些项目久拖不决。
三、下一步工作
各镇街要盯紧签约项目,确保三季度全部开工。
"""


def told(text: str) -> dict[str, str]:
    return {text[one.span.start : one.span.end]: one.role for one in sentences(text)}


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("首页 > 要闻 > 正文", "furniture"),
        ("感谢大家的支持", "ceremony"),
        ("去年全县新增规上企业12家,工业增加值增长9%", "result"),
        ("我们也清醒看到,个别园区配套滞后,一些项目久拖不决", "problem"),
        ("各镇街要盯紧签约项目,确保三季度全部开工", "requirement"),
    ],
)
def test_a_sentence_is_what_it_does(words: str, role: str) -> None:
    assert told(SPEECH)[words] == role


def test_places_count_the_text_as_read_in_order() -> None:
    traditional = "各位代表：\n請各局處於月底前提出改善計畫。\n"
    found = sentences(traditional)
    assert [traditional[one.span.start : one.span.end] for one in found][-1] == "請各局處於月底前提出改善計畫"
    assert [one.span for one in found] == sorted(one.span for one in found)


def test_headings_stand_with_the_sentences_under_them() -> None:
    last = sentences(SPEECH)[-1]
    assert last.section == ("三、下一步工作",)


def test_nothing_in_gives_nothing() -> None:
    assert sentences("") == []


def test_the_shipped_judge_knows_the_labels_of_the_corpus() -> None:
    """The labels of the corpus were part of its training: this is a floor against damage, not a figure of quality."""
    rules = load_rules()
    by_file: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(LABELS.read_text("utf-8").splitlines(), delimiter="\t"):
        by_file.setdefault(row["file"], []).append(row)
    right = seen = 0
    for name, rows in by_file.items():
        text = (CORPUS / "texts" / name).read_text("utf-8-sig")
        found = {(one.span.start, one.span.end): one.role for one in sentences(text, rules)}
        for row in rows:
            start, end = int(row["start"]), int(row["end"])
            inside = [role for span, role in found.items() if start <= span[0] and span[1] <= end]
            if inside:
                seen += 1
                right += inside[0] == row["role"]
    assert seen > 400
    assert right / seen > 0.8, (right, seen)


def test_labels_are_roles_and_places() -> None:
    rows = list(csv.DictReader(LABELS.read_text("utf-8").splitlines(), delimiter="\t"))
    assert {row["role"] for row in rows} <= ROLES
    assert all(int(row["start"]) < int(row["end"]) for row in rows)
    assert {row["file"] for row in rows} <= {path.name for path in (CORPUS / "texts").glob("*.txt")}


def test_weights_say_what_they_are_of() -> None:
    weights = shipped_weights("sentences.json")
    assert set(weights.labels) == ROLES
    assert "judged by the others" in weights.about


def test_one_role_for_each_statement() -> None:
    rules = load_rules()
    outline = outlined(SPEECH, rules)
    standing, around = standings(outline, rules), frames(outline, rules)
    assert len(sentence_roles(outline, standing, around)) == len(outline.statements)
    assert all(
        "stands=heading" in seen
        for seen, stands in zip(sentence_features(outline, standing, around), standing, strict=True)
        if stands == "heading"
    )


def test_roles_are_learned_from_a_table_of_places(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    rows = ["file\tstart\tend\trole"]
    for name in ("a.txt", "b.txt", "c.txt"):
        (texts / name).write_text("同志们:\n各镇要抓紧开工。\n去年新增企业3家。\n", "utf-8")
        rows += [f"{name}\t5\t13\trequirement", f"{name}\t14\t23\tresult"]
    table = tmp_path / "own.tsv"
    table.write_text("\n".join(rows) + "\n", "utf-8")
    result = CliRunner().invoke(main, ["train", str(table), "--texts", str(texts), "-o", str(tmp_path / "own.json")])
    assert result.exit_code == 0, result.output
    assert "accuracy 1.000" in result.output
    assert "rules, on the same examples" in result.output
    assert read_weights(tmp_path / "own.json").labels == ["requirement", "result"]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("file\tstart\tend\trole\na.txt\t1\t3\t\n", "a line has a file and a role"),
        ("file\tstart\tend\trole\na.txt\tx\t3\tresult\n", "a line has a text, or a start and an end"),
        ("file\tstart\tend\trole\nnone.txt\t1\t3\tresult\n", "there is no such file"),
    ],
)
def test_a_malformed_table_is_refused(rows: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("各镇要抓紧开工。", "utf-8")
    table = tmp_path / "own.tsv"
    table.write_text(rows, "utf-8")
    result = CliRunner().invoke(main, ["train", str(table), "--texts", str(tmp_path)])
    assert result.exit_code == 2
    assert complaint in result.output


def test_a_table_of_places_needs_its_texts(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("file\tstart\tend\trole\na.txt\t1\t3\tresult\n", "utf-8")
    result = CliRunner().invoke(main, ["train", str(table)])
    assert result.exit_code == 2
    assert "--texts" in result.output
