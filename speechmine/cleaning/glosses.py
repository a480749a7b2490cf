"""Readings in pinyin that a converter put behind characters: 關(guān)鍵 is 關鍵.

Pages that were turned from simplified into traditional script carry the reading of each character that was changed.
The converter worked on bytes and sometimes bit a character in two: 當(dāng)?shù)攸h委 is 當地黨委. The reading put in
there is that of 數 (0x94 0xB5), bytes that straddle 當 (0xAE 0x94) and 地 (0xB5 0xD8); what follows is shifted by half
a character up to the next ASCII letter, which is the second half of the last.
"""

# ruff: noqa: RUF001

import re
import unicodedata

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found
from speechmine.cleaning.gbk import halves, joined
from speechmine.patterns import compiled
from speechmine.reading.commonness import commonness

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300-\u030c"
_LETTERS = f"a-züɑɡ{_TONES}"
_READING = compiled(rf"(?<=[{_HAN}])\( ?(?P<reading>[{_LETTERS}]{{1,9}}) ?\)")
# 關(guǎ at the end of an excerpt; 關(guǎ at the end of a line and n)鍵 at the start of the next.
_CUT = compiled(
    rf"(?<=[{_HAN}])\([{_LETTERS}]{{0,6}}\n[{_LETTERS}]{{1,6}}\)|(?<=[{_HAN}])\([{_LETTERS}]{{1,6}}(?=\n|…|\Z)"
)
_BITTEN = compiled(rf"[?\ufffd](?P<reading>[{_LETTERS}]{{1,9}})\)")
_BEFORE = compiled(rf"([{_HAN}])(?:\([{_LETTERS}]{{1,9}}\))?\Z")
_TONE = compiled(f"[{_TONES}]")
_SYLLABLE = compiled(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:a(?:i|ng?|o)?|e(?:i|ng?|r)?|i(?:a(?:ng?|o)?|e|ng?|ong|u)?|o(?:ng|u)?|u(?:a(?:i|ng?)?|e|i|n|o)?|ve?)|h?m|h?ng|n"
)
_FEWEST = 3
_FEWEST_TONELESS = 5
_LONGEST_SHIFT = 60


def glosses(text: str) -> Found:
    """Take out readings, in a text that shows at least three of them.

    A bracket is a reading only when it holds one syllable with its tone and follows a character directly: 总值(GDP),
    里程(km), 选项(a) stay. Readings without tones are taken out only where none has one and five different ones stand.
    """
    readings = _readings(text)
    if not _is_glossed(readings):
        return NOTHING
    toned = any(map(_is_toned, readings.values()))
    spans = [span for span, reading in readings.items() if not toned or _is_toned(reading)]
    spans += [match.span() for match in _CUT.finditer(text)]
    # The character goes with its reading, so that a quote of it holds both.
    edits = [Edit(start - 1, end, text[start - 1]) for start, end in sorted(spans)]
    return Found(edits, len(edits))


def bitten_characters(text: str) -> Found:
    """Join the characters that the converter bit in two; to be called while the readings still stand."""
    bites = list(_BITTEN.finditer(text)) if "?" in text or "\ufffd" in text else []
    readings = _readings(text) if bites else {}
    if not _is_glossed(readings):
        return NOTHING
    known = {reading: text[start - 1] for (start, _), reading in readings.items()}
    joins = [_rejoined(text, bite, known) for bite in bites if _is_toned(bite["reading"])]
    left = sum(not join for join in joins)
    warnings = (f"{left} characters bitten in two by a converter could not be read.",) if left else ()
    return Found([edit for join in joins for edit in join], len(joins) - left, left, warnings)


def _readings(text: str) -> dict[tuple[int, int], str]:
    found = {match.span(): match["reading"] for match in _READING.finditer(text)} if "(" in text else {}
    return {span: reading for span, reading in found.items() if _is_syllable(reading)}


def _is_glossed(readings: dict[tuple[int, int], str]) -> bool:
    toned = sum(map(_is_toned, readings.values()))
    toneless = {reading for reading in readings.values() if len(reading) > 1}
    return toned >= _FEWEST or (toned == 0 and len(toneless) >= _FEWEST_TONELESS)


def _is_toned(reading: str) -> bool:
    return _TONE.search(reading) is not None


def _is_syllable(reading: str) -> bool:
    """Say whether Latin letters spell one syllable.

    >>> [_is_syllable(word) for word in ("guān", "lüè", "é", "zhuàng", "km", "ppp")]
    [True, True, True, True, False, False]
    """
    letters = (char for char in unicodedata.normalize("NFD", reading) if not unicodedata.combining(char))
    return _SYLLABLE.fullmatch("".join(letters).replace("ɑ", "a").replace("ɡ", "g")) is not None


def _rejoined(text: str, bite: re.Match[str], known: dict[str, str]) -> list[Edit]:
    """Shift the characters behind a bite back by half a character; nothing when the bytes do not allow it."""
    before = _BEFORE.search(text, max(0, bite.start() - 12), bite.start())
    straddled = halves(before[1]) if before else None
    behind = text[bite.end() : bite.end() + _LONGEST_SHIFT]
    last = re.search("[@-~]", behind)
    pairs = [halves(char) for char in behind[: last.start()]] if last else []
    if straddled is None or last is None or None in pairs:
        return []
    rest = [byte for pair in pairs if pair for byte in pair] + [ord(last[0])]
    first = _lost_byte(straddled[1], rest[0], known.get(bite["reading"], ""))
    chars = [joined(high, low) for high, low in zip([first, *rest[1::2]], rest[::2], strict=True)]
    if not all(char and commonness(char) > 0 for char in chars):
        return []
    starts = [bite.start(), *range(bite.end() + 1, bite.end() + len(chars))]
    ends = range(bite.end() + 1, bite.end() + len(chars) + 1)
    return [Edit(*edit) for edit in zip(starts, ends, map(str, chars), strict=True)]


def _lost_byte(straddled: int, low: int, glossed: str) -> int:
    """Find the byte that the bite swallowed: half of the character whose reading stands there, half of the next one."""
    pair = halves(glossed) if glossed else None
    if pair and pair[0] == straddled:
        return pair[1]
    # The converter writes readings only behind characters that it changed: none of them is in GB 2312.
    changed = range(0x81, 0xFF if straddled < 0xB0 else 0xA1)
    possible = (byte for byte in changed if joined(straddled, byte))
    return max(possible, key=lambda byte: commonness(joined(byte, low) or "\ufffd"))
