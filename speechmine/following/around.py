"""The words around a number, read from the texts where they are at hand."""

import re

from speechmine.records import Evidence

LEADING = 700  # characters before a number in which the period it belongs to is looked for
_SIDE = 60  # characters quoted on each side
_ENDS = re.compile(r"[。；;！!？?\n\r]")


def leading(text: str | None, evidence: Evidence) -> str | None:
    """Return the text that leads up to the words of a finding; None where the text is not that of the record."""
    if text is None or text[evidence.start : evidence.end] != evidence.quote:
        return None
    return text[max(0, evidence.start - LEADING) : evidence.start]


def sentence(text: str | None, evidence: Evidence) -> str | None:
    """Return the sentence around the words of a finding, at most some sixty characters on each side.

    >>> sentence("先说结果。全年增长5%左右，好。再说", Evidence(quote="5%左右", start=9, end=13))
    '全年增长5%左右，好。'
    """
    before = leading(text, evidence)
    if text is None or before is None:
        return None
    start = _ENDS.split(before)[-1][-_SIDE:]
    after = text[evidence.end : evidence.end + _SIDE]
    end = _ENDS.search(after)
    return (start + evidence.quote + (after[: end.end()] if end else after)).strip()
