"""Training on one's own labels: what is learned, what is reported, and what is refused."""

import builtins
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speechmine import load_rules
from speechmine.cli import main
from speechmine.errors import SpeechmineError
from speechmine.judging.learned import read_weights
from speechmine.judging.topics import topic_of
from speechmine.training import Example, Recipe, told, train_frames, train_roles, train_topics
from speechmine.training.fitting import trained

CORPUS = Path(__file__).parent.parent / "corpus"
RULES = load_rules()
EVEN = Recipe(trust=1.0, documents=1)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Own fields, which no shipped word list names: parking against markets, in three documents."""
    path = tmp_path / "own.tsv"
    rows = ["file\ttopic\ttext\tsection"]
    for name in ("a.txt", "b.txt", "c.txt"):
        rows += [
            f"{name}\t停车\t各街道要增设停车泊位{name}\t一、停车 / (一)泊位",
            f"{name}\t菜场\t各街道要改造菜场摊位{name}\t",
        ]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_fields_of_ones_own_are_learned_and_written(table: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights.json"
    result = run("train", table, "-o", weights)
    assert result.exit_code == 0, result.output
    assert "3 documents, each judged by the others: accuracy 1.000" in result.output
    learned = read_weights(weights)
    assert "6 examples from 3 documents (own.tsv: 6)" in learned.about
    assert topic_of("广场边要增设停车泊位", (), RULES, learned) == "停车"
    assert topic_of("老城要改造菜场", (), RULES, learned) == "菜场"


def test_the_same_labels_give_the_same_bytes(table: Path, tmp_path: Path) -> None:
    written = []
    for name in ("one.json", "two.json"):
        run("train", table, "-o", tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_no_document_is_judged_by_what_was_learned_from_it() -> None:
    # Each document has a word of its own that gives its labels away, and none that others share.
    examples = [
        Example(frozenset({f"own{document}{label}"}), label, str(document)) for document in range(4) for label in "xy"
    ]
    examples += [Example(frozenset({"more"}), "x", str(document)) for document in range(4)]
    result = trained(examples, EVEN, "test")
    assert [verdict for example, verdict in zip(examples, result.left_out, strict=True) if example.label == "y"] == [
        "x"
    ] * 4
    assert result.weights.best(["own1y"]) == "y", "learned from all, it knows the word"


def test_a_feature_counts_only_if_enough_documents_have_it() -> None:
    examples = [Example(frozenset({"all", name, label}), label, name) for name in "abc" for label in ("x", "y")]
    assert set(trained(examples, Recipe(trust=1.0, documents=3), "test").weights.weights) == {"x", "y"}


def test_the_sample_labels_name_places_of_the_sample_texts() -> None:
    result = train_topics([CORPUS / "labels/topics.tsv"], CORPUS / "texts", RULES)
    assert len(result.examples) == 167
    assert {example.document for example in result.examples} <= {path.name for path in (CORPUS / "texts").glob("*.txt")}
    assert all(example.label in RULES.words("topics").values.values() for example in result.examples)


def test_reports_teach_review_and_plan(tmp_path: Path) -> None:
    for name, place in (("a.txt", "甲县"), ("b.txt", "乙县"), ("c.txt", "丙县")):
        review = "".join(f"{place}新建学校{n}所,项目建设取得积极进展。\n" for n in range(6))
        plan = "".join(f"加快推进{place}园区道路建设,力争开工{n}条以上。\n" for n in range(6))
        text = f"{place}政府工作报告\n一、去年工作回顾\n{review}二、今年主要任务\n{plan}"
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "d.txt").write_text("只有一段话,没有回顾也没有安排。\n", "utf-8")
    result = train_frames(tmp_path, RULES)
    assert {example.document for example in result.examples} == {"a.txt", "b.txt", "c.txt"}
    assert list(result.left_out) == [example.label for example in result.examples]


def test_gold_sets_what_is_learned_beside_the_rules() -> None:
    result = train_roles(CORPUS / "gold", CORPUS / "texts", RULES)
    report = told(result)
    assert {example.label for example in result.examples} == {"goal", "result", "context"}
    assert "rules, on the same examples: accuracy 0.9" in report
    assert "learned, 18 documents" in report


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a.txt\t\t加强管理\t\t", "a file and a topic"),
        ("a.txt\t民生\t\t\t", "a text, or a start and an end"),
        ("a.txt\t民生\t\t0\t9", "--texts FOLDER"),
        ("a.txt\t民生\t加强管理\t\t", "too little to learn from"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(line: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"file\ttopic\ttext\tstart\tend\n{line}\n", "utf-8")
    result = run("train", path)
    assert result.exit_code == 2
    assert message in result.stderr


def test_places_outside_the_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("file\tstart\tend\ttopic\ns01_city_project_meeting.txt\t900000\t900009\t民生\n", "utf-8")
    with pytest.raises(SpeechmineError, match="line 2: no statement stands at 900000"):
        train_topics([path], CORPUS / "texts", RULES)


def test_one_thing_is_trained_at_a_time(table: Path) -> None:
    assert run("train").exit_code == 2
    assert run("train", table, "--frames", CORPUS).exit_code == 2


def test_a_missing_learner_is_told_with_the_command_that_installs_it(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name.split(".")[0] == "sklearn":
            raise ModuleNotFoundError("No module named 'sklearn'", name="sklearn")
        return real(name, globals, locals, fromlist or (), level)

    monkeypatch.delitem(sys.modules, "speechmine.training.fitting", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    result = run("train", table)
    assert result.exit_code == 2
    assert "pip install 'speechmine[train]'" in result.stderr
