"""Line breaks inside sentences: lines cut at a fixed width (PDF, old mail, printouts), lines torn by a page's links.

Only a break inside a sentence goes. The lines of headings, lists, tables, menus and signatures, and the paragraphs of
an ordinary document, which stand on a line each, keep theirs.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from speechmine.aligned import Edit
from speechmine.cleaning.found import Found, found
from speechmine.cleaning.lines import has_heading_number, is_ended, is_numbered, is_prose, may_go_on, width
from speechmine.patterns import compiled

_WIDEST = 130  # columns; no one wraps at more
_NARROWEST = 30
# A broken line is at least so full, as the next word did not fit; one that may be a heading must be fuller.
_FULL, _QUITE_FULL = 0.8, 0.88
_FEWEST = 3
_LONG = 30  # characters
_OPENS = compiled(r"[《〈“‘(【\[]")
_CLOSES = compiled(r"[,。、;:!?%》〉”’)】\]]|\([A-Z][A-Za-z0-9.-]{1,11}\)")
_STOP_INSIDE = compiled("[。!?;]+[”’)]*[^。!?;”’)]")
_SENTENCE = compiled("[。!?;]")
_HANGING = compiled("[,、]\\Z|(?<=[^\\s目])[的和与與及在对對把被将將为為以从從向由或]\\Z")
_WORD = compiled(r"[A-Za-z]")


class _Line(NamedTuple):
    """A line without the blanks around it, and its place."""

    start: int
    end: int
    indent: int
    text: str


def hard_wraps(text: str) -> Found:
    """Join the lines that a page broke inside a sentence."""
    lines = _lines(text)
    joins = _wrapped(lines)
    joins |= set(_torn(lines, joins))
    return found([
        Edit(line.end, after.start, " " if _WORD.match(line.text[-1]) and _WORD.match(after.text[0]) else "")
        for at, (line, after) in enumerate(pairwise(lines))
        if at in joins
    ])


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    position = 0
    for raw in text.split("\n"):
        words = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        start = position + indent if words else position
        lines.append(_Line(start, start + len(words), indent, words))
        position += len(raw) + 1
    return lines


def _wrapped(lines: list[_Line]) -> set[int]:
    """Find the breaks of the passages that are cut at a fixed width."""
    joins: set[int] = set()
    first = 0
    for at, line in enumerate([*lines, None]):
        if line is None or (len(line.text) * 2 > _WIDEST and width(line.text) > _WIDEST):
            joins.update(_joins_of(lines, range(first, at)))
            first = at + 1
    return joins


def _joins_of(lines: list[_Line], passage: range) -> Iterable[int]:
    """Find the breaks inside sentences of one passage of short lines; none when it is not cut at a fixed width."""
    open_lines = [at for at in passage if at + 1 in passage and _is_open(lines[at], lines[at + 1])]
    if len(open_lines) < _FEWEST:
        return ()
    widths = {at: width(lines[at].text) for at in open_lines}
    widest = sorted(widths.values())[len(widths) * 9 // 10]
    full = [at for at in open_lines if widths[at] >= widest * _FULL]
    too_wide = sum(width(lines[at].text) > widest * 1.2 for at in passage)
    prose = sum(is_prose(lines[at].text) for at in full)
    # In running text sentences end anywhere in a line; a list of titles (调度会召开,市长出席) has no full stops.
    stops = sum(_STOP_INSIDE.search(lines[at].text) is not None for at in passage)
    if widest < _NARROWEST or len(full) < _FEWEST or stops * 12 < len(full):
        return ()
    if prose * 2 < len(full) or too_wide * 10 > len(passage):
        return ()
    return (at for at in full if _continues(lines[at], lines[at + 1], widths[at] >= widest * _QUITE_FULL))


def _is_open(line: _Line, after: _Line) -> bool:
    """Say whether a line may go on in the next; one that ends in ; may where a bracket is open."""
    if not line.text or not after.text:
        return False
    inside = line.text[-1] in ";:" and _is_inside_brackets(line.text)
    return may_go_on(line.text[:-1] if inside else line.text, after.text)


def _is_inside_brackets(line: str) -> bool:
    return line.count("(") > line.count(")")


def _continues(line: _Line, after: _Line, is_full: bool) -> bool:
    """Say whether the line of a wrapped passage that may go on in the next does so."""
    if is_prose(line.text):
        return True
    if after.indent > line.indent:
        return False
    if has_heading_number(line.text):  # goes on only in a short rest: (二十二)…推動社福津貼申⏎請減紙化
        return is_full and not is_prose(after.text) and not is_ended(after.text)
    return not is_numbered(line.text) or is_full or line.text[-1].isdigit()


def _torn(lines: list[_Line], joined: set[int]) -> Iterator[int]:
    """Find the breaks inside the sentences of paragraphs that stand on a line each."""
    length, has_sentence = 0, False
    for at, (line, after) in enumerate(pairwise(lines)):
        if at in joined:  # the last line of a wrapped paragraph is short because it is the last
            length, has_sentence = 0, False
            continue
        length, has_sentence = length + len(line.text), has_sentence or _SENTENCE.search(line.text) is not None
        if line.text and after.text and _is_torn(line, after, length if has_sentence or _hangs(line.text) else 0):
            yield at
        else:
            length, has_sentence = 0, False


def _is_torn(line: _Line, after: _Line, length: int) -> bool:
    """Say whether a paragraph of so many characters breaks off inside a sentence that the next line goes on with."""
    if _OPENS.match(line.text[-1]) or (_CLOSES.match(after.text) and not is_ended(line.text)):
        return True
    if length < _LONG or after.indent > line.indent or after.text[0] == "(" or not may_go_on(line.text, after.text):
        return False
    return line.text[-1].isalnum() or line.text[-1] in ",、"


def _hangs(line: str) -> bool:
    """Say whether a line ends with a word that asks for another: 下边结合大家的, 抓好项目,."""
    return _HANGING.search(line, max(0, len(line) - 2)) is not None
