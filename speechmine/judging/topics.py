"""What a measure is about: evidence in its words, and less of it in the headings above.

对未按时整改的予以通报 says nothing of its field; that 安全生产 stands above it is a hint, no more: under 民生 stands much else.
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

    ``=`` marks a field that the text names, ``==`` one it names twice, ``#`` one of the nearest heading that names any, ``?#`` the
    same where the text itself names none, ``?`` that nothing names any.
    """
    words = {word for word in words_of(_NUMBER.sub("0", text)) if _LETTER.search(word)}
    named = _fields(text, rules)
    above = next((fields for heading in reversed(section) if (fields := _fields(heading, rules))), ())
    found = words | {"=" + field for field in named} | {"==" + field for field in named if named.count(field) > 1}
    found |= {("#" if named else "?#") + field for field in above}
    return frozenset(found if named or above else found | {"?"})


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
