"""Numbers that a damaged page tore: 1。3万户 is 1.3万户, 34. 6% is 34.6%, 1 0 1 年 is 101年, 1 046 幢 is 1046幢."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found, found
from speechmine.patterns import compiled

_UNITS = "[%‰百千万萬亿億兆倍元吨噸米亩畝]|个百分点|個百分點|公里|平方|立方|公顷|公頃"
# 全国第1。5G基站 and 到2020。3亿元 are two sentences: no ordinal and no year before, a measure of size behind.
_SPLIT = compiled(
    rf"(?<![\d.。第])(?!(?:19|20)\d\d。)\d{{1,5}}(?P<point>[。·]| ?\. (?=\d)| \.)\d{{1,4}}(?= ?(?:{_UNITS}))"
)
_POINTS = (*(point + digit for point in "。·" for digit in "0123456789"), ". ", " .")


def split_numbers(text: str) -> Found:
    """Put the point back into a decimal number that was split by a full stop, a middle dot or a blank."""
    if not any(point in text for point in _POINTS):
        return NOTHING
    return found([
        Edit(*match.span("point"), ".") for match in _SPLIT.finditer(text) if not _is_list_number(text, match)
    ])


def _is_list_number(text: str, match: re.Match[str]) -> bool:
    """Say whether ``1. 5亿元以上项目`` is the first point of a list: it opens a line."""
    return match["point"] == ". " and (match.start() == 0 or text[match.start() - 1] in "\n ")
