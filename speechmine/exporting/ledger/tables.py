"""The task ledger (台账) as tables: which columns its sheets have, and what findings put into them.

A row knows what identifies it, so that a ledger people have filled in can take up a new reading of the speech.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import msgspec

from speechmine.exporting.cells import fitting
from speechmine.exporting.labels import BOUNDS, GOAL_COMMITMENTS, STATUSES
from speechmine.exporting.periods import first_day, last_day, rhythm
from speechmine.exporting.tasks import Place, Task, goal_text, rhythm_text, tasks, value_text
from speechmine.records import Deadline, DocumentInfo, Goal, Mechanism, Record

Cell: TypeAlias = str | Decimal | date

STATES = ("未启动", "进行中", "已完成", "已销号", "延期")
"""What 状态 may be."""
CLOSED = ("已完成", "已销号")


class Column(msgspec.Struct, frozen=True):
    """A column of a sheet.

    Attributes:
        name: Its heading.
        width: In characters.
        says: What stands in it, in one sentence.
        people: Whether it is people who fill it; nothing is ever written there.
        quiet: Whether a change in it is not worth telling: places move whenever anything before them changes.
    """

    name: str
    width: int
    says: str
    people: bool = False
    quiet: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """A sheet whose rows are found again: by the number in ``key``, else by the words in the columns of ``words``."""

    name: str
    key: str
    words: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def fields(self) -> tuple[Column, ...]:
        """The columns that the speech fills, without the running number and the key."""
        return tuple(column for column in self.columns if not column.people and column.name not in {"序号", self.key})


class Row(msgspec.Struct, frozen=True):
    """A row that a finding gives; columns that the speech does not fill are not in ``cells``."""

    key: str
    document: str
    source: str
    cells: dict[str, Cell] = msgspec.field(default_factory=dict)


_EVIDENCE = (
    Column("依据（文件）", 22, "讲话的标题；没有标题的写文件名", quiet=True),
    Column("依据（位置）", 22, "篇、标题和字序：第几字到第几字，按原文计", quiet=True),
    Column("依据（原句）", 44, "原文原句，一字未改", quiet=True),
    Column("依据（链接）", 22, "原文的网址；没有网址的为空", quiet=True),
)
TASKS = Sheet("工作任务台账", "任务编号", ("工作任务",), (
    Column("序号", 6, "导出时的顺序"),
    Column("任务编号", 19, "同一字节的原文总得同一编号；讲话修订后，认得出的任务保留原编号"),
    Column("类别", 11, "工作举措所属政策领域；没有举措承接的目标写“量化目标”"),
    Column("工作任务", 48, "要求做什么，按原文整理"),
    Column("量化目标", 34, "任务所带的目标：指标、下限或上限、力度、时限；一行一个"),
    Column("指标值", 10, "目标的数值；几个目标一行一个"),
    Column("单位", 9, "数值的单位"),
    Column("牵头领导", 13, "讲话点明的领导职务"),
    Column("牵头单位", 18, "讲话点名的第一个单位"),
    Column("责任单位", 22, "讲话点名的其余单位"),
    Column("责任人", 14, "讲话点明的责任人"),
    Column("调度周期", 18, "任务所用制度的周期：每周调度、每月通报"),
    Column("起始时间", 12, "时限为一段时间的，为其首日"),
    Column("完成时限", 12, "时限的末日：2024年即2024-12-31；年份不明的照录原话"),
    Column("进展情况", 28, "由人填写；写有百分比的与序时进度相比", people=True),
    Column("存在问题", 24, "由人填写", people=True),
    Column("下一步措施", 24, "由人填写", people=True),
    Column("状态", 10, "由人选择：" + "、".join(STATES), people=True),
    *_EVIDENCE,
))  # fmt: skip
CADENCES = Sheet("周期任务", "周期编号", ("机制", "周期", "事项"), (
    Column("序号", 6, "导出时的顺序"),
    Column("周期编号", 21, "机制的编号，后加第几项"),
    Column("机制", 34, "原文所说的制度或机制"),
    Column("周期", 10, "多久一次"),
    Column("事项", 14, "届时做什么"),
    Column("责任单位", 24, "讲话点名的单位"),
    Column("状况", 10, "已实行、要求实行或拟实行"),
    *_EVIDENCE,
))  # fmt: skip
GOALS = Sheet("目标指标", "指标编号", ("量化目标",), (
    Column("序号", 6, "导出时的顺序"),
    Column("指标编号", 19, "同一字节的原文总得同一编号"),
    Column("指标", 26, "衡量什么"),
    Column("量化目标", 40, "用话说的目标"),
    Column("界限", 8, "不低于、不超过、约，或等于"),
    Column("指标值", 12, "数值"),
    Column("单位", 10, "数值的单位"),
    Column("力度", 8, "确保、力争、计划或预期"),
    Column("完成时限", 12, "时限的末日；年份不明的照录原话"),
    Column("责任单位", 24, "讲话点名的单位"),
    Column("所属任务", 19, "台账中承接它的任务编号"),
    *_EVIDENCE,
))  # fmt: skip
SHEETS = (TASKS, CADENCES, GOALS)


def ledger_rows(records: Iterable[Record], link: str | None = None) -> dict[str, list[Row]]:
    """Return the rows of each sheet in the order of the documents.

    Args:
        records: What was found.
        link: A web address with {document} and {id} in it, or None for the documents' own addresses.
    """
    found: dict[str, list[Row]] = {sheet.name: [] for sheet in SHEETS}
    for record in records:
        held: set[str] = set()
        for task in tasks(record):
            found[TASKS.name].append(_task(task, link))
            new = [goal for goal in task.goals if goal.id not in held]
            found[GOALS.name] += (_goal(goal, task, link) for goal in new)
            held.update(goal.id for goal in new)
        for mechanism in record.mechanisms:
            speech = next((speech for speech in record.speeches if speech.id == mechanism.speech), None)
            found[CADENCES.name] += _cadences(mechanism, Place(record.document, speech, mechanism), link)
    return found


def _task(task: Task, link: str | None) -> Row:
    owners, goals = task.owners, task.goals
    cells: dict[str, Cell] = {
        "类别": task.topic, "工作任务": task.text, "量化目标": "\n".join(goal_text(goal) for goal in goals),
        "指标值": _value(goals), "单位": "\n".join(goal.unit or "" for goal in goals).strip(),
        "牵头领导": "、".join(owners.leaders), "牵头单位": "".join(owners.bodies[:1]),
        "责任单位": "、".join(owners.bodies[1:]), "责任人": "、".join(owners.persons),
        "调度周期": rhythm_text(task.rhythms), **_time(task.deadline), **_evidence(task.place, link),
    }  # fmt: skip
    return _row(task.id, task.document, cells)


def _cadences(mechanism: Mechanism, place: Place, link: str | None) -> Iterable[Row]:
    for number, part in enumerate(mechanism.components, 1):
        if part.every is not None:
            cells: dict[str, Cell] = {
                "机制": mechanism.name, "周期": rhythm(part.every), "事项": part.action,
                "责任单位": "、".join(mechanism.owner), "状况": STATUSES[mechanism.status], **_evidence(place, link),
            }  # fmt: skip
            yield _row(f"{mechanism.id}-{number}", place.document, cells)


def _goal(goal: Goal, task: Task, link: str | None) -> Row:
    place = Place(task.document, task.speech, goal)
    cells: dict[str, Cell] = {
        "指标": goal.metric or "", "量化目标": goal_text(goal), "界限": BOUNDS[goal.comparator] if goal.value is not None else "",
        "指标值": _value((goal,)), "单位": goal.unit or "", "力度": GOAL_COMMITMENTS[goal.commitment],
        "责任单位": "、".join(goal.owner), "所属任务": task.id, **_time(goal.deadline), **_evidence(place, link),
    }  # fmt: skip
    return _row(goal.id, task.document, cells)


def _row(key: str, document: DocumentInfo, cells: dict[str, Cell]) -> Row:
    return Row(key, document.id, document.source, {name: cell for name, cell in cells.items() if cell != ""})


def _value(goals: tuple[Goal, ...]) -> Cell:
    """Return the number of a single goal as a number, everything else as it is written."""
    if len(goals) == 1 and goals[0].upper is None and goals[0].value is not None:
        value = goals[0].value
        return value if Decimal(str(float(value))) == value else f"{value:f}"
    return "\n".join(value_text(goal) for goal in goals).strip()


def _time(deadline: Deadline | None) -> dict[str, Cell]:
    if deadline is None:
        return {}
    due: Cell = last_day(deadline.edtf) or deadline.text
    start = first_day(deadline.edtf) if "/" in deadline.edtf else None
    return {"完成时限": due} if start is None else {"起始时间": start, "完成时限": due}


def _evidence(place: Place, link: str | None) -> dict[str, Cell]:
    document = place.document
    own = document.source if document.source.startswith(("http://", "https://")) else ""
    address = link.replace("{document}", document.id).replace("{id}", place.item.id) if link else own
    return {
        "依据（文件）": document.title or document.source, "依据（位置）": str(place),
        "依据（原句）": place.item.evidence.quote, "依据（链接）": address,
    }  # fmt: skip


def told(cell: Cell) -> str:
    """Return a cell as text, the same whether it was just made or read from a file.

    >>> [told(cell) for cell in (date(2024, 6, 30), Decimal("1E+2"), Decimal("3.50"), " 周调度 ")]
    ['2024-06-30', '100', '3.5', '周调度']
    """
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return fitting(cell).strip()
