"""The order of the repairs."""

import re
from collections import Counter
from dataclasses import dataclass

from speechmine.aligned import AlignedText, Edit
from speechmine.cleaning import blanks, glosses, invisible, markup, noise, numbers, pages, private_use, punctuation
from speechmine.cleaning.found import Repairer
from speechmine.cleaning.script import script_of, simplified
from speechmine.cleaning.shifts import shifts
from speechmine.cleaning.widths import folded
from speechmine.cleaning.wraps import hard_wraps
from speechmine.records import Repair, Script

# Each works on the text that the ones before it left. Escapes hide entities and these hide tags; a bitten character is
# told by the readings around it; shifted bytes must be seen before anything else touches them; a page mark must go
# before the two halves of its sentence can meet, and lines must meet before the blanks at their ends can be judged.
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
    ("shifted-gbk", shifts),
    ("split-number", numbers.split_numbers),
    ("inserted-noise", noise.inserted_noise),
    ("page-mark", pages.page_marks),
    ("hard-wrap", hard_wraps),
    ("stray-blank", blanks.spaced_numbers),
    ("stray-blank", blanks.spaced_words),
    ("stray-blank", blanks.number_blanks),
    ("doubled-punctuation", punctuation.doubled_punctuation),
)


@dataclass(frozen=True, slots=True)
class Cleaned:
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
    aligned = _with_plain_line_ends(text)
    aligned = aligned.with_same_length(folded(aligned.text))
    counts: Counter[str] = Counter()
    warnings: list[str] = []
    for kind, repairer in STEPS:
        damage = repairer(aligned.text)
        aligned = aligned.edited(damage.edits) if damage.edits else aligned
        counts += {kind: damage.places, f"{kind}-flagged": damage.flagged}
        warnings += damage.warnings
    aligned = aligned.with_same_length(simplified(aligned.text))
    repairs = tuple(Repair(kind=kind, count=count) for kind, count in sorted(counts.items()))
    return Cleaned(aligned, script_of(text), repairs, tuple(warnings))


def _with_plain_line_ends(text: str) -> AlignedText:
    aligned = AlignedText.of(text)
    if "\r\n" not in text:
        return aligned
    return aligned.edited(Edit(end.start(), end.end(), "\n") for end in re.finditer("\r\n", text))
