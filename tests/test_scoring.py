"""Scoring: each figure means what the judge of the annotation guide means by it, and bad gold is told clearly."""

import importlib.util
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from speechmine.cli import main
from speechmine.errors import SpeechmineError
from speechmine.exporting.jsonl import json_line
from speechmine.exporting.table import WIDTH, display_width
from speechmine.records import (
    Component,
    Deadline,
    DocumentInfo,
    Evidence,
    Figure,
    Goal,
    Measure,
    Mechanism,
    Record,
)
from speechmine.scoring import (
    Annotated,
    GoldDocument,
    Miss,
    Scores,
    as_json,
    extracted_records,
    figures_of,
    read_gold,
    read_records,
    report,
    scored,
    told_misses,
)
from tests.samples import CORPUS

SHARED = CORPUS.parent.parent / "shared"
JUDGE = SHARED / "tools" / "score.py"

TEXT = (
    "会议听取了重点项目建设情况汇报。各县区要坚持周调度、月通报制度,建立重点项目台账。\n"
    "市发改委要确保今年完成固定资产投资10亿元以上。截至6月底已开工87家。市统计局要加强监测预警分析。\n"
)
MECHANISMS: list[dict[str, object]] = [
    {
        "quote": "周调度、月通报",
        "kind": "cadence",
        "status": "required",
        "components": [["P1W", "调度"], ["P1M", "通报"]],
    },
    {"quote": "项目台账", "kind": "ledger", "status": "required"},
]
GOAL: dict[str, object] = {
    "quote": "10亿元以上", "value": 10, "unit": "亿元", "cmp": ">=", "kind": "level", "metric": "固定资产投资",
    "role": "goal", "commitment": "ensure", "deadline": "2024",
}  # fmt: skip
RESULT: dict[str, object] = {
    "quote": "87家", "value": 87, "unit": "家", "cmp": "=", "kind": "count", "metric": "开工", "role": "result",
    "deadline": "2024-06-30",
}  # fmt: skip
MEASURES: list[dict[str, object]] = [
    {"quote": "各县区要坚持周调度、月通报制度,建立重点项目台账", "owner": "各县区", "commitment": "must"},
    {"quote": "市发改委要确保今年完成固定资产投资10亿元以上", "owner": "市发改委", "commitment": "must"},
    {"quote": "市统计局要加强监测预警分析", "owner": "市统计局", "commitment": "must"},
]
GOLD: dict[str, object] = {
    "file": "a.txt", "mechanisms": MECHANISMS, "quantities": [GOAL, RESULT], "measures": MEASURES,
}  # fmt: skip


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(quote=quote, start=start, end=start + len(quote))


WEEKLY = Component(every="P1W", action="调度", text="周调度")
MONTHLY = Component(every="P1M", action="通报", text="月通报")
CADENCE = Mechanism(
    id="m1", speech="s1", rule="r", name="周调度、月通报", kind="cadence", status="required",
    components=[WEEKLY, MONTHLY], evidence=evidence("周调度、月通报"),
)  # fmt: skip
LEDGER = Mechanism(
    id="m2", speech="s1", rule="r", name="项目台账", kind="ledger", status="required", evidence=evidence("项目台账")
)
FOUND_GOAL = Goal(
    id="g1", speech="s1", rule="r", metric="固定资产投资", kind="level", value=Decimal(10), unit="亿元", comparator=">=",
    commitment="ensure", deadline=Deadline(text="今年", edtf="2024"), evidence=evidence("10亿元以上"),
)  # fmt: skip
FOUND_RESULT = Figure(
    id="f1", speech="s1", rule="r", metric="开工", kind="count", value=Decimal(87), unit="家", comparator="=",
    role="result", deadline=Deadline(text="6月底", edtf="2024-06-30"), evidence=evidence("87家"),
)  # fmt: skip
FOUND_MEASURES = [
    Measure(
        id=f"x{number}", speech="s1", rule="r", text=quote, owner=[owner], commitment="must", evidence=evidence(quote)
    )
    for number, (quote, owner) in enumerate((str(each["quote"]), str(each["owner"])) for each in MEASURES)
]
RECORD = Record(
    document=DocumentInfo(id="0", source="folder/a.txt"), mechanisms=[CADENCE, LEDGER], goals=[FOUND_GOAL],
    figures=[FOUND_RESULT], measures=FOUND_MEASURES,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("gold", "texts"):
        (tmp_path / name).mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, "utf-8", newline="")
    (tmp_path / "gold" / "a.json").write_text(json.dumps(GOLD, ensure_ascii=False), "utf-8")
    return tmp_path


