"""Passages of GBK that lost half a character and were read half a character off: ;蛘呓凶龉芾碇卫砟芰 in the place of a
full stop and 或者叫做管理治理能力.

A Chinese character has two bytes in GBK. When one byte is lost, each character behind it is made of the second half of
one character and the first half of the next, up to where a byte is lost again. The two ends stay open: a mark or a
full-width letter at the start (;蛘, Ｒ皇) is the other half of a lost full stop; any other character there, like the one at
the end, is guessed from the words of the rest of the text. Widths must not be folded yet: Ｒ is evidence, R is not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found
from speechmine.cleaning.gbk import halves, joined
from speechmine.cleaning.script import simplified
from speechmine.reading.commonness import commonness, ordinary_characters

_HAN = "\u3400-\u9fff"
_MARK = "!-/:-?\uff01-\uff5e"
_RUN = re.compile(f"[{_MARK}]?[{_HAN}\u3041-\u30f6\u0391-\u044f]+")
_TAIL = re.compile(f"[{_MARK}]?[{_HAN}\u3041-\u30f6\u0391-\u044f]*\\Z")
_INSIDE = re.compile(f"[{_HAN}].[{_HAN}]{{2}}")
_BYTES = range(0x40, 0xFF)
_LONGEST, _SAMPLE = 200, 500_000
_LOST = "□"
# Ordinary text gains at most 7 (鞍钢鲅鱼 → 案嘱延). A full-width letter before two characters tells more; a text that holds one
# sure passage may hold short ones.
_SURE, _SURE_BEHIND_LETTER, _LIKELY = 9.0, 6.0, 4.0


class _Shift(NamedTuple):
    """A shifted passage: its place in the text, its bytes shifted back (one character less), and how likely it is."""

    start: int
    end: int
    words: str
    gain: float


@cache
def _seed() -> re.Pattern[str]:
    """Return what to look at: rare characters, and full-width letters and digits."""
    rare = set(map(chr, range(0x4E00, 0xA000))) - ordinary_characters()
    return re.compile(f"[{''.join(sorted(rare))}＜-＞＠-～０-９]")


def shifts(text: str) -> Found:
    """Shift back what was read half a character off; what cannot be known becomes □ and is flagged."""
    passages = [_best_shift(run, start) for start, run in _suspects(text)]
    if not any(_is_sure(passage, text) for passage in passages):
        return NOTHING
    passages = [one for one in passages if _is_sure(one, text) or (one.gain >= _LIKELY and _is_mark(text[one.start]))]
    plain = simplified(text[:_SAMPLE])
    edits: list[Edit] = []
    lost = 0
    for start, end, words, _ in passages:
        whole = (
            _first(text[start], words[0], plain) + words + _last(text[end - 1], words[-1] + text[end : end + 1], plain)
        )
        lost += whole.count(_LOST)
        edits += [Edit(start + n, start + n + 1, char) for n, char in enumerate(whole[:-2])]
        edits.append(Edit(end - 1, end, whole[-2:]))
    warnings = (f"{lost} characters at the ends of shifted passages could not be read; they stand as {_LOST}.",)
    return Found(edits, len(passages), lost, warnings if lost else ())


def _is_sure(passage: _Shift, text: str) -> bool:
    first = text[passage.start : passage.start + 1]
    behind_letter = "\uff10" <= first <= "\uff5e" and first not in "：；？" and len(passage.words) > 1
    return passage.gain >= (_SURE_BEHIND_LETTER if behind_letter else _SURE)


def _is_mark(char: str) -> bool:
    return char < "\x80" or char >= "\uff01"


def _suspects(text: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of characters that hold a seed, with their places."""
    position = 0
    while seed := _seed().search(text, position):
        start = seed.start()
        if not _is_mark(seed[0]):
            before = _TAIL.search(text, max(position, start - _LONGEST), start)
            start = before.start() if before else start
        elif start == 0 or not _INSIDE.match(text, start - 1):
            position = seed.end()
            continue
        run = _RUN.match(text, start, seed.end() + _LONGEST)
        words = run[0] if run else seed[0]
        yield start, words
        position = max(start + len(words), seed.end())


def _best_shift(run: str, start: int) -> _Shift:
    """Find the stretch of a run that gains most by shifting back (the largest sum of neighbouring gains)."""
    weights = [3.0 if char < "\x80" else commonness(char) for char in run]
    best = _Shift(start, start, "", 0.0)
    total, first, words = 0.0, 0, ""
    for at in range(len(run) - 1):
        char = _shifted(run[at], run[at + 1]) or "\ufffd"
        total, words = total + commonness(char) - (weights[at] + weights[at + 1]) / 2, words + char
        if total <= 0:
            total, first, words = 0.0, at + 1, ""
        elif total > best.gain:
            best = _Shift(start + first, start + at + 2, words, total)
    return best


def _shifted(left: str, right: str) -> str | None:
    first, second = halves(left), halves(right)
    return joined(first[1], second[0]) if first and second else None


def _first(mark: str, following: str, plain: str) -> str:
    """Guess the character whose second half stands in the first character of a passage."""
    pair = halves(mark)
    if pair is None or _is_mark(mark):
        return "。"
    return _likeliest((joined(high, pair[0]) for high in _BYTES), re.findall(f"(.){re.escape(following)}", plain))


def _last(char: str, around: str, plain: str) -> str:
    """Guess the character whose first half stands in the last character of a passage, between two that are known."""
    pair = halves(char)
    possible = (joined(pair[1], low) for low in _BYTES) if pair else ()
    seen = re.findall(f"{re.escape(around[0])}(.)", plain)
    if around[1:] >= "\u3400":
        seen += re.findall(f"(.){re.escape(around[1])}", plain)
    return _likeliest(possible, seen)


def _likeliest(possible: Iterable[str | None], seen: list[str]) -> str:
    """Return the possible character that is seen most often in this place elsewhere, or □."""
    counts = Counter(char for char in seen if char >= "\u3400")
    best = max((char for char in possible if char in counts), key=lambda char: counts[char or ""], default=None)
    return best or _LOST
