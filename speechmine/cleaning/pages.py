"""Page marks that stand in the middle of the text: === 第 20 頁 ===, — 2 —, a page number on a line of its own."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found
from speechmine.cleaning.lines import is_prose, may_go_on
from speechmine.patterns import compiled
from speechmine.spans import Span

_FRAME = r" {0,80}[-=—–~·*\[\]()【】<>]{0,6} {0,4}"
_NAMES = (
    rf"{_FRAME}第 {{0,4}}\d{{1,4}} {{0,4}}[页頁](?: {{0,4}}[,/|]? {{0,4}}共 {{0,4}}\d{{1,4}} {{0,4}}[页頁])?{_FRAME}",
    r" {0,80}[-—–~·]{1,3} {0,4}\d{1,4} {0,4}[-—–~·]{1,3} {0,80}",
    r" {0,80}[Pp](?:age|\.)? ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})? {0,80}",
)
_LINE = compiled(rf"\n(?P<line>(?P<named>{'|'.join(_NAMES)})| {{0,80}}(?P<number>\d{{1,4}}) {{0,80}})(?=\n|\Z)")
_INLINE = compiled("[-—]\\d{1,3}[-—](?=[\u3400-\u9fff])")
_VISIBLE = compiled(r"[^ \n]")
_DISTANCE = 200
_FEWEST = 3


def page_marks(text: str) -> Found:
    """Take out page marks, with the line break where they stand inside a sentence.

    A bare number is a page number when it stands beside a mark that says so, or when at least three such lines count up
    by one, each at a distance from the last.
    """
    lines = [_PageLine(match) for match in _LINE.finditer("\n" + text)]
    named = {line.span for line in lines if line.number is None}
    pages = named | _beside([line.span for line in lines], named, text) | _counted(lines)
    edits = [_edit(text, gap) for gap in _gaps(sorted(pages), text)]
    inline = [Edit(*match.span(), "") for match in _INLINE.finditer(text, 1) if text[match.start() - 1] >= "\u3400"]
    return Found(sorted(edits + inline), len(pages) + len(inline)) if pages or inline else NOTHING


class _PageLine:
    """A line that may be a page mark; ``number`` where it is nothing but a number."""

    def __init__(self, match: re.Match[str]) -> None:
        # One less: the text was searched with a line end put before it.
        self.span = Span(match.start("line") - 1, match.end("line") - 1)
        self.number = None if match["number"] is None else int(match["number"])


def _beside(lines: list[Span], named: set[Span], text: str) -> set[Span]:
    """Return the lines of one number that only blank lines part from a named mark."""
    found: set[Span] = set()
    for ordered in (lines, lines[::-1]):
        last: Span | None = None
        for line in ordered:
            touches = last and not text[min(last.end, line.end) : max(last.start, line.start)].strip()
            if touches and line not in named:
                found.add(line)
            last = line if touches or line in named else None
    return found


def _counted(lines: list[_PageLine]) -> set[Span]:
    """Return the numbers that count up by one from page to page."""
    series: list[list[_PageLine]] = []
    for line in lines:
        last = series[-1][-1] if series else None
        if line.number is None:
            continue
        if last and line.number == (last.number or 0) + 1 and line.span.start - last.span.end >= _DISTANCE:
            series[-1].append(line)
        else:
            series.append([line])
    return {line.span for one in series if len(one) >= _FEWEST for line in one}


def _gaps(pages: list[Span], text: str) -> list[Span]:
    """Return the stretches between two lines of text that hold nothing but page marks and blanks."""
    gaps: list[Span] = []
    for page in pages:
        after = _VISIBLE.search(text, page.end)
        end = after.start() if after else len(text)
        if gaps and page.start <= gaps[-1].end:
            gaps[-1] = Span(gaps[-1].start, end)
            continue
        start = page.start
        while start > 0 and text[start - 1] in " \n":
            start -= 1
        gaps.append(Span(start, end))
    return gaps


def _edit(text: str, gap: Span) -> Edit:
    before = text[text.rfind("\n", 0, gap.start) + 1 : gap.start]
    indent, after = _line_at(text, gap.end)
    joins = is_prose(before) and may_go_on(before, after) and not indent
    return Edit(*gap, "" if joins or not before or not after else "\n")


def _line_at(text: str, start: int) -> tuple[str, str]:
    """Return the indentation before a place and the line from there on."""
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : start], text[start : end if end >= 0 else len(text)]