def gold_of(folder: Path) -> list[Annotated]:
    return read_gold(folder / "gold", [folder / "texts"])


def goal(**changes: Any) -> Record:
    return replace(RECORD, goals=[replace(FOUND_GOAL, **changes)])


def cadence(**changes: Any) -> Record:
    return replace(RECORD, mechanisms=[replace(CADENCE, **changes), LEDGER])


def last_measure(**changes: Any) -> Record:
    return replace(RECORD, measures=[*FOUND_MEASURES[:2], replace(FOUND_MEASURES[2], **changes)])


SPURIOUS_MEASURE = replace(FOUND_MEASURES[0], evidence=evidence("会议听取了重点项目建设情况汇报"))
AS_FIGURE = replace(FOUND_RESULT, **{
    name: getattr(FOUND_GOAL, name) for name in ("metric", "kind", "value", "unit", "comparator", "deadline", "evidence")
})  # fmt: skip

Expected = dict[str, float | int | None]
Told = tuple[str, str, str, list[str]]

CASES: list[tuple[str, Record, dict[str, Expected], list[Told]]] = [
    ("everything right", RECORD, {"goals_strict": {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1, "found": 1}}, []),
    (
        "a span off by one is still the same measure",
        last_measure(evidence=evidence("统计局要加强监测预警分析")),
        {"measures": {"f1": 1.0, "owner": 1.0}, "measures_chars": {"p": 1.0, "r": round(60 / 61, 4)}},
        [],
    ),
    (
        "a mechanism with a modifier more is forgiven: nested spans need only 0.3",
        replace(RECORD, mechanisms=[CADENCE, replace(LEDGER, evidence=evidence("建立重点项目台账"))]),
        {"mechanisms": {"f1": 1.0}},
        [],
    ),
    (
        "a measure is not forgiven so much: half of its words are not it",
        last_measure(evidence=evidence("预警分析")),
        {"measures": {"p": round(2 / 3, 4), "r": round(2 / 3, 4)}},
        [
            ("measure", "missed", "市统计局要加强监测预警分析", []),
            ("measure", "spurious", "预警分析", []),
        ],
    ),
    (
        "a number without its bound word is the same number with a wrong comparator",
        goal(evidence=evidence("10亿元"), comparator="="),
        {"quantities": {"f1": 1.0, "cmp": 0.5, "value": 1.0}, "goals": {"f1": 1.0}, "goals_strict": {"f1": 0.0}},
        [("quantity", "wrong", "10亿元以上", ["cmp"])],
    ),
    (
        "a wrong unit makes a goal not strictly right",
        goal(unit="万元"),
        {"quantities": {"unit": 0.5}, "goals": {"f1": 1.0, "commitment": 1.0}, "goals_strict": {"f1": 0.0}},
        [("quantity", "wrong", "10亿元以上", ["unit"])],
    ),
    (
        "a metric with a word more is the same metric",
        goal(metric="全市固定资产投资"),
        {"quantities": {"metric": 1.0}, "goals_strict": {"f1": 1.0}},
        [],
    ),
    (
        "an upper end that is not in the gold is a wrong value",
        goal(upper=Decimal(12)),
        {"quantities": {"value": 0.5}},
        [("quantity", "wrong", "10亿元以上", ["value"])],
    ),
    (
        "the same number written otherwise is the same value",
        goal(value=Decimal("10.00")),
        {"quantities": {"value": 1.0}},
        [],
    ),
    (
        "a missing date is a wrong deadline",
        goal(deadline=None),
        {"quantities": {"deadline": 0.5}},
        [("quantity", "wrong", "10亿元以上", ["deadline"])],
    ),
    (
        "a commitment is no field of a strict goal",
        goal(commitment="strive"),
        {"goals": {"f1": 1.0, "commitment": 0.0}, "goals_strict": {"f1": 1.0}},
        [("quantity", "wrong", "10亿元以上", ["commitment"])],
    ),
    (
        "a goal taken for context is a number found and a goal missed; no goal found is no precision",
        replace(RECORD, goals=[], figures=[FOUND_RESULT, replace(AS_FIGURE, role="context")]),
        {
            "quantities": {"f1": 1.0, "role": 0.5},
            "goals": {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 1, "found": 0, "commitment": None},
        },
        [("quantity", "wrong", "10亿元以上", ["role"])],
    ),
    (
        "a cadence with a wrong period has one component right of two",
        cadence(components=[WEEKLY, replace(MONTHLY, every="P3M")]),
        {"cadence_components": {"p": 0.5, "r": 0.5}, "mechanisms": {"f1": 1.0}},
        [("mechanism", "wrong", "周调度、月通报", ["components"])],
    ),
    (
        "an action is told by its first two characters",
        cadence(components=[WEEKLY, replace(MONTHLY, action="通报情况")]),
        {"cadence_components": {"f1": 1.0}},
        [],
    ),
    (
        "a cadence missed takes its components with it",
        replace(RECORD, mechanisms=[LEDGER]),
        {"cadence_components": {"p": 0.0, "r": 0.0, "gold": 2, "found": 0}, "mechanisms": {"p": 1.0, "r": 0.5}},
        [("mechanism", "missed", "周调度、月通报", [])],
    ),
    (
        "kind and status are rates of the pairs",
        cadence(kind="formula", status="in-force"),
        {"mechanisms": {"f1": 1.0, "kind": 0.5, "status": 0.5}},
        [("mechanism", "wrong", "周调度、月通报", ["kind", "status"])],
    ),
    (
        "a missed measure",
        replace(RECORD, measures=FOUND_MEASURES[:2]),
        {"measures": {"p": 1.0, "r": round(2 / 3, 4)}, "measures_chars": {"p": 1.0, "r": round(48 / 61, 4)}},
        [("measure", "missed", "市统计局要加强监测预警分析", [])],
    ),
    (
        "a spurious measure",
        replace(RECORD, measures=[SPURIOUS_MEASURE, *FOUND_MEASURES]),
        {"measures": {"p": 0.75, "r": 1.0}},
        [("measure", "spurious", "会议听取了重点项目建设情况汇报", [])],
    ),
    (
        "the same measure found twice answers once",
        replace(RECORD, measures=[FOUND_MEASURES[0], *FOUND_MEASURES]),
        {"measures": {"p": 0.75, "r": 1.0}, "measures_chars": {"p": 1.0, "r": 1.0}},
        [("measure", "spurious", "各县区要坚持周调度、月通报制度,建立重点项目台账", [])],
    ),
    (
        "a wrong owner, a weaker commitment",
        last_measure(owner=["市审计局", "市财政局"], commitment="strive"),
        {"measures": {"f1": 1.0, "owner": round(2 / 3, 4), "commitment": round(2 / 3, 4)}},
        [("measure", "wrong", "市统计局要加强监测预警分析", ["owner", "commitment"])],
    ),
]


