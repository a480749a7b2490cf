"""The words of the page in Chinese and English, and which of the two a request wants."""

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

import msgspec

LANGUAGES = ("zh", "en")


class Words(msgspec.Struct, frozen=True):
    """The page's words in one language; calling it with a key gives the sentence.

    >>> words_of("en")("search.button"), words_of("zh")("kind.measure")
    ('Search', '举措')
    """

    code: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence of a key with its blanks filled."""
        sentence = self.sentences[key]
        return sentence.format(**values) if values else sentence

    def name(self, family: str, value: object) -> str:
        """Return what a value of the records is called, or the value itself where it needs no name.

        >>> words_of("en").name("status", "in-force"), words_of("en").name("topic", "党建")
        ('in force', '党建')
        """
        return self.sentences.get(f"{family}.{value}", str(value))

    @property
    def tag(self) -> str:
        """Return the language as HTML names it."""
        return "zh-Hans" if self.code == "zh" else "en"

    @property
    def other(self) -> str:
        """Return the other language."""
        return "en" if self.code == "zh" else "zh"


@functools.cache
def words_of(code: str) -> Words:
    """Return the words of ``zh`` or ``en``."""
    file = resources.files("speechmine.web").joinpath("interface.toml")
    table: dict[str, dict[str, list[str]]] = tomllib.loads(file.read_text("utf-8"))
    place = LANGUAGES.index(code)
    return Words(code, {f"{family}.{key}": both[place] for family, keys in table.items() for key, both in keys.items()})


def wanted(asked: str | None, accepted: str) -> str:
    """Choose the language: as asked for in the address, else as the browser prefers, else Chinese.

    >>> wanted("en", "zh-CN"), wanted(None, "fr, en;q=0.8, zh;q=0.5"), wanted(None, ""), wanted("xx", "zh-TW,en;q=0.1")
    ('en', 'en', 'zh', 'zh')
    """
    if asked in LANGUAGES:
        return asked
    weighed = sorted((-_weight(part), place, part) for place, part in enumerate(accepted[:500].split(",")))
    for weight, _, part in weighed:
        code = part.strip().lower()[:2]
        if code in LANGUAGES and weight:
            return code
    return "zh"


def _weight(part: str) -> float:
    _, _, given = part.partition(";q=")
    try:
        return float(given) if given else 1.0
    except ValueError:
        return 0.0
