"""The annotation tools as seen from outside: what they make of a file they import, and what people do in them."""

import json
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import TypedDict

import jsonschema
from hypothesis import strategies as st

from speechmine import Document, analyse, load_rules
from speechmine.annotating.converting import sheet_of_record
from speechmine.annotating.doccano import doccano_line, from_doccano
from speechmine.annotating.label_studio import from_tasks, tasks
from speechmine.annotating.sheets import Sheet
from tests.samples import hostile, orders


class Value(TypedDict, total=False):
    """Where a region stands, and what one control says of it."""

    start: int | None
    end: int | None
    text: str | list[str]
    labels: list[str]
    choices: list[str]
    number: float


class Result(TypedDict):
    """One result of Label Studio: a region, or one field of it."""

    id: str
    from_name: str
    to_name: str
    type: str
    origin: str
    value: "Value"


class Prediction(TypedDict):
    result: list[Result]


class Task(TypedDict):
    data: dict[str, str]
    predictions: list[Prediction]


SCHEMAS = Path(__file__).with_name("schemas")


def sheet_of(text: str, name: str = "a.txt") -> Sheet:
    document = Document.of(text, name)
    return sheet_of_record(analyse(document, load_rules()), document)


def sheets() -> st.SearchStrategy[Sheet]:
    """Return documents with findings, between characters that break offsets."""
    lines = st.lists(
        st.one_of(orders(), hostile(), st.sampled_from(["𠮷县", "<b>&amp;</b>", "\x00", "\u2028", "👨‍👩‍👧", "\r"])),
        min_size=1,
        max_size=5,
    )
    return st.builds(
        lambda parts, end: sheet_of(end.join(["𠮷", *parts])), lines, st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
    )  # fmt: skip


def valid(name: str, value: object) -> None:
    """Check a value against one of the schemas."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(value)


class Doccano:
    """A document in doccano: it forgets ids of spans, keeps meta as it is, and counts UTF-16."""

    def __init__(self, sheet: Sheet) -> None:
        line = json.loads(doccano_line(sheet))
        valid("doccano_import", line)
        self.text: str = line.pop("text")
        self.spans: list[tuple[int, int, str]] = [(start, end, label) for start, end, label in line.pop("label")]
        self.meta = line

    def add(self, start: int, end: int, label: str) -> None:
        """Select characters as a browser counts them."""
        self.spans.append((self.units(start), self.units(end), label))

    def units(self, offset: int) -> int:
        return len(self.text[:offset].encode("utf-16-le", "surrogatepass")) // 2

    def exported(self, relations: bool = False) -> bytes:
        entities = [
            {"id": number, "label": label, "start_offset": start, "end_offset": end}
            for number, (start, end, label) in enumerate(sorted(self.spans), 700)
        ]
        spans: dict[str, object] = (
            {"entities": entities, "relations": []} if relations else {"label": sorted(self.spans)}
        )
        return json.dumps({"id": 17, "text": self.text, **self.meta, **spans, "Comments": []}).encode() + b"\n"

    def returned(self, approved: bool = False) -> Sheet:
        (sheet,) = from_doccano(self.exported(), "all.jsonl", approved)
        return sheet


class LabelStudio:
    """A task in Label Studio: results keep their ids; a submitted annotation begins as a copy of the prediction."""

    def __init__(self, sheet: Sheet) -> None:
        (task,) = made_tasks([sheet])
        self.task = task
        self.results = deepcopy(task["predictions"][0]["result"])
        self.text = task["data"]["text"]

    def of(self, region: str) -> list[Result]:
        return [result for result in self.results if result["id"] == region]

    def field(self, region: str, name: str) -> Value:
        (value,) = (result["value"] for result in self.of(region) if result["from_name"] == name)
        return value

    def delete(self, region: str) -> None:
        self.results = [result for result in self.results if result["id"] != region]

    def move(self, region: str, start: int, end: int) -> None:
        for result in self.of(region):
            result["value"].update({"start": start, "end": end})
            if result["type"] != "textarea":
                result["value"]["text"] = self.text[start:end].replace("\n", "\\n")

    def add(self, region: str, start: int, end: int, label: str) -> None:
        value: Value = {"start": start, "end": end, "text": self.text[start:end], "labels": [label]}
        self.results.append({
            "id": region, "from_name": "label", "to_name": "text", "type": "labels", "value": value, "origin": "manual",
        })  # fmt: skip

    def submitted(self, **facts: object) -> dict[str, object]:
        return {
            "id": 5,
            "completed_by": 1,
            "result": self.results,
            "was_cancelled": False,
            "ground_truth": False,
            **facts,
        }

    def exported(self, *annotations: dict[str, object]) -> bytes:
        return json.dumps([{**self.task, "id": 9, "annotations": annotations, "predictions": [], "meta": {}}]).encode()

    def returned(self) -> Sheet:
        (sheet,) = from_tasks(self.exported(self.submitted()), "export.json", no_doubt)
        return sheet


def made_tasks(sheets: Iterable[Sheet]) -> list[Task]:
    found: list[Task] = json.loads(b"".join(tasks(sheets)))
    valid("label_studio_tasks", found)
    return found


def no_doubt(message: str) -> None:
    raise AssertionError(message)
