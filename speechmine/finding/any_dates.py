"""Dates and periods of any text as stretches of days: 明年九月第一周, 去年春节到元宵节, 三天后, 2018/1/10-2018/7/10.

Each rule of the family ``when`` finds a piece. Pieces that touch narrow each other, two that a joint links are the ends
of a range, and a tail (以前, 以来) opens one end. `speechmine.finding.dates` reads the dates that govern a speech's goals.
"""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from speechmine.finding.any_mentions import PeriodMention
from speechmine.finding.calendar import Reference
from speechmine.finding.closed import Closed
from speechmine.finding.date_context import Context
from speechmine.finding.date_counting import COUNTED
from speechmine.finding.date_readers import NAMED
from speechmine.finding.stretches import GRAINS, Grain, Stretch, week_of, year_stretch
from speechmine.patterns import compiled
from speechmine.rules import Rule, RuleBook
from speechmine.spans import Span

_READERS = NAMED | COUNTED
_GAP = compiled("[ 的度(]{0,2}")
_COMMA = compiled("[ ,(]{0,2}")
_LENT_YEAR = {"month", "months", "quarter", "half"}  # these take the year named before them in the text
_MASKS = ("nodate.title", "nodate.rhythm")


class _Piece(msgspec.Struct, frozen=True):
    """Words of one rule."""

    span: Span
    rule: Rule
    groups: dict[str, str]

    @property
    def anchored(self) -> bool:
        """Whether it means the same whatever stands before it."""
        return "anchor" in self.rule.set or "next" in self.groups or "near" in self.groups

    def read(self, context: Context) -> Stretch | None:
        """Return the days it tells; none where the calendar has no such day."""
        if "within" in self.rule.set and context.around is None:
            return None
        try:
            return _READERS[self.rule.set["read"]](self.groups, context)
        except (ValueError, OverflowError):  # a year beyond the calendar, a thirteenth month
            return None


class _Told(msgspec.Struct, frozen=True):
    """Some pieces, or two ends of a range, that tell one stretch.

    Attributes:
        named: Whether the words themselves name the year.
        from_open: Whether the stretch has no beginning.
        to_open: Whether it has no end.
    """

    span: Span
    stretch: Stretch
    rule: str
    named: bool
    from_open: bool = False
    to_open: bool = False

    def mention(self) -> PeriodMention:
        stretch, known = self.stretch, self.stretch.known
        edtf = (replace(stretch, last=stretch.first) if self.to_open else stretch).edtf()
        start = stretch.first if known and not self.from_open else None
        return PeriodMention(self.span, edtf, start, stretch.last if known and not self.to_open else None, self.rule)


def any_dates(text: str, reference: str | None, rules: RuleBook) -> list[PeriodMention]:
    """Find all dates and periods of a clean text, in order of place."""
    pieces = _pieces(text, rules)
    if not pieces:
        return []
    found: list[PeriodMention] = []
    for told in _Reading(text, Reference.of(reference), rules).ranges(pieces):
        if not found or found[-1].span.end <= told.span.start:  # 明年内 holds 年内 too
            found.append(told.mention())
    return found


def _pieces(text: str, rules: RuleBook) -> list[_Piece]:
    """Return the pieces of a text, the first and longer where two overlap; 今年 and 年底 may share their 年."""
    found = [
        _Piece(
            Span(*match.span()), rule, {name: words for name, words in match.groupdict().items() if words is not None}
        )
        for rule in rules.family("when")
        for match in rule.finditer(text)
    ]
    if not found:
        return []
    masks = Closed(Span(*match.span()) for name in _MASKS for match in rules.rule(name).finditer(text))
    kept: list[_Piece] = []
    for piece in sorted(found, key=lambda piece: (piece.span.start, -piece.span.end)):
        shared = kept[-1].span.end - piece.span.start if kept else 0
        if (shared <= 0 or (shared == 1 and text[piece.span.start] == "年")) and not masks.meets(piece.span):
            kept.append(piece)
    return kept