def told(misses: Iterable[Miss]) -> list[Told]:
    return [(miss.group, miss.verdict, miss.quote, miss.fields) for miss in misses]


@pytest.mark.parametrize(
    ("record", "expected", "misses"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_deviation_moves_its_own_figures(
    record: Record, expected: dict[str, Expected], misses: list[Told], folder: Path
) -> None:
    scores = scored(gold_of(folder), {"a.txt": record})
    figures = figures_of(scores)
    assert {group: {name: figures[group][name] for name in wanted} for group, wanted in expected.items()} == expected
    assert told(scores.misses) == misses


def test_why_shows_both_sides(folder: Path) -> None:
    def why(record: Record) -> list[str]:
        return [miss.why for miss in scored(gold_of(folder), {"a.txt": record}).misses]

    assert why(goal(unit="万元", deadline=None)) == ["unit: gold 亿元, found 万元; deadline: gold 2024, found nothing"]
    assert why(goal(value=Decimal("1E+2"), upper=Decimal("120.5"))) == ["value: gold 10, found 100–120.5"]
    assert why(replace(RECORD, mechanisms=[CADENCE])) == ["nothing is found here"]
    parts = [WEEKLY, replace(MONTHLY, every=None)]
    assert why(cadence(components=parts)) == ["components: gold P1W 调度、P1M 通报, found P1W 调度、? 通报"]
    assert why(last_measure(evidence=evidence("预警分析"))) == [
        "only this is found here: 预警分析",
        "only this is annotated here: 市统计局要加强监测预警分析",
    ]


def test_a_document_without_record_has_all_its_items_missed(folder: Path) -> None:
    scores = scored(gold_of(folder), {})
    assert (scores.documents, scores.documents_without_record, scores.bad_offsets) == (1, 1, 0)
    assert Counter(miss.verdict for miss in scores.misses) == {"missed": 7}
    assert figures_of(scores)["mechanisms"]["kind"] is None


def test_a_quote_that_does_not_stand_at_its_place_is_counted(folder: Path) -> None:
    shifted = replace(FOUND_GOAL.evidence, start=FOUND_GOAL.evidence.start + 1)
    assert scored(gold_of(folder), {"a.txt": goal(evidence=shifted)}).bad_offsets == 1


def test_nth_tells_which_of_equal_words_is_meant(folder: Path) -> None:
    (folder / "texts" / "a.txt").write_text("周调度、周调度。" + TEXT, "utf-8")
    gold = GOLD | {"mechanisms": [{"quote": "周调度", "nth": 2, "kind": "formula", "status": "in-force"}]}
    (folder / "gold" / "a.json").write_text(json.dumps(gold), "utf-8")
    assert gold_of(folder)[0].mechanisms[0].span == (4, 7)


# --- gold that is not well formed -----------------------------------------------------------------------------------


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
    with pytest.raises(SpeechmineError, match="「没有0」.*「没有4」 is not in the text; and 2 more"):
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


# --- the command ----------------------------------------------------------------------------------------------------


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


# --- the judge of the annotation guide says the same ----------------------------------------------------------------


def judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SETS = {
    "corpus": (CORPUS / "gold", [CORPUS / "texts"]),
    "shared": (SHARED / "gold", [SHARED / "seeds", SHARED / "dev"]),
}


@pytest.fixture(scope="module", params=SETS)
def annotated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Annotated], dict[str, Record], Callable[[dict[str, Record]], tuple[dict[str, Any], list[str]]]]:
    if not JUDGE.exists():
        pytest.skip(f"the judge to compare with is not here: {JUDGE}")
    gold, folders = SETS[request.param]
    texts = tmp_path_factory.mktemp("texts")
    for path in (path for folder in folders for path in folder.glob("*.txt")):
        shutil.copy(path, texts)
    ours, module = read_gold(gold, folders), judge()
    theirs = module.load_gold(gold, texts)
    assert module.check(theirs) == []

    def judged(records: dict[str, Record]) -> tuple[dict[str, Any], list[str]]:
        as_objects = {name: json.loads(json_line(record)) for name, record in records.items()}
        figures, misses = module.score(theirs, as_objects)
        return figures, misses

    return ours, extracted_records(ours), judged


