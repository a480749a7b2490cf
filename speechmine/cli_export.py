"""The commands that carry findings to where people work: thin, like the others."""

import click

from speechmine.cli_annotation import TOOLS


@click.group()
def export() -> None:
    """Carry findings into a task ledger, a calendar, tables, briefs and trackers."""


for tool in TOOLS:
    export.add_command(tool)
