"""Records as JSON lines: the only place that knows how values are written."""

import msgspec

from speechmine.records import Record

_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
_DECODER = msgspec.json.Decoder(Record)
_LIST = msgspec.json.Decoder(list[Record])


def json_line(record: Record) -> bytes:
    """Write a record as one line of JSON in UTF-8, without the line end."""
    return _ENCODER.encode(record)


def record_of(line: bytes) -> Record:
    """Read what `json_line` wrote.

    Raises:
        ValueError: It is no record; the message says why.
    """
    try:
        return _DECODER.decode(line)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def records_of_array(data: bytes) -> list[Record]:
    """Read a JSON array of records.

    Raises:
        ValueError: It is none.
    """
    try:
        return _LIST.decode(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def line_of(value: object) -> bytes:
    """Write plain values as one line of JSON, decimals as the numbers they are."""
    return _ENCODER.encode(value)


def json_of(value: object) -> bytes:
    """Write plain values as indented JSON, decimals as the numbers they are."""
    return msgspec.json.format(_ENCODER.encode(value), indent=2)
