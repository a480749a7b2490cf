"""A reference date from outside, for speeches that do not date themselves."""

from msgspec.structs import replace

from speechmine.outline.model import Outline


def with_reference_date(outline: Outline, date: str | None) -> Outline:
    """Date the undated speeches of a document; what the text itself says is kept.

    Args:
        outline: The outline of one document.
        date: EDTF date against which 今年 and 年底前 resolve, or None to leave undated speeches undated.
    """
    if date is None:
        return outline
    speeches = tuple(speech if speech.date else replace(speech, date=date) for speech in outline.speeches)
    return replace(outline, speeches=speeches)