class _Reading:
    """Reads the pieces of one text from left to right."""

    def __init__(self, text: str, now: Reference, rules: RuleBook) -> None:
        self._text, self._now, self._rules = text, now, rules
        self._tails = {rule.id.partition(".")[2]: rule for rule in rules.family("when_tail")}
        self._reached = {match.end(): match.start() for match in rules.rule("when_head.reached").finditer(text)}
        self._joint, self._between = rules.rule("when_joint.range"), rules.rule("when_joint.between")

    def ranges(self, pieces: list[_Piece]) -> Iterator[_Told]:
        """Tell the stretches, with the two ends of a range as one."""
        at = 0
        year: Stretch | None = None
        while at < len(pieces):
            lends = year is not None and pieces[at].rule.set["read"] in _LENT_YEAR
            told, at = self._told(pieces, at, year if lends else None)
            if told is None:
                continue
            if at < len(pieces):
                told, at = self._range(told, pieces, at)
            if told.named and not told.to_open and told.stretch.year_known:
                year = year_stretch(told.stretch.last.year)
            yield told if told.from_open or told.to_open else self._with_tail(told, pieces, at)

    def _told(self, pieces: list[_Piece], at: int, around: Stretch | None) -> tuple[_Told | None, int]:
        """Read one piece and those that narrow it, the first within ``around`` where its words leave that open."""
        first = last = pieces[at]
        stretch = first.read(Context(around, self._now, self._rules))
        at += 1
        if stretch is None:
            return None, at
        while at < len(pieces) and self._touch(last, pieces[at]):
            narrower = pieces[at].read(Context(stretch, self._now, self._rules))
            if narrower is None or not _narrows(stretch, narrower, pieces[at]):
                break
            stretch, last = narrower, pieces[at]
            at += 1
        told = _Told(
            Span(first.span.start, last.span.end), stretch, first.rule.id, first.anchored or around is not None
        )
        if "open" in last.groups:
            return replace(told, from_open=last.groups["side"] == "前", to_open=last.groups["side"] == "后"), at
        return (replace(told, to_open=True) if "since" in last.groups else told), at

    def _touch(self, before: _Piece, piece: _Piece) -> bool:
        if "anchor" in piece.rule.set:
            return False
        gap = _COMMA if piece.rule.id == "when.weekday" else _GAP
        return gap.fullmatch(self._text[before.span.end : piece.span.start]) is not None

    def _range(self, low: _Told, pieces: list[_Piece], at: int) -> tuple[_Told, int]:
        """Join what follows a joint: 一月十日到十二日, 三月和九月之间, 2010年之后2018年之前."""
        opened = self._with_tail(low, pieces, at) if not low.to_open and not low.from_open else low
        between = self._text[low.span.end : pieces[at].span.start]
        after_tail = self._text[opened.span.end : pieces[at].span.start]
        joint = self._joint.match(between) or (opened.to_open and self._joint.match(after_tail))
        pair = self._between.match(between)
        if not joint and not pair and not (opened.to_open and not after_tail):
            return low, at
        high, after = self._high(low, pieces, at)
        if high is None or high.stretch.last < low.stretch.first:
            return low, at
        closed = self._with_tail(high, pieces, after)
        if pair and not joint:
            tail = self._tails["between"].match(self._text, high.span.end)
            if not tail:
                return low, at
            closed = replace(high, span=Span(high.span.start, tail.end()))
        elif not joint and not closed.from_open:
            return low, at
        grain: Grain = "year" if high.stretch.grain == "year" else "part"
        known = low.stretch.year_known and high.stretch.year_known, low.stretch.month_known and high.stretch.month_known
        stretch = Stretch(low.stretch.first, high.stretch.last, grain, *known)
        return _Told(Span(low.span.start, closed.span.end), stretch, low.rule, low.named or high.named), after

    def _high(self, low: _Told, pieces: list[_Piece], at: int) -> tuple[_Told | None, int]:
        """Read the upper end of a range, whose year and month may be those of the lower."""
        piece = pieces[at]
        if piece.anchored:
            return self._told(pieces, at, None)
        around = low.stretch
        if piece.rule.id == "when.weekday":
            around = week_of(low.stretch.first)
        high, after = self._told(pieces, at, around)
        if high and high.stretch.last < low.stretch.first:  # 8月至2月
            high, after = self._told(pieces, at, year_stretch(low.stretch.first.year + 1, around.year_known))
        return high, after

    def _with_tail(self, told: _Told, pieces: list[_Piece], at: int) -> _Told:
        """Take in 期间, 以前 and 以来 behind a date, which open one end; not the 后 of 明天后天."""
        until = pieces[at].span.start if at < len(pieces) else len(self._text)
        end = self._end_of("rest", told.span.end, until) or told.span.end
        before = self._end_of("before", end, until)
        after = None if before else self._end_of("after", end, until)
        end = before or after or end
        start = self._reached.get(told.span.start, told.span.start)
        from_open = before is not None or start != told.span.start
        return replace(told, span=Span(start, end), from_open=from_open, to_open=after is not None)

    def _end_of(self, tail: str, at: int, until: int) -> int | None:
        """Return where a tail that stands at one place ends, if it ends before the next date."""
        match = self._tails[tail].match(self._text, at)
        return match.end() if match and match.end() <= until else None


def _narrows(stretch: Stretch, narrower: Stretch, piece: _Piece) -> bool:
    """Say whether a piece tells a part of what stands before it; a weekday may only repeat the day."""
    finer = GRAINS.index(narrower.grain) > GRAINS.index(stretch.grain)
    return finer or (piece.rule.id == "when.weekday" and stretch.grain == "day")
