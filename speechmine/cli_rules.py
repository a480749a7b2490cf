"""The commands for rules: list them, prove them, and explain what they give."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from speechmine.errors import SpeechmineError

OWN = click.option(
    "--rules",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Add a rule file of your own (docs/rules.md); may be given several times.",
)


def printable(message: str) -> str:
    """Replace control characters: those of file names, patterns and texts must not reach the terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in message)


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Tell of what cannot be read as of wrong usage."""
    try:
        yield
    except SpeechmineError as error:
        raise click.UsageError(printable(str(error))) from error


@click.group()
def rules() -> None:
    """List the rules, prove them, and explain what they give."""


@rules.command("list")
@click.argument("family", required=False)
@OWN
def list_rules(family: str | None, files: tuple[Path, ...]) -> None:
    """List the rules, or those of one FAMILY: id, file, and what each says."""
    from speechmine.exporting.rule_text import listing
    from speechmine.rules import load_rules

    with refusing():
        found = load_rules(*files).rules
    families = {rule.family: None for rule in found}
    if family is not None and family not in families:
        raise click.UsageError(f"There is no family {family!r}. Families: {', '.join(families)}.")
    for line in listing(rule for rule in found if family in {None, rule.family}):
        click.echo(line)


@rules.command("test")
@click.argument("own", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@OWN
def test_rules(own: tuple[Path, ...], files: tuple[Path, ...]) -> None:
    """Prove rules on their examples and counterexamples.

    With FILE: the rules of these files of your own, and the shipped ones whose word lists they extend. Without: all.
    Exit status: 0 all prove themselves, 1 some fail, 2 wrong usage.
    """
    from speechmine.exporting.rule_text import failed
    from speechmine.rules import load_rules
    from speechmine.rules.proof import failures, touched, unread

    with refusing():
        book = load_rules(*files, *own)
        proved = touched(book, load_rules(*files)) if own else list(book.rules)
    found = [failure for rule in proved for failure in failures(rule)]
    for failure in found:
        for line in failed(failure):
            click.echo(line)
    for rule in unread(book, load_rules()):
        click.echo(f'warning: {rule.id}: no step reads the family {rule.family}; add like = "…".', err=True)
    sentences = sum(len(rule.examples) + len(rule.counterexamples) for rule in proved)
    click.echo(f"{len(proved)} rule{'' if len(proved) == 1 else 's'}, {sentences} sentences: {len(found)} failed")
    sys.exit(1 if found else 0)


@rules.command("explain")
@click.argument("text", nargs=-1, required=True)
@OWN
def explain_text(text: tuple[str, ...], files: tuple[Path, ...]) -> None:
    """Explain what a TEXT gives (- for standard input).

    For each statement: what it does, which rules matched which words, what was found, and what was refused and why.
    """
    from speechmine.explaining import explain
    from speechmine.exporting.rule_text import explained
    from speechmine.reading import read_bytes
    from speechmine.rules import load_rules

    data = sys.stdin.buffer.read() if text == ("-",) else os.fsencode("\n".join(text))
    with refusing():
        explanation = explain(read_bytes(data, "TEXT"), load_rules(*files))
    for line in explained(explanation):
        click.echo(line)
