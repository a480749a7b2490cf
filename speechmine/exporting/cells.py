"""What a cell of a table may hold: words of speeches are hostile, and no spreadsheet may take them for a formula."""

import re

LONGEST = 32_767
"""How long a cell may be, in the UTF-16 units in which Excel counts."""

_CUT = "…（已截断）"
_FORMULA = re.compile(r"[\s\u200b-\u200f\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def dangerous(text: str) -> bool:
    """Say whether a spreadsheet might take a text for a formula.

    >>> [dangerous(text) for text in ("=1+1", " @SUM(A1)", "-5", "增长5%")]
    [True, True, True, False]
    """
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Return a text for a cell of CSV: an apostrophe goes before what might be taken for a formula.

    >>> guarded("@SUM(A1)")
    "'@SUM(A1)"
    """
    text = clean(text)
    return f"'{text}" if dangerous(text) else text


def clean(text: str) -> str:
    r"""Return a text without what no cell can hold: control characters become U+FFFD, line ends one kind.

    >>> clean("一\x0b二\r\n三")
    '一\ufffd二\n三'
    """
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def single_line(text: str, longest: int | None = None) -> str:
    r"""Return a text as one line, shortened with … where it is longer than asked for.

    >>> single_line("一周\n一调度", 4)
    '一周 …'
    """
    line = " ".join(clean(text).split())
    return line if longest is None or len(line) <= longest else line[: longest - 1] + "…"


def fitting(text: str) -> str:
    """Return a clean text that fits a cell of Excel; where it was cut it says so."""
    text = clean(text)
    if _units(text) <= LONGEST:
        return text
    room = LONGEST - len(_CUT)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + _CUT


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
