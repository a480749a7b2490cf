"""Doubled punctuation: ,, and ,。 where one mark was meant."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import Found, found

# Three and more are an ellipsis or a line of a form; ?? !! and …… are meant; 1,,2 is no prose.
_DOUBLED = re.compile(r"(?<![,、;:。\d])(?:([,、;:。])\1|[,、;:]。|。[,、;:])(?![,、;:。\d])")


def doubled_punctuation(text: str) -> Found:
    """Keep one mark of two: the full stop where one of them is one."""
    return found([
        Edit(*match.span(), "。" if "。" in match[0] else match[0][0]) for match in _DOUBLED.finditer(text)
    ])
