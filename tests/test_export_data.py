"""Tables as CSV, JSON lines, Parquet and frames: the same values for every reader, and no formula in any of them."""

import csv
import json
from pathlib import Path

import pandas
import polars
import pytest
from pyarrow import parquet

from speechmine import SpeechmineError, to_frame
from speechmine.exporting.cells import dangerous
from speechmine.exporting.columns import COLUMNS
from tests.export_samples import SPEECH, export, hostile_record, libreoffice, record_of, written


def made(folder: Path, command: str, *words: str) -> Path:
    out = folder / f"out-{command}"
    result = export(command, written(folder / "r.jsonl", record_of(SPEECH), hostile_record()), "-o", out, *words)
    assert result.exit_code == 0, result.output
    return out


def plain(value: object) -> object:
    """Return a value as Python has it, whatever the library calls nothing."""
    return None if value is pandas.NA or value != value else value


@pytest.mark.parametrize("table", COLUMNS)
def test_every_reader_sees_the_same(tmp_path: Path, table: str) -> None:
    records = [record_of(SPEECH), hostile_record()]
    folder = made(tmp_path, "parquet")
    arrow = parquet.read_table(folder / f"{table}.parquet").to_pylist()
    lines = [json.loads(line) for line in made(tmp_path, "jsonl", "--kind", table).read_text("utf-8").splitlines()]
    assert [{name: value for name, value in line.items() if name != "table"} for line in lines] == arrow
    assert to_frame(records, table, library="polars").to_dicts() == arrow
    frame = to_frame(records, table)
    assert [{name: plain(value) for name, value in row.items()} for row in frame.to_dict("records")] == arrow
    assert list(frame.columns) == list(COLUMNS[table])
    raw = made(tmp_path, "csv", "--kind", table, "--raw")
    read = pandas.read_csv(raw, dtype=str, keep_default_na=False, lineterminator=None, engine="python")
    assert list(read.columns) == list(COLUMNS[table])
    for row, told in zip(read.to_dict("records"), arrow, strict=True):
        for name, kind in COLUMNS[table].items():
            assert value_of(str(row[name]), kind) == told[name]


def value_of(cell: str, kind: str) -> object:
    if cell == "":
        return None
    readers = {"text": str, "whole": int, "number": float, "flag": "true".__eq__, "texts": json.loads}
    return readers[kind](cell)  # type: ignore[operator]


def test_empty_tables_keep_their_types() -> None:
    assert str(to_frame([], "goals")["value"].dtype) == "Float64"
    assert to_frame([], "goals", library="polars").schema["owner"] == polars.List(polars.String())


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(SpeechmineError, match=r"Tables: documents, mechanisms"):
        to_frame([], "goal")


def test_csv_is_for_excel_unless_raw(tmp_path: Path) -> None:
    folder = made(tmp_path, "csv")
    assert {path.name for path in folder.iterdir()} == {f"{table}.csv" for table in COLUMNS}
    for path in folder.iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
        for row in rows[1:]:
            for name, cell in zip(rows[0], row, strict=True):
                number = COLUMNS[path.stem][name] in {"number", "whole"}
                assert number or not dangerous(cell), (path.name, name)


def test_csv_opens_without_formulas_in_libreoffice(tmp_path: Path) -> None:
    import openpyxl

    out = made(tmp_path, "csv", "--kind", "measures")
    named = out.with_suffix(".csv")
    out.rename(named)
    book = openpyxl.load_workbook(libreoffice(named, "xlsx", tmp_path))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert len(cells) > 100
    assert all(cell.data_type != "f" for cell in cells)


def test_numbers_stay_exact(tmp_path: Path) -> None:
    record = record_of("2024年,全市要确保新增就业不低于3.10万人。")
    goal = to_frame([record], "goals").iloc[0]
    assert (goal["value"], goal["value_text"]) == (3.1, f"{record.goals[0].value}")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").touch()
    result = export("csv", written(tmp_path / "r.jsonl", record_of(SPEECH)), "-o", tmp_path / "mine")
    assert result.exit_code == 2
    assert (tmp_path / "mine" / "thesis.docx").exists()


def test_writing_again_replaces(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in made(tmp_path, "csv").iterdir()}
    assert {path.name: path.read_bytes() for path in made(tmp_path, "csv").iterdir()} == first


@pytest.mark.parametrize("command", ["csv", "jsonl", "parquet", "ics", "markdown", "html", "github", "ledger"])
def test_what_is_no_record_is_refused(tmp_path: Path, command: str) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n")
    result = export(command, tmp_path / "bad.jsonl", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "line 1" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["bad.jsonl"]


def test_the_folder_in_which_one_stands_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(tmp_path, "csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.chdir(folder)
    result = export("csv", tmp_path / "r.jsonl", "-o", ".")
    assert result.exit_code == 0, result.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out-csv", "r.jsonl"]


def test_a_folder_that_cannot_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(tmp_path, "csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if target == folder and not path.name.endswith(".former"):
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    assert export("csv", tmp_path / "r.jsonl", "-o", folder).exit_code == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out-csv", "r.jsonl"]
