"""The commands of the store: fill it, search it, see whether it is whole."""

import os
import sys
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli_rules import printable, refusing
from speechmine.errors import SpeechmineError

if TYPE_CHECKING:
    from speechmine.records import Record
    from speechmine.store import Page, Sort

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
    from speechmine.store import records_of, texts_of

    def given() -> "Iterator[tuple[Record, str | None]]":
        text_of = texts_of(records, texts)
        for path in records:
            for record in records_of(path):
                yield record, text_of(record)

    with refusing():
        counts = put(given(), store)
    told = f"{counts.new:,} new, {counts.changed:,} changed, {counts.same:,} as they were"
    former = f", {counts.removed:,} former taken out" if counts.removed else ""
    total = counts.new + counts.changed + counts.same
    click.echo(printable(f"{store}: {total:,} documents: {told}{former}; {counts.texts:,} with text"), err=True)


class _Number(click.ParamType[Decimal]):
    """An exact number."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read it."""
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is not a number.", param, ctx)
        return found


@click.command(context_settings={"ignore_unknown_options": True})  # -通报 is a word that must not be found
@click.argument("query", nargs=-1)
@click.option(
    "--store", type=click.Path(path_type=Path, dir_okay=False), help="The store; speechmine.sqlite here if not given."
)
@click.option("--kind", type=click.Choice(["mechanism", "goal", "measure", "figure"]), help="Kind of finding.")
@click.option(
    "--every", metavar="PERIOD", help="Rhythm of a mechanism: P1W is weekly, P1M monthly; regular, irregular."
)
@click.option("--metric", help="Part of what a goal measures; =固定资产投资 is the whole.")
@click.option("--unit", help="Unit as written or canonical: 亿元, CNY, percent.")
@click.option("--min", "minimum", type=_Number(), help="Smallest value: in --unit, or else in the canonical unit.")
@click.option("--max", "maximum", type=_Number(), help="Largest value.")
@click.option("--owner", help="Part of the name of who is to do it; =市发改委 is the whole.")
@click.option("--place", help="Part of the place of the speech; =唐山市 is the whole.")
@click.option("--year", type=int, help="Year of the speech.")
@click.option("--due-before", metavar="DATE", help="Deadlines that end before 2025, 2025-06 or 2025-06-15 begins.")
@click.option("--status", type=click.Choice(["in-force", "required", "proposed"]), help="Of mechanisms.")
@click.option("--topic", help="Policy field of measures.")
@click.option("--sort", type=click.Choice(["newest", "oldest", "largest", "smallest", "deadline"]), default="newest",
    show_default=True, help="Order of the hits.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many to show.")
@click.option("--json", "style", flag_value="json", help="One JSON object instead of text.")
@click.option("--csv", "style", flag_value="csv", help="CSV instead of text.")
def search(
    query: tuple[str, ...],
    store: Path | None,
    kind: str | None,
    every: str | None,
    metric: str | None,
    unit: str | None,
    minimum: Decimal | None,
    maximum: Decimal | None,
    owner: str | None,
    place: str | None,
    year: int | None,
    due_before: str | None,
    status: str | None,
    topic: str | None,
    sort: "Sort",
    limit: int,
    style: str | None,
) -> None:
    """Find findings by words and filters.

    QUERY: words that must all stand in the sentence or in the metric, owner, place or speaker; "phrases" with blanks; OR
    between two words; -通报 for one that must not. Any string of one or more characters, in either script. Without a query
    the filters alone decide.
    """
    from speechmine.store import Query, Store

    unknown = next((word for word in query if word.startswith("--")), None)
    if unknown is not None:
        raise click.NoSuchOption(printable(unknown))
    asked = Query(
        words=" ".join(query), kind=kind, every=every, metric=metric, unit=unit, minimum=minimum, maximum=maximum,
        owner=owner, place=place, year=year, due_before=due_before, status=status, topic=topic, sort=sort, limit=limit,
    )  # fmt: skip
    with refusing(), Store.open(_existing(store), seconds=10.0) as opened:
        page = opened.search(asked)
    try:
        sys.stdout.buffer.write(_told(page, style).encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    shown = "" if len(page.hits) == page.total and page.exact else f", {len(page.hits):,} shown"
    click.echo(f"{page.told} found{shown}", err=True)


def _existing(store: Path | None) -> Path:
    """Return the store that is meant."""
    if store is not None:
        return store
    if not Path(_DEFAULT).is_file():
        hint = "Make it: speechmine index RECORDS.jsonl; or name another with --store FILE."
        raise SpeechmineError("there is no such store here", _DEFAULT, hint)
    return Path(_DEFAULT)


def _told(page: "Page", style: str | None) -> str:
    from speechmine.exporting import hits

    if style == "json":
        return hits.as_json(page)
    if style == "csv":
        return hits.as_csv(page)
    return "".join(f"{line}\n" for line in hits.told(page, bold=sys.stdout.isatty()))


@click.command()
@click.argument("store", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--rebuild", is_flag=True, help="Make the full-text index again from the tables.")
@click.option("--recover", metavar="NEW", type=click.Path(path_type=Path, dir_okay=False),
    help="Put every record that can still be read into a new store.",
)  # fmt: skip
def doctor(store: Path | None, rebuild: bool, recover: Path | None) -> None:
    """See whether a STORE is whole, and say what to do where it is not.

    Checks the pages of the file, the links between the tables, every record and quote, and the full-text index against the
    tables. Exit status: 0 all well or mended, 1 something is wrong, 2 wrong usage.
    """
    from speechmine.store import doctor as examining

    with refusing():
        place = _existing(store)
        if recover is not None:
            saved = examining.recover(place, recover)
            click.echo(printable(f"{recover}: {saved.told()}"), err=True)
            sys.exit(1 if saved.lost else 0)
        if rebuild:
            examining.rebuild(place)
            click.echo(printable(f"{place}: the full-text index is made again"), err=True)
        findings = 0
        for finding in examining.examine(place):
            click.echo(printable(f"{finding.what}. {finding.hint}"))
            findings += 1
    click.echo(printable(f"{place}: {'all well' if not findings else f'{findings} wrong'}"), err=True)
    sys.exit(1 if findings else 0)
