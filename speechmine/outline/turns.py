"""The turns of a debate or press conference: each speaker's words are a speech of their own.

A gazette writes 王委员小明: before what a member says and 主席: before what the chair does; a transcript writes 主持人: and
记者:. One such tag alone only names who speaks.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from speechmine.outline.model import Speaker, SpeechPart, Statement, opening_paragraphs
from speechmine.outline.people import floor_speaker, person_in
from speechmine.rules import RuleBook
from speechmine.spans import Span

_LONGEST_TAG = 24


def in_turns(
    text: str, part: SpeechPart, statements: Sequence[Statement], rules: RuleBook
) -> tuple[tuple[SpeechPart, ...], tuple[Statement, ...]]:
    """Cut a document of one part into turns, where two or more speakers are tagged; else leave it as it is.

    Args:
        text: The clean text.
        part: The whole document as one speech.
        statements: Its statements.
        rules: The rule book.

    Returns:
        The turns in order, each a speech with the date and place of the document, and the statements that know theirs.
    """
    tags = list(_tags(text, statements, rules))
    if len({speaker for _, speaker in tags}) < 2:
        return (part,), tuple(statements)
    starts = [(0, None), *tags] if tags[0][0] else tags
    ends = [*(start for start, _ in starts[1:]), len(statements)]
    parts, told = [], []
    for number, ((start, speaker), end) in enumerate(zip(starts, ends, strict=True)):
        own = statements[start:end]
        parts.append(replace(part, span=Span(own[0].whole.start, own[-1].whole.end), speaker=speaker))
        told += [replace(statement, speech=number) for statement in own]
    return tuple(parts), tuple(told)


def _tags(text: str, statements: Sequence[Statement], rules: RuleBook) -> Iterator[tuple[int, Speaker]]:
    """Yield the statements that open with the tag of a speaker other than the one who has the floor."""
    floor: Speaker | None = None
    for number, (statement, opens) in enumerate(zip(statements, opening_paragraphs(statements), strict=True)):
        speaker = _tagged(statement.whole.cut(text), text, rules) if opens else None
        if speaker is not None and speaker != floor:
            floor = speaker
            yield number, speaker


def _tagged(words: str, text: str, rules: RuleBook) -> Speaker | None:
    """Read the tag that a paragraph opens with: 王委员小明:, 主席:, 市长李强:."""
    words = words.lstrip("*·- ")
    role = rules.rule("turn.role").search(words)
    if role:
        return Speaker(None, role["title"])
    if member := floor_speaker(words, text, rules):
        return member
    tag, colon, _ = words[:_LONGEST_TAG].partition(":")
    named = person_in(tag, rules) if colon else None
    return named if named and named.name and named.title else None
