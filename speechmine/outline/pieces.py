"""A paragraph cut where one statement ends and the next begins.

Cuts stand after 。!? and ; and before enumerators (一是, 二要, 第二,). Commas never cut. Inside quotation marks and
brackets nothing cuts, unless whole sentences are quoted: “抓项目,落实最重要。要实实在在地抓。” is two statements.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from speechmine.outline.marks import Mark, mark_of
from speechmine.patterns import compiled
from speechmine.rules import RuleBook

# 1。3万户 is a broken decimal number, not the end of a sentence.
_STOP = r"(?!(?<=\d)。\d{1,2}[万亿千百%倍个户元吨])[。!?]"
_TOKEN = compiled(
    rf"(?P<quote>“[^“”]{{1,600}}”)|\([^()]{{1,300}}\)|《[^《》]{{1,100}}》|(?P<stop>(?:{_STOP})[。!?]*[”’)]*(?:\([^()。]{{2,40}}\)(?=$|[\u4e00-\u9fff]))?)|(?P<half>;)"
)
_INNER = compiled(rf"(?:{_STOP})+|;")
_CLOSED = compiled(r"(?:[。!?]|…)[’)]?”$")
_GOES_ON = compiled(r"[,、:;的地等之这是为作和与成]")
_AFTER_PAUSE = compiled(
    r"(?:^|(?<=[,:;。!?、”) —-]))(?=[第首其再(\d一二三四五六七八九十①-⒇❶-❿㈠-㈩])|(?<!^)(?=[①-⒇❶-❿㈠-㈩])"
)
# (一) and 1. number whole sentences; after a comma they are something else (第2,3.名).
_WHOLE = frozenset({"chinese", "formal", "part", "bracketed", "arabic", "small"})
# A row needs at least two, or 居全国第二,… would be a point; these are clear alone.
_ALONE = _WHOLE | {"point"}


class Piece(NamedTuple):
    """A stretch of a paragraph.

    Attributes:
        start: Where it begins in the paragraph.
        end: Where it ends, closing punctuation included.
        opens: Whether it begins a sentence.
        closes: Whether it ends its sentence (。!? or the end of the paragraph).
    """

    start: int
    end: int
    opens: bool
    closes: bool


def pieces_of(text: str, rules: RuleBook) -> Iterator[Piece]:
    """Cut the words of one paragraph; the pieces cover all of it."""
    begin, opens = 0, True
    seams = [*_seams(text, rules), len(text) + 1]
    at = 0
    for end, closes in _ends(text):
        while seams[at] < end:
            if seams[at] > begin:
                yield Piece(begin, seams[at], opens, False)
                begin, opens = seams[at], False
            at += 1
        if end > begin:
            yield Piece(begin, end, opens, closes)
            begin, opens = end, closes


def _ends(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where statements end, and whether the sentence ends there too."""
    for token in _TOKEN.finditer(text):
        if token["stop"]:
            yield token.end(), True
        elif token["half"]:
            yield token.end(), False
        elif token["quote"]:
            yield from _ends_in_quote(text, token.start(), token.end())
    yield len(text), True


def _ends_in_quote(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    quoted = text[start:end]
    if not _CLOSED.search(quoted) or _GOES_ON.match(text, end):
        return
    for stop in _INNER.finditer(quoted):
        if stop.end() < len(quoted) - 2:
            yield start + stop.end(), not stop[0].endswith(";")
    yield end, True


def _seams(text: str, rules: RuleBook) -> list[int]:
    """Return the places before enumerators that stand inside a sentence."""
    found = [(at.start(), mark) for at in _AFTER_PAUSE.finditer(text) if (mark := _enumerator(text, at.start(), rules))]
    if not found:
        return []
    rows = Counter(_row(mark) for _, mark in found)
    seams = {at for at, mark in found if at and (mark.style in _ALONE or rows[_row(mark)] > 1)}
    return sorted(seams | _buried(text, found))


def _enumerator(text: str, at: int, rules: RuleBook) -> Mark | None:
    words = text[at : at + 24]
    mark = mark_of(words, rules) or _paired(words, rules)
    if mark is None or mark.style == "bullet" or (mark.style in _WHOLE and at and text[at - 1] not in ":;。!?"):
        return None
    return mark


def _paired(words: str, rules: RuleBook) -> Mark | None:
    """Return the mark of 一靠, 二抓: a row of them enumerates, one alone is a word (一抓到底)."""
    for rule in rules.family("pair"):
        found = rule.match(words)
        if found:
            return Mark(words[: found.end() + 1], "pair", 10)
    return None


def _row(mark: Mark) -> str:
    """Return what the members of one row of enumerators share: the style, and in 一靠, 二靠 the word."""
    return "ordinal" if mark.style == "sequence" else mark.style + (mark.text[-1] if mark.style == "pair" else "")


def _buried(text: str, found: list[tuple[int, Mark]]) -> set[int]:
    """Return the place of a first point that its subject precedes: 各级干部一要熟悉程序。二要加快进度."""
    points = [(at, mark) for at, mark in found if mark.style == "point"]
    if not points or points[0][1].text[0] != "二":
        return set()
    at = points[0][0]
    word = text[at + 1]
    first = text.rfind("一" + word, 0, at)
    return {first} if first > 0 else set()
