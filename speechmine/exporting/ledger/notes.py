"""What the sheet of notes says: what each column holds, how many of what, which versions, and what was left out."""

from collections.abc import Sequence

from speechmine import __version__
from speechmine.exporting.ledger.tables import GOALS, SHEETS, TASKS, Row
from speechmine.exporting.periods import last_day
from speechmine.records import SCHEMA_VERSION, Record

_CONVENTIONS = (
    ("牵头与责任", "讲话点名的第一个单位为牵头单位，其余为责任单位；讲话没有说的格子留空，不作推测。"),
    ("完成时限的颜色", "到期前三日内为黄，逾期为红；状态为已完成、已销号的不再着色。颜色按打开文件当天计算。"),
    ("序时进度", "进展情况中的百分比低于已过时间的比例时为黄；起始时间为空的，从完成时限当年1月1日起算。"),
    ("更新", "更新时人工填写和修改过的格子一律保留；讲话的变动写入“变更”栏和“变更记录”表，行不删除。"),
)


def notes(records: Sequence[Record], rows: dict[str, list[Row]], left_out: int) -> list[tuple[str, str, str]]:
    """Return the rows of the sheet of notes: part, name, what there is to say.

    Args:
        records: The documents of the ledger.
        rows: The rows of its sheets.
        left_out: How many documents were left out as reprints.
    """
    named = [item.deadline for record in records for items in (record.goals, record.measures) for item in items]
    undated = sum(deadline is not None and last_day(deadline.edtf) is None for deadline in named)
    incomplete = sum(not record.document.complete for record in records)
    counts = [
        ("文件", f"{len(records)}"), *((sheet.name, f"{len(rows[sheet.name])}") for sheet in SHEETS),
        ("未载明单位的任务", f"{sum('牵头单位' not in row.cells for row in rows[TASKS.name])}"),
        ("没有数值的目标", f"{sum('指标值' not in row.cells for row in rows[GOALS.name])}"),
        ("年份不明的时限", f"{undated}"), ("转载略去的文件", f"{left_out}"), ("原文不全的文件", f"{incomplete}"),
    ]  # fmt: skip
    return [
        ("部分", "名称", "说明"),
        *((sheet.name, column.name, column.says) for sheet in SHEETS for column in sheet.columns),
        *(("约定", name, says) for name, says in _CONVENTIONS),
        *(("首次导出的数量", name, number) for name, number in counts),
        ("版本", "speechmine", __version__), ("版本", "记录格式", SCHEMA_VERSION),
    ]  # fmt: skip
