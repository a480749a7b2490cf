"""Which words a text must hold for a pattern to match it, read from the pattern itself.

A pattern is read from left to right as what it can match: a few whole strings, as far as these are known, and words of
which one stands in every match. What is not understood stands for anything, so a word is never required by mistake.
"""

import re
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from speechmine.patterns import compiled

_TOKEN = compiled(
    r"(?P<escape>\\(?:[xuUN][0-9a-fA-F]*(?:\{[^}]*\})?|\d+|.))|\[(?P<class>\^?\]?(?:\\.|[^\]\\])*)\]|\{(?P<list>[a-z][a-z_.]*)\}"
    r"|(?P<open>\((?:\?(?:P<\w+>|:|=|!|<=|<!))?)(?!\?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<repeat>[*+?]|\{\d*(?:,\d*)?\})[?+]?|(?P<edge>[\^$])|(?P<any>\.)|(?P<char>[^(\[{\\])",
    re.DOTALL,
)
_WORD = compiled(r"\\[^\w\s]|\\[nt]")
_MOST = 2_000  # words of a list that are worth looking for
_GROWN = 200  # strings of a product
_OFTEN = {1: 0.02, 2: 0.002}  # how often a word of so many characters stands in a sentence, very roughly
_MARKS = compiled(r"[\d ,.、。“”]")
_WORTHLESS = 0.3

Words = frozenset[str]
_NOTHING: Words = frozenset({""})


class _Piece(NamedTuple):
    """What a part of a pattern can match.

    Attributes:
        whole: All strings it can match; None where they are too many or not known.
        needs: Words of which one stands in every match; None where there are none.
    """

    whole: Words | None
    needs: Words | None

    @property
    def words(self) -> Words | None:
        """The better of the two."""
        return _better(self.needs, _useful(self.whole))


_ANYTHING = _Piece(None, None)
_EMPTY = _Piece(_NOTHING, None)


def required(pattern: str, lists: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return words of which at least one stands in every text that a pattern matches; none where nothing is sure.

    Args:
        pattern: A regular expression of `re` with names of word lists in braces.
        lists: Their words.

    >>> required("(?:每|逐){period}(?!内)", {"period": ["周", "月"]})
    ('每周', '每月', '逐周', '逐月')
    >>> required("[一-龥]{2,4}台账?|清单", {}), required("要?抓", {}), required("(?!要)[^,]{3}", {})
    (('台', '清单'), ('抓',), ())
    """
    try:
        words = _Reader(pattern, lists).read().words
    except _UnknownError:
        return ()
    return tuple(sorted(_shortest(words))) if words and _often(words) < _WORTHLESS else ()


class _UnknownError(Exception):
    """Something in the pattern is not understood."""


class _Reader:
    """Reads a pattern token by token."""

    def __init__(self, pattern: str, lists: Mapping[str, Iterable[str]]) -> None:
        self.lists = lists
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while position < len(pattern):
            token = _TOKEN.match(pattern, position)
            if token is None or token.lastgroup is None:
                raise _UnknownError
            self.tokens.append((token.lastgroup, token[token.lastgroup]))
            position = token.end()
        self.tokens.append(("close", ""))
        self.at = 0

    def read(self) -> _Piece:
        """Read branches up to the bracket that closes them or the end."""
        branches = [_Sequence()]
        while True:
            kind, words = self.tokens[self.at]
            self.at += 1
            if kind == "close":
                return _either([branch.piece() for branch in branches])
            if kind == "bar":
                branches.append(_Sequence())
            else:
                branches[-1].add(self._repeated(self._atom(kind, words)))

    def _atom(self, kind: str, words: str) -> _Piece:
        match kind:
            case "char":
                return _Piece(frozenset({words}), None)
            case "escape":
                if _WORD.fullmatch(words):
                    return _Piece(frozenset({{"n": "\n", "t": "\t"}.get(words[1], words[1])}), None)
                return _EMPTY if words in {r"\b", r"\B", r"\A", r"\Z"} else _ANYTHING
            case "class":
                return _Piece(_members(words), None)
            case "list":
                listed = frozenset(self.lists.get(words, ()))
                return _Piece(listed, None) if 0 < len(listed) <= _MOST else _ANYTHING
            case "edge":
                return _EMPTY
            case "open":
                inside = self.read()
                if words in {"(?=", "(?<="}:
                    return _Piece(_NOTHING, inside.words)  # it stands there too, beside what is matched
                return _EMPTY if words in {"(?!", "(?<!"} else inside
            case _:
                return _ANYTHING

    def _repeated(self, piece: _Piece) -> _Piece:
        kind, words = self.tokens[self.at]
        if kind != "repeat":
            return piece
        self.at += 1
        if words == "?":
            return _Piece(None if piece.whole is None else piece.whole | _NOTHING, None)
        return _ANYTHING if words == "*" or words.startswith(("{0", "{,")) else _Piece(None, piece.words)


class _Sequence:
    """The pieces of one branch: strings side by side grow together until something unknown parts them."""

    def __init__(self) -> None:
        self.run = _NOTHING
        self.needs: Words | None = None
        self.known = True

    def add(self, piece: _Piece) -> None:
        self.needs = _better(self.needs, piece.needs)
        if piece.whole is not None and (self.run == _NOTHING or len(self.run) * len(piece.whole) <= _GROWN):
            self.run = frozenset(one + other for one in self.run for other in piece.whole)
            return
        self.needs = _better(self.needs, _useful(self.run))
        self.known = False
        self.run = _NOTHING if piece.whole is None else piece.whole

    def piece(self) -> _Piece:
        return _Piece(self.run if self.known else None, _better(self.needs, _useful(self.run)))


def _either(pieces: list[_Piece]) -> _Piece:
    """Return what several branches can match: of the words of each, one stands there."""
    if len(pieces) == 1:
        return pieces[0]
    wholes = [piece.whole for piece in pieces if piece.whole is not None]
    needs = [words for piece in pieces if (words := piece.words)]
    return _Piece(
        frozenset().union(*wholes) if len(wholes) == len(pieces) else None,
        frozenset().union(*needs) if len(needs) == len(pieces) else None,
    )


def _members(words: str) -> Words | None:
    """Return the characters of a class; None where it leaves out some, has a range or names a kind (digits)."""
    if words.startswith("^") or "-" in words or re.search(r"\\[\w\\]", words):
        return None
    return frozenset(words.replace("\\", ""))


def _useful(words: Words | None) -> Words | None:
    return None if not words or "" in words else words


def _better(one: Words | None, other: Words | None) -> Words | None:
    """Return the words that stand in fewer texts."""
    if one is None or other is None:
        return one or other
    return other if _often(other) < _often(one) else one


def _often(words: Set[str]) -> float:
    return sum(_WORTHLESS if len(word) == 1 and _MARKS.match(word) else _OFTEN.get(len(word), 0.0002) for word in words)


def _shortest(words: Set[str]) -> set[str]:
    """Leave out words that another begins or ends: where they stand, that one does."""
    sizes = range(1, max(map(len, words)))
    return {
        word
        for word in words
        if not any(word[:size] in words or word[-size:] in words for size in sizes if size < len(word))
    }
