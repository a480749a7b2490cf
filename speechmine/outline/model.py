"""The parts of a document: speeches, headings, statements and who says them. All offsets count the clean text."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from speechmine.records import Genre
from speechmine.spans import Span


class Speaker(msgspec.Struct, frozen=True):
    """Somebody whose words the document gives; name or title may be unknown."""

    name: str | None
    title: str | None


class SpeechPart(msgspec.Struct, frozen=True):
    """One speech of a document (a news article is one).

    Attributes:
        span: From its heading to its last statement.
        title: Its own title, in a compilation; else the document's.
        speaker: Who gives it, where one person does.
        place: Where it was given, if the text says so.
        date: EDTF date against which 今年 and 年底前 resolve, or None.
    """

    span: Span
    title: str | None = None
    speaker: Speaker | None = None
    place: str | None = None
    date: str | None = None


class Statement(msgspec.Struct, frozen=True):
    """One sentence or enumerated point: the unit of a measure.

    Attributes:
        span: The words themselves, without list mark, frame of attribution, connective and closing punctuation.
        whole: The same with all of these.
        text: The clean words of ``span``.
        sentence: Number of the full sentence (up to 。!?) it belongs to: periods and owners carry over inside one.
        paragraph: Number of the paragraph (a line of the clean text).
        speech: Index of its speech.
        section: Headings it stands under, outermost first.
        heading: Whether it is itself a heading or title: such a statement holds no findings.
        mark: The list mark or enumerator that was left out (一是, (一), 1.), or empty.
        speaker: In news, whose words they are.
    """

    span: Span
    whole: Span
    text: str
    sentence: int
    paragraph: int
    speech: int
    section: tuple[str, ...] = ()
    heading: bool = False
    mark: str = ""
    speaker: str | None = None


class Outline(msgspec.Struct, frozen=True):
    """What a document is made of.

    Attributes:
        text: The clean text that all spans count.
        statements: In order of place; furniture is not among them.
        furniture: Page furniture (navigation, share bars, adverts, paywalls): holds no findings.
        speakers: Everybody whose words the document gives, in order of first words.
        complete: False when a paywall, an excerpt mark or a cut sentence shows that text is missing.
    """

    text: str
    speeches: tuple[SpeechPart, ...]
    statements: tuple[Statement, ...]
    furniture: tuple[Span, ...] = ()
    genre: Genre = "speech"
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    speakers: tuple[Speaker, ...] = ()
    complete: bool = True
    warnings: tuple[str, ...] = ()


def opening_paragraphs(statements: Sequence[Statement]) -> list[bool]:
    """Say of each statement whether it opens its paragraph."""
    paragraphs = [-1, *(statement.paragraph for statement in statements)]
    return [before != after for before, after in pairwise(paragraphs)]
