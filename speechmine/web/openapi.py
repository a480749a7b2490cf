"""What the API offers, once: for the page that people read and for the OpenAPI description that machines read."""

import json

import msgspec

from speechmine import __version__
from speechmine.records import Record
from speechmine.store import KINDS, SORTS, Facets, Hit, Point


class Parameter(msgspec.Struct, frozen=True):
    """A parameter: its schema, and what it means in both languages."""

    schema: dict[str, object]
    told: dict[str, str]

    @property
    def values(self) -> list[str]:
        """Return the values it may have, where they are few."""
        values = self.schema.get("enum", [])
        return [str(value) for value in values] if isinstance(values, list) else []


class Path(msgspec.Struct, frozen=True):
    """A path of the API: its parameters, its answer, and what it is for in both languages."""

    path: str
    operation: str
    parameters: tuple[str, ...]
    answer: str
    example: str
    told: dict[str, str]


def _text(zh: str, en: str, **more: object) -> Parameter:
    return Parameter({"type": "string", **more}, {"zh": zh, "en": en})


def _number(zh: str, en: str, kind: str = "number", **more: object) -> Parameter:
    return Parameter({"type": kind, **more}, {"zh": zh, "en": en})


PARAMETERS = {
    "q": _text(
        "词句，简繁均可；空格为且，OR 为或，减号排除，引号内为原样词句",
        'words in either script; a blank means and, OR means or, a minus leaves out, "…" keeps words together',
        maxLength=200,
    ),
    "kind": _text("类别", "kind of finding", enum=list(KINDS)),
    "every": _text(
        "机制的周期，ISO 8601：P1W 每周，P1M 每月，P3M 每季",
        "rhythm of a mechanism as an ISO 8601 duration: P1W, P1M, P3M; or regular, irregular",
    ),
    "metric": _text("指标名的一部分；前加 = 为全名", "part of the metric; the whole of it with = before it"),
    "unit": _text("单位，原文写法或折算单位：亿元、CNY、percent", "unit as written or canonical: 亿元, CNY, percent"),
    "min": _number(
        "数值下限，按所给单位，未给则按折算单位",
        "smallest value: in the unit if that is given as written, else in the canonical unit",
    ),
    "max": _number("数值上限", "largest value"),
    "owner": _text("责任单位的一部分；前加 = 为全名", "part of the owner; the whole of it with = before it"),
    "place": _text("地区的一部分；前加 = 为全名", "part of the place; the whole of it with = before it"),
    "year": _number("讲话年份", "year of the speech", "integer", minimum=0, maximum=9999),
    "due_before": _text(
        "时限早于此日：2025、2025-06 或 2025-06-30", "deadline before this date: 2025, 2025-06 or 2025-06-30"
    ),
    "status": _text("机制的状态", "status of a mechanism", enum=["in-force", "required", "proposed"]),
    "topic": _text("举措的主题", "policy field of a measure"),
    "sort": _text("排序", "order", enum=list(SORTS)),
    "page": _number("第几页，从 1 起", "page, from 1", "integer", minimum=1, maximum=500),
    "limit": _number("每页条数，至多 200", "hits of a page, at most 200", "integer", minimum=1, maximum=200),
    "document": _text("文稿编号", "id of the document"),
    "finding": _text("条目编号", "id of the finding"),
}
"""Every parameter by its name."""

_FILTERS = tuple(name for name in PARAMETERS if name not in {"page", "limit", "document", "finding"})
PATHS = (
    Path("/api/search", "search", (*_FILTERS, "page", "limit"), "SearchAnswer", "/api/search?q=调度&kind=measure&limit=5", {"zh": "检索，一页结果。", "en": "One page of hits."}),
    Path("/api/facets", "facets", _FILTERS, "Facets", "/api/facets?q=调度", {"zh": "各筛选条件的取值与条数，按最新两千条计。", "en": "Values of each filter with counts, over the newest 2,000 hits."}),
    Path("/api/values", "values", ("metric", "limit"), "ValuesAnswer", "/api/values?metric=固定资产投资", {"zh": "一个指标（全名）的目标与完成值。", "en": "Goals and results of one metric, named in full."}),
    Path("/api/findings/{finding}", "finding", ("finding",), "HitAnswer", "", {"zh": "一个条目。", "en": "One finding."}),
    Path("/api/documents/{document}", "document", ("document",), "DocumentAnswer", "", {"zh": "一份文稿的记录与全文；位置均按全文字符计。", "en": "The record of a document and its text as read; all offsets count its characters."}),
)  # fmt: skip
"""Every path of the API."""


def description() -> dict[str, object]:
    """Return the OpenAPI 3.1 description; its schemas are made from the types that the answers are made of."""
    (_, _, _, _), schemas = msgspec.json.schema_components(
        (Hit, Facets, Point, Record), ref_template="#/components/schemas/{name}"
    )
    schemas = json.loads(json.dumps({**schemas, **_answers(schemas["Hit"])}), object_hook=_decimal_as_number)
    paths = {path.path: {"get": _operation(path)} for path in PATHS}
    info = {"title": "speechmine", "version": __version__, "description": "Findings of Chinese speeches, read only."}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def _operation(path: Path) -> dict[str, object]:
    refused = {"description": "Refused", "content": _content("Refusal")}
    return {
        "operationId": path.operation,
        "summary": path.told["en"],
        "parameters": [_parameter(name, path.path) for name in path.parameters],
        "responses": {
            "200": {"description": "OK", "content": _content(path.answer)},
            **dict.fromkeys(("400", "401", "403", "404", "405", "414", "421", "503"), refused),
        },
    }


def _parameter(name: str, path: str) -> dict[str, object]:
    inside = f"{{{name}}}" in path
    place = {"in": "path", "required": True} if inside else {"in": "query", "required": False}
    return {"name": name, **place, "description": PARAMETERS[name].told["en"], "schema": PARAMETERS[name].schema}


def _content(name: str) -> dict[str, object]:
    return {"application/json": {"schema": _ref(name)}}


def _ref(name: str) -> dict[str, object]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _answers(hit: dict[str, dict[str, object]]) -> dict[str, object]:
    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    own = {name: value for name, value in hit["properties"].items() if name != "number"}
    return {
        "HitAnswer": _object(**own, every={"type": "array", "items": text}, link=text),
        "SearchAnswer": _object(
            total={"type": "integer"},
            exact={"type": "boolean"},
            page={"type": "integer"},
            limit={"type": "integer"},
            next=maybe,
            hits={"type": "array", "items": _ref("HitAnswer")},
        ),
        "ValuesAnswer": _object(metric=text, values={"type": "array", "items": _ref("Point")}),
        "DocumentAnswer": _object(record=_ref("Record"), text=maybe),
        "Refusal": _object(error=text, message=text, detail=text),
    }


def _decimal_as_number(node: dict[str, object]) -> dict[str, object]:
    # msgspec describes a Decimal as a string; the API writes it as the number it is.
    return {"type": "number"} if node.get("format") == "decimal" else node
