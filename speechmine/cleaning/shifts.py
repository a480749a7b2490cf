"""Passages of GBK that lost half a character and were read half a character off.

A Chinese character has two bytes in GBK. When one byte is lost, each character behind it is made of the second half of
one character and the first half of the next, up to where a byte is lost again: ;蛘呓凶龉芾碇卫砟芰 is a full stop and
或者叫做管理治理能力. The two ends stay open: a mark or a full-width letter at the start (;蛘, Ｒ皇) is the other half
of a lost full stop; any other character there, like the one at the end, is guessed from the words of the other text.
Widths must not be folded yet: a full-width letter is evidence, a plain one is not.
"""

# ruff: noqa: RUF001

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from operator import add
from typing import NamedTuple

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found
from speechmine.cleaning.gbk import halves, joined
from speechmine.cleaning.script import simplified
from speechmine.cleaning.widths import folded
from speechmine.patterns import compiled
from speechmine.reading.commonness import commonness, ordinary_characters

_HAN = "\u3400-\u9fff"
_MARK = "!-/:-?\uff01-\uff5e"
# Everything that GBK holds, but for the marks of ordinary sentences, which end a run.
_ANY = (
    f"{_HAN}\u00a4-\u0451\u2100-\u266f\u3003\u3005-\u3007\u3012-\u3129\u3220-\u33d5"
    "\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff5e"
)
_RUN = compiled(f"[{_MARK}]?[{_ANY}]+")
_RUN_BACKWARDS = compiled(f"[{_ANY}]*[{_MARK}]?")
_LETTER = compiled("[＜-＞＠-～０-９]")
_DIGIT = compiled("[０-９]")
# Of a text that writes １９８７年 no full-width digit says anything; a damaged one holds two of them by chance (１３忠).
_WIDE_NUMBER = compiled("[０-９][０-９．％年月日万亿]")
_NUMBER = compiled("[０-９．]{2,}")
_FEW_WIDE_NUMBERS = 5
_WORTH = 2.0  # of two neighbours that stand side by side elsewhere too
_INSIDE = compiled(f"[{_HAN}”’》)）%％0-9].[{_HAN}\u00a4-\u0451\u2100-\u266f\u3040-\u3129]")
_BYTES = range(0x40, 0xFF)
_LONGEST, _LONGEST_BEHIND, _SAMPLE = 200, 60, 500_000
_LOST = "□"
# Ordinary text gains at most 7 (鞍钢鲅鱼 → 案嘱延). A full-width letter before two characters tells more; a text that
# holds one sure passage may hold short ones.
_SURE, _SURE_BEHIND_LETTER, _LIKELY, _LIKELY_BEHIND_LETTER = 9.0, 6.0, 4.0, 2.0


class _Shift(NamedTuple):
    """A shifted passage: its place in the text, its bytes shifted back (one character less), and how likely it is."""

    start: int
    end: int
    words: str
    gain: float


def _seeds(rare: str, more: str) -> re.Pattern[str]:
    """Return what to look at: rare characters, full-width letters and the marks given."""
    return re.compile(f"[{rare}＜-＞＠-～{more}]")


def shifts(text: str) -> Found:
    """Shift back what was read half a character off; what cannot be known becomes □ and is flagged."""
    digits = "" if len(_WIDE_NUMBER.findall(text)) > _FEW_WIDE_NUMBERS else "０-９"
    rare = "".join(sorted({char for char in set(text) if "\u4e00" <= char < "\ua000"} - ordinary_characters()))
    if not any(_is_sure(_best_shift(run, start), text) for start, run in _suspects(text, _seeds(rare, digits))):
        return NOTHING
    plain = simplified(folded(text[:_SAMPLE]))
    pairs = Counter(map(add, plain, plain[1:]))
    edits: list[Edit] = []
    lost = places = done = 0
    for start, run in _suspects(text, _seeds(rare, digits + "!;:?！；：？")):
        if start < done:
            continue
        ways = (
            _behind_mark(run, start, text, pairs) if digits or not _DIGIT.match(run) else None,
            _best_shift(run, start),
        )
        passage = next((way for way in ways if way and (_is_sure(way, text) or _is_likely(way, text))), None)
        if passage is None:
            continue
        whole = _whole(passage, text, pairs)
        lost, places, done = lost + whole.count(_LOST), places + 1, passage.end
        edits += _spread(whole, passage)
    warnings = (f"{lost} characters at the ends of shifted passages could not be read; they stand as {_LOST}.",)
    return Found(edits, places, lost, warnings if lost else ())


def _whole(passage: _Shift, text: str, pairs: Counter[str]) -> str:
    """Return the words of a passage with the characters at its two ends."""
    start, end, words, _ = passage
    first = _first(text[start], words[:1], pairs)
    return first + words + _last(text[end - 1], words[-1:] or first, text[end : end + 1], pairs)


def _spread(whole: str, passage: _Shift) -> list[Edit]:
    """Put the characters of a passage, one more than it had, into their places."""
    start, end, *_ = passage
    return [*(Edit(start + n, start + n + 1, whole[n]) for n in range(end - start - 1)), Edit(end - 1, end, whole[-2:])]


def _is_sure(passage: _Shift, text: str) -> bool:
    """Say whether a passage is too unlike any text to be read as it stands."""
    behind_letter = _LETTER.match(text, passage.start) is not None and len(passage.words) > 1
    return passage.gain >= (_SURE_BEHIND_LETTER if behind_letter else _SURE)


