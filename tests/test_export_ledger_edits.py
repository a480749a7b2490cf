"""Whatever people do to a ledger between two readings of the speech, their work is all there, and no task stands twice."""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from speechmine.exporting.ledger.tables import STATES, TASKS
from speechmine.records import Record
from tests.export_samples import export, many, written

PEOPLE = ["进展情况", "存在问题", "下一步措施", "状态"]
TASK_COUNT = 12


class Desk:
    """A ledger on somebody's desk, and what they wrote there."""

    def __init__(self, path: Path, record: Record) -> None:
        self.path, self.record = path, record
        assert export("ledger", written(path.with_suffix(".jsonl"), record), "-o", path).exit_code == 0
        self.heads = {column.name: column.name for column in TASKS.columns}
        self.wrote: dict[tuple[str, str], object] = {}
        self.rows: list[str] = []
        self.out: set[str] = set()
        self.count = 0

    def open(self) -> tuple[openpyxl.Workbook, Worksheet, int]:
        book = openpyxl.load_workbook(self.path)
        page = book["工作任务台账"]
        assert isinstance(page, Worksheet)
        key = self.heads["任务编号"]
        head = next(number for number in range(1, 6) if key in [cell.value for cell in page[number]])
        return book, page, head

    def column(self, page: Worksheet, head: int, name: str) -> int:
        return [cell.value for cell in page[head]].index(self.heads.get(name, name)) + 1

    def numbers(self) -> list[str]:
        _, page, head = self.open()
        place = self.column(page, head, "任务编号")
        return [str(row[place - 1]) for row in page.iter_rows(min_row=head + 1, values_only=True) if row[place - 1]]

    def fill(self, draw: random.Random) -> None:
        """Write progress, or clear it."""
        book, page, head = self.open()
        key = self.column(page, head, "任务编号")
        for row in range(head + 1, page.max_row + 1):
            number = page.cell(row, key).value
            if number and draw.random() < 0.4:
                name = draw.choice(PEOPLE)
                self.count += 1
                text = (
                    draw.choice(STATES)
                    if name == "状态"
                    else draw.choice([f"完成{self.count}%", f"第{self.count}次", None])
                )
                page.cell(row, self.column(page, head, name)).value = text
                self.wrote[str(number), name] = text
        book.save(self.path)

    def change_ours(self, draw: random.Random) -> None:
        """Write over what the speech filled."""
        book, page, head = self.open()
        key = self.column(page, head, "任务编号")
        row = draw.randrange(head + 1, page.max_row + 1)
        number = page.cell(row, key).value
        name = draw.choice(["牵头单位", "完成时限", "责任人", "量化目标"])
        if number:
            self.count += 1
            page.cell(row, self.column(page, head, name)).value = f"改{self.count}"
            self.wrote[str(number), name] = f"改{self.count}"
        book.save(self.path)

    def sort(self, draw: random.Random) -> None:
        book, page, head = self.open()
        rows = [list(row) for row in page.iter_rows(min_row=head + 1, values_only=True)]
        draw.shuffle(rows)
        for number, row in enumerate(rows, head + 1):
            for place, value in enumerate(row, 1):
                page.cell(number, place).value = value
        book.save(self.path)

    def add_column(self, draw: random.Random) -> None:
        """Put a column of one's own somewhere, with a word in each row."""
        book, page, head = self.open()
        self.count += 1
        name = f"自加{self.count}"
        page.insert_cols(draw.randrange(1, page.max_column + 2))
        place = next(place for place in range(1, page.max_column + 2) if page.cell(head, place).value is None)
        page.cell(head, place).value = name
        key = self.column(page, head, "任务编号")
        for row in range(head + 1, page.max_row + 1):
            if number := page.cell(row, key).value:
                page.cell(row, place).value = f"{name}·{number}"
                self.wrote[str(number), name] = f"{name}·{number}"
        book.save(self.path)

    def move_column(self, draw: random.Random) -> None:
        book, page, head = self.open()
        last = page.max_column
        place = draw.randrange(1, last + 1)
        for row in range(head, page.max_row + 1):
            page.cell(row, last + 1).value = page.cell(row, place).value
        page.delete_cols(place)
        book.save(self.path)

    def rename_column(self, draw: random.Random) -> None:
        book, page, head = self.open()
        name = draw.choice(["任务编号", "工作任务", "牵头单位", "进展情况", "完成时限"])
        self.count += 1
        page.cell(head, self.column(page, head, name)).value = f"改名{self.count}"
        self.heads[name] = f"改名{self.count}"
        book.save(self.path)

    def add_row(self, draw: random.Random) -> None:
        book, page, head = self.open()
        self.count += 1
        text = f"自加任务{self.count}"
        page.insert_rows(row := draw.randrange(head + 1, page.max_row + 2))
        page.cell(row, self.column(page, head, "工作任务")).value = text
        self.rows.append(text)
        book.save(self.path)

    def add_title(self, draw: random.Random) -> None:
        book, page, head = self.open()
        if head == 1:
            page.insert_rows(1)
            page.cell(1, 1).value = "全市重点工作台账"
        book.save(self.path)

    def take_out(self, draw: random.Random) -> None:
        book, page, head = self.open()
        row = draw.randrange(head + 1, page.max_row + 1)
        if number := page.cell(row, self.column(page, head, "任务编号")).value:
            page.delete_rows(row)
            self.out.add(str(number))
        book.save(self.path)

    def revise(self, draw: random.Random) -> None:
        """Read another version of the speech."""
        self.record = many(TASK_COUNT, changed=sorted(draw.sample(range(TASK_COUNT), draw.randrange(0, 6))))
        self.update()

    def update(self) -> str:
        result = export("ledger", written(self.path.with_suffix(".jsonl"), self.record), "--update", self.path)
        assert result.exit_code == 0, result.output
        return result.output

    def check(self) -> None:
        _, page, head = self.open()
        key = self.column(page, head, "任务编号")
        rows = {
            str(page.cell(row, key).value): row
            for row in range(head + 1, page.max_row + 1)
            if page.cell(row, key).value
        }
        for (number, name), text in self.wrote.items():
            if number not in self.out:
                assert page.cell(rows[number], self.column(page, head, name)).value == text, (number, name)
        texts = [page.cell(row, self.column(page, head, "工作任务")).value for row in range(head + 1, page.max_row + 1)]
        assert set(self.rows) <= set(texts)
        numbers = self.numbers()
        assert len(numbers) == len(set(numbers)) == TASK_COUNT - len(self.out)


