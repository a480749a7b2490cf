"""Private-use characters: list marks of old fonts, and characters that only one machine could show."""

from itertools import pairwise

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found
from speechmine.patterns import compiled

_ANY = compiled("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_MARK = compiled(rf"(?:(?m:^)[ *·]*|(?<=[。;:,、]))(?P<mark>{_ANY.pattern})")
_DIGITS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def private_use(text: str) -> Found:
    """Turn private-use list marks into ordinary ones; private-use characters inside words stay and are flagged.

    Marks with neighbouring codes are a series and become ①②③, others become ·.
    """
    everything = _ANY.findall(text)
    if not everything:
        return NOTHING
    marks = [match.span("mark") for match in _MARK.finditer(text)]
    plain = _plain({text[start] for start, _ in marks})
    edits = [Edit(start, end, plain[text[start]]) for start, end in marks]
    left = len(everything) - len(edits)
    warnings = (
        (f"{left} private-use characters, which only one computer's font could show, are not read.",) if left else ()
    )
    return Found(edits, len(edits), left, warnings)


def _plain(marks: set[str]) -> dict[str, str]:
    r"""Say what each mark becomes.

    >>> _plain({"\ue687", "\ue686", "\uf0b7"})
    {'\ue686': '①', '\ue687': '②', '\uf0b7': '·'}
    """
    ordered = sorted(marks)
    place = dict.fromkeys(ordered, 0)
    for before, after in pairwise(ordered):
        if ord(after) == ord(before) + 1:
            place[after] = place[before] + 1
    series = {chr(ord(mark) - 1) for mark in ordered if place[mark] == 1}
    return {
        mark: _DIGITS[min(place[mark], len(_DIGITS) - 1)] if place[mark] or mark in series else "·" for mark in ordered
    }
