"""Where sheets come from: records with their texts, or gold with its texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from speechmine.annotating.converting import sheet_of_record
from speechmine.annotating.sheets import Sheet, sheet_of_gold
from speechmine.errors import SpeechmineError
from speechmine.exporting.jsonl import record_of
from speechmine.reading import Document, read_file
from speechmine.records import Record
from speechmine.scoring import read_gold


def sheets_of_records(path: Path, texts: Sequence[Path]) -> Iterator[tuple[str, Sheet]]:
    """Yield a sheet of every record, with the source that the record names.

    Raises:
        SpeechmineError: Records cannot be read, or a text is missing or has changed.
    """
    for record in _records(path):
        yield record.document.source, sheet_of_record(record, _text_of(record, texts or [path.parent]))


def sheets_of_gold(path: Path, texts: Sequence[Path]) -> Iterator[tuple[str, Sheet]]:
    """Yield a sheet of every gold file, with the name of its text.

    Raises:
        SpeechmineError: The gold is malformed, or a text is missing.
    """
    for annotated in read_gold(path, texts or [path if path.is_dir() else path.parent]):
        yield annotated.name, sheet_of_gold(annotated)


def _records(path: Path) -> Iterator[Record]:
    for line in path.read_bytes().splitlines():
        yield record_of(line)


def _text_of(record: Record, folders: Sequence[Path]) -> Document:
    source = record.document.source
    for folder in folders:
        for name in (source, Path(source).name, f"{record.document.id}.txt"):
            if (folder / name).is_file():
                return read_file(folder / name)
    raise SpeechmineError("its text is not here", source)
