"""The statements of a text: its sentences and points, each with the headings it stands under and who says it."""

from itertools import zip_longest

import msgspec

from speechmine.outline.layout import Layout, is_salutation
from speechmine.outline.lines import Line
from speechmine.outline.marks import Mark, Sections, mark_of
from speechmine.outline.model import Statement
from speechmine.outline.openings import Opening, opening_of
from speechmine.outline.people import Voice
from speechmine.outline.pieces import Piece, pieces_of
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.spans import Span

_BLANK = " \t\u200b\u200d\ufeff"
_TAIL = "。!?;,:、…" + _BLANK
_LEAD = _TAIL + "”’)"
_LONGEST_MARK = 24
_LONGEST_ADDRESS = 80
_LONGEST_LEAD = 45
_LONGEST_OPEN_LEAD = 75
_CLOSING = compiled(r"[。!?;:,]$")
_LONGEST_BARE_HEADING = 40
_SHORTEST_BARE_HEADING = 4
_INSIDE = compiled(r"[。!?;:,…]")
_CONTENT = compiled(r"[^\W_]")
_PAIRS = {"”": "“", "’": "‘", ")": "("}
_PAIRED = compiled("[“”‘’()]")
_FIGURE = compiled(r"\d|百分之|[万亿]元")
_NOTE_BEHIND = compiled(r"(?<=[。!?])\([^()]*\)$")
_QUOTED = compiled(
    r"“[^”]*”|《[^》]*》|\([^)]*\)|(?:19|20)\d\d(?:[-—](?:19|20)?\d\d)?年|(?<!\d)1\d\d(?:[-—至]1\d\d)? ?年度?"
)


class Told(msgspec.Struct, frozen=True):
    """A statement with the voice that its frame names, if any."""

    statement: Statement
    voice: Voice | None = None


