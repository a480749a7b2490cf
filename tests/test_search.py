"""Search: every string is found exactly, in both scripts; whatever is typed does no harm."""

import csv
import io
import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from speechmine.cleaning import tidy
from speechmine.cli import main
from speechmine.errors import SpeechmineError
from speechmine.exporting.table import display_width
from speechmine.records import Record
from speechmine.store import Hit, Query, QueryError, Store, evidence_of, index, records_of
from speechmine.store.language import Words, words_of
from speechmine.store.opening import opened
from speechmine.store.tokens import normal
from tests.samples import hostile
from tests.store_samples import TEXTS, content, made, sample_store

CORPUS = Path(__file__).parent.parent / "corpus/texts"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store of the small texts and the samples of the corpus."""
    folder = tmp_path_factory.mktemp("store")
    store = sample_store(folder)
    run("extract", CORPUS, "-o", folder / "corpus.jsonl")
    run("index", folder / "corpus.jsonl", "--store", store, "--texts", CORPUS)
    return store


@pytest.fixture(scope="module")
def store(path: Path) -> Store:
    return Store.open(path)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


def every(store: Store, query: Query) -> list[Hit]:
    page = store.search(query)
    assert page.exact
    assert page.total == len(page.hits)
    return list(page.hits)


def ids(hits: list[Hit]) -> list[str]:
    return sorted(hit.id for hit in hits)


def sentence(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.sentence)


def searched(hit: Hit) -> list[str]:
    """Return what the words of a query are looked up in, as docs/search.md says it."""
    fields = (sentence(hit), tidy(sentence(hit)), hit.name, hit.text, hit.metric, *hit.owner, hit.place, hit.speaker)
    return [normal(field) for field in fields if field]


_FIELDS: dict[int, list[str]] = {}


def stands(words: str, hit: Hit) -> bool:
    """Say whether words stand in a hit of the module's store."""
    fields = _FIELDS.get(hit.number) or _FIELDS.setdefault(hit.number, searched(hit))
    return any(one in field for one in {normal(words), normal(tidy(words))} for field in fields)


@pytest.fixture(scope="module")
def everything(store: Store) -> list[Hit]:
    return every(store, Query(limit=10_000))


def test_a_store_holds_all_findings(path: Path, everything: list[Hit]) -> None:
    assert ids(everything) == sorted(one for record in records_of(path) for one in ids_of(record))


def ids_of(record: Record) -> list[str]:
    assert len(list(evidence_of(record))) > 0
    return [one.id for group in (record.mechanisms, record.goals, record.figures, record.measures) for one in group]


def cut_of(everything: list[Hit], place: int, start: int, length: int) -> str:
    text = sentence(everything[place % len(everything)])
    start %= len(text)
    return text[start : start + length]


@given(st.integers(0), st.integers(0), st.integers(1, 9))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_piece_of_every_sentence_is_found_and_nothing_else(
    store: Store, everything: list[Hit], place: int, start: int, length: int
) -> None:
    words = (
        cut_of(everything, place, start, length).replace('"', "").replace("“", "").replace("”", "").replace("「", "")
    )
    if not normal(words).strip():
        return
    expected = [hit for hit in everything if stands(words, hit)]
    assert expected or len(words) < length
    assert ids(every(store, Query(words=f'"{words}"', limit=10_000))) == ids(expected)


@given(st.text("周調调度臺台賬账①0\uff10 ，,.%％\uff41A𠮷-", min_size=1, max_size=4))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_string_is_found_as_a_scan_finds_it(store: Store, everything: list[Hit], words: str) -> None:
    if normal(words).strip():
        expected = [hit for hit in everything if stands(words, hit)]
        assert ids(every(store, Query(words=f'"{words}"', limit=10_000))) == ids(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("周调度", "週調度"),
        ("台账", "臺賬"),
        ("投资", "投資"),
        ("GDP", "gdp"),
        ("８", "8"),
        ("40億元", "40亿元"),
        ("着力", "著力"),
    ],
)
def test_script_width_and_case_make_no_difference(one: str, other: str, store: Store) -> None:
    assert ids(every(store, Query(words=one, limit=10_000))) == ids(every(store, Query(words=other, limit=10_000)))


