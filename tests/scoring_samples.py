"""One small document with its gold, and the record that finds all of it."""

import json
from decimal import Decimal
from pathlib import Path

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
    read_gold,
)

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


def written(folder: Path) -> Path:
    """Write the document and its gold into two folders."""
    for name in ("gold", "texts"):
        (folder / name).mkdir()
    (folder / "texts" / "a.txt").write_text(TEXT, "utf-8", newline="")
    (folder / "gold" / "a.json").write_text(json.dumps(GOLD, ensure_ascii=False), "utf-8")
    return folder


def gold_of(folder: Path) -> list[Annotated]:
    return read_gold(folder / "gold", [folder / "texts"])