Judged = tuple[list[Annotated], dict[str, Record], Callable[[dict[str, Record]], tuple[dict[str, Any], list[str]]]]

_THEIRS = re.compile(r"(?P<document>\S+) (?P<group>mechanism|quantity|measure) (?:(?P<verdict>missed|spurious): (?P<quote>.*)"
                     r"|(?P<wrong>'.*'|\".*\"): wrong (?P<fields>[a-z, ]+): .*)", re.DOTALL)  # fmt: skip


def as_theirs(misses: Iterable[Miss]) -> Counter[tuple[str, ...]]:
    """Write our misses as the judge does; it tells wrong fields of quantities only, and no commitment."""
    lines: Counter[tuple[str, ...]] = Counter()
    for miss in misses:
        fields = [name for name in miss.fields if name != "commitment"]
        if miss.verdict == "wrong" and miss.group == "quantity" and fields:
            lines[miss.document, miss.group, repr(miss.quote), ", ".join(fields)] += 1
        elif miss.verdict != "wrong":
            lines[
                miss.document, miss.group, miss.verdict, miss.quote[:60] if miss.group == "measure" else miss.quote
            ] += 1
    return lines


def read_theirs(lines: Iterable[str]) -> Counter[tuple[str, ...]]:
    read: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        part = _THEIRS.fullmatch(line)
        assert part is not None, line
        if part["wrong"]:
            read[part["document"], part["group"], part["wrong"], part["fields"]] += 1
            continue
        bare = re.compile(r" \([^()]*(?:\([^()]*\)[^()]*)*, (?:goal|result|context)\)$")
        quote = (
            bare.sub("", part["quote"]) if (part["group"], part["verdict"]) == ("quantity", "missed") else part["quote"]
        )
        read[part["document"], part["group"], part["verdict"], quote] += 1
    return read


