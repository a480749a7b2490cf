"""What the full-text index holds of a finding: characters, pairs of characters, and filters, each as a token.

FTS5 splits its text at blanks and at ASCII punctuation, so a token has neither: punctuation is moved to a plane of Unicode that
no text uses. A phrase of Chinese is then a phrase of pairs (周调度 is 周调 调度, one behind the other), found exactly by FTS5 itself.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from speechmine.cleaning import tidy

_MOVED = 0x100000
_TAGS = {
    name: chr(0x10F000 + number)
    for number, name in enumerate((
        "kind",
        "every",
        "metric",
        "unit",
        "owner",
        "place",
        "year",
        "status",
        "topic",
        "in metric",
        "in owner",
        "in place",
    ))
}
_GAP = chr(0x10FFF0)
_LONGEST = 200


class _Table(dict[int, int]):
    """From each character to the one that it counts as; made as characters come by."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        if code >= _MOVED:
            char = "\ufffd"
        elif char.isspace():
            char = " "
        for _ in range(2):  # twice: some variants lead to a traditional character
            folded = tidy(char)
            lower = folded.lower()
            char = lower if len(lower) == 1 else folded
        found = self[code] = ord(char if not char.isspace() else " ")
        return found


_TABLE = _Table()


def normal(text: str) -> str:
    """Write a text as it is searched: one script, width and case, each character by itself.

    Character by character, so that a part of a text is written as it is within the whole.

    >>> normal("臺賬，95％")
    '台账,95%'
    """
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Searchable:
    """What can be asked of a finding.

    Attributes:
        number: Its number.
        words: The sentence, and what else its words are searched in.
        exact: Pairs of a filter's name and a value.
    """

    number: int
    words: tuple[str, ...]
    exact: tuple[tuple[str, str], ...]


def tokens(found: Searchable) -> str:
    """Return the tokens of a finding, as FTS5 takes them."""
    parts: list[str] = []
    for words in found.words:
        parts += (*_runs("", normal(words)), _GAP)
    for name, value in found.exact:
        parts.append(_exact(name, value))
        inside = _TAGS.get(f"in {name}")
        if inside:
            parts += (*_runs(inside, normal(value)), _GAP)
    # Single characters once each, behind the runs: they are never part of a phrase.
    parts += sorted({char for words in found.words for char in map(_moved, normal(words))})
    for name, value in found.exact:
        inside = _TAGS.get(f"in {name}")
        if inside:
            parts += sorted({inside + char for char in map(_moved, normal(value))})
    return " ".join(parts)


def phrase(words: str, within: str = "") -> str:
    """Return the FTS5 expression that finds a string, of one or more characters.

    Args:
        words: The string.
        within: Name of the filter in whose values it is to stand; nothing for the words of the finding.
    """
    written = normal(words)
    tag = _TAGS[f"in {within}"] if within else ""
    found = _runs(tag, written) if len(written) > 1 else [tag + _moved(written)]
    return f'"{" ".join(found)}"'


def exactly(name: str, value: str) -> str:
    """Return the FTS5 expression that finds a value of a filter."""
    return f'"{_exact(name, value)}"'


def _exact(name: str, value: str) -> str:
    return _TAGS[name] + "".join(map(_moved, normal(value)[:_LONGEST]))


def _runs(tag: str, written: str) -> Iterable[str]:
    chars = [_moved(char) for char in written]
    return [tag + first + second for first, second in itertools.pairwise(chars)]


def _moved(char: str) -> str:
    return char if char.isalnum() or char >= "\x80" else chr(_MOVED + ord(char))


def places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a string stands in a text, both as they are.

    >>> list(places("調度", "周调度、月调度"))
    [(1, 3), (5, 7)]
    """
    wanted, searched = normal(words), normal(text)
    start = searched.find(wanted)
    while wanted and start >= 0:
        yield start, start + len(wanted)
        start = searched.find(wanted, start + 1)
