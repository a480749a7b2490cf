"""The tables that findings make: one for each kind, with the columns that CSV, JSON lines, Parquet and frames share.

``document`` joins a table with that of documents; ``id`` names a finding. ``value_text`` is the number exactly as written.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from speechmine.records import Canonical, Deadline, Figure, Goal, Measure, Mechanism, Record

Kind: TypeAlias = Literal["text", "whole", "number", "flag", "texts"]
Value: TypeAlias = "str | int | float | bool | list[str] | None"
Row: TypeAlias = dict[str, Value]

_PLACE: dict[str, Kind] = {"quote": "text", "start": "whole", "end": "whole"}
_FINDING: dict[str, Kind] = {
    "document": "text", "id": "text", "owner": "texts", "speaker": "text", "speech": "text", "section": "texts",
    "rule": "text", **_PLACE,
}  # fmt: skip
_QUANTITY: dict[str, Kind] = {
    **_FINDING, "metric": "text", "kind": "text", "value": "number", "upper": "number", "value_text": "text",
    "unit": "text", "comparator": "text", "canonical_value": "number", "canonical_upper": "number",
    "canonical_unit": "text", "masked": "flag", "deadline_text": "text", "deadline": "text", "pair": "text",
}  # fmt: skip
COLUMNS: dict[str, dict[str, Kind]] = {
    "documents": {
        "document": "text", "source": "text", "title": "text", "published": "text", "publisher": "text",
        "genre": "text", "script": "text", "encoding": "text", "complete": "flag", "reference_date": "text",
        "reprint_of": "text", "warnings": "texts", "speeches": "whole", "mechanisms": "whole", "goals": "whole",
        "figures": "whole", "measures": "whole",
    },
    "mechanisms": {**_FINDING, "name": "text", "kind": "text", "status": "text"},
    "components": {"document": "text", "mechanism": "text", "every": "text", "action": "text", "text": "text"},
    "goals": {**_QUANTITY, "commitment": "text"},
    "figures": {**_QUANTITY, "role": "text"},
    "measures": {
        **_FINDING, "text": "text", "action": "text", "object": "text", "commitment": "text", "deadline_text": "text",
        "deadline": "text", "topic": "text", "mechanisms": "texts", "goals": "texts",
    },
}  # fmt: skip
"""Tables and their columns."""


def rows(record: Record) -> Iterator[tuple[str, Row]]:
    """Yield the rows of one document, each with the name of its table; columns left out are empty."""
    document = record.document
    yield "documents", _document(record)
    for mechanism in record.mechanisms:
        names = {"name": mechanism.name, "kind": mechanism.kind, "status": mechanism.status}
        yield "mechanisms", {**_finding(mechanism, document.id), **names}
        for part in mechanism.components:
            told = {"every": part.every, "action": part.action, "text": part.text}
            yield "components", {"document": document.id, "mechanism": mechanism.id, **told}
    for goal in record.goals:
        yield "goals", {**_quantity(goal, document.id), "commitment": goal.commitment}
    for figure in record.figures:
        yield "figures", {**_quantity(figure, document.id), "role": figure.role}
    for measure in record.measures:
        yield "measures", _measure(measure, document.id)


def _document(record: Record) -> Row:
    document = record.document
    return {
        "document": document.id, "source": document.source, "title": document.title, "published": document.published,
        "publisher": document.publisher, "genre": document.genre, "script": document.script,
        "encoding": document.encoding, "complete": document.complete, "reference_date": document.reference_date,
        "reprint_of": document.reprint_of, "warnings": document.warnings, "speeches": len(record.speeches),
        "mechanisms": len(record.mechanisms), "goals": len(record.goals), "figures": len(record.figures),
        "measures": len(record.measures),
    }  # fmt: skip


def _finding(item: Mechanism | Goal | Figure | Measure, document: str) -> Row:
    place = item.evidence
    return {
        "document": document, "id": item.id, "owner": item.owner, "speaker": item.speaker, "speech": item.speech,
        "section": item.section, "rule": item.rule, "quote": place.quote, "start": place.start, "end": place.end,
    }  # fmt: skip


def _quantity(item: Goal | Figure, document: str) -> Row:
    return {
        **_finding(item, document), "metric": item.metric, "kind": item.kind, "value": _float(item.value),
        "upper": _float(item.upper), "value_text": None if item.value is None else f"{item.value:f}",
        "unit": item.unit, "comparator": item.comparator, "masked": item.masked, "pair": item.pair,
        **_canonical(item.canonical), **_deadline(item.deadline),
    }  # fmt: skip


def _measure(item: Measure, document: str) -> Row:
    return {
        **_finding(item, document), "text": item.text, "action": item.action, "object": item.object,
        "commitment": item.commitment, "topic": item.topic, "mechanisms": item.mechanisms, "goals": item.goals,
        **_deadline(item.deadline),
    }  # fmt: skip


def _canonical(found: Canonical | None) -> Row:
    if found is None:
        return {}
    return {
        "canonical_value": _float(found.value), "canonical_upper": _float(found.upper), "canonical_unit": found.unit
    }  # fmt: skip


def _deadline(found: Deadline | None) -> Row:
    return {} if found is None else {"deadline_text": found.text, "deadline": found.edtf}


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
