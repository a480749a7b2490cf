"""The two bytes of a character in GBK, which damaged pages have torn apart."""

from functools import lru_cache


@lru_cache(maxsize=30_000)
def halves(char: str) -> tuple[int, int] | None:
    """Return the two bytes of a character; None when it has not two.

    Widths are folded before this is asked, so an ASCII mark stands for the full-width one it may have been.

    >>> halves("或"), halves(";"), halves("Ω1")
    ((187, 242), (163, 187), None)
    """
    if "!" <= char <= "~" and len(char) == 1:
        return 0xA3, ord(char) + 0x80
    try:
        data = char.encode("gbk")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@lru_cache(maxsize=30_000)
def joined(high: int, low: int) -> str | None:
    """Return the character of two bytes; None when they are none.

    >>> joined(0xA1, 0xA3), joined(0xBB, 0xF2), joined(0x20, 0x20)
    ('。', '或', None)
    """
    try:
        text = bytes((high, low)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None
