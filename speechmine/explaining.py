"""Why a text gives what it gives: for each statement what it does, which rules found what in it, and what came of that.

A view of the one result: the extraction runs once, with a rule book that notes what its rules find.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from speechmine.analysis import analyse
from speechmine.cleaning import clean
from speechmine.judging.frames import Frame, frames
from speechmine.judging.standing import Standing, standings
from speechmine.outline import Statement, outlined, with_reference_date
from speechmine.reading import Document
from speechmine.records import Figure, Goal, Measure, Mechanism, Record, Skipped
from speechmine.rules import RuleBook
from speechmine.rules.watching import Fired, watched
from speechmine.spans import Span

Finding = Mechanism | Goal | Figure | Measure

_SHORTEST = 3  # a rule tried on 市 alone says nothing of a statement


class Match(NamedTuple):
    """Words of a statement that a rule matched."""

    start: int
    end: int
    rule: str
    words: str


class Explained(msgspec.Struct, frozen=True):
    """One statement.

    Attributes:
        text: Its words, cleaned.
        standing: What it does.
        frame: Whether the passage around it looks back or plans ahead.
        matches: What the rules matched in it, in order of place.
        findings: What came of it.
        refused: What was seen in it and refused, with the reason.
    """

    text: str
    standing: Standing
    frame: Frame
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    refused: tuple[Skipped, ...]


class Explanation(msgspec.Struct, frozen=True):
    """The statements of a document, and the page furniture around them."""

    statements: tuple[Explained, ...]
    furniture: tuple[Skipped, ...]


def explain(document: Document, rules: RuleBook, reference_date: str | None = None) -> Explanation:
    """Explain what `analyse` finds in a document, and what not."""
    book, fired = watched(rules)
    record = analyse(document, book, reference_date, explain=True)
    cleaned = clean(document.text)
    outline = with_reference_date(outlined(cleaned.aligned.text, book), reference_date)
    judged = zip(outline.statements, standings(outline, book), frames(outline, book), strict=True)
    refused = list(record.skipped) if isinstance(record.skipped, list) else []
    return Explanation(
        tuple(
            Explained(
                statement.text,
                standing,
                frame,
                _matches(statement, fired),
                tuple(_findings(record, source := cleaned.aligned.to_source(*statement.whole))),
                tuple(skip for skip in refused if _inside(skip, source) and skip.rule != "furniture"),
            )
            for statement, standing, frame in judged
        ),
        tuple(skip for skip in refused if skip.rule == "furniture"),
    )


def _matches(statement: Statement, fired: Iterable[Fired]) -> tuple[Match, ...]:
    """Return what matched in a statement or a part of it."""
    found: set[Match] = set()
    for each in fired:
        at = statement.text.find(each.text) if len(each.text) >= _SHORTEST else -1
        if at >= 0 and each.start < each.end:
            found.add(Match(at + each.start, at + each.end, each.rule, each.text[each.start : each.end]))
    return tuple(sorted(found))


def _findings(record: Record, source: Span) -> Iterable[Finding]:
    every: tuple[Finding, ...] = (*record.mechanisms, *record.goals, *record.figures, *record.measures)
    for finding in every:
        if source.holds(Span(finding.evidence.start, finding.evidence.end)):
            yield finding


def _inside(skip: Skipped, source: Span) -> bool:
    return source.holds(Span(skip.start, skip.end))
