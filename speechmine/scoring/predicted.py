"""What speechmine says of the annotated documents: from its JSON lines, or extracted on the spot."""

from collections.abc import Iterable
from pathlib import Path

from speechmine.analysis import analyse
from speechmine.records import Record
from speechmine.rules import load_rules
from speechmine.scoring.annotated import Annotated
from speechmine.store import records_of


def read_records(path: Path) -> dict[str, Record]:
    """Read the records that `speechmine extract` wrote, by the last part of their source, and by the name that `--texts` stores their text under.

    Raises:
        SpeechmineError: The file cannot be read, or a line is no record.
    """
    named: dict[str, Record] = {}
    for record in records_of(path):
        named[f"{record.document.id}.txt"] = record
        named[Path(record.document.source).name] = record
    return named


def extracted_records(gold: Iterable[Annotated]) -> dict[str, Record]:
    """Extract the texts of the gold."""
    rules = load_rules()
    return {annotated.name: analyse(annotated.document, rules) for annotated in gold}
