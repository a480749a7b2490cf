"""The order of the repairs."""

from dataclasses import dataclass

from speechmine.aligned import AlignedText
from speechmine.cleaning.script import script_of, simplified
from speechmine.cleaning.widths import folded
from speechmine.records import Repair, Script


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text ready for the finders, and what was done to it.

    Attributes:
        aligned: The clean text with the way back to the text as read.
        script: Script of the text as read.
        repairs: How often each kind of damage was repaired or flagged.
        warnings: What could not be repaired, in sentences.
    """

    aligned: AlignedText
    script: Script
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Repair, fold and simplify the text of one document."""
    aligned = AlignedText.of(text)
    aligned = aligned.with_same_length(simplified(folded(aligned.text)))
    return Cleaned(aligned, script_of(text))