ACTS: list[Callable[[Desk, random.Random], None]] = [
    Desk.fill, Desk.fill, Desk.change_ours, Desk.sort, Desk.add_column, Desk.move_column, Desk.rename_column, Desk.add_row,
    Desk.add_title, Desk.take_out, Desk.revise, Desk.revise,
]  # fmt: skip


@given(st.lists(st.sampled_from(ACTS), max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_people_did_is_all_there(acts: list[Callable[[Desk, random.Random], None]], draw: random.Random) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "台账.xlsx", many(TASK_COUNT))
        for act in acts:
            act(desk, draw)
        desk.revise(draw)
        desk.check()
        before = desk.path.read_bytes()
        assert "nothing has changed" in desk.update()
        assert desk.path.read_bytes() == before


def test_progress_in_fifty_rows_survives_a_changed_speech(tmp_path: Path) -> None:
    """The case of the issue: export, edit progress in 50 rows, extract a changed speech, --update."""
    path = tmp_path / "台账.xlsx"
    first, second = many(60), many(66, changed=[3, 17, 40])
    assert export("ledger", written(tmp_path / "r.jsonl", first), "-o", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    page = book["工作任务台账"]
    heads = [cell.value for cell in page[1]]
    wrote = {}
    for row in range(2, 52):
        wrote[page.cell(row, 2).value] = f"完成{row}%"
        page.cell(row, heads.index("进展情况") + 1).value = f"完成{row}%"
        page.cell(row, heads.index("状态") + 1).value = "进行中"
    book.save(path)
    result = export("ledger", written(tmp_path / "r2.jsonl", second), "--update", path)
    assert "tasks 6 new, 3 changed, 0 gone" in result.output
    head, *rows = openpyxl.load_workbook(path)["工作任务台账"].iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["任务编号"]: row["进展情况"] for row in told if row["进展情况"]} == wrote
    assert [row["状态"] for row in told].count("进行中") == 50
    assert len(told) == len({row["任务编号"] for row in told}) == 66
    assert len({row["工作任务"] for row in told}) == 66
    marks = [str(row["变更"]).partition("：")[0] for row in told if row["变更"]]
    assert sorted(marks) == ["改动"] * 3 + ["新增"] * 6
