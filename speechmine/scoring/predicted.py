"""What speechmine says of the annotated documents: from its JSON lines, or extracted on the spot."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from speechmine.analysis import analyse
from speechmine.errors import SpeechmineError
from speechmine.records import Record
from speechmine.rules import load_rules
from speechmine.scoring.annotated import Annotated

_DECODER = msgspec.json.Decoder(Record)


def read_records(path: Path) -> dict[str, Record]:
    """Read the records that `speechmine extract` wrote, by the last part of their source, and by the name that `--texts` stores their text under.

    Raises:
        SpeechmineError: The file cannot be read, or a line is no record.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SpeechmineError(f"cannot be read ({(error.strerror or str(error)).lower()})", str(path)) from error
    records = (_record(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip())
    named: dict[str, Record] = {}
    for record in records:
        named[f"{record.document.id}.txt"] = record
        named[Path(record.document.source).name] = record
    return named


def extracted_records(gold: Iterable[Annotated]) -> dict[str, Record]:
    """Extract the texts of the gold."""
    rules = load_rules()
    return {annotated.name: analyse(annotated.document, rules) for annotated in gold}


def _record(line: bytes, where: str) -> Record:
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = "Give the JSON lines that `speechmine extract` writes."
        raise SpeechmineError(f"not a record ({error})", where, hint) from error
