"""Doubled punctuation: ,, and ,。 where one mark was meant."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import Found, found

# Three and more are an ellipsis or a line of a form; ?? !! and …… are meant; 1,,2 and 12::30 are no prose.
_DOUBLED = re.compile(r"(?<![,、;:。])(?!(?<=\d)..\d)(?:([,、;:。])\1|[,、;:]。|。[,、;:])(?![,、;:。])")


def doubled_punctuation(text: str) -> Found:
    """Keep one mark of two: the full stop where one of them is one."""
    marks = _DOUBLED.finditer(text)
    return found([Edit(*mark.span(), "。" if "。" in mark[0] else mark[0][0]) for mark in marks])
