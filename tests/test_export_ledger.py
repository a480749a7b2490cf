"""The task ledger: what stands in it, that it is text and dates and nothing else, and that people's work survives."""

import random
import re
import sys
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from speechmine.exporting.ledger.look import colours
from speechmine.exporting.ledger.tables import STATES, TASKS
from tests.export_samples import (
    HOSTILE,
    REVISED,
    SPEECH,
    export,
    hostile_record,
    libreoffice,
    many,
    record_of,
    written,
)  # fmt: skip

ISSUE = [
    "序号",
    "任务编号",
    "类别",
    "工作任务",
    "量化目标",
    "指标值",
    "单位",
    "牵头领导",
    "牵头单位",
    "责任单位",
    "责任人",
    "调度周期",
    "起始时间",
    "完成时限",
    "进展情况",
    "存在问题",
    "下一步措施",
    "状态",
]
EVIDENCE = ["依据（文件）", "依据（位置）", "依据（原句）", "依据（链接）"]


def ledger(folder: Path, *records: object, name: str = "台账.xlsx") -> Path:
    path = folder / name
    result = export("ledger", written(folder / "r.jsonl", *records), "-o", path)  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output
    return path


def sheet(path: Path, name: str = "工作任务台账") -> Worksheet:
    page = openpyxl.load_workbook(path)[name]
    assert isinstance(page, Worksheet)
    return page


def dicts(path: Path, name: str = "工作任务台账") -> list[dict[str, object]]:
    head, *rows = sheet(path, name).iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def update(path: Path, *records: object) -> str:
    result = export("ledger", written(path.parent / "new.jsonl", *records), "--update", path)  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output
    return result.output


def test_the_columns_are_those_of_the_issue(tmp_path: Path) -> None:
    head = [cell.value for cell in sheet(ledger(tmp_path, record_of(SPEECH)))[1]]
    assert head == ISSUE + EVIDENCE


def test_a_row_says_what_the_speech_says_and_no_more(tmp_path: Path) -> None:
    record = record_of(SPEECH)
    rows = {str(row["工作任务"]): row for row in dicts(ledger(tmp_path, record))}
    asked = next(row for text, row in rows.items() if "项目储备" in text)
    assert (asked["牵头单位"], asked["责任单位"]) == ("市发改委", "市财政局")
    assert asked["完成时限"] == datetime(2024, 6, 30)
    assert asked["指标值"] == 80
    assert str(asked["依据（原句）"]) in SPEECH
    assert [asked[name] for name in ("牵头领导", "责任人", "起始时间", "进展情况", "状态", "依据（链接）")] == [
        None
    ] * 6
    rhythms = next(row for text, row in rows.items() if "周调度" in text)
    assert rhythms["调度周期"] == "每周调度；每旬会商；每月通报；每季度观摩；每年考核"
    led = next(row for text, row in rows.items() if "用地" in text)
    assert (led["牵头领导"], led["牵头单位"]) == ("分管县级领导", None)
    ids = {measure.id for measure in record.measures} | {goal.id for goal in record.goals}
    assert {row["任务编号"] for row in rows.values()} <= ids


def test_each_goal_stands_once(tmp_path: Path) -> None:
    record = record_of(SPEECH)
    path = ledger(tmp_path, record)
    told = [row["指标编号"] for row in dicts(path, "目标指标")]
    assert sorted(map(str, told)) == sorted(goal.id for goal in record.goals)
    carried = {number for measure in record.measures for number in measure.goals}
    alone = {goal.id for goal in record.goals} - carried
    assert {row["任务编号"] for row in dicts(path)} == alone | {measure.id for measure in record.measures}


def test_it_works_as_a_sheet(tmp_path: Path) -> None:
    page = sheet(ledger(tmp_path, record_of(SPEECH)))
    assert page.freeze_panes == "E2"
    assert str(page.auto_filter.ref).startswith("A1:V")
    validation = page.data_validations.dataValidation[0]
    assert str(validation.formula1).strip('"').split(",") == list(STATES)
    assert "R2" in validation.sqref
    assert {str(area.sqref) for area in page.conditional_formatting} == {"N2:N1048576", "O2:O1048576", "R2:R1048576"}
    assert page.cell(2, 2).number_format == "@"


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert (
        ledger(tmp_path / "a", record_of(SPEECH)).read_bytes() == ledger(tmp_path / "b", record_of(SPEECH)).read_bytes()
    )


