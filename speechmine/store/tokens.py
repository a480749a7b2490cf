"""What the full-text index holds of a finding: characters, pairs of characters, and filters, each as a token.

FTS5 splits its text at blanks and at ASCII punctuation, so a token has neither: punctuation is moved to a plane of Unicode that
no text uses. A phrase of Chinese is then a phrase of pairs (周调度 is 周调 调度, one behind the other), found exactly by FTS5 itself.
"""

from collections.abc import Iterator
from itertools import pairwise
from operator import add

import msgspec

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


class _Normal(dict[int, int]):
    """From each character to the one that it counts as; made as characters come by."""

    def __missing__(self, code: int) -> int:
        char = chr(code) if code < _MOVED else "\ufffd"
        for _ in range(2):  # twice: some variants lead to a traditional character
            folded = tidy(" " if char.isspace() else char)
            lower = folded.lower()
            char = lower if len(lower) == 1 else folded
        found = self[code] = ord(" " if char.isspace() else char)
        return found


class _Indexed(dict[int, int]):
    """The same, with ASCII punctuation moved to where FTS5 takes it for letters."""

    def __missing__(self, code: int) -> int:
        normal = _NORMAL[code]
        plain = normal >= 0x80 or chr(normal).isalnum()
        found = self[code] = normal if plain else _MOVED + normal
        return found


_NORMAL = _Normal()
_INDEXED = _Indexed()


def normal(text: str) -> str:
    """Write a text as it is searched: one script, width and case, each character by itself.

    Character by character, so that a part of a text is written as it is within the whole.

    >>> normal("臺賬，95％")
    '台账,95%'
    """
    return text.translate(_NORMAL)


class Searchable(msgspec.Struct, frozen=True):
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
    single: set[str] = set()
    for words in found.words:
        written = words.translate(_INDEXED)
        parts += map(add, written, written[1:])
        parts.append(_GAP)
        single.update(written)
    for name, value in found.exact:
        parts.append(_exact(name, value))
        inside = _TAGS.get(f"in {name}")
        if inside:
            written = value.translate(_INDEXED)
            parts += (inside + first + second for first, second in pairwise(written))
            parts.append(_GAP)
            single.update(inside + char for char in written)
    # Single characters once each, behind the runs: they are never part of a phrase.
    return " ".join((*parts, *sorted(single)))


def variants(words: str) -> tuple[str, ...]:
    """Return how a string may be written where it is searched: character by character, and as words are converted.

    Character by character 計畫 is 计画, as a word it is 计划; both are looked for, and both are indexed.

    >>> variants("計畫"), variants("周調度")
    (('计画', '计划'), ('周调度',))
    """
    return tuple(dict.fromkeys((normal(words), normal(tidy(words)))))


def phrase(words: str, within: str = "") -> str:
    """Return the FTS5 expression that finds a string, of one or more characters.

    Args:
        words: The string.
        within: Name of the filter in whose values it is to stand; nothing for the words of the finding.
    """
    tag = _TAGS[f"in {within}"] if within else ""
    return _either([_run(tag, written.translate(_INDEXED)) for written in variants(words)])


def exactly(name: str, value: str) -> str:
    """Return the FTS5 expression that finds a value of a filter."""
    return _either([f'"{_exact(name, written)}"' for written in variants(value)])


def _either(found: list[str]) -> str:
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _run(tag: str, written: str) -> str:
    found = [tag + first + second for first, second in pairwise(written)] or [tag + written]
    return f'"{" ".join(found)}"'


def _exact(name: str, value: str) -> str:
    return _TAGS[name] + value[:_LONGEST].translate(_INDEXED)


def places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a string stands in a text, both as they are.

    >>> list(places("調度", "周调度、月调度"))
    [(1, 3), (5, 7)]
    """
    for wanted in variants(words):
        for searched in variants(text):
            start = searched.find(wanted)
            while wanted and start >= 0:
                yield start, start + len(wanted)
                start = searched.find(wanted, start + 1)
