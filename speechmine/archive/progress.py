"""What a person sees while a run goes on: one line on a terminal, nothing elsewhere."""

import time
from typing import TextIO

_EVERY = 0.2
_BAR = 24


class Progress:
    """A line with what is done, how fast, and how long it will take; told by bytes, for documents differ.

    Args:
        screen: Where to show it; nothing is shown where that is no terminal.
        total: Bytes to do.
    """

    def __init__(self, screen: TextIO, total: int) -> None:
        self._screen = screen if screen.isatty() else None
        self._total = max(total, 1)
        self._bytes = self._documents = 0
        self._begun = time.monotonic()
        self._shown = 0.0

    def step(self, documents: int, bytes: int) -> None:
        """Count what is done, and show it now and then."""
        self._documents += documents
        self._bytes += bytes
        now = time.monotonic()
        if self._screen is not None and now > self._shown + _EVERY:
            self._shown = now
            self._show(self._line(now - self._begun))

    def close(self) -> None:
        """Take the line away."""
        if self._screen is not None and self._shown:
            self._show("")

    def _show(self, line: str) -> None:
        assert self._screen is not None
        self._screen.write(f"\r\x1b[K{line}")
        self._screen.flush()

    def _line(self, seconds: float) -> str:
        share = min(1.0, self._bytes / self._total)
        rate = self._documents / seconds if seconds else 0.0
        left = told_seconds(seconds / share - seconds) if share > 0.001 and seconds > 1 else "?"
        bar = ("#" * int(_BAR * share)).ljust(_BAR, ".")
        return f"[{bar}] {share:4.0%}  {self._documents:,} documents  {rate:,.0f}/s  {left} left"


def told_seconds(seconds: float) -> str:
    """Write a time for people.

    >>> [told_seconds(each) for each in (0.0123, 3.21, 75, 7500, 200_000)]
    ['12 ms', '3.2 s', '1 min 15 s', '2 h 5 min', '2 d 7 h']
    """
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    for size, name, inner, inner_name in ((86_400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if whole >= size:
            return f"{whole // size} {name} {whole % size // inner} {inner_name}"
    raise AssertionError


def told_bytes(size: int) -> str:
    """Write a size for people.

    >>> told_bytes(512), told_bytes(45_600), told_bytes(3_200_000_000)
    ('512 B', '46 KB', '3.2 GB')
    """
    for unit, name in ((1e9, "GB"), (1e6, "MB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size / 1000:.0f} KB" if size >= 1000 else f"{size} B"
