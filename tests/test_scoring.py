"""Scoring: each deviation from the gold moves its own figures, and is told with why."""

import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from speechmine.records import (
    Record,
)
from speechmine.scoring import (
    Miss,
    figures_of,
    scored,
)
from tests.scoring_samples import (
    CADENCE,
    FOUND_GOAL,
    FOUND_MEASURES,
    FOUND_RESULT,
    GOLD,
    LEDGER,
    MONTHLY,
    RECORD,
    TEXT,
    WEEKLY,
    evidence,
    gold_of,
    written,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


def goal(**changes: object) -> Record:
    return replace(RECORD, goals=[replace(FOUND_GOAL, **changes)])


def cadence(**changes: object) -> Record:
    return replace(RECORD, mechanisms=[replace(CADENCE, **changes), LEDGER])


def last_measure(**changes: object) -> Record:
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
        {"measures": {"f1": 1.0, "owner": 1.0}, "measures_chars": {"p": 1.0, "r": round(59 / 60, 4)}},
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
        {"measures": {"p": 1.0, "r": round(2 / 3, 4)}, "measures_chars": {"p": 1.0, "r": round(47 / 60, 4)}},
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
