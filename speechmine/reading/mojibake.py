"""Text that was read in a wrong encoding and then saved: å…¨å¸‚ and 鍏ㄥ競 are 全市.

Where the bytes of the first reading are still there, the text is written back in the encoding that was wrong and read
in the one that is right. It is done stretch by stretch, since a page may hold one such title among sound paragraphs,
and only where the result is far more like Chinese than what stands there: café, naïve and 碧海 stay.
"""

# ruff: noqa: RUF002

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import msgspec

from speechmine.patterns import compiled
from speechmine.reading.commonness import likeness

_LOST = "\ufffd"
# The 27 marks and letters that cp1252 has for bytes where Latin-1 has control characters.
_BYTES = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x100)}
_HIGH = "".join(sorted(char for char in _BYTES if char > "\x7f"))
# Every two-byte character of Chinese text, and the first two bytes of every one in UTF-8, is a letter and one more.
_LATIN_SIGN = compiled(f"[À-ÿ][{_HIGH}]")
_LATIN = compiled(f"[{_HIGH}][\t\r -~{_HIGH}]*")
_LOSSES = compiled(f"{_LOST}+\\??")
# GBK reads the UTF-8 of 锟斤拷 out of two U+FFFD that a still earlier reading left.
_WRONG_THEN_RIGHT = (("gb18030", "cp950"), ("gb18030", "big5hkscs"), ("cp950", "gb18030"), ("big5hkscs", "gb18030"))
_SAMPLE = 60_000
_CHINESE, _BETTER = 1.5, 1.5
# Two or three characters of two bytes each may be an accident.
_ENOUGH = 4


class _Stretch(NamedTuple):
    """A stretch of the text that was read wrongly, what it says, and which encoding was taken for which."""

    start: int
    end: int
    words: str
    how: str


class Undone(msgspec.Struct, frozen=True):
    """A text in which wrong readings are put right.

    Attributes:
        text: The text; U+FFFD stands where the wrong reading lost a character.
        how: Which encoding was taken for which, in most of the stretches: ``utf-8 was read as cp1252``.
        places: How many stretches (lines, mostly) are put right.
        lost: How many characters could not be brought back.
        whole: Whether this is most of the text.
    """

    text: str
    how: str
    places: int
    lost: int
    whole: bool


def undone(text: str) -> Undone | None:
    """Put right what was read in a wrong encoding; None where nothing was.

    >>> undone("å…¨å¸‚").text, undone("È«ÊÐÖØµãÏîÄ¿").text, undone("鍏ㄥ競").text, undone("café, naïve")
    ('全市', '全市重点项目', '全市', None)
    """
    stretches = _latin_stretches(text) or _gbk_lines(text) or _everything(text)
    if not stretches:
        return None
    pieces: list[str] = []
    done = 0
    for start, end, words, _ in stretches:
        pieces += (text[done:start], words)
        done = end
    how = Counter(stretch.how for stretch in stretches).most_common(1)[0][0]
    lost = sum(stretch.words.count(_LOST) for stretch in stretches)
    foreign = sum(_foreign(text[stretch.start : stretch.end]) for stretch in stretches)
    return Undone("".join((*pieces, text[done:])), how, len(stretches), lost, foreign * 2 > _foreign(text))


