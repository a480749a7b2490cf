"""The commands that carry findings to where people work: thin, like the others."""

import click


@click.group()
def export() -> None:
    """Carry findings into a task ledger, a calendar, tables, briefs and trackers."""
