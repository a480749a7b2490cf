"""The commands for annotation tools and spaCy: findings out, corrections back as gold. Thin, like the others."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from speechmine.cli_rules import refusing
from speechmine.cli_writing import say, written

if TYPE_CHECKING:
    from speechmine.annotating.sheets import Sheet
    from speechmine.records import Record

    Recorded = Iterator[tuple[Record | None, Sheet]]

CommandT = TypeVar("CommandT", bound=Callable[..., object])

_OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Write there."
)
_GOLD = click.option(
    "--gold", "as_gold", is_flag=True, help="RECORDS are folders of gold (docs/gold.md), or single files."
)
_TEXTS = click.option(
    "--texts", multiple=True, type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the texts that were read, may be given several times; where RECORDS lies if not given.",
)  # fmt: skip
_DIR = click.option(
    "--gold", "gold", metavar="DIR", required=True, type=click.Path(path_type=Path, file_okay=False),
    help="Write the gold files there.",
)  # fmt: skip
_REVIEWED = click.option("--reviewed-only", is_flag=True, help="Leave out documents that no person has reviewed.")
_FIFTH = 5
_FILE = click.argument("file", type=click.Path(path_type=Path))


def _source(command: CommandT) -> CommandT:
    """Give a command its RECORDS, with the texts that they quote."""
    records = click.argument("records", nargs=-1, required=True, type=click.Path(path_type=Path))
    return records(_GOLD(_TEXTS(_OUTPUT(command))))


@click.command("doccano")
@_source
@click.option(
    "--labels", type=click.Path(path_type=Path, dir_okay=False), help="Also write the labels, to be imported first."
)
def export_doccano(
    records: tuple[Path, ...], as_gold: bool, texts: tuple[Path, ...], output: Path, labels: Path | None
) -> None:
    """Carry findings into doccano, as labelled spans that people correct (docs/annotation.md).

    In doccano choose sequence labelling, allow overlapping spans, and do not count grapheme clusters as one character.
    """
    from speechmine.annotating.doccano import doccano_labels, doccano_line

    with refusing():
        lines = [doccano_line(sheet) for sheet in _sheets(records, texts, as_gold)]
        written(output, lines)
        if labels is not None:
            written(labels, doccano_labels())
    say(f"{_documents(len(lines))} to {output}")


@click.command("label-studio")
@_source
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="Also write the labelling config (XML)."
)
def export_label_studio(
    records: tuple[Path, ...], as_gold: bool, texts: tuple[Path, ...], output: Path, config: Path | None
) -> None:
    """Carry findings into Label Studio, as predictions that people correct (docs/annotation.md)."""
    from speechmine.annotating import controls, label_studio

    with refusing():
        sheets = list(_sheets(records, texts, as_gold))
        written(output, label_studio.tasks(sheets))
        if config is not None:
            written(config, controls.config())
    say(f"{_documents(len(sheets))} to {output}")


@click.command("w3c")
@_source
def export_w3c(records: tuple[Path, ...], as_gold: bool, texts: tuple[Path, ...], output: Path) -> None:
    """Write findings as W3C Web Annotations (JSON-LD) that quote their texts."""
    from speechmine.annotating.w3c import collection

    with refusing():
        sourced = _recorded(records, texts, as_gold)
        written(
            output, collection((record.document.source if record else sheet.name, sheet) for record, sheet in sourced)
        )


@click.command("spacy")
@_source
@click.option(
    "--dev", type=click.Path(path_type=Path, dir_okay=False), help="Write each fifth document there, to evaluate on."
)
def export_spacy(
    records: tuple[Path, ...], as_gold: bool, texts: tuple[Path, ...], output: Path, dev: Path | None
) -> None:
    """Write documents as spaCy's DocBin, to train a span categoriser on (docs/spacy.md).

    Needs spaCy: pip install 'speechmine[spacy]'.
    """
    with refusing():
        doc_bins = _spacy()
        main, fifth = doc_bins(_recorded(records, texts, as_gold), _FIFTH if dev else 0)
        written(output, main)
        if dev is not None:
            written(dev, fifth)


TOOLS = (export_doccano, export_label_studio, export_w3c, export_spacy)
"""The commands of `speechmine export`."""


@click.group("import")
def import_() -> None:
    """Bring corrections back from annotation tools, as gold for `score` and `train`."""


@import_.command("doccano")
@_FILE
@_DIR
@_REVIEWED
@click.option("--approved", is_flag=True, help="FILE was exported with “only approved documents”.")
def import_doccano(file: Path, gold: Path, reviewed_only: bool, approved: bool) -> None:
    """Make gold of a JSONL FILE that doccano exported.

    The gold says which documents a person approved (`reviewed`). Exit status: 0 all well, 2 wrong usage or a file that
    is not doccano's.
    """
    from speechmine.annotating.doccano import from_doccano

    with refusing():
        _write_gold(from_doccano(_bytes(file), file.name, approved), gold, reviewed_only)


@import_.command("label-studio")
@_FILE
@_DIR
@_REVIEWED
def import_label_studio(file: Path, gold: Path, reviewed_only: bool) -> None:
    """Make gold of a JSON FILE that Label Studio exported.

    The gold says which documents a person submitted (`reviewed`); of several annotations of one document the ground
    truth counts, else the last. Exit status: 0 all well, 2 wrong usage or a file that is not Label Studio's.
    """
    from speechmine.annotating.label_studio import from_tasks

    with refusing():
        _write_gold(from_tasks(_bytes(file), file.name, say), gold, reviewed_only)


def _recorded(records: tuple[Path, ...], texts: tuple[Path, ...], gold: bool) -> "Recorded":
    """Yield each document, with its record where it has one."""
    from speechmine.annotating.sources import sheets_of_gold, sheets_of_records

    for path in records:
        if gold:
            yield from ((None, sheet) for sheet in sheets_of_gold(path, texts))
        else:
            yield from sheets_of_records(path, texts)


def _sheets(records: tuple[Path, ...], texts: tuple[Path, ...], gold: bool) -> "Iterator[Sheet]":
    return (sheet for _, sheet in _recorded(records, texts, gold))


def _spacy() -> "Callable[[Recorded, int], tuple[bytes, bytes]]":
    from speechmine.errors import SpeechmineError

    try:
        from speechmine.integrations.spacy import doc_bins
    except ImportError as error:
        hint = "Install it: pip install 'speechmine[spacy]'."
        raise SpeechmineError("spaCy is not installed", "export spacy", hint) from error
    return doc_bins


def _write_gold(sheets: "Iterable[Sheet]", folder: Path, reviewed_only: bool) -> None:
    """Write gold files, all or none; what lies in the folder under other names stays."""
    from speechmine.annotating.writing import gold_bytes, gold_names

    named = [
        (name, sheet) for name, sheet in gold_names(sheets) if sheet.gold.reviewed is not False or not reviewed_only
    ]
    files = {name: gold_bytes(sheet) for name, sheet in named}
    _made(folder)
    for name, data in files.items():
        written(folder / name, data)
    waiting = sum(sheet.gold.reviewed is False for _, sheet in named)
    say(f"{_documents(len(files))} to {folder}" + (f", {waiting} of them not reviewed by a person" if waiting else ""))


def _made(folder: Path) -> None:
    from speechmine.errors import SpeechmineError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SpeechmineError(f"cannot be made ({error.strerror})", str(folder), "Name a writable place.") from error


def _bytes(path: Path) -> bytes:
    from speechmine.errors import SpeechmineError

    try:
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({(error.strerror or str(error)).lower()})"
        raise SpeechmineError(what, str(path), "Name the file that the tool exported.") from error


def _documents(count: int) -> str:
    return f"{count} document{'' if count == 1 else 's'}"
