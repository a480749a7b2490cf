"""Marks that copying sites put into the middle of words: 的’感谢, 的.汇聚, 项目的`招商, 如期完成。 -三是强化管理."""

# ruff: noqa: RUF001

from speechmine.aligned import Edit
from speechmine.cleaning.found import Found, found
from speechmine.patterns import compiled

_STRAY = compiled("[’‘'`´.](?=[\u3400-\u9fff])")
_DASH = compiled("-(?=[\u3400-\u9fff])")
_HAN = compiled("[\u3400-\u9fff]")
# Elsewhere a point may end a sentence (继续前进.同志们) or part a name (艾尔肯.吐尼亚孜).
_BEFORE_POINT = "的地得了和与與在是"
_NEAR = 200


def inserted_noise(text: str) -> Found:
    """Take out single marks between two characters that belong to no pair of quotation marks."""
    spans = [match.span() for match in _STRAY.finditer(text, 1) if _is_noise(text, match.start())]
    spans += [span for match in _DASH.finditer(text) if (span := _behind_stop(text, match.start()))]
    return found([Edit(start, end, "") for start, end in sorted(spans)])


def _behind_stop(text: str, dash: int) -> tuple[int, int] | None:
    """Return the place of a dash that stands between a sentence and the next, with the blank before it."""
    start = dash - 1 if text[dash - 1 : dash] == " " else dash
    return (start, dash + 1) if start and text[start - 1] in "。!?;" else None


def _is_noise(text: str, position: int) -> bool:
    before = text[position - 1]
    if text[position] == ".":
        return before in _BEFORE_POINT
    return _HAN.match(before) is not None and not _is_paired(text, position)


def _is_paired(text: str, position: int) -> bool:
    """Say whether a quotation mark has its partner nearby on its line."""
    mark = text[position]
    before, _, _ = text[max(0, position - _NEAR) : position][::-1].partition("\n")
    after, _, _ = text[position + 1 : position + 1 + _NEAR].partition("\n")
    if mark == "’":
        return 0 <= before.find("‘") < (before.find("’") % (_NEAR + 1))
    if mark == "‘":
        return 0 <= after.find("’") < (after.find("‘") % (_NEAR + 1))
    return mark == "'" and (before + after).count(mark) % 2 == 1
