"""Passages of GBK that lost half a character and were read half a character off: ;蛘呓凶龉芾碇卫砟芰。

A Chinese character has two bytes in GBK. When one byte is lost, each character behind it is made of the second half of
one character and the first half of the next, up to where a byte is lost again. Shifting the bytes back gives
。或者叫做管理治理能力。 The two ends stay open: a mark like ; at the start is the other half of a lost 。, and any other
character there, like the one at the end, is guessed from the words of the rest of the text.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found
from speechmine.cleaning.gbk import halves, joined
from speechmine.cleaning.script import simplified
from speechmine.reading.commonness import commonness, ordinary_characters

_RUN = re.compile("[!-/:-?]?[\u3400-\u9fff\u3041-\u30f6Α-я]+")
_IN_RUN = re.compile("[\u3400-\u9fff\u3041-\u30f6Α-я]+")
_BYTES = range(0x40, 0xFF)
_LONGEST, _SAMPLE = 400, 500_000
_LOST = "□"
# Ordinary text gains at most 7 (鞍钢鲅鱼 → 案嘱延); a text that holds one sure passage may hold short ones.
_SURE, _LIKELY = 9.0, 4.0


class _Shift(NamedTuple):
    """A shifted passage: its place in the text, its bytes shifted back (one character less), and how likely it is."""

    start: int
    end: int
    words: str
    gain: float


@cache
def _rare() -> re.Pattern[str]:
    return re.compile(f"(?![{''.join(sorted(ordinary_characters()))}])[\u4e00-\u9fff]")


def shifts(text: str) -> Found:
    """Shift back what was read half a character off; what cannot be known becomes □ and is flagged."""
    passages = [_best_shift(run, start) for start, run in _suspects(text)]
    if not any(passage.gain >= _SURE for passage in passages):
        return NOTHING
    passages = [one for one in passages if one.gain >= (_LIKELY if text[one.start] < "\x80" else _SURE)]
    plain = simplified(text[:_SAMPLE])
    edits: list[Edit] = []
    lost = 0
    for start, end, words, _ in passages:
        whole = _first(text[start], words[0], plain) + words + _last(text[end - 1], words[-1], plain)
        lost += whole.count(_LOST)
        edits += [Edit(start + n, start + n + 1, char) for n, char in enumerate(whole[:-2])]
        edits.append(Edit(end - 1, end, whole[-2:]))
    warnings = (f"{lost} characters at the ends of shifted passages could not be read; they stand as {_LOST}.",)
    return Found(edits, len(passages), lost, warnings if lost else ())


def _suspects(text: str) -> list[tuple[int, str]]:
    """Return the runs of characters in which a rare one stands, with their places."""
    suspects: list[tuple[int, str]] = []
    position = 0
    while rare := _rare().search(text, position):
        behind = text[max(position, rare.start() - _LONGEST) : rare.start()]
        start = rare.start() - len(_tail(behind))
        run = _RUN.match(text, start, rare.end() + _LONGEST)
        suspects.append((start, run[0] if run else rare[0]))
        position = start + len(suspects[-1][1])
    return suspects


def _tail(behind: str) -> str:
    """Return the end of a text that can belong to a run, one mark included.

    >>> _tail("水平;蛘"), _tail("水平、蛘")
    (';蛘', '蛘')
    """
    length = 0
    while length < len(behind) and _IN_RUN.match(behind[-length - 1]):
        length += 1
    return behind[-length - 1 :] if _RUN.fullmatch(behind[-length - 1 :] + "的") else behind[len(behind) - length :]


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
    if mark < "\x80" or pair is None:
        return "。"
    return _likeliest((joined(high, pair[0]) for high in _BYTES), re.findall(f"(.){re.escape(following)}", plain))


def _last(char: str, previous: str, plain: str) -> str:
    """Guess the character whose first half stands in the last character of a passage."""
    pair = halves(char)
    possible = (joined(pair[1], low) for low in _BYTES) if pair else ()
    return _likeliest(possible, re.findall(f"{re.escape(previous)}(.)", plain))


def _likeliest(possible: Iterable[str | None], seen: list[str]) -> str:
    """Return the possible character that is seen most often in this place elsewhere, or □."""
    counts = Counter(char for char in seen if char >= "\u3400")
    best = max((char for char in possible if char in counts), key=lambda char: counts[char or ""], default=None)
    return best or _LOST