def agree(annotated: Judged, records: dict[str, Record]) -> None:
    ours, _, judged = annotated
    scores = scored(ours, records)
    figures, misses = judged(records)
    assert json.loads(as_json(scores)) == figures
    assert list(json.loads(as_json(scores))) == list(figures)
    assert as_theirs(scores.misses) == read_theirs(misses)


def test_the_judge_gives_the_same_figures_and_misses(annotated: Judged) -> None:
    agree(annotated, annotated[1])


def test_the_judge_agrees_where_nothing_is_found(annotated: Judged) -> None:
    agree(annotated, {})


@pytest.mark.parametrize("seed", range(6))
def test_the_judge_agrees_on_damaged_records(annotated: Judged, seed: int) -> None:
    chance = random.Random(seed)
    kept = {name: record for name, record in annotated[1].items() if chance.random() < 0.9}
    agree(annotated, {name: damaged(record, chance) for name, record in kept.items()})


Found = TypeVar("Found", Mechanism, Goal, Figure, Measure)


def damaged(record: Record, chance: random.Random) -> Record:
    """Lose, double and shift findings, and change their fields: what extraction could do wrong."""
    return replace(
        record,
        mechanisms=_changed(record.mechanisms, chance, kind="formula", status="proposed", components=[WEEKLY, MONTHLY]),
        goals=_changed(
            record.goals, chance, value=None, upper=Decimal("0.1"), unit=None, kind="rank", commitment="expect",
            metric="投资、", deadline=Deadline(text="", edtf="2024"),
        ),
        figures=_changed(
            record.figures, chance, value=Decimal("1E+3"), unit="个", comparator="~", role="context", metric=None,
            deadline=None,
        ),
        measures=_changed(record.measures, chance, owner=["市发改委", "各县区"], commitment="prohibit"),
    )  # fmt: skip


def _changed(items: list[Found], chance: random.Random, **changes: Any) -> list[Found]:
    found = [item for item in items for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 2]))]
    chance.shuffle(found)
    return [_shifted(replace(item, **_some(changes, chance)), chance) for item in found]


def _some(changes: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if chance.random() < 0.15}


def _shifted(item: Found, chance: random.Random) -> Found:
    at = item.evidence
    reach = max(1, (at.end - at.start) // 2)
    start = max(0, at.start + chance.choice([0, 0, 0, -1, 1, -reach, reach]))
    end = max(start + 1, at.end + chance.choice([0, 0, 0, -1, 1, -reach, reach]))
    return replace(item, evidence=replace(at, start=start, end=end))


def test_records_are_told_by_the_last_part_of_their_source(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(json_line(RECORD) + b"\r\n" + json_line(replace(RECORD, goals=[])))
    assert {name: len(record.goals) for name, record in read_records(path).items()} == {"a.txt": 0}
