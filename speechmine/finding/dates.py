"""The dates that govern what a speech says, resolved against its day; `any_dates` reads every date of any text.

A year (明年) and a part of a year (4月底) that touch are one date. A year that is not named is that of the date before
in the same text, else that of the speech; where neither is known it is XXXX.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec
from msgspec.structs import replace

from speechmine.finding.calendar import Groups, Reference, day_of, part_of, written, year_of
from speechmine.finding.mentions import DateMention
from speechmine.patterns import compiled
from speechmine.rules import Rule, RuleBook
from speechmine.spans import Span

_LIMITS = ("前", "内", "底", "末")
_AHEAD = ("前", "内")
_RANGE = compiled(r" ?起? ?(?:至|到|—{1,2}|-|~) ?")

Sense = Literal["date", "open", "reached", "past"]


class Period(msgspec.Struct, frozen=True):
    """A date or period with what a judge of numbers needs to know of it.

    Attributes:
        span: The words, with what belongs to them (1—5月份, 2028年或之前).
        words: The words themselves.
        edtf: The date, or the last day of a range; of an open period the date on which it begins.
        rule: Id of the rule that found it.
        borrowed: Whether the words name no year of their own, so that of the speech was taken.
        sense: ``open`` has a beginning only (今年以来, 自8月起), ``reached`` lies behind as is said (截至5月底),
            ``past`` is told as past (去年), ``date`` is any other.
    """

    span: Span
    words: str
    edtf: str
    rule: str
    borrowed: bool = False
    sense: Sense = "date"

    @property
    def open(self) -> bool:
        """Whether the period has a beginning only."""
        return self.sense == "open"

    @property
    def limit(self) -> bool:
        """Whether it is worded as a limit (年底前, 三年内, 2月底)."""
        return self.sense == "date" and self.words.endswith(_LIMITS)

    @property
    def ahead(self) -> bool:
        """Whether the limit can only lie ahead (年底前, 三年内)."""
        return self.sense == "date" and self.words.endswith(_AHEAD)


class _Piece(msgspec.Struct, frozen=True):
    """Words of one rule: a year, a part of a year, or a day."""

    span: Span
    rule: Rule
    groups: Groups

    @property
    def family(self) -> str:
        return self.rule.id.partition(".")[0]


def find_dates(text: str, reference: str | None, rules: RuleBook) -> list[DateMention]:
    """Find the dates and periods in one clean text (a sentence, a heading), resolved, in order of place.

    Periods that have no end are left out; `find_periods` gives them too.
    """
    return [DateMention(p.span, p.edtf, p.rule) for p in find_periods(text, reference, rules) if not p.open]


def find_periods(text: str, reference: str | None, rules: RuleBook) -> list[Period]:
    """Find the dates and periods in one clean text, among them those without an end, in order of place."""
    pieces = _pieces(text, rules)
    return list(_joined(_resolved(pieces, text, Reference.of(reference), rules), text)) if pieces else []


def _pieces(text: str, rules: RuleBook) -> list[_Piece]:
    """Return the years, parts and days that are not masked, the longer where two overlap."""
    found = [
        _Piece(Span(*match.span()), rule, {name: words for name, words in match.groupdict().items() if words})
        for rule in rules.called("year time day", text)
        for match in rule.finditer(text)
    ]
    if not found:
        return []
    masks, bases = _masks(text, rules)
    kept: list[_Piece] = []
    masked_to = -1  # 比上年末 is one base: what touches a masked piece is masked too
    for piece in sorted(found, key=lambda p: (p.span.start, -p.span.end)):
        base = piece.span.start in bases or piece.span.start <= masked_to
        if base or any(mask.overlaps(piece.span) for mask in masks):
            masked_to = max(masked_to, piece.span.end)
        elif not (kept and _clashes(kept[-1], piece)):
            kept.append(piece)
    return kept


def _clashes(first: _Piece, second: _Piece) -> bool:
    """Say whether two pieces claim the same characters; 今年 and 年底 may share their 年."""
    shared = first.span.end - second.span.start
    return shared > 1 or (shared == 1 and not (first.family == "year" and second.family == "time"))


def _masks(text: str, rules: RuleBook) -> tuple[list[Span], set[int]]:
    """Return the spans in which no date governs, and the places where the base of a comparison begins."""
    spans: list[Span] = []
    bases: set[int] = set()
    for rule in rules.called("nodate", text):
        for match in rule.finditer(text):
            if rule.id == "nodate.comparison":
                bases.add(match.end())
            elif rule.id in ("nodate.compared", "nodate.plan"):
                spans.append(Span(match.start() - 1, match.end()))
            else:
                spans.append(Span(*match.span()))
    return spans, bases


def _resolved(pieces: list[_Piece], text: str, reference: Reference, rules: RuleBook) -> Iterator[Period]:
    """Join touching pieces and tell the date of each."""
    starts = {match.start() for match in rules.rule("since.after").finditer(text)}
    begun = {match.end() for match in rules.rule("since.before").finditer(text)}
    before: str | None = None
    position = 0
    while position < len(pieces):
        year, part, position = _pair(pieces, position, text)
        first, last = year or part, part or year
        assert first is not None and last is not None
        following = pieces[position].span.start if position < len(pieces) else len(text)
        tail = min(_tail(text, last.span.end, rules), following)  # 年底 before 前年 leaves it its 前
        span = Span(first.span.start, max(last.span.end, tail))
        told = _edtf(year, part, reference, before, rules)
        if told is None:
            continue
        edtf, borrowed = told
        is_range = "range" in last.rule.set  # 自4月至9月 has an end
        is_open = (span.start in begun and not is_range) or last.span.end in starts or "open" in last.rule.set
        if not is_open and not borrowed:
            before = edtf[:4]
        sense: Sense = "open" if is_open else _sense(span, text, year, rules)
        yield Period(span, span.cut(text), edtf, last.rule.id, borrowed, sense)


def _joined(periods: Iterator[Period], text: str) -> Iterator[Period]:
    """Make one period of the two ends of a range: 自去年9月起至今年2月止 ends with the last day of that February."""
    first: Period | None = None
    for period in periods:
        if first is not None and _RANGE.fullmatch(text, first.span.end, period.span.start) and not period.open:
            span, edtf = Span(first.span.start, period.span.end), period.edtf
            if len(edtf) == len("2025-02"):
                edtf = written(edtf[:4], edtf[5:], "end")
            first = replace(period, span=span, words=span.cut(text), edtf=edtf)
            continue
        if first is not None:
            yield first
        first = period
    if first is not None:
        yield first


def _sense(span: Span, text: str, year: _Piece | None, rules: RuleBook) -> Sense:
    """Say whether a period that has an end is told as reached or past."""
    before = text[max(0, span.start - 8) : span.start].rstrip()
    if span.cut(text).endswith("止") or before.endswith(tuple(rules.words("reached_marks"))):
        return "reached"
    relative = year.groups.get("relative", "") if year is not None else ""
    return "past" if rules.words("relative_years").values.get(relative, "0").startswith("-") else "date"


def _pair(pieces: list[_Piece], position: int, text: str) -> tuple[_Piece | None, _Piece | None, int]:
    """Take a year, a part, or a year with the part that touches it; return them and the next position."""
    piece = pieces[position]
    if piece.family != "year":
        return None, piece, position + 1
    after = pieces[position + 1] if position + 1 < len(pieces) else None
    if after is not None and after.family == "time" and _touch(text[piece.span.end : after.span.start]):
        return piece, after, position + 2
    return piece, None, position + 1


_GAP = compiled(r"[ 的度(]{0,2}")


def _touch(between: str) -> bool:
    return _GAP.fullmatch(between) is not None


def _edtf(
    year: _Piece | None, part: _Piece | None, reference: Reference, before: str | None, rules: RuleBook
) -> tuple[str, bool] | None:
    """Return the EDTF date of a year, a part or both, and whether its year was borrowed from the speech."""
    if part is not None and part.family == "day":
        day = day_of(part.groups, reference, rules)
        return None if day is None else (day, False)
    own = year_of(year.groups, reference, before, rules) if year is not None else None
    if year is not None and own is None:
        return None
    lent = own or (before if part is not None and _lends(part) else None)
    month, day_words = part_of(part.groups, part.rule, reference, rules) if part is not None else ("", "")
    return written(lent or reference.year_after(0), month, day_words), lent is None


def _lends(part: _Piece) -> bool:
    """Say whether a part takes the year named before it: months and quarters do, 全年 and 年底 are of the speech."""
    return bool({"month", "last", "quarter", "half"} & set(part.groups))


def _tail(text: str, end: int, rules: RuleBook) -> int:
    match = rules.rule("tail.date").pattern.match(text, end)
    return match.end() if match else end
