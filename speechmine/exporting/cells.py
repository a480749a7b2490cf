"""Cells that a spreadsheet must not take for formulas."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; NUL, which no cell may hold, goes.

    >>> cell("=HYPERLINK(1)"), cell("-5%"), cell("周调度")
    ("'=HYPERLINK(1)", "'-5%", '周调度')
    """
    kept = text.replace("\0", "")
    return f"'{kept}" if kept.startswith(_STARTS) else kept
