"""Which rules a text calls: those of which a needed word stands in it. One pass over the text tells it of all rules."""

from collections.abc import Collection, Iterable

from speechmine.literals import Literals
from speechmine.rules.kept import Kept


class Called(Kept[int]):
    """For a text, the rules that can match in it, as bits: bit 0 for the first rule.

    A rule is called where one of its words stands; a rule without words is always called.

    >>> called = Called([["周调度", "周通报"], ["通报"], []])
    >>> [bin(called[text]) for text in ("上周通报", "月通报", "调度")]
    ['0b111', '0b110', '0b100']
    """

    def __init__(self, rules: Iterable[Collection[str]]) -> None:
        super().__init__(self._read)
        self._always = 0
        self._bits: dict[str, int] = {}
        for number, words in enumerate(rules):
            if not words:
                self._always |= 1 << number
            for word in words:
                self._bits[word] = self._bits.get(word, 0) | 1 << number
        self._words = Literals(self._bits)

    def lend(self, text: str, parts: Iterable[str]) -> None:
        """Let the parts of a text call what the text calls: what stands nowhere in it stands in none of them."""
        bits = self[text]
        for part in parts:
            self.setdefault(part, bits)

    def _read(self, text: str) -> int:
        bits = self._always
        for word in self._words.standing_in(text):
            bits |= self._bits[word]
        return bits
