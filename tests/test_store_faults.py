"""What may happen to a store: it is killed while written, of another version, damaged; never a silent wrong answer."""

import gc
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from speechmine.cli import main
from speechmine.errors import SpeechmineError
from speechmine.json_lines import json_line
from speechmine.records import Record
from speechmine.store import Query, Store, index, opening, records_of
from speechmine.store.migrating import STEPS
from tests.running_samples import archive, run_file
from tests.running_samples import run as run_pipeline
from tests.store_samples import content, made, sample_store

KILLS = 20


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


def many(folder: Path, documents: int = 150) -> Path:
    """Write many records, each with findings of its own."""
    path = folder / "many.jsonl"
    record, _ = made()[0]
    copies = (
        replace(record, document=replace(record.document, id=f"{number:016x}", source=f"{number}.txt"))
        for number in range(documents)
    )
    path.write_bytes(b"".join(json_line(one) + b"\n" for one in copies))
    return path


def test_killed_twenty_times_it_holds_whole_documents_and_is_completed(tmp_path: Path) -> None:
    lines, path, whole = many(tmp_path), tmp_path / "s.sqlite", tmp_path / "whole.sqlite"
    begun = time.monotonic()
    assert run("index", lines, "--store", whole).exit_code == 0
    span = time.monotonic() - begun
    chance, found = random.Random(6), 0
    code = (
        "import sys, speechmine.store.writer as writer\n"
        "writer._FINDINGS_OF_A_BATCH = 60\n"
        "from speechmine.cli import main\n"
        f"main(['index', {str(lines)!r}, '--store', {str(path)!r}])\n"
    )
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
        for _ in range(2000):
            if path.exists():
                break
            time.sleep(0.005)
        time.sleep(chance.uniform(0, span))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if opened_version(path):
            assert run("doctor", path).exit_code == 0
            found = len(list(records_of(path)))
    assert run("index", lines, "--store", path).exit_code == 0
    assert len(list(records_of(path))) == len(list(records_of(whole))) >= found
    ask = "SELECT kind, f.id, quote, mark_start FROM findings f JOIN documents d ON d.number = document ORDER BY d.source, start, kind, f.id"
    assert asked(path, ask) == asked(whole, ask)
    assert run("doctor", path).exit_code == 0
    assert run("index", lines, "--store", path).stderr.endswith("150 as they were; 0 with text\n")


def opened_version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as base:
        return int(base.execute("PRAGMA user_version").fetchone()[0])


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(question).fetchall()


def test_a_reader_goes_on_while_it_is_written(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    with Store.open(path) as store:
        before = store.search(Query(words="周调度")).total
        assert run("index", many(tmp_path, 30), "--store", path).exit_code == 0
        assert store.search(Query(words="周调度")).total > before


def test_an_index_ends_well_beside_somebody_who_reads(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    record, text = made()[0]

    def given() -> Iterator[tuple[Record, str | None]]:
        for number in range(3):
            assert reader.search(Query(words="周调度")).total  # asked while the file is being written
            yield replace(record, document=replace(record.document, id=f"x{number}", source=f"x{number}.txt")), text

    with Store.open(path) as reader:
        assert index(given(), path).new == 3
        assert reader.counts()["document"] == len(made()) + 3
    assert index(made(), path).same == len(made())
    assert path.read_bytes()[18:20] == b"\1\1"  # in one piece again: a reader without the right to write can open it


def test_a_record_that_says_the_impossible_is_named(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    record, text = made()[0]
    twice = replace(record, speeches=[*record.speeches, *record.speeches])
    far = replace(record.measures[0], evidence=replace(record.measures[0].evidence, start=2**63, end=2**63 + 1))
    for wrong in (twice, replace(record, measures=[far])):
        named = replace(wrong, document=replace(record.document, id="y", source="y.txt"))
        before = content(path)
        with pytest.raises(SpeechmineError, match=r"y\.txt"):
            index([(named, text)], path)
        assert content(path) == before


def test_a_store_put_into_another_brings_its_texts(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    result = run("index", path, "--store", tmp_path / "new.sqlite")
    assert f"{len(made())} with text" in result.output
    with Store.open(tmp_path / "new.sqlite") as store:
        stored = [store.document(record.document.id) for record, _ in made()]
    assert [one.text for one in stored if one] == [text for _, text in made()]


def test_what_cannot_be_recovered_leaves_nothing_behind(tmp_path: Path) -> None:
    new = tmp_path / "new.sqlite"
    (tmp_path / "junk.sqlite").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 20)
    for old in ("nowhere.sqlite", "junk.sqlite"):
        assert run("doctor", tmp_path / old, "--recover", new).exit_code == 2
        assert not new.exists()


def test_a_store_that_another_holds_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sample_store(tmp_path)
    monkeypatch.setattr(opening, "_WAIT", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for words in (["search", "周调度", "--store", path], ["index", many(tmp_path, 2), "--store", path]):
            result = run(*words)
            assert result.exit_code == 2
            assert "in use by another program" in result.output


VERSION_1 = Path(__file__).parent / "store_version_1.sql"


def version_1(path: Path) -> Path:
    """Make the store that version 1 made of one small document."""
    with closing(sqlite3.connect(path)) as base:
        base.executescript(VERSION_1.read_text("utf-8"))
    return path


def test_a_store_of_version_1_is_read(tmp_path: Path) -> None:
    path = version_1(tmp_path / "s.sqlite")
    with Store.open(path) as store:
        page = store.search(Query(words="旬會商"))
        assert [hit.kind for hit in page.hits] == ["measure", "mechanism"]
    assert run("doctor", path).exit_code == 0
    assert len(list(records_of(path))) == 1


def test_an_older_store_is_brought_up_to_date_with_a_copy_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = version_1(tmp_path / "s.sqlite")
    before = content(path)
    monkeypatch.setattr(opening, "VERSION", 3)
    monkeypatch.setitem(STEPS, 1, "ALTER TABLE documents ADD COLUMN language TEXT;")
    monkeypatch.setitem(STEPS, 2, "CREATE INDEX documents_by_language ON documents (language);")
    with Store.open(path) as store:
        assert store.search(Query(words="旬会商")).total == 2
    assert opened_version(path) == 3
    assert content(tmp_path / "s.sqlite.version-1") == before
    assert asked(path, "SELECT language FROM documents") == [(None,)]


def test_a_failed_migration_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = version_1(tmp_path / "s.sqlite")
    before = content(path)
    monkeypatch.setattr(opening, "VERSION", 2)
    monkeypatch.setitem(STEPS, 1, "ALTER TABLE documents ADD COLUMN a TEXT; SELECT * FROM nothing;")
    with pytest.raises(SpeechmineError):
        Store.open(path)
    assert content(path) == before
    assert opened_version(path) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["s.sqlite"]


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA user_version = 9")
    before = path.read_bytes()
    for words in (["search", "x", "--store", path], ["index", path, "--store", path], ["doctor", path]):
        result = run(*words)
        assert result.exit_code == 2
        assert "written by a newer speechmine" in " ".join(result.output.split())
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"no store", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_store_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_bytes(data)
    result = run("search", "x", "--store", path)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as base:
        base.execute("CREATE TABLE mine (a)")
    for words in (
        ["search", "x", "--store", tmp_path / "other.sqlite"],
        ["index", many(tmp_path, 1), "--store", tmp_path / "other.sqlite"],
    ):
        assert "not a store of speechmine" in " ".join(run(*words).output.split())


def test_damage_is_never_silent(tmp_path: Path) -> None:
    """Flip bytes: each store is well, told to be damaged, or answers as before."""
    path = sample_store(tmp_path)
    run("index", many(tmp_path, 40), "--store", path)
    data, chance = path.read_bytes(), random.Random(7)
    with Store.open(path) as store:
        before = store.search(Query(words="周调度", limit=1000)).hits
    found = 0
    for number in range(60):
        damaged = bytearray(data)
        place = chance.randrange(100, len(data) - 64)
        damaged[place : place + 32] = chance.randbytes(32)
        other = tmp_path / f"{number}.sqlite"
        other.write_bytes(damaged)
        result = run("doctor", other)
        assert result.exit_code in {0, 1}, result.output
        assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
        found += result.exit_code
        searched = run("search", "周调度", "--store", other, "--json")
        assert searched.exit_code in {0, 2}, searched.output
        if result.exit_code == 0:
            with Store.open(other) as store:
                assert store.search(Query(words="周调度", limit=1000)).hits == before
        other.unlink()
    assert found > 20


def test_records_are_saved_out_of_a_damaged_store(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    run("index", many(tmp_path, 200), "--store", path)
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE records SET line = x'00' WHERE document = 7")
        ((page, size),) = base.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size()) FROM sqlite_schema WHERE name = 'findings'"
        )
        base.commit()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    assert run("doctor", path).exit_code == 1
    result = run("doctor", path, "--recover", tmp_path / "new.sqlite")
    assert "202 documents saved, 1 could not be read" in result.stderr
    assert result.exit_code == 1
    assert run("doctor", tmp_path / "new.sqlite").exit_code == 0
    with Store.open(tmp_path / "new.sqlite") as store:
        document = store.document(made()[0][0].document.id)
        assert document is not None
        assert document.text == made()[0][1]
    assert "is there already" in run("doctor", path, "--recover", tmp_path / "new.sqlite").output


@pytest.mark.parametrize(
    "harm",
    [
        "INSERT INTO search (search) VALUES ('delete-all')",
        "INSERT INTO search (rowid, tokens) VALUES (1, '周调')",
    ],
)
def test_an_index_that_says_other_than_the_tables_is_found_and_made_again(harm: str, tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    with closing(sqlite3.connect(path)) as base:
        base.execute(harm)
        base.commit()
    result = run("doctor", path)
    assert result.exit_code == 1
    assert "doctor" in result.output
    assert "--rebuild" in result.output
    assert run("doctor", path, "--rebuild").exit_code == 0
    assert run("doctor", path).exit_code == 0


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        ("UPDATE texts SET text = '短'", "its text is not that of its quotes"),
        ("DELETE FROM findings WHERE kind = 'goal'", "its findings are not those of its record"),
        ("UPDATE findings SET metric = '另一个' WHERE metric = '工业投资'", "its findings are not those of its record"),
        ("UPDATE sentences SET text = text || '了'", "its findings are not those of its record"),
        ("UPDATE owners SET name = '无人'", "its findings are not those of its record"),
        ("UPDATE speeches SET place = '他乡'", "its findings are not those of its record"),
        ("UPDATE records SET line = x'00'", "its record cannot be read"),
        ("DELETE FROM documents WHERE number = 1", "belong to nothing"),
    ],
)
def test_what_does_not_agree_is_named(harm: str, message: str, tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    with closing(sqlite3.connect(path)) as base:
        base.execute(harm)
        base.commit()
    result = run("doctor", path)
    assert result.exit_code == 1
    assert message in result.output


def test_a_folder_without_the_right_to_write_is_told_of(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "locked").mkdir(mode=0o500)
    result = run("index", many(tmp_path, 1), "--store", tmp_path / "locked/s.sqlite")
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    result = run("index", many(tmp_path, 1), "--store", tmp_path / "none/s.sqlite")
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_a_full_disk_is_told_of_and_what_is_whole_is_kept(tmp_path: Path) -> None:
    path = sample_store(tmp_path)
    records = list(records_of(many(tmp_path, 300)))
    with pytest.raises(SpeechmineError, match="cannot be read or written"):
        index(((record, None) for record in limited(records)), path)
    assert run("doctor", path).exit_code == 0
    assert len(list(records_of(path))) >= 3
    assert index(((record, None) for record in records), path).new <= 300
    assert len(list(records_of(path))) == 303


def limited(records: list[Record]) -> Iterator[Record]:
    """Yield records until the disk is full: SQLite may not take more pages than it has."""
    for number, record in enumerate(records):
        if number == 5:
            for one in gc.get_objects():
                if isinstance(one, sqlite3.Connection):
                    try:
                        one.execute("PRAGMA max_page_count = 40")
                    except sqlite3.Error:
                        continue
        yield record


def test_a_run_writes_a_store_the_same_with_any_number_of_workers(tmp_path: Path) -> None:
    archive(tmp_path)
    for name, workers in (("one", 1), ("two", 2)):
        more = 'store = "found.sqlite"\njsonl = true'
        result = run_pipeline(run_file(tmp_path, name, more=more), "--workers", str(workers))
        assert "18 ok" in result.stderr
    one, two = tmp_path / "one/found.sqlite", tmp_path / "two/found.sqlite"
    assert content(one) == content(two)
    assert run("doctor", one).exit_code == 0
    with Store.open(one) as store:
        assert store.counts()["document"] == 18
        assert all(store.document(record.document.id) for record in records_of(one))
        found = store.document(next(records_of(one)).document.id)
        assert found is not None
        assert found.text
    assert sorted(json_line(record) for record in records_of(one)) == sorted(
        json_line(record) for record in records_of(tmp_path / "one")
    )
    assert not list(tmp_path.glob("one/*.lock"))
    assert "nothing has changed" in run_pipeline(tmp_path / "one.toml").stderr
    one.unlink()
    run_pipeline(tmp_path / "one.toml")
    assert content(one) == content(two)
