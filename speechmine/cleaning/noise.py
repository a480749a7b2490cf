"""Marks that copying sites put into the middle of words: 的’感谢, 的.汇聚, 项目的`招商, 招商时-6-限."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import Found, found

_HAN = "\u3400-\u9fff"
_QUOTE = re.compile(f"(?<=[{_HAN}])[’‘'`´](?=[{_HAN}])")
_POINT = re.compile(rf"(?<=[的地得了和与與在是])\.(?=[{_HAN}])")
_PARTNERS = {"’": "‘", "‘": "’"}
_NEAR = 80


def inserted_noise(text: str) -> Found:
    """Take out single marks between two characters that belong to no pair of quotation marks."""
    stray = [match.start() for match in _QUOTE.finditer(text) if not _is_paired(text, match.start())]
    # Elsewhere a point may end a sentence (继续前进.同志们) or part a name (艾尔肯.吐尼亚孜).
    stray += [match.start() for match in _POINT.finditer(text)]
    return found([Edit(start, start + 1, "") for start in sorted(stray)])


def _is_paired(text: str, position: int) -> bool:
    """Say whether a quotation mark has its partner nearby on its line."""
    mark = text[position]
    before, _, _ = text[max(0, position - _NEAR) : position][::-1].partition("\n")
    after, _, _ = text[position + 1 : position + 1 + _NEAR].partition("\n")
    if mark == "’":
        return before.count("‘") > before.count("’")
    if mark == "‘":
        return after.count("’") > after.count("‘")
    return (before + after).count(mark) % 2 == 1