def _foreign(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _latin_stretches(text: str) -> list[_Stretch]:
    """Find what was read as Latin letters: å…¨å¸‚ was UTF-8, È«ÊÐ was GBK.

    A text that holds one sure stretch may hold others that are too short to be sure of.
    """
    if not _LATIN_SIGN.search(text):
        return []
    runs = list(_LATIN.finditer(text))
    sure = {run.start(): found for run in runs if _LATIN_SIGN.search(run[0]) and (found := _latin(run))}
    names = Counter(name for name, _ in sure.values()).most_common(1)
    rest = {run.start(): (names[0][0], words) for run in runs if names and (words := _strict(run[0], names[0][0]))}
    every = rest | sure
    named = [(run, *every[run.start()]) for run in runs if run.start() in every]
    return [_Stretch(*run.span(), words, f"{name} was read as cp1252") for run, name, words in named]


def _latin(run: re.Match[str]) -> tuple[str, str] | None:
    """Return what a run surely says and in which encoding; None where it may be meant as it stands."""
    words = _strict(run[0], "utf-8")
    if any(char >= "\u2e80" or char.isspace() for char in words if char > "\x7f"):  # Â\xa0 is a blank
        return "utf-8", words
    data = bytes(_BYTES[char] for char in run[0])
    readings = [(name, _LOSSES.sub(_LOST, data.decode(name, "replace"))) for name in ("utf-8", "gb18030", "cp950")]
    name, words = max(readings, key=lambda reading: likeness(reading[1]))
    enough = sum(char >= "\u3000" for char in words) >= _ENOUGH
    return (name, words) if enough and likeness(words) > max(_CHINESE, likeness(run[0]) + _BETTER) else None


def _strict(run: str, name: str) -> str:
    """Read a run in the encoding of its neighbours; nothing where it cannot be read so, or is worse for it."""
    try:
        words = bytes(_BYTES[char] for char in run).decode(name)
    except UnicodeDecodeError:
        return ""
    return words if likeness(words) > likeness(run) else ""


@cache
def _gbk_signs() -> re.Pattern[str]:
    """Return what GBK makes of the first two bytes of a Chinese character or mark in UTF-8: 鍏, 銆, 锛."""
    pairs = ((lead, second) for lead in (0xE3, *range(0xE4, 0xEA), 0xEF) for second in range(0x80, 0xC0))
    return compiled("[" + "".join(bytes(pair).decode("gb18030") for pair in pairs) + "]")


def _gbk_lines(text: str) -> list[_Stretch]:
    """Find the lines of UTF-8 that were read as GBK: 鍏ㄥ競. A third of their characters are such signs.

    In a text that is mostly of this kind, a line may be too short, or have lost too much, to be sure of.
    """
    lines = list(re.finditer("[^\n]+", text)) if _gbk_signs().search(text) else []
    sure = {line: words for line in lines if (words := _sure_from_gbk(line[0]))}
    if sum(_foreign(line[0]) for line in sure) * 2 > _foreign(text):
        rest = {line: _from_gbk(line[0]) for line in lines if line not in sure and not line[0].isascii()}
        sure |= {line: words for line, words in rest.items() if _LOST not in words or _gbk_signs().search(line[0])}
    return [_Stretch(*line.span(), sure[line], "utf-8 was read as gb18030") for line in lines if line in sure]


def _sure_from_gbk(line: str) -> str:
    """Return what a line says that UTF-8 read as GBK surely is; nothing of any other."""
    if len(_gbk_signs().findall(line)) * 6 <= _foreign(line):
        return ""
    words = _from_gbk(line)
    return words if _known_likeness(words) > _known_likeness(line) + _BETTER else ""


def _known_likeness(words: str) -> float:
    return likeness(words.replace(_LOST, ""))


def _from_gbk(line: str) -> str:
    """Read as UTF-8 what GBK read; a € is its own two bytes or, on Windows, the byte 0x80."""
    readings = []
    for euro in ("€".encode("gb18030"), b"\x80"):
        parts = (euro.join(piece.encode("gb18030") for piece in part.split("€")) for part in line.split(_LOST))
        readings.append(_LOSSES.sub(_LOST, b"\xff".join(parts).decode("utf-8", "replace")))
    return min(readings, key=lambda words: words.count(_LOST))


def _everything(text: str) -> list[_Stretch]:
    """Read a whole text in Big5 that was read as GBK, or the other way round: いΑ is 中央, 笢栝 as well."""
    sample = text[:_SAMPLE]
    han = sum(char >= "\u3400" for char in sample)  # of Russian letters and kana, too, GBK and Big5 make characters
    if han < _ENOUGH or han * 2 < _foreign(sample) or likeness(sample) > _CHINESE:
        return []
    readings = {(wrong, right): _reread(sample, wrong, right) for wrong, right in _WRONG_THEN_RIGHT}
    (wrong, right), words = max(readings.items(), key=lambda reading: likeness(reading[1]))
    if likeness(words) < max(_CHINESE, likeness(sample) + _BETTER):
        return []
    return [_Stretch(0, len(text), _reread(text, wrong, right), f"{right} was read as {wrong}")]


def _reread(text: str, wrong: str, right: str) -> str:
    return _LOSSES.sub(_LOST, text.encode(wrong, "replace").decode(right, "replace"))
