"""Import files of trackers: the columns they want, the id in each issue, and no word that a tracker would act on."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from speechmine.exporting.cells import dangerous
from speechmine.exporting.tasks import tasks
from speechmine.records import Record
from tests.export_samples import SPEECH, export, hostile_record, libreoffice, record_of, written

COLUMNS = {
    "gitlab": ["title", "description", "due_date"],
    "jira": ["External Id", "Summary", "Issue Type", "Description", "Due Date", "Labels"],
    "redmine": ["Unique ID", "Subject", "Description", "Category", "Start date", "Due date", "Speechmine ID"],
    "openproject": ["ID", "Subject", "Type", "Description", "Start date", "Finish date", "Speechmine ID"],
}
TEXT = {"gitlab": "description", "github": "body"}
DUE = {"gitlab": "due_date", "jira": "Due Date", "redmine": "Due date", "openproject": "Finish date"}


def made(folder: Path, tracker: str, record: Record, *words: str | Path) -> list[dict[str, str]]:
    out = folder / f"{tracker}.out"
    result = export(tracker, written(folder / "r.jsonl", record), "-o", out, *words)
    assert result.exit_code == 0, result.output
    data = out.read_text("utf-8")
    if tracker == "github":
        return [json.loads(line) for line in data.splitlines()]
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert data.startswith(",".join(COLUMNS[tracker]))
    return rows


@pytest.mark.parametrize("tracker", ["github", *COLUMNS])
def test_each_task_is_one_issue_with_its_id(tmp_path: Path, tracker: str) -> None:
    record = record_of(SPEECH)
    found = made(tmp_path, tracker, record)
    told = [re.findall(r"speechmine-id: ([0-9a-f]{16})", row[TEXT.get(tracker, "Description")]) for row in found]
    assert told == [[task.id] for task in tasks(record)]
    if tracker in DUE:
        assert {"2024-06-30", "2024-09-30"} <= {row[DUE[tracker]] for row in found}


@pytest.mark.parametrize("tracker", ["github", *COLUMNS])
def test_a_second_import_can_be_told_from_a_first(tmp_path: Path, tracker: str) -> None:
    record = record_of(SPEECH)
    first = made(tmp_path, tracker, record)
    again = made(tmp_path, tracker, record, "--known", tmp_path / f"{tracker}.out")
    assert (len(first) > 3, again) == (True, [])
    more = record_of(SPEECH + "市审计局要在8月底前完成专项审计。\n")
    (tmp_path / "first").write_text(json.dumps(first, ensure_ascii=False))
    assert len(made(tmp_path, tracker, more, "--known", tmp_path / "first")) == len(list(tasks(more)))


def acting() -> Record:
    record = record_of(SPEECH)
    evil = "/close @boss fixes #12 !7 ~bug ![x](http://x/y.png) {code} [~admin] <b>"
    measure = replace(record.measures[0], text=evil, evidence=replace(record.measures[0].evidence, quote=f"\n{evil}"))
    return replace(record, measures=[measure], goals=[])


@pytest.mark.parametrize("tracker", ["github", "gitlab", "redmine", "openproject"])
def test_nobody_is_mentioned_and_nothing_closed(tmp_path: Path, tracker: str) -> None:
    (row,) = made(tmp_path, tracker, acting())
    body = row[TEXT.get(tracker, "Description")]
    assert not re.search(r"(?m)^/", body)
    assert not re.search(r"[@#!~]\w", body)
    assert not re.search(r"(?<!\\)[<\[]", body)


def test_jira_sees_no_macro_and_no_person(tmp_path: Path) -> None:
    (row,) = made(tmp_path, "jira", acting())
    assert not re.search(r"(?<!\\)[{\[!]", row["Description"])


@pytest.mark.parametrize("tracker", COLUMNS)
def test_no_cell_is_a_formula(tmp_path: Path, tracker: str) -> None:
    for row in made(tmp_path, tracker, hostile_record()):
        assert not any(dangerous(cell) for cell in row.values())


def test_no_cell_is_a_formula_in_libreoffice(tmp_path: Path) -> None:
    made(tmp_path, "jira", hostile_record())
    named = tmp_path / "jira.csv"
    (tmp_path / "jira.out").rename(named)
    book = openpyxl.load_workbook(libreoffice(named, "xlsx", tmp_path))
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_titles_are_short_single_lines(tmp_path: Path) -> None:
    record = record_of(SPEECH)
    long = replace(record.measures[0], text="抓\n" * 400)
    for row in made(tmp_path, "github", replace(record, measures=[long])):
        assert len(row["title"]) <= 200
        assert "\n" not in row["title"]
