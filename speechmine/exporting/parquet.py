"""Records as Parquet tables for data frames: the only door to pyarrow."""

from contextlib import suppress
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.exporting.columns import COLUMNS, Kind, Row, rows
from speechmine.records import Record

try:
    import pyarrow
    from pyarrow import parquet
except ImportError as error:
    hint = "pip install 'speechmine[parquet]'"
    raise SpeechmineError("pyarrow is not installed", "outputs.parquet", hint) from error

_ROWS = 20_000
_KINDS: dict[Kind, pyarrow.DataType] = {
    "text": pyarrow.string(),
    "whole": pyarrow.int64(),
    "number": pyarrow.float64(),
    "flag": pyarrow.bool_(),
    "texts": pyarrow.list_(pyarrow.string()),
}


class Tables:
    """The tables of one folder, written row group by row group."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._tables = {name: _Table(folder / f"{name}.parquet", columns) for name, columns in COLUMNS.items()}

    def add(self, line: bytes, record: Record) -> None:
        """Add the findings of one document."""
        for name, row in rows(record):
            self._tables[name].add(row)

    def close(self) -> None:
        """Finish the files."""
        for table in self._tables.values():
            table.close()

    def abandon(self) -> None:
        """Let go of the files, whatever of them can be written."""
        for table in self._tables.values():
            table.abandon()


class _Table:
    def __init__(self, path: Path, columns: dict[str, Kind]) -> None:
        self._schema = pyarrow.schema([(name, _KINDS[kind]) for name, kind in columns.items()])
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) == _ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        with suppress(OSError):
            self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []
