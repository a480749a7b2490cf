"""A text with findings that lie side by side, inside one another or across: cut into stretches that each know theirs."""

import itertools
from collections.abc import Iterable, Sequence

import msgspec

FURNITURE = "furniture"


class Mark(msgspec.Struct, frozen=True):
    """A part of a text to show: which finding, of which kind, from where to where (half-open, in characters)."""

    id: str
    kind: str
    start: int
    end: int


class Stretch(msgspec.Struct, frozen=True):
    """A piece of text over its whole length covered by the same marks.

    Attributes:
        text: The characters.
        marks: What covers it, widest first.
        begins: The marks whose first stretch this is.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> str:
        """Return the kinds that cover it, each once, as names of classes."""
        return " ".join(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def ids(self) -> str:
        """Return the findings that cover it."""
        return " ".join(mark.id for mark in self.marks if mark.kind != FURNITURE)


def stretches(text: str, marks: Sequence[Mark]) -> list[Stretch]:
    """Cut a text wherever a mark begins or ends.

    Joined, the stretches are the text; those that bear a mark, joined, are its words.

    >>> goal, measure = Mark("g", "goal", 2, 4), Mark("m", "measure", 0, 5)
    >>> [(piece.text, piece.kinds) for piece in stretches("完成5亿元。", [goal, measure])]
    [('完成', 'measure'), ('5亿', 'measure goal'), ('元', 'measure'), ('。', '')]
    """
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    inside.sort(key=lambda mark: (mark.start, -mark.end, mark.id))
    cuts = sorted({0, len(text)} | {mark.start for mark in inside} | {mark.end for mark in inside})
    found: list[Stretch] = []
    open_marks: list[Mark] = []
    waiting = iter(inside)
    coming = next(waiting, None)
    for start, end in itertools.pairwise(cuts):
        open_marks = [mark for mark in open_marks if mark.end > start]
        begins: list[Mark] = []
        while coming is not None and coming.start == start:
            begins.append(coming)
            coming = next(waiting, None)
        open_marks += begins
        found.append(Stretch(text[start:end], _widest_first(open_marks), tuple(begins)))
    return found


def _widest_first(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start, mark.id)))
