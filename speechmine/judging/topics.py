"""What a measure is about: evidence in its words, and less of it in the headings above.

对未按时整改的予以通报 says nothing of its field; that 安全生产 stands above it is a hint, no more: under 民生 stands much else.
"""

from functools import cache

from speechmine.judging.learned import Weights, shipped_weights
from speechmine.literals import Literals
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.words import words_numbers_aside

_LETTER = compiled(r"[^\W\d_]")


def features(text: str, section: tuple[str, ...], rules: RuleBook) -> frozenset[str]:
    """Return the words of a clean text and the fields that its words and its headings name.

    ``=`` marks a field that the text names, ``==`` one it names twice, ``#`` one of the nearest heading that names any, ``?#`` the
    same where the text itself names none, ``?`` that nothing names any.
    """
    words = set(filter(_LETTER.search, words_numbers_aside(text)))
    named = _fields(text, rules)
    above = next((fields for heading in reversed(section) if (fields := _fields(heading, rules))), ())
    found = words | {"=" + field for field in named} | {"==" + field for field in named if named.count(field) > 1}
    found |= {("#" if named else "?#") + field for field in above}
    return frozenset(found if named or above else found | {"?"})


def _fields(text: str, rules: RuleBook) -> tuple[str, ...]:
    """Return the field of each word of the list that stands in a text; a part of a longer word counts with it."""
    return rules.kept(_named)[text]  # a heading stands above many measures


def _named(text: str, rules: RuleBook) -> tuple[str, ...]:
    return _listed(rules).fields(text)


class _Listed:
    """The words of the list, each with the longer ones that hold it."""

    def __init__(self, rules: RuleBook) -> None:
        self._fields = rules.words("topics").values
        self._words = Literals(self._fields)
        self._longer: dict[str, set[str]] = {}
        for word in self._fields:
            for part in self._words.standing_in(word) - {word}:
                self._longer.setdefault(part, set()).add(word)

    def fields(self, text: str) -> tuple[str, ...]:
        found = self._words.standing_in(text)
        whole = (word for word in found if word not in self._longer or self._longer[word].isdisjoint(found))
        return tuple(sorted(self._fields[word] for word in whole))


_listed = cache(_Listed)


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
