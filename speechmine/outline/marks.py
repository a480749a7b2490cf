"""List marks and enumerators (一、 (一) 1. 第一, 一是), and the sections that numbered headings open."""

from typing import NamedTuple

from speechmine.rules import RuleBook

_LONGEST = 24


class Mark(NamedTuple):
    """A list mark at the head of some words.

    Attributes:
        text: The mark as written, blanks and all.
        style: Its kind: ``chinese`` for 一、, ``bracketed`` for (一) and so on.
        rank: How deep headings of this style usually stand, 1 for the outermost.
    """

    text: str
    style: str
    rank: int

    @property
    def may_head(self) -> bool:
        """Whether words with such a mark can be a heading: 一、 can, 一是 and a bullet cannot."""
        return self.style not in ("point", "bullet", "sequence")


def mark_of(words: str, rules: RuleBook) -> Mark | None:
    """Return the list mark that the words begin with."""
    head = words[:_LONGEST]
    if not rules.opening("mark").match(head):
        return None
    for rule in rules.family("mark"):
        found = rule.match(head)
        if found and found[0]:
            return Mark(found[0], rule.set["style"], int(rule.set["rank"]))
    return None


class Sections:
    """The headings that the next statement stands under."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, str]] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The open headings, outermost first."""
        return tuple(words for _, _, words in self._open)

    def enter(self, words: str, mark: Mark | None) -> None:
        """Open a heading; it closes the one of its own style and all inside it.

        A style that is new here closes what usually stands deeper (一、 closes (三)). An unnumbered heading and 第一,
        have no depth of their own: they open inside whatever is open.
        """
        style = mark.style if mark else ""
        rank = mark.rank if mark else 1
        styles = [open_style for open_style, _, _ in self._open]
        if style in styles:
            del self._open[styles.index(style) :]
        elif mark and mark.style != "ordinal":
            self._open = [entry for entry in self._open if entry[1] < rank]
        self._open.append((style, rank, words))
