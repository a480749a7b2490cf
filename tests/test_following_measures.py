"""Measures and mechanisms over the years and elsewhere; the command, its outputs, and hostile text in them."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speechmine.cli import main
from speechmine.exporting.jsonl import json_line
from speechmine.exporting.table import display_width
from speechmine.following import Asked, follow
from speechmine.following.sheet import COLUMNS, as_csv, as_json
from speechmine.records import DocumentInfo, Evidence, Measure, Mechanism, Record, Speech
from speechmine.store import writing
from tests.following_samples import REPORTS, records, texts

HOSTILE = '=HYPERLINK("http://x")\x1b[31m<script>\u202e\r\n要落实河道清淤'


def speech(place: str, year: int, *measures: str, mechanisms: tuple[str, ...] = ()) -> Record:
    return Record(
        document=DocumentInfo(id=f"{place}{year}", source=f"{place}-{year}.txt"),
        speeches=[Speech(id="s1", place=place, date=str(year), start=0, end=9)],
        measures=[
            Measure(id=f"{year}{number}", speech="s1", rule="r", text=text, commitment="must", evidence=words(text))
            for number, text in enumerate(measures)
        ],
        mechanisms=[
            Mechanism(id=f"m{year}{number}", speech="s1", rule="r", name=name, kind="ledger", status="required", evidence=words(name))
            for number, name in enumerate(mechanisms)
        ],
    )  # fmt: skip


def words(text: str) -> Evidence:
    return Evidence(quote=text, start=0, end=len(text))


def test_measures_of_following_speeches_are_chained() -> None:
    rows = follow(records(), parts=["measures"]).measures
    city = {row.name: (row.years, row.appeared, row.vanished) for row in rows if row.place == "青澜市"}
    assert city == {
        "要加快实施澜河东岸排涝泵站改造工程，汛期前完成管网清淤": ([2031, 2032, 2033], None, None),
        "要落实耕地保护田长制，坚持周调度、月通报，坚决遏制耕地非农化": ([2031, 2032], None, 2033),
        "要建设两个通用机场，开通岛屿物流航线": ([2032, 2033], 2032, None),
        "要新建三所公办幼儿园，完成老旧小区加装电梯任务": ([2031], None, 2032),
    }


def test_a_measure_is_linked_to_the_one_most_like_it_and_to_one_only() -> None:
    given = [
        speech("甲市", 2031, "加快建设东湖湿地公园", "加快建设西岭森林公园"),
        speech("甲市", 2032, "加快建设西岭森林公园二期", "加快建设东湖湿地公园", "加快建设东湖湿地公园"),
    ]
    rows = [
        [said.text for said in row.said] for row in follow(given, parts=["measures"]).measures if len(row.years) > 1
    ]
    assert rows == [
        ["加快建设东湖湿地公园", "加快建设东湖湿地公园"],
        ["加快建设西岭森林公园", "加快建设西岭森林公园二期"],
    ]


def test_speeches_of_one_year_are_one_year_and_a_missing_year_does_not_break_a_chain() -> None:
    given = [speech("甲市", year, "开展河道清淤专项整治行动") for year in (2031, 2034)]
    (row,) = follow(given, parts=["measures"]).measures
    assert (row.years, row.appeared, row.vanished, row.likeness) == ([2031, 2034], None, None, 1.0)


def test_mechanisms_return_by_their_components_or_name() -> None:
    rows = {(row.place, row.name): row for row in follow(records(), parts=["mechanisms"]).mechanisms}
    assert rows["青澜市", "田长制"].years == [2031, 2032]
    assert rows["青澜市", "周调度、月通报"].vanished == 2033
    given = [
        speech("甲市", 2031, mechanisms=("“一本账”管理",)),
        speech("甲市", 2033, mechanisms=("一本账管理", "销号制度")),
    ]
    found = {row.name: (row.years, row.appeared) for row in follow(given, parts=["mechanisms"]).mechanisms}
    assert found == {"“一本账”管理": ([2031, 2033], None), "销号制度": ([2033], 2033)}


def test_the_same_measure_elsewhere_is_found_in_other_places_only() -> None:
    pairs = follow(records(), parts=["elsewhere"]).elsewhere
    assert len(pairs) == 1  # of the three years of one measure, the year most like it
    assert all(pair.here.place != pair.there.place for pair in pairs)
    assert all("排涝泵站" in pair.here.text and "排涝泵站" in pair.there.text for pair in pairs)
    assert [pair.likeness for pair in pairs] == sorted((pair.likeness for pair in pairs), reverse=True)


def test_equal_likeness_is_ordered_by_place_and_not_by_the_order_of_records() -> None:
    given = [speech(place, 2031, "开展河道清淤专项整治行动") for place in ("丙市", "甲市", "乙市")]
    one, other = (follow(order, parts=["elsewhere", "measures"]) for order in (given, given[::-1]))
    assert one == other
    assert len(one.elsewhere) == 2


def test_scripts_do_not_matter() -> None:
    simple, traditional = (follow(records(script)) for script in (False, True))
    told = [[(row.name, row.years) for row in found.measures] for found in (simple, traditional)]
    assert told[0] == told[1]


def test_nothing_gives_nothing() -> None:
    empty = follow([])
    assert (empty.goals, empty.measures, empty.mechanisms, empty.elsewhere, empty.places) == ([], [], [], [], {})
    assert follow([speech("甲市", 2031, "干", "")]).elsewhere == []


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b"".join(json_line(record) + b"\n" for record in records()))
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["follow", *map(str, words)])


def test_the_text_is_at_most_80_columns_wide_and_quotes_both_speeches(lines: Path) -> None:
    found = run(lines, "--texts", REPORTS)
    assert found.exit_code == 0, found.output
    assert max(map(display_width, found.output.splitlines())) <= 80
    flat = re.sub(r"\s+", "", found.output)
    for words in (
        "居民消费价格涨幅控制在3%以内",
        "居民消费价格上涨3.4%",
        "3.4liesabove3orless",
        "Goals:missed(2)",
        "田长制",
    ):
        assert words in flat


def test_a_store_gives_what_its_records_and_texts_give(lines: Path, tmp_path: Path) -> None:
    store = tmp_path / "speeches.sqlite"
    given = texts()
    with writing(store) as writer:
        for record in records():
            writer.add(record, given[record.document.source])
    assert run(store, "--json").output == run(lines, "--texts", REPORTS, "--json").output


def test_json_and_csv_hold_everything(lines: Path) -> None:
    found = json.loads(run(lines, "--json").output)
    assert set(found) == {"places", "tolerance", "texts", "goals", "measures", "mechanisms", "elsewhere", "left"}
    missed = next(row for row in found["goals"] if row["metric"] == "consumer-prices" and row["period"] == "2031")
    assert (missed["outcome"], missed["difference"]) == ("missed", 0.4)
    assert missed["goal"]["said"]["evidence"]["quote"] == "控制在3%以内"
    assert missed["result"]["said"]["evidence"]["quote"] == "3.4%"
    rows = list(csv.DictReader(io.StringIO(run(lines, "--csv").output.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(found[name]) for name in ("goals", "measures", "mechanisms", "elsewhere"))


def test_options_narrow_what_is_followed(lines: Path) -> None:
    goals = json.loads(run(lines, "--json", "--kind", "goals", "--metric", "gdp", "--place", "远川县").output)["goals"]
    assert {(row["place"], row["metric"]) for row in goals} == {("远川县", "gdp")}
    assert "Goals" not in run(lines, "--kind", "mechanisms").output
    assert "more (--limit 0 shows all)" in run(lines, "--limit", "1").output
    strict = json.loads(run(lines, "--json", "--kind", "goals", "--tolerance", "0").output)["goals"]
    assert {row["outcome"] for row in strict if row["goal"]["comparator"] == "~" and row["period"] == "2031"} == {
        "met",
        "missed",
    }


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    given = [speech(f"{HOSTILE}市", year, f"{HOSTILE}，加快推进", mechanisms=(HOSTILE,)) for year in (2031, 2032)]
    path = tmp_path / "hostile.jsonl"
    path.write_bytes(b"".join(json_line(record) + b"\n" for record in given))
    shown = run(path).output
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert "\u202e" not in shown
    cells = [cell for row in csv.reader(io.StringIO(as_csv(follow(given)))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?[\d.]+", cell)]
    assert not [cell for cell in cells if "\x1b" in cell]
    assert json.loads(as_json(follow(given)))["measures"][0]["said"][0]["evidence"]["quote"] == f"{HOSTILE}，加快推进"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["absent.jsonl"], "cannot be read"),
        (["{lines}", "--texts", "absent"], "is no folder"),
        (["{lines}", "--kind", "speeches"], "Invalid value"),
        (["{lines}", "--tolerance", "-1"], "Invalid value"),
        (["{broken}"], "not a record"),
    ],
)
def test_wrong_usage_is_told(words: list[str], told: str, lines: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}\n")
    found = run(*(word.format(lines=lines, broken=broken) for word in words))
    assert (found.exit_code, told in found.output) == (2, True), found.output


def test_a_text_that_is_not_the_one_that_was_read_is_not_quoted(lines: Path, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in texts().items():
        (folder / name).write_text(f"改动。{text}", "utf-8")
    assert all(
        row["goal"]["said"]["around"] is None
        for row in json.loads(run(lines, "--texts", folder, "--json").output)["goals"]
    )


def test_the_same_bytes_whatever_the_hash_seed(lines: Path) -> None:
    command = [sys.executable, "-m", "speechmine", "follow", str(lines), "--json"]
    outputs = {
        subprocess.run(
            command, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_goals_and_mechanisms_need_no_scikit_learn(lines: Path) -> None:
    program = (
        "import sys; sys.modules['sklearn'] = None; from speechmine.cli import main\n"
        f"main(['follow', {str(lines)!r}, *sys.argv[1:]])"
    )
    plain = subprocess.run(
        [sys.executable, "-c", program, "--kind", "goals"], capture_output=True, text=True, check=False
    )
    assert plain.returncode == 0, plain.stderr
    needy = subprocess.run(
        [sys.executable, "-c", program, "--kind", "measures"], capture_output=True, text=True, check=False
    )
    assert needy.returncode == 2
    assert "pip install 'speechmine[follow]'" in needy.stderr


def test_a_place_can_be_given_to_speeches_that_name_none(tmp_path: Path) -> None:
    nameless = [
        Record(document=record.document, goals=record.goals, figures=record.figures,
               speeches=[Speech(id=one.id, date=one.date, start=one.start, end=one.end) for one in record.speeches])
        for record in records()
    ]  # fmt: skip
    path = tmp_path / "nameless.jsonl"
    path.write_bytes(b"".join(json_line(record) + b"\n" for record in nameless))
    assert "names no place" in re.sub(r"\s+", " ", run(path, "--kind", "goals").output)
    found = json.loads(
        run(path, "--kind", "goals", "--at", "qinglan*", "青澜市", "--at", "yuan*", "远川县", "--json").output
    )
    assert found["goals"] == json.loads(run(lines_of(tmp_path), "--kind", "goals", "--json").output)["goals"]
    assert Asked().at == ()


def lines_of(folder: Path) -> Path:
    path = folder / "named.jsonl"
    path.write_bytes(b"".join(json_line(record) + b"\n" for record in records()))
    return path
