"""From the text as read to the text the finders see: repairs, then one script and one width.

The order is written here once: `clean` first mends what scraping broke (an edit each, counted), then folds widths and
turns traditional into simplified script, both one character for one character. `tidy` is the last two steps alone; the
words of the rules pass through it, so that a rule and a text can never disagree about a comma.
"""

from collections.abc import Sequence

from speechmine.cleaning.clean import Cleaned, clean
from speechmine.cleaning.script import script_of, simplified
from speechmine.cleaning.widths import folded

__all__ = ["Cleaned", "clean", "script_of", "tidied", "tidy"]


def tidy(text: str) -> str:
    """Fold widths and simplify: as long as the text itself, character for character.

    >>> tidy("臺賬，９５％以上")
    '台账,95%以上'
    """
    return simplified(folded(text))


def tidied(words: Sequence[str]) -> list[str]:
    """Fold and simplify each of many words, as `tidy` does: all in one go where none has a line break.

    >>> tidied(["臺賬", "９５％"])
    ['台账', '95%']
    """
    lines = tidy("\n".join(words)).split("\n") if words else []
    return lines if len(lines) == len(words) else [tidy(word) for word in words]
