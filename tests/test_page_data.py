"""What the page gives to programs and to Excel: the API against its own description, downloads opened again."""

import csv
import io
import json
from collections.abc import Iterator

import jsonschema
import openpyxl
import pytest

from speechmine.store import Query, Store
from speechmine.web.downloads import COLUMNS, as_csv, as_xlsx
from speechmine.web.language import words_of
from speechmine.web.openapi import PARAMETERS, PATHS, description
from tests.page_samples import Client, Sample, client_of, sample_store


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample_store(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def client(sample: Sample) -> Iterator[Client]:
    with client_of(sample.path) as client:
        yield client


@pytest.fixture(scope="module")
def schema(client: Client) -> dict[str, object]:
    found: dict[str, object] = client.get("/api/openapi.json").json()
    return found


def answers(client: Client, sample: Sample) -> Iterator[tuple[str, str]]:
    first = sample.records[0]
    yield "search", "/api/search?q=调度&limit=50"
    yield "search", "/api/search?kind=goal&metric=投资&unit=亿元&min=10&max=900&sort=largest"
    yield "search", "/api/search?every=P1W&place=%3D青澜市&status=in-force"
    yield "search", "/api/search?due_before=2024&owner=市财政局&topic=项目建设&year=2023"
    yield "facets", "/api/facets?q=项目"
    yield "values", "/api/values?metric=固定资产投资"
    yield "values", "/api/values?metric=none"
    yield "document", f"/api/documents/{first.document.id}"
    yield "finding", f"/api/findings/{first.goals[0].id}"


def test_answers_follow_the_description(client: Client, sample: Sample, schema: dict[str, object]) -> None:
    names = {path.operation: path.answer for path in PATHS}
    for operation, path in answers(client, sample):
        answer = client.get(path)
        assert answer.status_code == 200, path
        validate(answer.json(), names[operation], schema)
    assert {operation for operation, _ in answers(client, sample)} == set(names)


def test_refusals_follow_the_description(client: Client, schema: dict[str, object]) -> None:
    for path in ("/api/search?q=OR", "/api/documents/none", "/api/findings/none", "/api/none", "/api/search?limit=x"):
        answer = client.get(path)
        assert answer.status_code in {400, 404}
        validate(answer.json(), "Refusal", schema)
    validate(client.ask("POST", "/api/search", []).json(), "Refusal", schema)


def validate(value: object, name: str, schema: dict[str, object]) -> None:
    jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{name}", **schema}).validate(value)


def test_the_description_is_openapi(client: Client) -> None:
    told = description()
    assert told["openapi"] == "3.1.0"
    paths = told["paths"]
    assert isinstance(paths, dict)
    for path in paths:
        assert f"<code>GET {path}</code>" in client.get("/api").text
    for parameter in PARAMETERS:
        assert f"<code>{parameter}</code>" in client.get("/api").text


def test_the_api_gives_what_the_page_shows(client: Client, sample: Sample) -> None:
    given = client.get("/api/search?q=调度 项目&limit=200").json()
    with Store.open(sample.path) as store:
        hits = store.search(Query(words="调度 项目", limit=200)).hits
    assert [hit["id"] for hit in given["hits"]] == [hit.id for hit in hits]
    for hit in given["hits"]:
        assert client.get(hit["link"]).status_code == 200
        text = client.get(f"/api/documents/{hit['document']}").json()["text"]
        assert text[hit["start"] : hit["end"]] == hit["quote"]


def test_numbers_stand_as_written(client: Client) -> None:
    answer = client.get("/api/search?kind=figure&metric=完成投资&q=412.6").text
    assert '"value":412.6' in answer


def test_following_the_next_pages_gives_all(client: Client) -> None:
    link, seen = "/api/search?kind=measure&limit=50", 0
    while link:
        page = client.get(link).json()
        seen += len(page["hits"])
        link = page["next"]
    assert seen == page["total"]


def test_downloads_hold_all_hits_with_the_same_cells(client: Client, sample: Sample) -> None:
    search = "?q=项目&kind=goal"
    with Store.open(sample.path) as store:
        hits = store.search(Query(words="项目", kind="goal", limit=1000)).hits
    table = list(csv.DictReader(io.StringIO(client.get(f"/download.csv{search}").content.decode("utf-8-sig"))))
    lines = [json.loads(line) for line in client.get(f"/download.jsonl{search}").text.splitlines()]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/download.xlsx{search}&lang=zh").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("类别", "原句", "依据")
    assert [row["quote"] for row in table] == [line["quote"] for line in lines] == [hit.quote for hit in hits]
    assert [row[2] for row in rows[1:]] == [hit.quote for hit in hits]
    values = [row[COLUMNS.index("value")] for row in rows[1:]]
    assert values == [None if hit.value is None else float(hit.value) for hit in hits]
    assert [line["value"] for line in lines] == values
    assert len(hits) > 20


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", '=HYPERLINK("http://x")', "{=1}", "\uff1d1+1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    row = dict.fromkeys(COLUMNS, None) | {"quote": text}
    (line,) = csv.DictReader(io.StringIO(as_csv([row]).decode("utf-8-sig")))
    assert not line["quote"].lstrip().startswith(("=", "+", "-", "@", "\uff1d"))
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([row], words_of("en")))).active
    assert sheet is not None
    cell = sheet.cell(2, COLUMNS.index("quote") + 1)
    assert cell.data_type == "s"
    assert str(cell.value).strip() == text.strip()


def test_downloads_are_the_same_bytes_each_time(client: Client) -> None:
    for style in ("xlsx", "csv", "jsonl"):
        path = f"/download.{style}?q=调度"
        first, second = client.get(path), client.get(path)
        assert first.content == second.content
        assert first.headers["content-disposition"] == f'attachment; filename="speechmine-search.{style}"'
