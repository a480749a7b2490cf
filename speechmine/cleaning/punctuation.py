"""Doubled punctuation: ,, and ,。 where one mark was meant."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found, found

_MARKS = ",、;:。"
# Looking for the thirteen pairs one by one is faster than one pattern that stops at every comma.
_PAIRS = tuple(first + second for first in _MARKS for second in _MARKS if first == second or "。" in first + second)
# Three and more are an ellipsis or a line of a form; ?? !! and …… are meant; 1,,2 and 12::30 are no prose.
_DOUBLED = re.compile(f"(?<![{_MARKS}])(?!(?<=\\d)..\\d)(?:{'|'.join(_PAIRS)})(?![{_MARKS}])")


def doubled_punctuation(text: str) -> Found:
    """Keep one mark of two: the full stop where one of them is one."""
    if not any(pair in text for pair in _PAIRS):
        return NOTHING
    marks = _DOUBLED.finditer(text)
    return found([Edit(*mark.span(), "。" if "。" in mark[0] else mark[0][0]) for mark in marks])
