"""What a measure is about: its words, and the headings above it where its own words are silent.

对未按时整改的予以通报 says nothing of its field; the heading 安全生产 above it does.
"""

import re
from functools import lru_cache

from speechmine.judging.learned import Weights, shipped_weights
from speechmine.rules import RuleBook
from speechmine.words import words_of

_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d[\d,.]*")


def features(text: str, section: tuple[str, ...], rules: RuleBook) -> frozenset[str]:
    """Return the words of a clean text and the fields that its words and its headings name.

    ``=`` marks a field that the text names, ``==`` one it names twice, ``#`` one of the heading, ``##`` one of those above; ``?``
    goes before the latter where the text itself names none.
    """
    words = {word for word in words_of(_NUMBER.sub("0", text)) if _LETTER.search(word)}
    named = _fields(text, rules)
    found = words | {"=" + field for field in named} | {"==" + field for field in named if named.count(field) > 1}
    mark = "#" if named else "?#"
    found |= {mark + field for heading in section[-1:] for field in _fields(heading, rules)}
    found |= {mark + "#" + field for heading in section[:-1] for field in _fields(heading, rules)}
    return frozenset(found if named else found | {"?"})


@lru_cache(maxsize=1024)  # a heading stands above many measures
def _fields(text: str, rules: RuleBook) -> tuple[str, ...]:
    """Return the field of each word of the list that stands in a text; a part of a longer word counts with it."""
    listed = rules.words("topics").values
    found = [word for word in listed if word in text]
    return tuple(listed[word] for word in found if not any(word != other and word in other for other in found))


def topic_of(text: str, section: tuple[str, ...], rules: RuleBook, weights: Weights | None = None) -> str:
    """Return the policy field of a measure.

    Args:
        text: Its words, clean.
        section: The headings it stands under, outermost first.
        rules: The rule book.
        weights: Weights of your own, as `speechmine train` writes them; else the shipped ones.
    """
    weights = weights or shipped_weights("topics.json")
    return weights.best(features(text, section, rules))