def test_no_text_is_a_formula(tmp_path: Path) -> None:
    path = ledger(tmp_path, hostile_record())
    for name in ("工作任务台账", "周期任务", "目标指标"):
        for row in sheet(path, name).iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    texts = {str(row["工作任务"]).strip() for row in dicts(path)}
    assert {text.strip() for text in HOSTILE} <= {text.replace("_x000D_", "\r").strip() for text in texts} | {""}


def test_no_text_is_a_formula_after_libreoffice(tmp_path: Path) -> None:
    path = libreoffice(ledger(tmp_path, hostile_record()), "xlsx", tmp_path)
    pages = openpyxl.load_workbook(path)
    for page in pages.worksheets:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert {"=1+1", "@SUM(1)"} <= {str(row["工作任务"]) for row in dicts(path)}


def test_libreoffice_sees_the_colours(tmp_path: Path) -> None:
    """The formulas of the colours are put into cells and computed by somebody else's program."""
    letters = {column.name: chr(ord("A") + place) for place, column in enumerate(TASKS.columns)}
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    cases: list[tuple[str, str | None, str, str | None, list[int]]] = [
        ("=TODAY()-1", None, "", None, [0, 1]), ("=TODAY()+3", None, "", None, [1]), ("=TODAY()+4", None, "", None, []),
        ("=TODAY()-1", None, "", "已销号", [4]), ("年底前", None, "", None, []), ("", None, "", "已完成", [3]),
        ("=TODAY()+10", "=TODAY()-90", "完成65%", None, [2]), ("=TODAY()+10", "=TODAY()-10", "完成65%", None, []),
        ("=TODAY()+10", "=TODAY()-90", "已达 99.5％，收尾", None, []), ("=TODAY()+10", "=TODAY()-90", "推进中", None, []),
    ]  # fmt: skip
    for number, (due, start, progress, state, _) in enumerate(cases, 2):
        for name, value in (("完成时限", due), ("起始时间", start), ("进展情况", progress), ("状态", state)):
            page[f"{letters[name]}{number}"] = value or None
        for place, colour in enumerate(colours(letters, number)):
            page.cell(number, 30 + place).value = f"={colour.formula}"
    book.save(tmp_path / "c.xlsx")
    done = openpyxl.load_workbook(libreoffice(tmp_path / "c.xlsx", "xlsx", tmp_path), data_only=True).worksheets[0]
    for number, (*_, expected) in enumerate(cases, 2):
        found = [place for place in range(6) if done.cell(number, 30 + place).value is True]
        assert found == expected, cases[number - 2]


def test_a_long_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    record = record_of("市住建局要" + "抓好𠮷项目和" * 9000 + "建设。")
    cells = [str(cell.value) for row in sheet(ledger(tmp_path, record)).iter_rows() for cell in row]
    longest = max(cells, key=len)
    assert longest.endswith("…（已截断）")
    assert len(longest.encode("utf-16-le")) // 2 <= 32_767


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from speechmine.exporting.ledger import look

    monkeypatch.setattr(look, "LAST_ROW", 3)
    result = export("ledger", written(tmp_path / "r.jsonl", many(5)), "-o", tmp_path / "x.xlsx")
    assert result.exit_code == 2
    assert "more than Excel takes" in result.output


@pytest.mark.parametrize("turned", [False, True])
def test_reprints_are_left_out(tmp_path: Path, turned: bool) -> None:
    from msgspec.structs import replace

    first, again = record_of(SPEECH), record_of(SPEECH + "\n", "转载.txt")
    again = replace(again, document=replace(again.document, reprint_of=first.document.id))
    given = [again, first] if turned else [first, again]
    result = export("ledger", written(tmp_path / "r.jsonl", *given), "-o", tmp_path / "x.xlsx")
    assert "left out: 1 reprints" in result.output
    assert {row["依据（文件）"] for row in dicts(tmp_path / "x.xlsx")} == {
        first.document.title or first.document.source
    }


def test_a_link_leads_to_the_finding(tmp_path: Path) -> None:
    record = record_of(SPEECH)
    path = tmp_path / "x.xlsx"
    link = "https://findings.example/d/{document}#{id}"
    export("ledger", written(tmp_path / "r.jsonl", record), "-o", path, "--link", link)
    row = sheet(path)[2]
    address = f"https://findings.example/d/{record.document.id}#{row[1].value}"
    assert row[21].value == address
    assert row[21].hyperlink is not None