def test_characters_fold_the_same_alone_and_in_words() -> None:
    for text in (
        *TEXTS.values(),
        "乾隆皇帝瞭望臺著作顯著藉口𠮷",
        *(path.read_text("utf-8") for path in CORPUS.iterdir()),
    ):
        assert len(normal(text)) == len(text)
        assert normal(normal(text)) == normal(text)
        assert "".join(map(normal, text)) == normal(text)


def test_words_or_and_not(store: Store) -> None:
    both = every(store, Query(words="周调度 月通报", limit=10_000))
    assert both
    assert all("周调度" in normal(sentence(hit)) and "月通报" in normal(sentence(hit)) for hit in both)
    either = ids(every(store, Query(words="周调度 OR 月通报", limit=10_000)))
    weekly, monthly = (every(store, Query(words=words, limit=10_000)) for words in ("周调度", "月通报"))
    assert set(either) == {*ids(weekly), *ids(monthly)}
    assert set(ids(every(store, Query(words="周调度 -月通报", limit=10_000)))) == set(ids(weekly)) - set(ids(monthly))
    rest = every(store, Query(words="-周调度", limit=10_000))
    assert len(rest) + len(weekly) == len(every(store, Query(limit=10_000)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", Words((("a",), ("b",)))),
        ('"a b" “c d” 「e f」', Words((("a b",), ("c d",), ("e f",)))),
        ("a OR b OR c d", Words((("a", "b", "c"), ("d",)))),
        ('"OR" or', Words((("OR",), ("or",)))),
        ('-"a b" -c', Words((), ("a b", "c"))),
        ("a-b", Words((("a-b",),))),
        ('"a b', Words((("a b",),))),
        ("-", Words((("-",),))),
        ('  "" "" ', Words()),
        ("", Words()),
    ],
)
def test_the_language_of_queries(text: str, expected: Words) -> None:
    assert words_of(text) == expected


@pytest.mark.parametrize("text", ["OR", "OR a", "a OR", "a OR OR b", "a OR -b", "-a OR b", "x" * 501, "y " * 40])
def test_a_query_that_cannot_be_meant_gets_a_message(text: str, path: Path) -> None:
    with pytest.raises(QueryError):
        words_of(text)
    result = run("search", "--store", path, "--", text)
    assert result.exit_code == 2
    assert "Error: query: " in result.output


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(kind="goal"), lambda hit: hit.kind == "goal"),
        (Query(every="P1W"), lambda hit: "P1W" in hit.every),
        (Query(metric="投資"), lambda hit: "投资" in normal(hit.metric or "")),
        (Query(metric="=固定资产投资"), lambda hit: hit.metric == "固定资产投资"),
        (Query(unit="亿元"), lambda hit: hit.unit == "亿元"),
        (Query(unit="CNY"), lambda hit: hit.canonical_unit == "CNY"),
        (Query(owner="财政"), lambda hit: any("财政" in normal(one) for one in hit.owner)),
        (Query(place="云溪"), lambda hit: "云溪" in (hit.place or "")),
        (Query(year=2024), lambda hit: hit.year == 2024),
        (Query(status="required"), lambda hit: hit.status == "required"),
        (Query(topic="项目建设"), lambda hit: hit.topic == "项目建设"),
        (Query(due_before="2024-07"), lambda hit: (hit.deadline_last or "9") < "2024-07-01"),
        (Query(due_before="2024"), lambda hit: (hit.deadline_last or "9") < "2024-01-01"),
        (Query(unit="亿元", minimum=Decimal(40)), lambda hit: hit.unit == "亿元" and (hit.value or 0) >= 40),
        (Query(unit="億元", minimum=Decimal(40)), lambda hit: hit.unit == "亿元" and (hit.value or 0) >= 40),
        (Query(unit="CNY", maximum=Decimal("250000000")), lambda hit: hit.canonical_unit == "CNY" and (hit.canonical_value or 10**12) <= 25 * 10**7),
        (Query(words="完成", kind="measure", year=2024, due_before="2025"), lambda hit: "完成" in "\n".join(searched(hit)) and hit.kind == "measure" and hit.year == 2024 and (hit.deadline_last or "9") < "2025"),
        (Query(words="投资 -项目", kind="goal"), lambda hit: hit.kind == "goal" and "投资" in "\n".join(searched(hit)) and not any("项目" in one for one in searched(hit))),
    ],
)  # fmt: skip
def test_filters_give_what_a_scan_gives(query: Query, expected: object, store: Store, everything: list[Hit]) -> None:
    assert callable(expected)
    wanted = [hit for hit in everything if expected(hit)]
    assert wanted
    for sort in ("newest", "oldest", "largest", "smallest", "deadline"):
        assert ids(every(store, replace(query, limit=10_000, sort=sort))) == ids(wanted), sort


