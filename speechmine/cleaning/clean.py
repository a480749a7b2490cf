"""The order of the repairs."""

import re
from collections import Counter

import msgspec

from speechmine.aligned import AlignedText, Edit
from speechmine.cleaning import blanks, glosses, invisible, markup, noise, numbers, pages, private_use, punctuation
from speechmine.cleaning.found import Repairer
from speechmine.cleaning.script import script_of, simplified
from speechmine.cleaning.shifts import shifts
from speechmine.cleaning.widths import folded
from speechmine.cleaning.wraps import hard_wraps
from speechmine.records import Repair, Script

# Each works on the text that the ones before it left. Escapes hide entities and these hide tags; a bitten character is
# told by the readings around it; a page mark must go before the two halves of its sentence can meet, and lines must
# meet before the blanks at their ends can be judged.
STEPS: tuple[tuple[str, Repairer], ...] = (
    ("html-remains", markup.escapes),
    ("html-remains", markup.entities),
    ("html-remains", markup.hidden),
    ("html-remains", markup.tags),
    ("html-remains", markup.links),
    ("invisible", invisible.invisible),
    ("private-use", private_use.private_use),
    ("shifted-gbk", glosses.bitten_characters),
    ("pinyin-gloss", glosses.glosses),
    ("split-number", numbers.split_numbers),
    ("inserted-noise", noise.inserted_noise),
    ("page-mark", pages.page_marks),
    ("hard-wrap", hard_wraps),
    ("stray-blank", blanks.spaced_numbers),
    ("stray-blank", blanks.spaced_words),
    ("stray-blank", blanks.number_blanks),
    ("doubled-punctuation", punctuation.doubled_punctuation),
)


class Cleaned(msgspec.Struct, frozen=True):
    """A text ready for the finders, and what was done to it.

    Attributes:
        aligned: The clean text with the way back to the text as read.
        script: Script of the text as read.
        repairs: How often each kind of damage was repaired, or seen and left (``…-flagged``).
        warnings: What could not be repaired, in sentences.
    """

    aligned: AlignedText
    script: Script
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Repair, fold and simplify the text of one document.

    >>> clean("關(guān)鍵一招,計(jì)劃(GDP)再解決1。3万戶(hù)").aligned.text
    '关键一招,计划(GDP)再解决1.3万户'
    """
    repairing = _Repairing(_with_plain_line_ends(text))
    repairing.apply("shifted-gbk", shifts)  # sees the bytes, so it comes before widths are folded
    repairing.aligned = repairing.aligned.with_same_length(folded(repairing.aligned.text))
    for kind, repairer in STEPS:
        repairing.apply(kind, repairer)
    aligned = repairing.aligned.with_same_length(simplified(repairing.aligned.text))
    repairs = tuple(Repair(kind=kind, count=count) for kind, count in sorted(repairing.counts.items()))
    return Cleaned(aligned, script_of(text), repairs, tuple(repairing.warnings))


class _Repairing:
    """A text under repair, with the account of it."""

    def __init__(self, aligned: AlignedText) -> None:
        self.aligned = aligned
        self.counts: Counter[str] = Counter()
        self.warnings: list[str] = []

    def apply(self, kind: str, repairer: Repairer) -> None:
        damage = repairer(self.aligned.text)
        if damage.edits:
            self.aligned = self.aligned.edited(damage.edits)
        self.counts += Counter({kind: damage.places, f"{kind}-flagged": damage.flagged})
        self.warnings += damage.warnings


def _with_plain_line_ends(text: str) -> AlignedText:
    aligned = AlignedText.of(text)
    if "\r\n" not in text:
        return aligned
    return aligned.edited(Edit(end.start(), end.end(), "\n") for end in re.finditer("\r\n", text))
