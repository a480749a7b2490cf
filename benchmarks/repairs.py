"""Damage clean texts in every way that is repaired, and say how much comes back: `python benchmarks/repairs.py [SHARED]`.

For each kind of damage: how many pairs of neighbouring characters it destroys inside sentences, the share of them that
the repair brings back, and what it makes up, per pair destroyed; the share of characters that comes back, where the
damage leaves the lines as they are; and of a few texts the share of findings that are still found, word for word, in
the text unrepaired and repaired. Then what is changed in 1 MB and more of clean text, and the speed.
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from damage import GONE, KINDS, Damage, furniture

from speechmine.aligned import AlignedText
from speechmine.analysis import analyse
from speechmine.cleaning import Cleaned, clean, script_of, tidy
from speechmine.reading import Document
from speechmine.records import Record
from speechmine.rules import load_rules

SHARED = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
CLEAN_SEEDS = ("000", "002", "003")
# Typed texts: not from a wiki, whose links left line breaks, nor from a PDF file.
CLEAN = ("*gwr2025*.txt", "*policy_[0-9]*.txt")
ANALYSED = 6


def clean_texts() -> list[tuple[str, str]]:
    paths = [path for path in sorted((SHARED / "seeds").glob("*.txt")) if path.stem[:3] in CLEAN_SEEDS]
    paths += sorted((SHARED / "archive/text").glob(CLEAN[0]))
    return [(path.name, path.read_text("utf-8")) for path in paths or sorted(Path("corpus/texts").glob("*.txt"))]


def pairs(text: str) -> Counter[str]:
    """Count the pairs of neighbours inside sentences: what the finders see of a text, wherever it stands."""
    return Counter(
        "".join(pair)
        for sentence in re.split("[。!?;\n①-⑳·]", text)
        for pair in pairwise(sentence.strip())
        if " " not in pair
    )


def share_restored(damage: Damage, texts: list[tuple[str, str]]) -> tuple[int, float, float, float | None]:
    """Return the pairs that a damage destroys, the share that comes back, what is made up per pair; and of characters."""
    chance = random.Random(1)
    hurt = back = wrong = gone = left = 0
    for _, text in texts:
        good, bad = clean(text).aligned.text, damage(text, chance)
        repaired, whole = clean(bad).aligned.text, pairs(good)
        lost = whole - pairs(tidy(bad))
        hurt, back = hurt + lost.total(), back + (lost - (whole - pairs(repaired))).total()
        wrong += (pairs(repaired) - whole).total()
        gone, left = gone + missing(tidy(good), tidy(bad)), left + missing(good, repaired)
    return (
        hurt,
        back / max(hurt, 1),
        wrong / max(hurt, 1),
        1 - left / gone if 0 < left < gone or (gone and not left) else None,
    )


def missing(good: str, found: str) -> int:
    """Count the characters of the lines of one text that the other has not; nothing where the lines are not the same."""
    lines = good.split("\n"), found.split("\n")
    if len(lines[0]) != len(lines[1]):
        return 0
    return sum(len(one) - common(one, other) for one, other in zip(*lines, strict=True) if one != other)


def common(one: str, other: str) -> int:
    return sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


def findings(record: Record, numbers: bool) -> Counter[tuple[str, ...]]:
    """Count the findings by what they say; without the numbers where these are what is damaged."""

    def said(words: object) -> str:
        return re.sub(r"[\s\W①-⑳]|[\dXx*.%]" if not numbers else r"[^\w.]|[①-⑳]", "", tidy(str(words)))

    quantities = [*record.goals, *record.figures]
    return Counter([
        *(("mechanism", said(one.name), one.kind) for one in record.mechanisms),
        *(("quantity", said(one.value) if numbers else "", said(one.unit), said(one.metric)) for one in quantities),
        *(("measure", said(one.text)) for one in record.measures),
    ])


def unrepaired(text: str) -> Cleaned:
    """Fold and simplify a text, and mend nothing."""
    return Cleaned(AlignedText.of(text).with_same_length(tidy(text)), script_of(text))


def share_kept(damage: Damage, texts: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the share of findings that are found in the damaged text, unrepaired and repaired."""
    chance, rules, numbers = random.Random(1), load_rules(), damage not in GONE
    total = without = kept = 0
    for _, text in texts:
        bad = Document.of(damage(text, chance))
        good = findings(analyse(Document.of(text), rules), numbers)
        with patch("speechmine.analysis.clean", unrepaired):
            worse = findings(analyse(bad, rules), numbers)
        total += good.total()
        without, kept = without + (good & worse).total(), kept + (good & findings(analyse(bad, rules), numbers)).total()
    return without / total, kept / total


def tell_kinds(texts: list[tuple[str, str]]) -> None:
    print(f"{len(texts)} texts, {sum(len(text) for _, text in texts):,} characters; findings of {ANALYSED} of them")
    print(f"{'damage':16}{'pairs hurt':>11}{'restored':>10}{'made up':>9}{'characters':>12}{'findings kept':>21}")
    for damage in KINDS:
        hurt, back, wrong, characters = share_restored(damage, texts)
        without, kept = share_kept(damage, texts[:: max(1, len(texts) // ANALYSED)][:ANALYSED])
        told = "" if characters is None else f"{characters:.1%}"
        chars = f"{hurt:11,}{back:10.1%}{wrong:9.1%}{told:>12}"
        if damage in (*GONE, furniture):  # nothing of the text comes back, or nothing was taken from it
            chars = f"{'-':>11}{'-':>10}{'-':>9}{'':12}"
        print(f"{damage.__name__:16}{chars}{without:12.1%} {kept:>8.1%}", flush=True)


def changes(text: str) -> Iterator[str]:
    """Yield what the repairs change in a text, with what stands around it."""
    aligned, plain = clean(text).aligned, tidy(text)
    for before, piece in pairwise([(0, 0), *((piece.source_end, piece.source_start) for piece in aligned.pieces)]):
        if piece[1] > before[0]:
            yield repr(plain[max(0, before[0] - 10) : piece[1] + 10])
    for piece in aligned.pieces:
        if piece.whole and text[piece.source_start : piece.source_end] != "\r\n":
            yield repr(plain[max(0, piece.source_start - 10) : piece.source_end + 10])


def main() -> None:
    texts = clean_texts()
    tell_kinds(texts)
    paths = [path for pattern in CLEAN for path in sorted((SHARED / "archive/text").glob(pattern))]
    everything = [path.read_text("utf-8") for path in paths]
    found = [change for text in everything for change in changes(text)]
    print(
        f"{sum(len(text.encode()) for text in everything) / 1e6:.1f} MB of clean text: {len(found)} changes", *found[:9]
    )
    joined = "\n".join(everything)
    for name, text in (("ordinary text", joined), ("one line", joined.replace("\n", "") * 4)):
        start = time.perf_counter()
        clean(text)
        size = len(text.encode()) / 1e6
        print(f"{name}: {size:.0f} MB at {size / (time.perf_counter() - start):.1f} MB/s")


if __name__ == "__main__":
    main()
