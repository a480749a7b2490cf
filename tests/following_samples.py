"""Invented reports of two places over three years, whose goals and results are known, and numbers made for a test."""

from functools import lru_cache
from pathlib import Path

import opencc

from speechmine import analyse, load_rules
from speechmine.reading import Document
from speechmine.records import Record

REPORTS = Path(__file__).parent.parent / "corpus" / "reports"


@lru_cache(maxsize=2)
def records(traditional: bool = False) -> tuple[Record, ...]:
    """Return the records of the reports, in either script."""
    return tuple(analyse(Document.of(text, name), load_rules()) for name, text in texts(traditional).items())


@lru_cache(maxsize=2)
def texts(traditional: bool = False) -> dict[str, str]:
    """Return the reports by their file names."""
    convert = opencc.OpenCC("s2t").convert if traditional else str
    return {path.name: convert(path.read_text("utf-8")) for path in sorted(REPORTS.glob("*.txt"))}
