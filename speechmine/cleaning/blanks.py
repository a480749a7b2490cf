"""Blanks that typesetting put into numbers and words: 1 0 1 年, 1 046 幢, 補助 2 萬 2,000 元, 国 务 院 工 作 规 则."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found, found
from speechmine.patterns import compiled

_HAN = "\u3400-\u9fff〇"
_SPACED_DIGITS = compiled(r"(?<![\d.,:])\d(?: \d){1,9}(?! ?[\d.,:]) ?(?=[年月日號号時时万萬亿億元人%])")
_THOUSANDS = compiled(rf"(?<![\d.,:])[1-9]\d{{0,2}}(?: \d{{3}})+(?! ?[\d.,:])(?= ?[{_HAN}])")
_SPACED_WORD = compiled(rf"(?<![{_HAN}])[{_HAN}](?P<gap> {{1,3}})[{_HAN}](?:(?P=gap)[{_HAN}]){{2,}}(?! ?[{_HAN}])")
_BEFORE_DIGIT = compiled(r" (?=\d)")
_SET_APART = compiled(rf"(?<=[{_HAN},、(“]) \d[\d.,]*%? (?=[{_HAN}])")
_BESIDE = compiled(rf"(?<=[{_HAN},。;:、(“]) (?=\d)|(?<=[\d%]) (?=[{_HAN}])")
_LIST_NUMBER = compiled(r"(?m)^ *\d{1,2} (?![年月日])")
_FEWEST = 3


def spaced_numbers(text: str) -> Found:
    """Close up digits set apart (1 0 1 年) and thousands parted by a blank (1 046 幢)."""
    if not any(text[gap.start() - 1].isdigit() for gap in _BEFORE_DIGIT.finditer(text, 1)):
        return NOTHING
    spans = {match.span() for pattern in (_SPACED_DIGITS, _THOUSANDS) for match in pattern.finditer(text)}
    return found([Edit(start, end, text[start:end].replace(" ", "")) for start, end in sorted(spans)])


def spaced_words(text: str) -> Found:
    """Close up words of four and more characters that are set with blanks between them."""
    return found([Edit(*match.span(), match[0].replace(" ", "")) for match in _SPACED_WORD.finditer(text)])


def number_blanks(text: str) -> Found:
    """Close up numbers and the characters beside them, in a text that sets at least three numbers apart (共 34 間).

    The blank behind a list number at the start of a line stays: 1 总体要求.
    """
    if len(_first(_SET_APART, text)) < _FEWEST:
        return NOTHING
    kept = {match.end() - 1 for match in _LIST_NUMBER.finditer(text)}
    return found([Edit(*match.span(), "") for match in _BESIDE.finditer(text) if match.start() not in kept])


def _first(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match[0] for match, _ in zip(pattern.finditer(text), range(_FEWEST), strict=False)]