class _Reader(msgspec.Struct):
    """Reads the lines in order: counts sentences, keeps the open headings.

    ``plain`` holds the styles of marks that number content under the heading last read, ``names`` who has spoken.
    """

    text: str
    rules: RuleBook
    sections: Sections = msgspec.field(default_factory=Sections)
    sentence: int = 0
    speech: int = 0
    plain: set[str] = msgspec.field(default_factory=set)
    names: set[str] = msgspec.field(default_factory=set)
    told: list[Told] = msgspec.field(default_factory=list)

    def line(self, line: Line, follower: Line | None) -> None:
        """Read one paragraph; ``follower`` is the line after it."""
        pieces = [Piece(0, len(line.text), True, True)] if is_salutation(line, self.rules) else None
        for piece in pieces or pieces_of(line.text, self.rules):
            self._piece(line, piece, follower)

    def _piece(self, line: Line, piece: Piece, follower: Line | None) -> None:
        whole = Span(*_stripped(self.text, line.start + piece.start, line.start + piece.end))
        words = whole.cut(self.text)
        mark = mark_of(words[:_LONGEST_MARK], self.rules)
        begin = whole.start + (len(mark.text) if mark else 0)
        if begin >= whole.end:
            return
        self.rules.calls.lend(words, (words.rstrip("。"), words[begin - whole.start :]))
        if self._is_address(whole):
            self._heading(line, whole, begin, None)
        elif self._is_heading(line, piece, mark, follower):
            self._heading(line, whole, begin, mark)
            self.sections.enter(words.rstrip(_TAIL), mark)
            self.plain.clear()
        else:
            if mark and piece.start == 0:
                self.plain.add(mark.style)
            self._statement(line, Span(whole.start, line.start + piece.end), begin, mark)
        self.sentence += piece.closes

    def _statement(self, line: Line, whole: Span, begin: int, mark: Mark | None) -> None:
        opening = opening_of(self.text[begin : whole.end], self.rules, self.names)
        if not _CONTENT.search(self.text, begin + opening.length, whole.end):
            opening = Opening(0, opening.voice)  # 会议决定: alone on its line is all there is
        if opening.voice and opening.voice.speaker and opening.voice.speaker.name:
            self.names.add(opening.voice.speaker.name)
        if opening.before:
            self._add(line, Span(whole.start, begin + opening.before), begin, mark, None)
            whole, mark = Span(begin + opening.before, whole.end), None
        self._add(line, whole, begin + opening.length, mark, opening.voice)

    def _add(self, line: Line, whole: Span, begin: int, mark: Mark | None, voice: Voice | None) -> None:
        # …完成改造。(县水利局牵头) names the owner behind the full stop: in the whole, not in the words.
        note = _NOTE_BEHIND.search(whole.cut(self.text).rstrip())
        span = trimmed(self.text, begin, whole.start + note.start() if note else whole.end)
        if not _CONTENT.search(self.text, span.start, span.end):
            return
        statement = self._made(line, whole, span, mark, False)
        self.rules.calls.lend(whole.cut(self.text), [statement.text])
        self.told.append(Told(statement, voice))

    def _heading(self, line: Line, whole: Span, begin: int, mark: Mark | None) -> None:
        span = trimmed(self.text, begin, whole.end)
        if span.start < span.end:
            self.told.append(Told(self._made(line, whole, span, mark, True)))

    def _made(self, line: Line, whole: Span, span: Span, mark: Mark | None, heading: bool) -> Statement:
        return Statement(
            span=span,
            whole=whole,
            text=span.cut(self.text),
            sentence=self.sentence,
            paragraph=line.number,
            speech=self.speech,
            section=self.sections.path,
            heading=heading,
            mark=mark.text.strip() if mark else "",
        )

    def _is_address(self, whole: Span) -> bool:
        """Whether the words only address the audience: 同志们! opens a paragraph and says nothing."""
        words = whole.cut(self.text) if whole.end - whole.start <= _LONGEST_ADDRESS else ""
        return bool(words) and self.rules.first("salutation", words.rstrip("。")) is not None

    def _is_heading(self, line: Line, piece: Piece, mark: Mark | None, follower: Line | None) -> bool:
        words = line.text[piece.start : piece.end].strip(_BLANK)
        rest = line.text[piece.end :]
        alone = not rest or self.rules.rule("note.responsible").search(rest[:200]) is not None
        if mark is None:
            return piece.start == 0 and alone and self._is_bare_heading(words, follower)
        if mark.style.startswith("markdown"):
            return True
        if not mark.may_head or not piece.opens or not piece.closes or words.endswith(";"):
            return False
        words = words[len(mark.text) :]
        longest = _LONGEST_LEAD if _CLOSING.search(words) else _LONGEST_OPEN_LEAD
        if len(words) > longest or _FIGURE.search(_QUOTED.sub("", words)):
            return False
        if self._is_order(words):
            return False
        return not alone or self._heads_what_follows(mark, words, follower)

    def _heads_what_follows(self, mark: Mark, words: str, follower: Line | None) -> bool:
        """Whether a numbered line heads the lines after it, and is no item of a list whose other items are content."""
        if follower is None or self._is_sister(mark, follower):
            return False
        return not words.endswith("。") or (mark.style not in self.plain and words.count(",") < 2)

    def _is_order(self, words: str) -> bool:
        """Whether a numbered sentence tells somebody by name or by when to act: that is content."""
        return (
            self.rules.any_of("order.words").search(words) is not None
            or self.rules.rule("order.agent").search(words) is not None
        )

    def _is_bare_heading(self, words: str, follower: Line | None) -> bool:
        """Whether a line without mark and closing punctuation is a heading: text follows it."""
        if len(words) > _LONGEST_BARE_HEADING or _INSIDE.search(words) or follower is None:
            return False
        return _INSIDE.search(follower.text) is not None or len(words) >= _SHORTEST_BARE_HEADING

    def _is_sister(self, mark: Mark, follower: Line) -> bool:
        """Whether the next line is the next item of the same list: then nothing spells the words out."""
        other = mark_of(follower.text, self.rules)
        return other is not None and other.may_head and other.rank <= mark.rank


def read_statements(text: str, layouts: list[Layout], rules: RuleBook) -> list[Told]:
    """Read the statements of the lines that are text, speech by speech."""
    reader = _Reader(text, rules)
    for number, layout in enumerate(layouts):
        reader.sections, reader.speech = Sections(), max(0, number - (len(layouts) > 1))
        kept = layout.body
        for line, follower in zip_longest(kept, kept[1:]):
            reader.line(line, follower)
            reader.sentence += 1
    return reader.told


def trimmed(text: str, start: int, end: int) -> Span:
    """Leave out closing punctuation and quotation marks or brackets that have no partner inside.

    >>> trimmed("“要实实在在地抓。”", 0, 10).cut("“要实实在在地抓。”")
    '要实实在在地抓'
    """
    words = text[start:end]
    if not _PAIRED.search(words):
        end = start + len(words.rstrip(_TAIL))
        return Span(end - len(text[start:end].lstrip(_TAIL)), end)
    depth = {opener: words.count(opener) - words.count(closer) for closer, opener in _PAIRS.items()}
    left, right = 0, len(words)
    while left < right:
        first, last = words[left], words[right - 1]
        if last in _TAIL:
            right -= 1
        elif first in _LEAD:
            left += 1
        elif last in _PAIRS and depth[_PAIRS[last]] < 0:
            depth[_PAIRS[last]] += 1
            right -= 1
        elif depth.get(first, 0) > 0:
            depth[first] -= 1
            left += 1
        elif first == "“" and last == "”" and words.find("“", left + 1, right) < 0:
            left, right = left + 1, right - 1
        else:
            break
    return Span(start + left, start + right)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end
