"""The run file: what to read, how, and what to write; checked before anything is read."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.extracting import Options

Megabytes = Annotated[int, msgspec.Meta(ge=200)]
Positive = Annotated[int, msgspec.Meta(ge=1)]


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the tables of a run file."""


class Outputs(_Table, frozen=True, kw_only=True):
    """What to write.

    Attributes:
        folder: Folder for all of it and for the ledger.
        jsonl: Whether to write records as JSON lines.
        parquet: Whether to write tables for data frames.
        texts: Whether to store the texts as read that stand in no text file.
        store: Name of a store to search, in the folder; nothing for none.
        documents_per_file: Records of one file of JSON lines.
    """

    folder: str
    jsonl: bool = True
    parquet: bool = False
    texts: bool = False
    store: Annotated[str, msgspec.Meta(pattern=r"^[^/\\\\]+\.(sqlite|sqlite3|db)$")] | None = None
    documents_per_file: Positive = 10_000


class Reading(_Table, frozen=True, kw_only=True):
    """The table ``[options]``: as the options of `speechmine extract`."""

    reference_date: str | None = None
    explain: bool = False
    encoding: str | None = None
    text_column: str | None = None
    rules: list[str] = []


class Limits(_Table, frozen=True, kw_only=True):
    """What one document may cost.

    Attributes:
        seconds: Time for each begun megabyte of a document. Common ones need 7, the longest 25.
        memory_mb: Address space of a worker. 100 MB are code and rules; a document needs ten times its size.
        documents_per_worker: After so many documents a worker is replaced by a fresh one.
    """

    seconds: Positive = 120
    memory_mb: Megabytes = 1000
    documents_per_worker: Positive = 5000


class Engine(_Table, frozen=True, kw_only=True):
    """Who does the work.

    Attributes:
        kind: Processes of this machine, or a Dask cluster.
        workers: How many, or None for one a core; on Dask for as many as are there.
        scheduler: Address or scheduler file of the Dask cluster; None starts one on this machine.
        send_files: Whether files go to the workers as bytes, because the workers do not see the same folders.
    """

    kind: Literal["process", "dask"] = "process"
    workers: Positive | None = None
    scheduler: str | None = None
    send_files: bool = False


class _Top(_Table, frozen=True, kw_only=True):
    inputs: Annotated[list[str], msgspec.Meta(min_length=1)]
    outputs: Outputs
    options: Reading = Reading()
    limits: Limits = Limits()
    engine: Engine = Engine()


class RunFile(_Table, frozen=True, kw_only=True):
    """A run file, with all paths as they lead from here.

    Attributes:
        inputs: Files, folders and patterns, in the order to read them in.
        folder: The output folder.
        outputs: What to write there.
        options: How to read and extract.
        limits: What one document may cost.
        engine: Who does the work.
    """

    inputs: list[Path]
    folder: Path
    outputs: Outputs
    options: Options
    limits: Limits
    engine: Engine


_SUBTABLES = {"outputs": Outputs, "options": Reading, "limits": Limits, "engine": Engine}


def read_run_file(path: Path) -> RunFile:
    """Read and check a run file; its paths are relative to the folder that it lies in.

    Raises:
        SpeechmineError: It cannot be read, is not valid TOML, or a key is unknown, missing or has a wrong value.
    """
    table = _parsed(path)
    for name, allowed, found in _levels(table):
        _refuse_unknown(path, name, allowed, found)
    try:
        top = msgspec.convert(table, _Top)
    except msgspec.ValidationError as error:
        raise SpeechmineError(_told(str(error)), str(path), "docs/runs.md shows a whole run file.") from error
    here = path.parent
    rules = tuple(here / name for name in top.options.rules)
    reading = top.options
    options = Options(reading.reference_date, reading.explain, reading.encoding, rules, reading.text_column)
    return RunFile(
        inputs=[here / name for name in top.inputs],
        folder=(here / top.outputs.folder).resolve(),
        outputs=top.outputs,
        options=options,
        limits=top.limits,
        engine=top.engine,
    )


def _parsed(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not UTF-8"
        raise SpeechmineError(f"cannot be read ({reason})", str(path), "pipelines/ holds examples.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SpeechmineError(f"not valid TOML ({error})", str(path), "docs/runs.md shows a whole run file.") from error


def _levels(table: dict[str, object]) -> Iterator[tuple[str, tuple[str, ...], dict[str, object]]]:
    yield "", _Top.__struct_fields__, table
    for name, kind in _SUBTABLES.items():
        inner = table.get(name)
        if isinstance(inner, dict):
            yield name, kind.__struct_fields__, inner


def _refuse_unknown(path: Path, name: str, allowed: tuple[str, ...], found: dict[str, object]) -> None:
    unknown = next((key for key in found if key not in allowed), None)
    if unknown is None:
        return
    key = f"{name}.{unknown}" if name else unknown
    place = f"[{name}]" if name else "A run file"
    raise SpeechmineError(f"unknown key {key}", str(path), f"{place} may hold {', '.join(allowed)}.")


def _told(message: str) -> str:
    """Say a message of msgspec in words of TOML.

    >>> _told("Expected `int`, got `str` - at `$.limits.seconds`")
    'limits.seconds: expected a whole number, got text'
    >>> _told("Object missing required field `folder` - at `$.outputs`")
    'outputs: the key folder is missing'
    """
    what, _, place = message.partition(" - at ")
    place = place.strip("`").removeprefix("$").removeprefix(".")
    what = what.replace("Object missing required field `", "the key `")
    if what.startswith("the key"):
        what += " is missing"
    for word, plain in _WORDS:
        what = what.replace(word, plain)
    what = what.replace("`", "")
    what = what[0].lower() + what[1:]
    return f"{place}: {what}" if place else what


_WORDS = (
    ("`int", "`a whole number"),
    ("`str", "`text"),
    ("`bool", "`true or false"),
    ("`array", "`a list"),
    ("`object", "`a table"),
    ("| null", "or nothing"),
    ("`date", "`a date (write it in quotes)"),
)
