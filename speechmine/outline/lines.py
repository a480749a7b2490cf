"""The lines of a text: one paragraph each."""

from collections.abc import Iterator
from typing import NamedTuple

from speechmine.patterns import compiled

_LINE = compiled(r"[^\n]+")
_BLANKS_BETWEEN_HAN = compiled(r"(?<=[\u4e00-\u9fff]) {1,3}(?=[\u4e00-\u9fff])")


class Line(NamedTuple):
    """A line that holds words, without the blanks around them.

    Attributes:
        start: Where its words begin in the clean text.
        end: Where they end.
        text: The words.
        number: Number of the line among all lines of the text.
    """

    start: int
    end: int
    text: str
    number: int

    @property
    def squeezed(self) -> str:
        """The words with the blanks between Chinese characters taken out: 会 议 纪 要 is 会议纪要."""
        return _BLANKS_BETWEEN_HAN.sub("", self.text) if " " in self.text else self.text


def lines_of(text: str) -> Iterator[Line]:
    r"""Yield the lines that hold words.

    >>> [(line.text, line.start) for line in lines_of("一、总结 \n\n 今年")]
    [('一、总结', 0), ('今年', 8)]
    """
    for number, match in enumerate(_LINE.finditer(text)):
        words = match[0].strip(" \t\u200b\u200d\ufeff\xad")
        if words:
            start = match.start() + match[0].find(words)
            yield Line(start, start + len(words), words, number)