def _is_likely(passage: _Shift, text: str) -> bool:
    """Say whether a short passage that opens with a mark is shifted, in a text that is known to be damaged."""
    least = _LIKELY_BEHIND_LETTER if _LETTER.match(text, passage.start) else _LIKELY
    return passage.gain >= least and _is_mark(text[passage.start])


def _is_mark(char: str) -> bool:
    return char < "\x80" or char >= "\uff01"


def _suspects(text: str, seeds: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the runs of characters that hold a seed, with their places."""
    position = 0
    while seed := seeds.search(text, position):
        start = seed.start()
        if not _is_mark(seed[0]):
            before = _RUN_BACKWARDS.match(text[max(position, start - _LONGEST) : start][::-1])
            start -= len(before[0]) if before else 0
        elif start == 0 or not _INSIDE.match(text, start - 1):  # １９９０年 and Ａ級 begin or follow other letters
            position = seed.end()
            continue
        run = _RUN.match(text, start, seed.end() + _LONGEST)
        words = run[0] if run else seed[0]
        yield start, words
        # A clause behind an ordinary mark may be sound and hold a passage further on: it is not skipped.
        is_letter_or_rare = not _is_mark(seed[0]) or _LETTER.match(seed[0])
        position = max(start + len(words), seed.end()) if is_letter_or_rare else seed.end()


def _best_shift(run: str, start: int) -> _Shift:
    """Find the stretch of a run that gains most by shifting back: what it would say against what it says."""
    numbers = {at for number in _NUMBER.finditer(run) for at in range(*number.span())}
    weights = [3.0 * (at in numbers) if _is_mark(char) else commonness(char) for at, char in enumerate(run)]
    best = _Shift(start, start, "", 0.0)
    total, first, words = -weights[0], 0, ""
    for at in range(len(run) - 1):
        if -weights[at] > total:
            total, first, words = -weights[at], at, ""
        char = _shifted(run[at], run[at + 1]) or "\ufffd"
        total, words = total + commonness(char) - weights[at + 1], words + char
        if total > best.gain:
            best = _Shift(start + first, start + at + 2, words, total)
    return best


def _behind_mark(run: str, start: int, text: str, pairs: Counter[str]) -> _Shift | None:
    """Find the end of the passage that begins with the mark of a run: Ｍ平矿产 is 。推进矿产 and not 。推平矿产.

    The end is where the characters fit together best, judged by what stands side by side elsewhere in the text.
    """
    if not _is_mark(run[0]):
        return None
    best: _Shift | None = None
    total, words = 0.0, ""
    after = text[start + len(run) : start + len(run) + 1]
    for at, char in enumerate(run[:_LONGEST_BEHIND]):
        following = run[at + 1 : at + 2] or after
        last = _last(char, words[-1:] or "。", following, pairs)
        fitting = _fitting(f"。{words}{last}{following}", pairs) - _fitting(run[: at + 1] + following, pairs, 2)
        gain = total + _WORTH * fitting
        # One character, or several ordinary ones, may be meant as they stand behind a mark that is no letter.
        telling = any(commonness(rare) < 0 for rare in run[1 : at + 1]) or (_LETTER.match(run) and last != _LOST)
        if telling and (best is None or gain > best.gain):
            best = _Shift(start, start + at + 1, words, gain)
        shifted = _shifted(char, following) if at + 1 < len(run) else None
        if shifted is None or commonness(shifted) < 0:
            break
        total += commonness(shifted) - (0.0 if _is_mark(following) else commonness(following))
        words += shifted
    return best


def _fitting(words: str, pairs: Counter[str], least: int = 1) -> int:
    """Count the neighbours that stand side by side elsewhere too (the damaged ones at least once more than here)."""
    plain = simplified(folded(words))
    return sum(pairs[one + other] >= least for one, other in pairwise(plain))


def _shifted(left: str, right: str) -> str | None:
    first, second = halves(left), halves(right)
    return joined(first[1], second[0]) if first and second else None


def _first(mark: str, following: str, pairs: Counter[str]) -> str:
    """Guess the character whose second half stands in the first character of a passage."""
    pair = halves(mark)
    if pair is None or _is_mark(mark):
        return "。"
    return _likeliest((joined(high, pair[0]) for high in _BYTES), lambda char: pairs[char + following])


def _last(char: str, before: str, after: str, pairs: Counter[str]) -> str:
    """Guess the character whose first half stands in the last character of a passage, by its neighbours.

    Where the next character is Chinese, the second half was left out because it makes none with the first half of that.
    """
    pair, behind = halves(char), halves(after) if after >= "\u3400" else None
    lows = [low for low in _BYTES if behind is None or joined(low, behind[0]) is None]
    possible = (joined(pair[1], low) for low in lows) if pair else ()
    return _likeliest(possible, lambda char: (pairs[before + char] + 1) * (pairs[char + after] + 1) - 1)


def _likeliest(possible: Iterable[str | None], seen: Callable[[str], int]) -> str:
    """Return the possible character that is seen most often in this place elsewhere, or □."""
    best = max((char for char in possible if char and char >= "\u3400"), key=seen, default="")
    return best if best and seen(best) else _LOST
