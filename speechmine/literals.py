"""Which of many words stand in a text, told in one pass: the only door to ahocorasick_rs."""

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation

_WINDOW = 10_000  # characters looked at together: what is found in a long text must not fill the memory


class Literals:
    """Words to look for.

    >>> sorted(Literals(["台账", "账", "挂图"]).standing_in("建台账"))
    ['台账', '账']
    """

    def __init__(self, words: Iterable[str]) -> None:
        known = list(words)
        self._longest = max(map(len, known), default=0)
        self._words = AhoCorasick(known, store_patterns=True, implementation=Implementation.ContiguousNFA)

    def standing_in(self, text: str) -> set[str]:
        """Return the words that stand in a text, also inside one another."""
        if len(text) <= _WINDOW:
            return self._found(text)
        windows = (text[start : start + _WINDOW + self._longest] for start in range(0, len(text), _WINDOW))
        return set().union(*map(self._found, windows))

    def _found(self, text: str) -> set[str]:
        try:
            return set(self._words.find_matches_as_strings(text, overlapping=True))
        except UnicodeEncodeError:  # half a surrogate pair stands in no word
            return self._found(text.encode("utf-8", "replace").decode())
