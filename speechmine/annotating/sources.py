"""Where sheets come from: records with their texts, or gold with its texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from speechmine.annotating.converting import sheet_of_record
from speechmine.annotating.sheets import Sheet, sheet_of_gold
from speechmine.errors import SpeechmineError
from speechmine.reading import Document
from speechmine.records import Record
from speechmine.scoring import read_gold
from speechmine.store.sources import records_of
from speechmine.store.texts import text_of


def sheets_of_records(path: Path, texts: Sequence[Path]) -> Iterator[tuple[Record, Sheet]]:
    """Yield each record that a path holds, with its sheet.

    Args:
        path: JSON lines, a JSON array, the output folder of a run, or a store.
        texts: Folders of the texts; where not given, the path itself or the folder it lies in.

    Raises:
        SpeechmineError: Records cannot be read, or a text is missing or has changed.
    """
    folders = texts or [path, path / "texts"] if path.is_dir() else texts or [path.parent]
    for record in records_of(path):
        text = text_of(record, folders)
        if text is None:
            where = ", ".join(map(str, folders))
            what = f"its text is not in {where}, or has changed"
            hint = "Name the folder that was extracted with --texts, or store texts with `extract --texts`."
            raise SpeechmineError(what, record.document.source, hint)
        yield record, sheet_of_record(record, Document.of(text, _file(record, folders)))


def sheets_of_gold(path: Path, texts: Sequence[Path]) -> Iterator[Sheet]:
    """Yield a sheet of every gold file.

    Raises:
        SpeechmineError: The gold is malformed, or a text is missing.
    """
    for annotated in read_gold(path, texts or [path if path.is_dir() else path.parent]):
        yield sheet_of_gold(annotated)


def _file(record: Record, folders: Sequence[Path]) -> str:
    """Name the file of a text as gold does: as it was stored, or as the file that was read."""
    stored = f"{record.document.id}.txt"
    if any((folder / stored).is_file() for folder in folders):
        return stored
    return Path(record.document.source).name