def test_orders(store: Store) -> None:
    newest = [hit.date for hit in every(store, Query(words="投资", limit=10_000)) if hit.date and len(hit.date) == 10]
    assert newest == sorted(newest, reverse=True)
    assert len(set(newest)) > 3
    oldest = [
        hit.date
        for hit in every(store, Query(words="投资", sort="oldest", limit=10_000))
        if hit.date and len(hit.date) == 10
    ]
    assert oldest == sorted(oldest)
    values = [hit.canonical_value for hit in every(store, Query(unit="CNY", kind="goal", sort="largest", limit=10_000))]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert values[: len(known)] == known
    deadlines = [
        hit.deadline_last
        for hit in every(store, Query(kind="measure", due_before="2030", sort="deadline", limit=10_000))
    ]
    assert deadlines == sorted(deadlines, key=str)


def test_pages_do_not_overlap_and_cover_all(store: Store) -> None:
    whole = [hit.number for hit in every(store, Query(words="投资", limit=10_000))]
    pages = [store.search(Query(words="投资", page=number, limit=7)) for number in range(1, len(whole) // 7 + 2)]
    assert [hit.number for page in pages for hit in page.hits] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_facets_count_what_the_filters_find(store: Store) -> None:
    facets = store.facets(Query(words="投资"))
    assert facets.complete
    for name in ("kind", "metric", "owner", "place", "every", "topic", "status"):
        for facet in facets.values[name][:3]:
            value = f"={facet.value}" if name in {"metric", "owner", "place"} else facet.value
            query = Query(words="投资", **{name: value})  # type: ignore[arg-type]
            assert store.search(query).total == facet.count, (name, facet)
    assert store.search(Query(words="投资"), with_facets=True).facets == facets


def test_more_hits_than_are_counted_are_said_to_be_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("store", "searching"):
        monkeypatch.setattr(f"speechmine.store.{name}.COUNTED", 5)
    page = store.search(Query(words="投资"))
    assert (page.total, page.exact, page.told) == (5, False, "5+")
    monkeypatch.setattr("speechmine.store.store.FACETED", 5)
    facets = store.facets(Query(words="投资"))
    assert (facets.counted, facets.complete) == (5, False)


def test_words_are_marked_where_they_stand(store: Store) -> None:
    for hit in every(store, Query(words="調度 OR 周調度", limit=10_000)):
        found = [normal(piece.text) for piece in hit.sentence if piece.found]
        assert normal(sentence(hit)).count("调度") == sum(one.count("调度") for one in found)
        marked = normal("".join(piece.text for piece in hit.sentence if piece.quoted))
        assert normal(hit.quote)[:1] == marked[:1]


def test_values_are_the_goals_and_results_of_a_metric(store: Store) -> None:
    points = store.values("地区生产总值")
    assert {point.kind for point in points} == {"goal", "figure"}
    assert all(point.metric == "地区生产总值" for point in points)
    assert store.values("没有") == []


_WORDS = st.one_of(
    hostile(),
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["周调度", "投資", "OR", "-", '"', "AND", "NOT", "NEAR(", "*", "^", ":", "tokens:", "';DROP TABLE findings;--", "\0",
             "\x1b[2J", "\ud800", "(", ")", "%", "_", "\\", "\uff02", "\u202e", "{", "+", "\U00100041", "\U0010f000", "\U0010fff0"]
        ),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip


@given(_WORDS, st.sampled_from(["words", "metric", "owner", "place", "unit", "topic", "every"]))
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@example("x" * 10_000, "words")
@example('"' * 500, "words")
@example("周" * 500, "words")
@example("的 " * 32, "words")
@example("=", "owner")
@example("x" * 10_000, "owner")
def test_whatever_is_typed_does_no_harm(path: Path, store: Store, words: str, name: str) -> None:
    before = path.read_bytes()
    try:
        page = store.search(Query(**{name: words}))  # type: ignore[arg-type]
    except QueryError as error:
        assert str(error)
    else:
        assert page.exact
    assert path.read_bytes() == before


def test_nothing_can_be_written_through_a_reading_connection(path: Path) -> None:
    base = opened(path)
    for question in ("DELETE FROM findings", "INSERT INTO search (search) VALUES ('delete-all')", "DROP TABLE texts"):
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            base.execute(question)
    base.close()


def test_a_question_that_takes_too_long_is_ended(path: Path) -> None:
    with Store.open(path, seconds=-1.0) as impatient, pytest.raises(SpeechmineError, match="took longer than"):
        for _ in range(50):
            impatient.search(Query(sort="largest", limit=10_000))


def test_the_command_shows_the_words_in_eighty_columns(path: Path) -> None:
    result = run("search", "周調度", "--store", path, "--limit", "5")
    assert result.exit_code == 0
    assert "【周调度】" in result.stdout
    assert all(display_width(line) <= 80 for line in result.stdout.splitlines())
    assert "found, 5 shown" in result.stderr
    assert "改为" in run("search", "周调度", "--store", path).stdout
    without = run("search", "-改为", "周调度", "--store", path).stdout
    assert "【周调度】" in without
    assert "改为" not in without
    assert "0 found" in run("search", "查无此词", "--store", path).stderr


def test_the_command_writes_json_and_csv(path: Path) -> None:
    told = json.loads(run("search", "工业投资", "--store", path, "--json").stdout)
    assert told["total"] == len(told["hits"]) >= 1
    assert {
        hit["value"]
        for hit in told["hits"]
        if (hit["kind"] == "figure" and hit["place"] is None) or hit["place"] == "云溪市"
    } >= {96.5}
    assert "".join(piece["text"] for piece in told["hits"][0]["pieces"]) == told["hits"][0]["sentence"]
    rows = list(csv.DictReader(io.StringIO(run("search", "工业投资", "--store", path, "--csv").stdout)))
    assert [row["id"] for row in rows] == [hit["id"] for hit in told["hits"]]


def test_hostile_text_reaches_neither_the_terminal_nor_a_formula(tmp_path: Path) -> None:
    record, text = made()[0]
    evil = "=HYPERLINK(1)\x1b[2J\u202e"
    info = structs.replace(record.document, source=evil, title="\uff1d1+1")
    speeches = [structs.replace(one, title=None, place="@SUM(1)") for one in record.speeches]
    path = tmp_path / "s.sqlite"
    index([(structs.replace(record, document=info, speeches=speeches), text.replace("要坚持", "要坚持"))], path)
    result = run("search", "周调度", "--store", path)
    assert "\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout + result.stderr
    row = next(csv.DictReader(io.StringIO(run("search", "周调度", "--store", path, "--csv").stdout)))
    assert (row["source"][:3], row["title"][:2], row["place"][:2]) == ("'=H", "'\uff1d", "'@")
    assert json.loads(run("search", "周调度", "--store", path, "--json").stdout)["hits"][0]["source"] == evil


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--kind", "x"], "Invalid value for '--kind'"),
        (["--min", "x"], "is not a number"),
        (["--min", "NaN"], "not a number"),
        (["--due-before", "June"], "is not a date"),
        (["--nosuch"], "No such option"),
    ],
)
def test_wrong_filters_are_told_of(words: list[str], message: str, path: Path) -> None:
    result = run("search", "--store", path, *words)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_without_a_store_it_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("search", "周调度")
    assert result.exit_code == 2
    assert "speechmine index RECORDS.jsonl" in result.output
    (tmp_path / "a.jsonl").write_bytes(b"")
    assert run("index", "a.jsonl").exit_code == 0
    assert "0 found" in run("search", "周调度").stderr
    assert content(tmp_path / "speechmine.sqlite")
