"""Word segmentation: the only door to jieba's algorithm and dictionary (through rjieba, where a wheel exists).

Segment only where it is needed: one sentence at a time, for the words that carry a judgement.
"""

import rjieba

from speechmine.patterns import compiled
from speechmine.rules.kept import Kept

_NUMBER = compiled(r"\d[\d,.]*")


def words_of(text: str) -> list[str]:
    """Cut a clean text into words; joined they are the text again.

    >>> words_of("加强监测预警")
    ['加强', '监测', '预警']
    """
    return list(rjieba.cut(text))


def tagged(text: str) -> list[tuple[str, str]]:
    """Cut a clean text into words with jieba's part-of-speech tags (v verb, n noun, d adverb, m number …).

    >>> tagged("加强监测")
    [('加强', 'v'), ('监测', 'vn')]
    """
    return [(word, tag) for word, tag in rjieba.tag(text)]


def words_numbers_aside(text: str) -> list[str]:
    """Cut a clean text into words, every number written as 0; what is learned from texts knows them so.

    >>> words_numbers_aside("增长3.5%")
    ['增长', '0%']
    """
    return _CUT[text]


def _cut(text: str) -> list[str]:
    return words_of(_NUMBER.sub("0", text))


_CUT = Kept(_cut)  # a measure is asked for its topic with the words that its statement was judged by
