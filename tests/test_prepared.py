"""Rules kept for the next start are the rules of the files, and whatever is wrong with what is kept, the files are read."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from speechmine import extracting, patterns
from speechmine.keeping import KeptFile
from speechmine.patterns import Code, CodeError, compiled, keep_patterns
from speechmine.rules import loader
from speechmine.rules.prepared import Cache, Prepared

TEXTS = loader._shipped_texts()
FRESH = loader._with_own(TEXTS, ())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPEECHMINE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def kept_file(folder: Path) -> Path:
    Cache(TEXTS).write(FRESH)
    (file,) = folder.iterdir()
    return file


def test_what_is_kept_is_what_the_files_say(folder: Path) -> None:
    kept_file(folder)
    kept = Cache(TEXTS).read()
    assert kept is not None
    assert kept.lists == FRESH.lists
    assert [list(words) for words in kept.lists.values()] == [list(words) for words in FRESH.lists.values()]
    for rule, fresh in zip(kept.rules, FRESH.rules, strict=True):
        assert rule.pattern.pattern == fresh.pattern.pattern
        assert rule.pattern.groupindex == fresh.pattern.groupindex
        for name in ("id", "says", "examples", "counterexamples", "needs", "set", "not_after", "not_before", "like",
                     "file", "requires", "bit"):  # fmt: skip
            assert getattr(rule, name) == getattr(fresh, name), (rule.id, name)


def test_every_rule_finds_its_examples_by_the_code_that_is_kept(folder: Path) -> None:
    kept_file(folder)
    kept = Cache(TEXTS).read()
    assert kept is not None
    for rule in kept.rules:
        for text, spans in rule.examples:
            assert len(list(rule.finditer(text))) >= len(spans) > 0, rule.id


def test_nothing_is_kept_where_the_user_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHMINE_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Cache(TEXTS).write(FRESH)
    assert Cache(TEXTS).read() is None
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_the_system_is_taken_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPEECHMINE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Cache(TEXTS).write(FRESH)
    assert [path.name for path in tmp_path.iterdir()] == ["speechmine"]
    assert (tmp_path / "speechmine").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("damage", [
    lambda content: b"",
    lambda content: content[:20],
    lambda content: content[:-1],
    lambda content: content[:5000] + b"\0" + content[5001:],
    lambda content: content[32:],
], ids=["empty", "short", "cut", "changed", "unsealed"])  # fmt: skip
def test_damage_is_seen(folder: Path, damage: object) -> None:
    file = kept_file(folder)
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    assert Cache(TEXTS).read() is None


def test_what_other_files_or_another_python_became_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_file(folder)
    assert Cache([*TEXTS[:-1], (TEXTS[-1][0], TEXTS[-1][1] + "\n")]).read() is None
    monkeypatch.setattr(sys, "version", "3.99.0")
    assert Cache(TEXTS).read() is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners are known on POSIX only")
def test_code_is_not_read_where_others_can_write(folder: Path) -> None:
    kept_file(folder)
    folder.chmod(0o777)
    assert Cache(TEXTS).read() is None
    file = next(folder.iterdir())
    before = file.stat().st_mtime_ns
    Cache(TEXTS).write(FRESH)
    assert file.stat().st_mtime_ns == before


def test_a_place_that_takes_nothing_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SPEECHMINE_CACHE", str(tmp_path / "file"))
    Cache(TEXTS).write(FRESH)
    assert Cache(TEXTS).read() is None


def test_a_second_start_compiles_nothing_that_the_first_kept(folder: Path) -> None:
    """Two processes: the first extracts and keeps, the second compiles nothing of it again and finds the same."""
    first, second = (in_a_process(folder) for _ in range(2))
    assert first["record"] == second["record"]
    assert (first["before"], second["before"]) == (False, True)
    assert int(first["compiled"]) > 100
    assert second["compiled"] == 0


@pytest.mark.parametrize(("own", "kept"), [(False, 1), (True, 0)])
def test_a_run_with_own_rules_keeps_nothing(
    own: bool, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[[words]]\nid = 'manner'\nextend = true\nlist = ['飞快']\n", "utf-8")
    times: list[bool] = []
    monkeypatch.setattr(extracting, "keep_rules", lambda: times.append(True))
    sample = Path("corpus/texts/s01_city_project_meeting.txt")
    assert list(
        extracting.extracted([sample], extracting.Options(rules=(path,) if own else ()), extracting.Outcomes(), print)
    )
    assert len(times) == kept


def in_a_process(folder: Path) -> dict[str, str | int]:
    code = """
