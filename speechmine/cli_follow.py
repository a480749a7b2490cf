"""The command that looks across speeches: thin, like the others."""

from decimal import Decimal
from pathlib import Path

import click

from speechmine.cli_rules import printable, refusing

_PARTS = ("goals", "measures", "mechanisms", "elsewhere")


@click.command()
@click.argument("records", metavar="STORE|RECORDS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_PARTS),
    help="Follow only these; may be given several times. All if not given.",
)  # fmt: skip
@click.option("--place", help="Only the speeches of this place.")
@click.option("--metric", help="Only goals of this family (gdp, urban-jobs …), or with these words in their metric.")
@click.option("--at", type=(str, str), multiple=True, metavar="PATTERN PLACE",
    help="The place of speeches that name none, by the pattern of their source: --at 'gwr_*' 全国.",
)  # fmt: skip
@click.option("--texts", multiple=True, type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the texts: what was extracted, or where `extract --texts` stored them; may be given several times.",
)  # fmt: skip
@click.option("--tolerance", type=click.FloatRange(0, 100), default=5, show_default=True,
    help="Percent of a number that 左右 allows on either side.",
)  # fmt: skip
@click.option(
    "--alike", type=click.FloatRange(0.05, 1), help="Least likeness of measures that are one.  [default: 0.4]"
)
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True,
    help="How many of each list the text shows; 0 for all.",
)  # fmt: skip
@click.option("--json", "style", flag_value="json", help="One JSON object: everything, with both quotes.")
@click.option("--csv", "style", flag_value="csv", help="A table for spreadsheets: a row for each, with both quotes.")
def follow(
    records: tuple[Path, ...],
    kinds: tuple[str, ...],
    place: str | None,
    metric: str | None,
    at: tuple[tuple[str, str], ...],
    texts: tuple[Path, ...],
    tolerance: float,
    alike: float | None,
    limit: int,
    style: str | None,
) -> None:
    """Follow goals, measures and mechanisms from speech to speech.

    Which goal of one year met which result of the next (same place, bodies, metric and period): met, missed, unreported;
    which measures and mechanisms return, appear or vanish; which measures other places have too. RECORDS are a store, JSON
    lines, or the folder of a run. Measures need scikit-learn: pip install 'speechmine[follow]'.
    """
    from speechmine import following
    from speechmine.following.sheet import as_csv, as_json
    from speechmine.following.telling import told
    from speechmine.store import records_of, texts_of

    parts = [part for part in following.PARTS if not kinds or part in kinds]
    bounds = following.Bounds(Decimal(str(tolerance)), following.ALIKE if alike is None else alike)
    with refusing():
        asked = following.Asked(at, place, metric, texts_of(records, texts))
        found = following.follow((one for path in records for one in records_of(path)), asked, parts, bounds)
    if style == "json":
        click.echo(as_json(found), nl=False)
    elif style == "csv":
        click.echo(as_csv(found).encode(), nl=False)
    else:
        for line in told(found, parts, limit):
            click.echo(printable(line))
