"""Where records come from: JSON lines, a JSON array, the folder of a run, or a store. The one door to reading them."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.json_lines import record_of, records_of_array
from speechmine.records import Record

MAGIC = b"SQLite format 3\0"
"""How an SQLite file begins."""

_HINT = "Give the JSON lines that `speechmine extract` writes, the folder of a run, or a store."
_BOM = b"\xef\xbb\xbf"


def records_of(path: Path) -> Iterator[Record]:
    """Yield the records that a path holds, one after the other, so that their number costs no memory.

    Args:
        path: JSON lines, a JSON array (`extract --format json`), a run's output folder or its ``records``, or a store.

    Raises:
        SpeechmineError: It cannot be read, or a line is no record; the line is named.
    """
    try:
        if path.is_dir():
            for shard in _shards(path):
                yield from _lines(shard)
            return
        if is_store(path):
            yield from _stored(path)
            return
        with path.open("rb") as file:
            head = file.read(64)
        if head.removeprefix(_BOM).lstrip()[:1] == b"[":
            yield from _array(path)
        else:
            yield from _lines(path)
    except OSError as error:
        raise SpeechmineError(f"cannot be read ({(error.strerror or str(error)).lower()})", str(path), _HINT) from error


def is_store(path: Path) -> bool:
    """Say whether a path is a file that can be read and begins as a store does."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _shards(folder: Path) -> list[Path]:
    inside = folder / "records" if (folder / "records").is_dir() else folder
    found = sorted(path for path in inside.glob("*.jsonl") if not path.name.startswith("."))
    if not found:
        hint = "A run writes records with `jsonl = true` in [outputs]."
        raise SpeechmineError("no records in this folder (*.jsonl)", str(folder), hint)
    return found


def _lines(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            line = line.removeprefix(_BOM) if number == 1 else line
            if line.strip():
                yield _record(line, path, number)


def _record(line: bytes, path: Path, number: int) -> Record:
    try:
        return record_of(line)
    except ValueError as error:
        raise SpeechmineError(f"not a record ({error})", f"{path}, line {number}", _HINT) from error


def _array(path: Path) -> Iterator[Record]:
    """Read an array: line by line as `extract` writes it; any other as a whole."""
    with path.open("rb") as file:
        if file.readline().removeprefix(_BOM).strip() == b"[" and _is_whole(file.readline()):
            file.seek(0)
            for number, line in enumerate(file, 1):
                words = line.strip().strip(b",")
                if number > 1 and words not in {b"", b"]"}:
                    yield _record(words, path, number)
            return
        file.seek(0)
        data = file.read().removeprefix(_BOM)
    try:
        yield from records_of_array(data)
    except ValueError as error:
        raise SpeechmineError(f"not an array of records ({error})", str(path), _HINT) from error


def _is_whole(line: bytes) -> bool:
    """Whether a line is a value by itself."""
    try:
        json.loads(line.strip().strip(b","))
    except (ValueError, RecursionError):
        return False
    return True


def _stored(path: Path) -> Iterator[Record]:
    from speechmine.store.inserting import inflated
    from speechmine.store.migrating import up_to_date
    from speechmine.store.opening import BROKEN, opened, told

    up_to_date(path)
    with closing(opened(path)) as base:
        try:
            for number, line in base.execute("SELECT document, line FROM records ORDER BY document"):
                yield _record(inflated(line), path, number)
        except BROKEN as error:
            raise told(error, path) from error
