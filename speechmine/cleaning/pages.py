"""Page marks that stand in the middle of the text: === 第 20 頁 ===, — 2 —, a page number on a line of its own."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found
from speechmine.cleaning.lines import is_prose, may_go_on
from speechmine.spans import Span

_FRAME = r"[-=—–~·*\[\]()【】<>]{0,6}"
_NAMED = (
    rf" {{0,80}}{_FRAME} {{0,4}}第 {{0,4}}\d{{1,4}} {{0,4}}[页頁](?: {{0,4}}[,/|]? {{0,4}}共 {{0,4}}\d{{1,4}} {{0,4}}[页頁])?"
    rf" {{0,4}}{_FRAME} {{0,80}}"
    r"| {0,80}[-—–~·]{1,3} {0,4}\d{1,4} {0,4}[-—–~·]{1,3} {0,80}| {0,80}[Pp](?:age|\.)? ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})? {0,80}"
)
_LINE = re.compile(rf"(?m)^(?:(?P<named>{_NAMED})| {{0,80}}(?P<number>\d{{1,4}}) {{0,80}})$")
_INLINE = re.compile("(?<=[\u3400-\u9fff])[-—]\\d{1,3}[-—](?=[\u3400-\u9fff])")
_DISTANCE = 200
_FEWEST = 3


def page_marks(text: str) -> Found:
    """Take out page marks, with the line break where they stand inside a sentence.

    A bare number is a page number when it stands beside a mark that says so, or when at least three such lines count up
    by one, each at a distance from the last.
    """
    lines = list(_LINE.finditer(text))
    named = {Span(*line.span()) for line in lines if line["named"]}
    pages = named | _beside([Span(*line.span()) for line in lines], named, text) | _counted(lines)
    edits = [_edit(text, gap) for gap in _gaps(sorted(pages), text)]
    inline = [Edit(*match.span(), "") for match in _INLINE.finditer(text)]
    return Found(sorted(edits + inline), len(pages) + len(inline)) if pages or inline else NOTHING


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


def _counted(lines: list[re.Match[str]]) -> set[Span]:
    """Return the numbers that count up by one from page to page."""
    series: list[list[re.Match[str]]] = []
    for line in lines:
        if line["number"] is None:
            continue
        last = series[-1][-1] if series else None
        if last and int(line["number"]) == int(last["number"]) + 1 and line.start() - last.end() >= _DISTANCE:
            series[-1].append(line)
        else:
            series.append([line])
    return {Span(*line.span()) for one in series if len(one) >= _FEWEST for line in one}


def _gaps(pages: list[Span], text: str) -> list[Span]:
    """Return the stretches between two lines of text that hold nothing but page marks and blanks."""
    gaps: list[Span] = []
    for page in pages:
        if gaps and page.start <= gaps[-1].end:
            gaps[-1] = Span(gaps[-1].start, _next_word(text, page.end))
        else:
            start = page.start
            while start > 0 and text[start - 1] in " \n":
                start -= 1
            gaps.append(Span(start, _next_word(text, page.end)))
    return gaps


def _next_word(text: str, position: int) -> int:
    visible = _VISIBLE.search(text, position)
    return visible.start() if visible else len(text)


_VISIBLE = re.compile(r"[^ \n]")


def _edit(text: str, gap: Span) -> Edit:
    before = text[text.rfind("\n", 0, gap.start) + 1 : gap.start]
    indent, after = _line_at(text, gap.end)
    joins = is_prose(before) and may_go_on(before, after) and not indent
    return Edit(*gap, "" if joins or not before or not after else "\n")


def _line_at(text: str, start: int) -> tuple[str, str]:
    """Return the indentation before a place and the line from there on."""
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : start], text[start : end if end >= 0 else len(text)]
