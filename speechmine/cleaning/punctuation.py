"""Doubled punctuation: ,, and ,。 where one mark was meant."""

import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import Found, found
from speechmine.patterns import compiled

_MARKS = ",、;:。"
_SEVERAL = compiled(f"[{_MARKS}]{{2,}}")


def doubled_punctuation(text: str) -> Found:
    """Keep one mark of two: the full stop where one of them is one.

    Three and more are an ellipsis or a line of a form; ?? !! and …… are meant; 1,,2 and 12::30 are no prose.
    """
    marks = [match for match in _SEVERAL.finditer(text) if _is_doubled(match[0]) and not _is_in_number(text, match)]
    return found([Edit(*mark.span(), "。" if "。" in mark[0] else mark[0][0]) for mark in marks])


def _is_doubled(marks: str) -> bool:
    return len(marks) == 2 and (marks[0] == marks[1] or "。" in marks)


def _is_in_number(text: str, marks: re.Match[str]) -> bool:
    return text[max(0, marks.start() - 1) : marks.start()].isdigit() and text[marks.end() : marks.end() + 1].isdigit()
