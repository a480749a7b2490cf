"""A compilation cut into its speeches."""

from itertools import pairwise
from typing import NamedTuple

from speechmine.outline.layout import is_salutation
from speechmine.outline.lines import Line
from speechmine.rules import RuleBook
from speechmine.spans import Span

_NUMERALS = "一二三四五六七八九十"
_LONGEST_MARK = 60


class Chunk(NamedTuple):
    """The lines of one speech, or of the page before the first.

    Attributes:
        lines: The lines, without the mark that numbers the speech.
        mark: The range of that mark (范文【一】), or None.
        title: What stands behind the mark on its line, or None.
    """

    lines: tuple[Line, ...]
    mark: Span | None = None
    title: str | None = None


class _Cut(NamedTuple):
    line: int
    start: int
    length: int
    number: int


def chunks_of(lines: tuple[Line, ...], rules: RuleBook) -> list[Chunk]:
    """Cut the lines where the numbered speeches of a compilation begin; one chunk when there are none."""
    found = [cut for index, line in enumerate(lines) for cut in _cuts(index, line, rules)]
    run = _in_sequence(found)
    # Sites glue collections together: after 范文【四】 comes 领导讲话篇三:, told by the salutation under it.
    cuts = [cut for cut in found if cut in run or (run and _is_greeted(cut, run[0], lines, rules))]
    if len(cuts) < 2:
        cuts = _by_salutation(lines, rules)
    if len(cuts) < 2:
        return [Chunk(lines)]
    chunks = [Chunk(_between(lines, None, cuts[0]))]
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        line = lines[cut.line]
        mark = Span(line.start + cut.start, line.start + cut.start + cut.length)
        title = line.text[cut.start + cut.length :].strip() or None
        chunks.append(Chunk(_between(lines, cut, following), mark if cut.length else None, title))
    return chunks


def _between(lines: tuple[Line, ...], cut: _Cut | None, following: _Cut | None) -> tuple[Line, ...]:
    """Return the lines from behind one mark up to the next, with the parts of the lines that the marks stand in."""
    first, last = (cut.line + 1 if cut else 0), (following.line if following else len(lines))
    own = list(lines[first:last])
    if cut:
        own.insert(0, _from(lines[cut.line], cut.start + cut.length))
    if following and following.start:
        own.append(_upto(lines[following.line], following.start))
    return tuple(line for line in own if line.text)


def _cuts(index: int, line: Line, rules: RuleBook) -> list[_Cut]:
    """Find numbered openings at the head of a line or, after the end of a sentence, at its tail."""
    cuts = []
    for found in rules.rule("part.numbered").finditer(line.text):
        rest = line.text[found.end() :]
        if len(rest) <= _LONGEST_MARK and "。" not in rest:
            cuts.append(
                _Cut(index, found.start(), found.end() - found.start(), _value(found["number"] or found["counted"]))
            )
    return cuts


def _is_greeted(cut: _Cut, first: _Cut, lines: tuple[Line, ...], rules: RuleBook) -> bool:
    """Whether a cut behind the first speech stands over a salutation."""
    below = lines[cut.line + 1 : cut.line + 4]
    return cut.line > first.line and any(is_salutation(line, rules) for line in below)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (10 * (_NUMERALS.find(tens) + 1 or 1) if ten else 0) + (_NUMERALS.find(ones) + 1 if ones else 0)


def _in_sequence(cuts: list[_Cut]) -> list[_Cut]:
    """Keep 1, 2, 3 …: a table of contents numbers them too, so the last run from 1 counts."""
    runs: list[list[_Cut]] = []
    for cut in cuts:
        if cut.number == 1:
            runs.append([cut])
        elif runs and cut.number == runs[-1][-1].number + 1:
            runs[-1].append(cut)
    best: list[_Cut] = []
    for run in runs:
        if len(run) >= len(best) and not _is_list(run):
            best = run
    return best


def _is_list(run: list[_Cut]) -> bool:
    """Whether the marks stand line under line, as in a table of contents."""
    return all(later.line - earlier.line <= 1 for earlier, later in pairwise(run)) and len(run) > 1


def _by_salutation(lines: tuple[Line, ...], rules: RuleBook) -> list[_Cut]:
    """Find speeches without numbers: a title that names a speech, and soon after it a salutation."""
    cuts: list[_Cut] = []
    for index, line in enumerate(lines):
        if not is_salutation(line, rules) or not line.text.endswith(":"):
            continue
        for before in range(index - 1, max(index - 5, -1), -1):
            if rules.rule("title.noun").search(lines[before].squeezed) and len(lines[before].text) < _LONGEST_MARK:
                cuts.append(_Cut(before, 0, 0, len(cuts) + 1))
                break
    return cuts


def _from(line: Line, start: int) -> Line:
    words = line.text[start:].lstrip()
    return Line(line.end - len(words), line.end, words, line.number)


def _upto(line: Line, end: int) -> Line:
    words = line.text[:end].rstrip()
    return Line(line.start, line.start + len(words), words, line.number)
