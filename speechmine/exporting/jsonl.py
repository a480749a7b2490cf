"""Records as JSON lines, and the schema they follow."""

import json

import msgspec

from speechmine.json_lines import json_line, record_of
from speechmine.records import SCHEMA_VERSION, Record

__all__ = ["json_line", "json_schema", "record_of"]


def json_schema() -> str:
    """Return the JSON Schema (2020-12) that every record validates against, as text."""
    # msgspec describes a Decimal as a string; json_line writes it as the number it is.
    schema = json.loads(json.dumps(msgspec.json.schema(Record)), object_hook=_decimal_as_number)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:speechmine:record:{SCHEMA_VERSION}",
        "title": "speechmine record",
    }
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


def _decimal_as_number(node: dict[str, object]) -> dict[str, object]:
    return {"type": "number"} if node.get("format") == "decimal" else node
