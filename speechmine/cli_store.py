"""The commands of the store: fill it, search it, see whether it is whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli_rules import printable, refusing

if TYPE_CHECKING:
    from speechmine.records import Record

_DEFAULT = "speechmine.sqlite"
_RECORDS = click.argument("records", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.command()
@_RECORDS
@click.option("--store", type=click.Path(path_type=Path, dir_okay=False), default=_DEFAULT, show_default=True,
    help="The store; it is made if it is not there.",
)  # fmt: skip
@click.option("--texts", multiple=True, type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the texts: what was extracted, or where `extract --texts` stored them; may be given several times.",
)  # fmt: skip
def index(records: tuple[Path, ...], store: Path, texts: tuple[Path, ...]) -> None:
    """Put RECORDS into a store to search.

    RECORDS are JSON lines, the folder of a run, or another store. With the texts, hits show whole sentences and documents
    can be read; without, the quotes alone. Indexing the same records again changes nothing; a document that has changed
    replaces its findings.
    """
    from speechmine.store import index as put
    from speechmine.store import records_of, text_of

    def given() -> "Iterator[tuple[Record, str | None]]":
        for path in records:
            for record in records_of(path):
                yield record, text_of(record, texts)

    with refusing():
        counts = put(given(), store)
    told = f"{counts.new:,} new, {counts.changed:,} changed, {counts.same:,} as they were"
    former = f", {counts.removed:,} former taken out" if counts.removed else ""
    total = counts.new + counts.changed + counts.same
    click.echo(printable(f"{store}: {total:,} documents: {told}{former}; {counts.texts:,} with text"), err=True)
