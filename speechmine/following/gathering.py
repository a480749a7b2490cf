"""From records to speeches of known place and year: only those can be followed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

import msgspec

from speechmine.exporting.tasks import first_printings
from speechmine.following.periods import YearFrom, speech_year
from speechmine.following.said import Kind, Left, Said
from speechmine.records import Figure, Goal, Measure, Mechanism, Record, Speech
from speechmine.store import TextOf, no_texts

Finding = Goal | Figure | Measure | Mechanism


class Asked(msgspec.Struct, frozen=True):
    """What is asked for.

    Attributes:
        at: Patterns of sources with the place of their speeches, where these name none.
        place: Only this place; all if None.
        metric: Only metrics of this family, or with these words in their name; all if None.
        text_of: Where the texts are.
    """

    at: tuple[tuple[str, str], ...] = ()
    place: str | None = None
    metric: str | None = None
    text_of: TextOf = no_texts


class Leftovers(msgspec.Struct):
    """Counts what was not compared, with the first example of each reason."""

    counts: Counter[tuple[Kind, str]] = msgspec.field(default_factory=Counter)
    examples: dict[tuple[Kind, str], str] = msgspec.field(default_factory=dict)

    def leave(self, what: Kind, why: str, example: str) -> None:
        """Count one finding or speech."""
        self.counts[what, why] += 1
        known = self.examples.setdefault((what, why), example)
        self.examples[what, why] = min(known, example)

    def told(self) -> list[Left]:
        """Return the counts, the same whatever the order of the records."""
        return [
            Left(what=what, why=why, count=count, example=self.examples[what, why])
            for (what, why), count in sorted(self.counts.items())
        ]


class Given(msgspec.Struct, frozen=True):
    """One speech whose place and year are known."""

    record: Record
    speech: Speech
    place: str
    year: int
    year_from: YearFrom

    def said(self, finding: Finding, text: str, around: str | None = None) -> Said:
        """Quote a finding of the speech, with the sentence around it where that is at hand."""
        document = self.record.document
        return Said(
            id=finding.id, document=document.id, source=document.source, speech=self.speech.id, place=self.place,
            year=self.year, year_from=self.year_from, evidence=finding.evidence, text=text,
            around=around,
        )  # fmt: skip


def given(records: Iterable[Record], asked: Asked, leftovers: Leftovers) -> Iterator[Given]:
    """Yield the speeches that can be followed; reprints of what is among them do not count."""

    def leave(record: Record) -> None:
        leftovers.leave("speech", "it is a reprint, or was given twice", record.document.source)

    for record in first_printings(records, leave):
        document = record.document
        for speech in record.speeches:
            found = _given(record, speech, asked)
            if isinstance(found, Given):
                if asked.place in {None, found.place}:
                    yield found
            else:
                leftovers.leave("speech", found, document.source)


def _given(record: Record, speech: Speech, asked: Asked) -> Given | str:
    place = speech.place or _placed(record.document.source, asked)
    if place is None:
        return "it names no place (say which with --at)"
    dated = speech_year(record.document, speech)
    return "it gives no year" if dated is None else Given(record, speech, place, *dated)


def _placed(source: str, asked: Asked) -> str | None:
    return next((place for pattern, place in asked.at if fnmatchcase(source, pattern)), None)
