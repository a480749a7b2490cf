"""The page without a browser: what it answers, to whom, and with which headers."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from speechmine.errors import SpeechmineError
from speechmine.store import Store
from speechmine.web import Settings
from speechmine.web.guard import POLICY
from tests.page_samples import HOST, PAYLOADS, Client, Sample, client_of, hostile_store, sample_store

TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample_store(tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def client(sample: Sample) -> Iterator[Client]:
    with client_of(sample.path) as client:
        yield client


@pytest.fixture(scope="module")
def shared(sample: Sample) -> Iterator[Client]:
    with client_of(sample.path, TOKEN) as client:
        yield client


def test_a_search_finds_either_script_and_marks_the_words(client: Client) -> None:
    pages = {words: client.get(f"/?q={words}").text for words in ("调度", "調度")}
    assert len({re.search(r'class="count">([^<]+)', page)[1] for page in pages.values()}) == 1  # type: ignore[index]
    assert "<mark>调度</mark>" in pages["調度"]


def test_typing_gets_the_results_alone_and_their_address(client: Client) -> None:
    answer = client.get("/?q=调度&kind=&min=", hx_request="true")
    assert answer.text.lstrip().startswith('<div class="found" id="results">')
    assert "<aside" not in answer.text
    filters = client.get("/filters?q=调度", hx_request="true").text
    assert filters in client.get("/?q=调度").text
    assert filters.count("<section>") > 4
    assert answer.headers["hx-replace-url"] == "/?q=%E8%B0%83%E5%BA%A6"


def test_every_facet_leads_to_as_many_hits_as_it_says(client: Client) -> None:
    page = client.get("/?q=项目").text
    links = re.findall(r'<li><a href="([^"]+)"><span>[^<]*</span><span class="number">(\d+)</span>', page)
    assert len(links) > 15
    for link, count in links:
        told = re.search(r'class="count">共 (\d+) 条', client.get(unescape(link)).text)
        assert told is not None
        assert told[1] == count, link


def test_pages_follow_one_another_without_gap(client: Client, sample: Sample) -> None:
    seen: list[str] = []
    link: str | None = "/?q=要"
    while link:
        page = client.get(link).text
        seen += re.findall(r'href="(/documents/[^"]+)" data-hit', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        link = unescape(following[1]) if following else None
    with Store.open(sample.path) as store:
        from speechmine.store import Query

        assert len(seen) == store.search(Query(words="要")).total
    assert len(set(seen)) == len(seen)


def test_a_document_shows_its_whole_text_and_marks_each_finding(client: Client, sample: Sample) -> None:
    for record in sample.records[:6]:
        findings = [*record.mechanisms, *record.goals, *record.figures, *record.measures]
        page = client.get(f"/documents/{record.document.id}").text
        article = re.search(r"<article[^>]*>(.*?)</article>", page, re.DOTALL)
        assert article is not None
        with Store.open(sample.path) as store:
            stored = store.document(record.document.id)
        assert stored is not None
        assert stored.text is not None
        assert unescape(re.sub(r"<[^>]*>", "", article[1])) == stored.text.replace("\r\n", " \n")
        for finding in findings:
            marked = re.findall(rf'<mark[^>]* data-f="[^"]*\b{finding.id}\b[^"]*">([^<]*)</mark>', article[1])
            assert unescape("".join(marked)) == finding.evidence.quote
            assert f'id="{finding.id}"' in article[1]


def test_the_words_that_a_link_names_are_marked(client: Client, sample: Sample) -> None:
    record = sample.records[0]
    for finding in (record.measures[0], record.goals[1], record.mechanisms[2]):
        page = client.get(f"/documents/{record.document.id}?finding={finding.id}").text
        here = re.findall(r'<mark class="[^"]* here"[^>]*>([^<]*)</mark>', page)
        assert unescape("".join(here)) == finding.evidence.quote
        assert page.count('data-go="' + finding.id + '" aria-current="true"') == 1
    lost = client.get(f"/documents/{record.document.id}?finding=gone&lang=en").text
    assert "The finding you followed is not in this document" in lost


def test_furniture_is_greyed_and_titles_are_not(client: Client, sample: Sample) -> None:
    county = next(record for record in sample.records if record.document.source.startswith("s02"))
    page = client.get(f"/documents/{county.document.id}").text
    grey = "".join(re.findall(r'<mark class="furniture">([^<]*)', page))
    assert "无障碍浏览" in grey
    assert "政府工作报告" not in grey.split()


def test_a_mechanism_shows_its_year(client: Client, sample: Sample) -> None:
    mechanism = next(one for one in sample.records[0].mechanisms if one.name == "日碰头、周会商、旬通报、季观摩")
    page = client.get(f"/mechanisms/{mechanism.id}?lang=en").text
    rows = re.findall(r'class="name"[^>]*>([^<]+)</text>(.*?)(?=<text class="name"|</svg>)', page, re.DOTALL)
    assert [(name, len(re.findall("<rect", cells))) for name, cells in rows] == [
        ("碰头", 365), ("会商", 53), ("通报", 36), ("观摩", 4),
    ]  # fmt: skip
    assert client.get("/mechanisms/none").status_code == 404


def test_all_rhythms_stand_in_one_table(client: Client) -> None:
    page = client.get("/mechanisms?every=P1W&lang=en").text
    assert "Cadence weekly" in page
    assert len(re.findall(r'<a class="item"', page)) > 20
    assert client.get("/mechanisms?q=OR").status_code == 400


def test_a_metric_shows_goals_and_results_of_one_unit(client: Client) -> None:
    page = client.get("/metrics?metric=%3D固定资产投资").text
    rows = re.findall(r'<tr data-year="(\d*)" data-place="([^"]*)" data-role="(\w+)" data-value="([^"]*)"', page)
    assert ("2023", "青澜市", "goal", "8") in rows
    assert {role for _, _, role, _ in rows} == {"goal", "result"}
    money = client.get("/metrics?metric=%3D固定资产投资&unit=CNY").text
    assert "亿元" in re.findall(r"<h2>[^/]*</span>", money)[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/?q=OR", 400), ("/?min=many", 400), ("/?kind=thing", 400), ("/?due_before=soon", 400), ("/?page=0", 400),
        ("/?year=9999999999", 400), ("/?sort=best", 400), ("/?q=" + "调" * 201, 400), ("/?q=" + "a" * 5000, 414), ("/nothing", 404),
        ("/documents/none", 404), ("/api/documents/none", 404), ("/api/search?limit=0", 400), ("/api/search?limit=9999", 400),
        ("/download.exe", 404), ("/download.csv?q=OR", 400), ("/static/style.css", 200), ("/static/../app.py", 404), ("/metrics?min=x", 400),
        ("/static/%2e%2e/app.py", 404), ("/?q=%00", 200), ("/?q=%ff%fe", 200), ("/?q='; DROP TABLE findings", 200), ("/mechanisms?year=x", 400),
    ],
)  # fmt: skip
def test_statuses(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/search", "/download.csv?q=调度", "/?q=OR", "/static/page.js"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("private, max-age=3600" if path.startswith("/static") else "private, no-store")


def test_pages_hold_nothing_that_the_policy_forbids(client: Client, sample: Sample) -> None:
    document = f"/documents/{sample.records[0].document.id}"
    for path in ("/", "/?q=OR", document, "/mechanisms", "/metrics?metric=投资", "/api", "/nothing"):
        page = client.get(path).text
        assert not re.search(r"<[^>]* (style|on\w+)=", page)
        assert not re.search(r"<script(?![^>]* src=)|<style|javascript:|https?://", page)


FORGED: list[tuple[str, list[tuple[str, str]], int]] = [
    *[("GET", [("host", host)], 421) for host in (
        "evil.example", "evil.example:8765", "localhost.evil.example:8765", "127.0.0.1.evil.example:8765", "127.0.0.1:80", "127.0.0.1",
        "localhost", "0.0.0.0:8765", "127.0.0.2:8765", "[::2]:8765", "127.0.0.1:8765.evil.example", "evil.example@127.0.0.1:8765", "",
        "127.0.0.1:8765, evil.example", "2130706433:8765", "0x7f.1:8765", "localhost.:8765", "x" * 300,
    )],
    ("GET", [("host", HOST), ("host", "evil.example")], 421),
    *[("GET", [("host", HOST), ("origin", origin)], 403) for origin in (
        "http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1", "http://127.0.0.1:8766", "http://127.0.0.1:8765.evil.example",
        "file://", "http://evil.example:8765", "chrome-extension://abc", "", "http://127.0.0.1:8765, http://evil.example",
    )],
    *[("GET", [("host", HOST), ("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)], 403) for site, mode, dest in (
        ("cross-site", "no-cors", "script"), ("cross-site", "no-cors", "image"), ("cross-site", "cors", "empty"),
        ("cross-site", "navigate", "iframe"), ("same-site", "no-cors", "style"), ("cross-site", "navigate", "embed"),
    )],
    *[(method, [("host", HOST)], 405) for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")],
    ("POST", [("host", HOST), ("origin", "http://evil.example")], 403),
    ("POST", [("host", "evil.example")], 421),
]  # fmt: skip


@pytest.mark.parametrize(("method", "headers", "status"), FORGED)
def test_forged_requests_are_refused(client: Client, method: str, headers: list[tuple[str, str]], status: int) -> None:
    answer = client.ask(method, "/api/search?q=调度", headers)
    assert answer.status_code == status
    assert "hits" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        [("host", "LOCALHOST:8765")], [("host", "[::1]:8765")], [("host", HOST), ("origin", f"http://{HOST}")],
        [("host", HOST), ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")],
        [("host", HOST), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")],
    ],
)  # fmt: skip
def test_own_requests_and_links_from_elsewhere_are_answered(client: Client, headers: list[tuple[str, str]]) -> None:
    assert client.ask("GET", "/", headers).status_code == 200


def test_head_is_answered_without_a_body(client: Client) -> None:
    answer = client.ask("HEAD", "/", [("host", HOST)])
    assert answer.status_code == 200


def test_a_token_is_asked_of_every_request(shared: Client) -> None:
    for path in ("/", "/static/style.css", "/api/search", "/download.csv", "/nothing", "/?token=", f"/?token={TOKEN}x"):
        assert shared.get(path).status_code == 401
    assert shared.get("/", cookie=f"speechmine-8765={TOKEN}").status_code == 401
    assert shared.get("/", authorization="Bearer wrong").status_code == 401
    assert shared.get("/api/search?q=调度", authorization=f"Bearer {TOKEN}").status_code == 200


def test_the_token_lets_in_once_and_for_all(shared: Client) -> None:
    answer = shared.get(f"/metrics?metric=投资&token={TOKEN}")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    assert 'content="0; url=/metrics?metric=%E6%8A%95%E8%B5%84"' in answer.text
    assert TOKEN not in answer.text
    assert shared.get("/", cookie=cookie.split(";")[0]).status_code == 200


def test_the_way_in_leads_nowhere_else(shared: Client) -> None:
    for path in (
        f"//evil.example/?token={TOKEN}",
        f"/\\evil.example?token={TOKEN}",
        f"/%2f%2fevil.example?token={TOKEN}",
    ):
        target = re.search(r'url=([^"]*)"', shared.get(path).text)
        assert target is None or re.match(r"/(?![/\\])", target[1])


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"host": "0.0.0.0"}, "without a token"), ({"host": "192.0.2.7"}, "without a token"), ({"token": "short"}, "shorter than 16"),
        ({"token": "with blanks in the middle"}, "ASCII"), ({"host": "0.0.0.0", "token": TOKEN}, "names are its own"),
    ],
)  # fmt: skip
def test_unsafe_settings_are_refused(settings: dict[str, str], says: str) -> None:
    with pytest.raises(SpeechmineError, match=says):
        Settings(Path("s.sqlite"), host=settings.get("host", "127.0.0.1"), token=settings.get("token")).check()


def test_in_an_office_other_names_are_answered() -> None:
    settings = Settings(Path("s.sqlite"), "0.0.0.0", 9000, TOKEN, ("office-pc",))
    settings.check()
    assert settings.allowed_hosts == {"office-pc", "office-pc:9000"}
    assert settings.address == "http://office-pc:9000/"


def test_the_language_is_the_readers(client: Client) -> None:
    assert "检索原文" in client.get("/").text
    assert "Search the words" in client.get("/", accept_language="en-GB,en;q=0.9,zh;q=0.1").text
    english = client.get("/?q=调度&lang=en").text
    assert "Search the words" in english
    assert 'href="/?q=%E8%B0%83%E5%BA%A6&amp;lang=zh"' in english
    assert all("lang=en" in link for link in re.findall(r'href="(/documents/[^"]+)"', english))


def test_nothing_found_says_which_filter_to_drop(client: Client) -> None:
    page = client.get("/?q=调度&kind=goal&topic=党建&lang=en").text
    assert "any Kind" in page
    assert "any Topic" in page


def test_no_store_and_an_empty_store_say_what_to_do(tmp_path: Path) -> None:
    from speechmine.store import index

    with client_of(tmp_path / "none.sqlite") as client:
        answer = client.get("/?lang=en")
        assert answer.status_code == 503
        assert "speechmine index records.jsonl --store" in answer.text
        assert client.get("/api/search").json()["error"] == "store"
    index([], tmp_path / "empty.sqlite")
    with client_of(tmp_path / "empty.sqlite") as client:
        assert "speechmine extract" in client.get("/").text


def test_a_store_that_another_takes_the_place_of_is_found(tmp_path: Path, sample: Sample) -> None:
    from speechmine.store import index

    index([], tmp_path / "s.sqlite")
    with client_of(tmp_path / "s.sqlite") as client:
        assert client.get("/api/search").json()["total"] == 0
        (tmp_path / "next.sqlite").write_bytes(sample.path.read_bytes())
        (tmp_path / "next.sqlite").replace(tmp_path / "s.sqlite")
        assert client.get("/api/search").json()["total"] > 100


def test_the_page_writes_nothing(client: Client, sample: Sample) -> None:
    before = {path.name: path.read_bytes() for path in sample.path.parent.iterdir() if not path.name.endswith("-shm")}
    for path in ("/?q=调度", "/api/facets", "/download.xlsx?q=调度", "/metrics?metric=投资"):
        client.get(path)
    after = {path.name: path.read_bytes() for path in sample.path.parent.iterdir() if not path.name.endswith("-shm")}
    assert {name: data for name, data in after.items() if data} == {name: data for name, data in before.items() if data}


def test_hostile_words_are_words(tmp_path: Path) -> None:
    hostile = hostile_store(tmp_path)
    with client_of(hostile.path) as client:
        for number in range(len(PAYLOADS)):
            for path in (f"/?q={number}", f"/documents/{number:04}", f"/mechanisms/m{number}"):
                page = client.get(path).text
                assert not re.search(
                    r"<(?!script defer)(script|img|iframe|base|style|xmp|math|template|noscript)[ >]", _bare(page)
                )


def _bare(page: str) -> str:
    """Return a page without what it itself loads."""
    return re.sub(r'<script src="/static/[\w./]+" defer></script>', "", page)


def test_what_acts_unseen_is_shown(client: Client) -> None:
    page = client.get("/?q=%E2%80%AE%00x").text
    assert "\u202e" not in page
    assert "\x00" not in page
