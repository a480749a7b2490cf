"""Records as JSON: the only place that knows how values are written."""

import msgspec

from speechmine.records import Record

_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")


def json_line(record: Record) -> bytes:
    """Write a record as one line of JSON in UTF-8, without the line end."""
    return _ENCODER.encode(record)