def test_an_update_with_the_same_records_changes_nothing(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    before = path.read_bytes()
    assert "nothing has changed" in update(path, record_of(SPEECH))
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.backup*"))


def test_a_revised_speech_is_taken_up(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    before = {str(row["工作任务"]): row for row in dicts(path)}
    told = update(path, record_of(REVISED))
    after = dicts(path)
    assert len(after) == len(before)
    changed = next(row for row in after if "老旧小区" in str(row["工作任务"]))
    former = next(row for text, row in before.items() if "老旧小区" in text)
    assert changed["任务编号"] == former["任务编号"]
    assert changed["完成时限"] == datetime(2024, 10, 31)
    assert str(changed["变更"]).startswith("改动：")
    listed = [
        row for row in dicts(path, "变更记录") if row["编号"] == changed["任务编号"] and row["栏目"] == "完成时限"
    ]
    assert [(row["原值"], row["现值"]) for row in listed] == [("2024-09-30", "2024-10-31")]
    assert "2 changed" in told
    numbers = {row["任务编号"] for row in after}
    assert {row["所属任务"] for row in dicts(path, "目标指标")} <= numbers
    once = path.read_bytes()
    assert "nothing has changed" in update(path, record_of(REVISED))
    assert path.read_bytes() == once


def test_both_versions_of_a_speech_stand_side_by_side_once(tmp_path: Path) -> None:
    path, first, second = ledger(tmp_path, record_of(SPEECH)), record_of(SPEECH), record_of(REVISED)
    update(path, second)
    count = len(dicts(path))
    both = written(tmp_path / "both.jsonl", second, first)
    assert export("ledger", both, "--update", path).exit_code == 0
    rows, once = dicts(path), path.read_bytes()
    assert len(rows) == len({row["任务编号"] for row in rows}) == 2 * count
    assert {row["所属任务"] for row in dicts(path, "目标指标")} <= {row["任务编号"] for row in rows}
    assert "nothing has changed" in export("ledger", both, "--update", path).output
    assert path.read_bytes() == once


def test_the_former_file_is_kept(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    before = path.read_bytes()
    update(path, record_of(REVISED))
    update(path, record_of(SPEECH))
    assert (tmp_path / "台账.backup-1.xlsx").read_bytes() == before
    assert (tmp_path / "台账.backup-2.xlsx").exists()


def test_an_update_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        path = ledger(tmp_path / name, record_of(SPEECH))
        update(path, record_of(REVISED))
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_another_speech_adds_and_takes_nothing_away(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    before = [row["任务编号"] for row in dicts(path)]
    told = update(path, many(3))
    after = dicts(path)
    assert [row["任务编号"] for row in after[: len(before)]] == before
    assert [row["变更"] for row in after] == [None] * len(before) + ["新增"] * 3
    assert "3 new, 0 changed, 0 gone" in told
    assert [row["序号"] for row in after] == list(range(1, len(after) + 1))


def test_what_the_speech_no_longer_says_is_kept(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    shorter = SPEECH.replace("分管县级领导要牵头解决用地问题。\n", "")
    told = update(path, record_of(shorter))
    gone = [row for row in dicts(path) if row["变更"] == "讲话中已无"]
    assert [row["工作任务"] for row in gone] == ["分管县级领导要牵头解决用地问题"]
    assert "1 gone from the speech but kept" in told
    assert "nothing has changed" in update(path, record_of(shorter))


def test_what_the_speech_says_again_is_back(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    shorter = SPEECH.replace("分管县级领导要牵头解决用地问题。\n", "")
    update(path, record_of(shorter))
    update(path, record_of(SPEECH))
    marks = [str(row["变更"]) for row in dicts(path)]
    assert "讲话中已无" not in marks
    assert marks.count("恢复") == 1
    assert [row["变更"] for row in dicts(path, "变更记录") if row["表"] == "工作任务台账"].count("恢复") == 1
    assert "nothing has changed" in update(path, record_of(SPEECH))


def test_the_same_file_by_another_path_is_kept_too(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(3))
    before, other = path.read_bytes(), tmp_path / "又名.xlsx"
    other.symlink_to(path)
    result = export("ledger", written(tmp_path / "new.jsonl", many(4)), "--update", path, "-o", other)
    assert result.exit_code == 0
    assert path.read_bytes() != before
    assert (tmp_path / "台账.backup-1.xlsx").read_bytes() == before


def edit(path: Path, number: str, column: str, value: str | datetime) -> None:
    book = openpyxl.load_workbook(path)
    page = book["工作任务台账"]
    heads = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        if row[heads.index("任务编号")].value == number:
            row[heads.index(column)].value = value
    book.save(path)


def test_a_cell_of_ours_that_people_changed_stays_theirs(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    row = next(row for row in dicts(path) if "老旧小区" in str(row["工作任务"]))
    number = str(row["任务编号"])
    edit(path, number, "完成时限", datetime(2024, 8, 15))
    edit(path, number, "牵头领导", "分管副市长")
    update(path, record_of(REVISED))
    after = next(row for row in dicts(path) if row["任务编号"] == number)
    assert (after["完成时限"], after["牵头领导"]) == (datetime(2024, 8, 15), "分管副市长")
    kept = [row for row in dicts(path, "变更记录") if row["变更"] == "保留人工填写" and row["编号"] == number]
    assert [(row["栏目"], row["现值"]) for row in kept] == [("完成时限", "2024-10-31")]


def test_a_row_that_people_took_out_stays_out(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(5))
    book = openpyxl.load_workbook(path)
    book["工作任务台账"].delete_rows(3)
    book.save(path)
    assert "1 taken out by people" in update(path, many(5))
    assert len(dicts(path)) == 4
    assert "nothing has changed" in update(path, many(5))


def test_without_the_hidden_sheet_rows_are_still_known(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(8))
    book = openpyxl.load_workbook(path)
    del book["speechmine"]
    book.save(path)
    update(path, many(8, changed=[2]))
    numbers = [row["任务编号"] for row in dicts(path)]
    assert len(numbers) == len(set(numbers)) == 8


@pytest.mark.parametrize("harm", ["sheet", "line"])
def test_without_memory_no_cell_of_people_is_written_over(tmp_path: Path, harm: str) -> None:
    path = ledger(tmp_path, many(8))
    number = str(dicts(path)[2]["任务编号"])
    edit(path, number, "牵头单位", "市重点办")
    book = openpyxl.load_workbook(path)
    if harm == "sheet":
        del book["speechmine"]
    else:
        book["speechmine"]["H4"].value = "{"
    book.save(path)
    update(path, many(8, changed=[1]))
    rows = dicts(path)
    assert [row["牵头单位"] for row in rows if row["任务编号"] == number] == ["市重点办"]
    kept = [row for row in dicts(path, "变更记录") if row["变更"] == "保留人工填写"]
    assert (number, "牵头单位", "市重点办") in {(row["编号"], row["栏目"], row["原值"]) for row in kept}
    changed = [row for row in dicts(path, "变更记录") if row["变更"] == "改动"]
    assert len(changed) == (0 if harm == "sheet" else 2)
    assert "nothing has changed" in update(path, many(8, changed=[1]))


def test_a_ledger_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(3))
    (tmp_path / "~$台账.xlsx").touch()
    result = export("ledger", written(tmp_path / "r.jsonl", many(4)), "--update", path)
    assert result.exit_code == 2
    assert "Close it there first" in result.output


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_ledger_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    result = export("ledger", written(tmp_path / "r.jsonl", many(2)), "--update", path)
    assert result.exit_code == 2
    assert path.read_bytes() == data


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "x.xlsx")
    result = export("ledger", written(tmp_path / "r.jsonl", many(2)), "--update", tmp_path / "x.xlsx")
    assert result.exit_code == 2
    assert "no sheet with the columns" in result.output


def test_saved_by_libreoffice_it_is_still_a_ledger(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    saved = libreoffice(path, "xlsx", tmp_path)
    path.write_bytes(saved.read_bytes())
    assert "nothing has changed" in update(path, record_of(SPEECH))
    update(path, record_of(REVISED))
    assert sum(str(row["变更"]).startswith("改动") for row in dicts(path)) == 2


def test_formats_formulas_notes_and_filters_of_people_stay(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(6))
    book = openpyxl.load_workbook(path)
    page = book["工作任务台账"]
    page["O3"].fill = PatternFill("solid", fgColor="FF00FF00")
    page["O3"].font = Font(bold=True)
    page["P3"].value = "=COUNTA(D2:D7)"
    page["Q3"].comment = Comment("等会签", "办公室")
    page.row_dimensions[4].hidden = True
    page.auto_filter.add_filter_column(17, ["进行中"])
    book.create_sheet("会议纪要")["A1"].value = "自加的表"
    book.save(path)
    update(path, many(8, changed=[1]))
    after = openpyxl.load_workbook(path)
    page = after["工作任务台账"]
    assert (page["O3"].fill.fgColor.rgb, page["O3"].font.b) == ("FF00FF00", True)
    assert page["P3"].value == "=COUNTA(D2:D7)"
    assert page["Q3"].comment is not None
    assert page.row_dimensions[4].hidden
    assert [column.colId for column in page.auto_filter.filterColumn] == [17]
    assert str(page.auto_filter.ref) == "A1:W9"
    assert after["会议纪要"]["A1"].value == "自加的表"
    assert len(page.data_validations.dataValidation) == 1
    assert page.max_row == 9


def test_hostile_words_that_come_with_an_update_are_text(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(2))
    update(path, hostile_record())
    for page in openpyxl.load_workbook(path).worksheets:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    once = path.read_bytes()
    assert "nothing has changed" in update(path, hostile_record())
    assert path.read_bytes() == once


def test_a_row_copied_by_people_is_brought_up_to_date_too(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(4))
    book = openpyxl.load_workbook(path)
    page = book["工作任务台账"]
    for place in range(1, page.max_column + 1):
        page.cell(6, place).value = page.cell(3, place).value
    page.cell(6, 15).value = "分片二"
    book.save(path)
    update(path, many(4, changed=[1]))
    rows = dicts(path)
    assert rows[1]["任务编号"] == rows[4]["任务编号"]
    assert rows[1]["完成时限"] == rows[4]["完成时限"] == datetime(2024, 12, 31)
    assert (rows[1]["进展情况"], rows[4]["进展情况"]) == (None, "分片二")


@pytest.mark.parametrize("value", [None, "督-7"])
def test_a_row_whose_number_was_cleared_or_changed_is_known_by_its_words(tmp_path: Path, value: str | None) -> None:
    path = ledger(tmp_path, many(5))
    book = openpyxl.load_workbook(path)
    book["工作任务台账"]["B4"].value = value
    book["工作任务台账"]["O4"].value = "完成三成"
    book.save(path)
    assert "nothing has changed" in update(path, many(5))
    update(path, many(5, changed=[2]))
    rows = dicts(path)
    assert len(rows) == 5
    assert (rows[2]["任务编号"], rows[2]["进展情况"], rows[2]["完成时限"]) == (
        value,
        "完成三成",
        datetime(2024, 12, 31),
    )


def test_a_row_of_people_that_shares_a_word_is_not_taken_for_ours(tmp_path: Path) -> None:
    path = ledger(tmp_path, record_of(SPEECH))
    book = openpyxl.load_workbook(path)
    page = book["周期任务"]
    heads = [cell.value for cell in page[1]]
    key, kind, rhythm = (heads.index(name) + 1 for name in ("周期编号", "机制", "周期"))
    removed = page.cell(2, key).value
    for place in range(1, page.max_column + 1):
        if place != rhythm:
            page.cell(2, place).value = None
    page.cell(2, kind).value = "办公室例会"
    page.cell(3, key).value = None
    book.save(path)
    own, theirs, *_ = dicts(path, "周期任务")
    update(path, record_of(SPEECH.replace("各县区要落实", "各县区、各部门要落实")))
    after = dicts(path, "周期任务")
    assert {**after[0], "变更": None} == {**own, "变更": None}
    assert after[0]["变更"] is None
    assert (after[1]["事项"], after[1]["责任单位"]) == (theirs["事项"], "各县区、各部门")
    assert [row["编号"] for row in dicts(path, "变更记录") if row["变更"] == "已由人删除"] == [removed]


def test_a_column_of_people_headed_as_ours_stays_theirs(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(4))
    book = openpyxl.load_workbook(path)
    page = book["工作任务台账"]
    place = page.max_column + 1
    for row, text in enumerate(["变更", "换了分管领导", "无", "无", "无"], 1):
        page.cell(row, place).value = text
    book.save(path)
    for changed in ([1], [1, 2]):
        update(path, many(4, changed=changed))
        assert [row["变更"] for row in dicts(path)] == ["换了分管领导", "无", "无", "无"]
    assert [row["变更（讲话）"] for row in dicts(path)] == [
        None,
        "改动：工作任务、完成时限",
        "改动：工作任务、完成时限",
        None,
    ]
    assert "nothing has changed" in update(path, many(4, changed=[1, 2]))


def test_what_an_update_cannot_keep_is_named(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(4))
    assert "cannot be kept" not in update(path, many(5))
    shape = "<xdr:wsDr><xdr:twoCellAnchor><xdr:sp macro=''></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    later = "<x14:dataValidations xmlns:x14='urn:x'><x14:dataValidation type='list'/></x14:dataValidations>"
    later = f"<extLst><ext uri='{{CCE6A557}}'>{later}</ext></extLst>"
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/media/image1.emf"] = b"picture"
    parts["xl/drawings/drawing9.xml"] = shape.encode()
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(
        b"</worksheet>", later.encode() + b"</worksheet>"
    )
    with ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    told = update(path, many(6))
    for part in ("xl/media/", "xl/drawings/", "x14:dataValidation"):
        assert f"{part} cannot be kept; the former file has it" in told


def test_renamed_and_moved_columns_are_still_brought_up_to_date(tmp_path: Path) -> None:
    path = ledger(tmp_path, many(6))
    book = openpyxl.load_workbook(path)
    page = book["工作任务台账"]
    for head, name in (("B1", "督查编号"), ("N1", "最后期限"), ("D1", "事项"), ("O1", "本月进展")):
        page[head].value = name
    page.move_range("A1:C7", cols=30)
    book.save(path)
    update(path, many(7, changed=[4]))
    rows = dicts(path)
    assert [row["最后期限"] for row in rows] == [datetime(2024, 11, 30)] * 4 + [datetime(2024, 12, 31)] + [
        datetime(2024, 11, 30)
    ] * 2
    assert str(rows[4]["事项"]).endswith("力争提前完工")
    assert len({row["督查编号"] for row in rows} - {None}) == 7
    assert [row["变更"] for row in rows if row["变更"]] == ["改动：工作任务、完成时限", "新增"]
    assert "最后期限" in rows[0]
    assert "完成时限" not in rows[0]


@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_workbook_is_refused_or_read_but_never_a_traceback(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "whole.xlsx"
    whole = path.read_bytes() if path.exists() else ledger(tmp_path, many(4), name="whole.xlsx").read_bytes()
    draw, data = random.Random(seed), bytearray(whole)
    for _ in range(draw.randrange(1, 20)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(data)
    result = export("ledger", written(tmp_path / "new.jsonl", many(5)), "--update", damaged)
    assert result.exit_code in {0, 2}, result.exception


@pytest.mark.parametrize(
    ("module", "words"), [("xlsxwriter.workbook", ["ledger"]), ("icalendar", ["ics"]), ("pyarrow", ["parquet"])]
)
def test_a_missing_library_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, words: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    for known in [name for name in sys.modules if name.startswith("speechmine.exporting.parquet")]:
        monkeypatch.delitem(sys.modules, known)
    result = export(*words, written(tmp_path / "r.jsonl", many(2)), "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert re.search(r"pip install\s+'speechmine\[(trackers|parquet)\]'", result.output)
    assert not (tmp_path / "out").exists()


def test_without_openpyxl_an_update_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ledger(tmp_path, many(2))
    for name in [name for name in sys.modules if name.startswith(("openpyxl", "speechmine.exporting.ledger."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = export("ledger", tmp_path / "r.jsonl", "--update", path)
    assert result.exit_code == 2
    assert "openpyxl is not installed" in result.output


def test_another_speech_of_the_same_name_is_another_speech(tmp_path: Path) -> None:
    """Two meetings saved as one name share a sentence that every meeting says."""
    path = ledger(tmp_path, many(20, source="讲话.txt"))
    said = many(20, source="讲话.txt").measures[0].text
    other = record_of(SPEECH + said + "。\n", "讲话.txt")
    before = dicts(path)
    update(path, other)
    after = dicts(path)
    assert [{**row, "变更": None} for row in after[:20]] == [{**row, "变更": None} for row in before]
    assert {row["变更"] for row in after[:20]} == {None}
    assert {row["变更"] for row in after[20:]} == {"新增"}
