"""Records as data frames: the only door to pandas and polars."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, overload

from speechmine.errors import SpeechmineError
from speechmine.exporting.columns import COLUMNS, Kind, Value, rows
from speechmine.records import Record

if TYPE_CHECKING:
    import pandas
    import polars

_PANDAS: dict[Kind, str] = {
    "text": "string", "whole": "Int64", "number": "Float64", "flag": "boolean", "texts": "object",
}  # fmt: skip


@overload
def to_frame(records: Iterable[Record], kind: str = "measures") -> "pandas.DataFrame": ...
@overload
def to_frame(records: Iterable[Record], kind: str, library: Literal["pandas"]) -> "pandas.DataFrame": ...
@overload
def to_frame(records: Iterable[Record], kind: str = ..., *, library: Literal["polars"]) -> "polars.DataFrame": ...
def to_frame(
    records: Iterable[Record], kind: str = "measures", library: Literal["pandas", "polars"] = "pandas"
) -> "pandas.DataFrame | polars.DataFrame":
    """Return one table of the findings as a data frame: the columns of CSV and Parquet, empty ones typed too.

    Args:
        records: What was found: `records_of` a file, or what `analyse` returned.
        kind: ``documents``, ``mechanisms``, ``components``, ``goals``, ``figures`` or ``measures``.
        library: ``pandas`` or ``polars``.

    Raises:
        SpeechmineError: There is no such table, or the library is not installed.

    >>> from speechmine import Document, analyse, load_rules, to_frame
    >>> record = analyse(Document.of("2024年，全市要确保新增就业不低于3万人。"), load_rules())
    >>> to_frame([record], "goals")[["metric", "value", "unit"]].values.tolist()
    [['新增就业', 3.0, '万人']]
    """
    if kind not in COLUMNS:
        raise SpeechmineError("no such table", kind, f"Tables: {', '.join(COLUMNS)}.")
    columns: dict[str, list[Value]] = {name: [] for name in COLUMNS[kind]}
    for record in records:
        for table, row in rows(record):
            if table == kind:
                for name, values in columns.items():
                    values.append(row.get(name))
    return _polars(columns, kind) if library == "polars" else _pandas(columns, kind)


def _pandas(columns: dict[str, list[Value]], kind: str) -> "pandas.DataFrame":
    try:
        import pandas
    except ImportError as error:
        raise SpeechmineError("pandas is not installed", "to_frame", "pip install pandas") from error
    kinds = COLUMNS[kind]
    return pandas.DataFrame({
        name: pandas.Series(values, dtype=_PANDAS[kinds[name]]) for name, values in columns.items()
    })  # fmt: skip


def _polars(columns: dict[str, list[Value]], kind: str) -> "polars.DataFrame":
    try:
        import polars
    except ImportError as error:
        raise SpeechmineError("polars is not installed", "to_frame", "pip install polars") from error
    types = {
        "text": polars.String(), "whole": polars.Int64(), "number": polars.Float64(), "flag": polars.Boolean(),
        "texts": polars.List(polars.String()),
    }  # fmt: skip
    return polars.DataFrame(columns, schema={name: types[told] for name, told in COLUMNS[kind].items()})