import json, sys
from pathlib import Path
from speechmine import extracting, patterns
from speechmine.rules import load_rules
fresh = []
extracting.keep_patterns = lambda: (fresh.extend(set(patterns._ASKED) - set(patterns._codes())), patterns.keep_patterns())
(record,) = extracting.extracted([Path(sys.argv[1])], extracting.Options(), extracting.Outcomes(), print)
print(json.dumps({"record": repr(record), "before": load_rules().kept_before, "compiled": len(fresh)}))
"""
    sample = Path("corpus/texts/s01_city_project_meeting.txt")
    words = [sys.executable, "-c", code, str(sample)]
    done = subprocess.run(words, check=True, capture_output=True, env={**os.environ, "SPEECHMINE_CACHE": str(folder)})
    found: dict[str, str | int] = json.loads(done.stdout)
    return found


def test_a_python_that_compiles_otherwise_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, flags: int = 0) -> Code:
        raise CodeError(source)

    monkeypatch.setattr(Code, "of", refuse)
    Cache(TEXTS).write(Prepared(FRESH.rules[:1], {}))
    compiled("一个此前没有见过的[模式]")
    keep_patterns()
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    ("source", "flags"), [("a|B", re.I), ("^行$", re.M), ("(?i)a|B", 0), ("[\\u3400-\\u9fff]+(?P<n>.)", re.S)]
)
def test_a_pattern_is_the_same_whether_compiled_or_kept(source: str, flags: int) -> None:
    assert compiled(source, flags) == re.compile(source, flags) == Code.of(source, flags).pattern()


@pytest.fixture
def fresh_patterns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, int], Code | None]:
    """Nothing asked for, nothing kept yet."""
    kept: dict[tuple[str, int], Code | None] = {}
    monkeypatch.setattr(patterns, "_ASKED", [])
    monkeypatch.setattr(patterns, "_codes", lambda: kept)
    return kept


def read_anew() -> list[str]:
    content = patterns._file().read()
    return (
        []
        if content is None
        else [each.code.source for each in msgspec.msgpack.decode(content, type=list[patterns._Kept])]
    )


def test_one_pattern_that_cannot_be_kept_leaves_the_others(
    fresh_patterns: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in ("甲[乙]", "[\ud800]", "丙[丁]"):
        compiled.__wrapped__(source)
    keep_patterns()
    assert read_anew() == ["甲[乙]", "丙[丁]"]
    monkeypatch.setattr(KeptFile, "write", lambda *_: pytest.fail("nothing is new"))
    keep_patterns()


def test_patterns_that_nobody_asks_for_any_more_go(fresh_patterns: dict[tuple[str, int], Code | None]) -> None:
    fresh_patterns.update({(source, 0): Code.of(source) for source in ("旧一", "旧二", "旧三")})
    compiled.__wrapped__("新一")
    keep_patterns()
    assert read_anew() == ["新一"]


def test_patterns_are_kept_from_many_threads_at_once(fresh_patterns: object) -> None:
    def work(number: int) -> None:
        compiled.__wrapped__(f"第{number}")
        keep_patterns()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert len(read_anew()) == 40


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: b"", lambda content: b"\xff" * 80])
def test_patterns_that_were_damaged_are_compiled_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    patterns._file().write(msgspec.msgpack.encode([patterns._Kept(0, Code.of("甲[乙]"))]))
    assert patterns._codes.__wrapped__()
    file = next(folder.glob("patterns-*"))
    file.write_bytes(damage(file.read_bytes()))
    assert patterns._codes.__wrapped__() == {}


def test_what_is_no_list_of_codes_is_not_read(folder: Path) -> None:
    patterns._file().write(b"no list of codes")
    assert patterns._codes.__wrapped__() == {}


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners are known on POSIX only")
def test_code_is_not_read_below_a_folder_in_which_others_could_put_another(folder: Path) -> None:
    kept_file(folder)
    above = folder.parent
    mode = above.stat().st_mode
    above.chmod(0o777)
    assert Cache(TEXTS).read() is None
    above.chmod(0o1777)  # as /tmp is: only its owner moves a folder
    assert Cache(TEXTS).read() is not None
    above.chmod(mode)


def test_nothing_is_looked_up_where_nothing_may_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHMINE_CACHE", "")
    file = KeptFile("rules", lambda: pytest.fail("nothing is to be worked out"))
    assert not file.is_used
    assert file.read() is None
