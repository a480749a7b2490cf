"""Damage clean texts in every way that is repaired, and say how much comes back: `python benchmarks/repairs.py`.

For each kind of damage: how many pairs of neighbouring characters it destroys inside sentences, the share of them that
the repair brings back, and what it makes up, per pair destroyed. Then the repairs made on the texts as they are (which
hold the line breaks that a wiki's links left, and little else), and the speed.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import opencc

from speechmine.cleaning import clean, tidy

SHARED = Path("../shared")
CLEAN_SEEDS = ("000", "002", "003")
SYLLABLES = ("guān", "shì", "yè", "xiàng", "mù", "jiàn", "zhòng", "diǎn", "zuò", "huì", "zǔ", "lǜ", "nüè", "é", "ān")

Damage = Callable[[str, random.Random], str]


def glosses(text: str, chance: random.Random) -> str:
    """Write in traditional script, with a reading behind each character that changes."""
    traditional = opencc.OpenCC("s2t").convert(text)
    pairs = zip(text, traditional, strict=True)
    return "".join(new if new == old else f"{new}({chance.choice(SYLLABLES)})" for old, new in pairs)


def shifts(text: str, chance: random.Random) -> str:
    """Lose half a character at the start and at the end of one clause in ten that follows a full stop."""

    def shift(clause: re.Match[str]) -> str:
        if chance.random() > 0.1:
            return clause[0]
        return clause[0].encode("gbk")[1:].decode("gbk", "ignore")

    return re.sub("。[\u4e00-\u9fff]{5,40}(?=[，。])", shift, text)


def decimals(text: str, _: random.Random) -> str:
    return re.sub(r"(?<=\d)\.(?=\d+(?:%|万|亿))", "。", text)


def noise(text: str, chance: random.Random) -> str:
    return re.sub(
        "的(?=[\u4e00-\u9fff])", lambda _: "的" + (chance.choice("’.`") if chance.random() < 0.2 else ""), text
    )


def wraps(text: str, chance: random.Random) -> str:
    """Cut every line at one width, as a printout does."""
    width = chance.randrange(22, 42)
    return "\n".join(re.sub(f"(.{{{width}}})(?=.)", "\\1\n", line) for line in text.split("\n"))


def indented_wraps(text: str, chance: random.Random) -> str:
    """Cut as a word processor does: paragraphs indented, no mark at the start of a line."""
    width = chance.randrange(26, 42)
    lines = text.split("\n")
    return "\n".join(re.sub(f"(.{{{width}}}[，。、；：！？”）]?)(?=.)", "\\1\n", f"　　{line}") for line in lines)


def pages(text: str, chance: random.Random) -> str:
    """Cut, with a page mark after every twenty lines."""
    lines = wraps(text, chance).split("\n")
    marks = [f"\n{at // 20}\n\n=== 第 {at // 20 + 1} 頁 ===" if at % 20 == 19 else "" for at in range(len(lines))]
    return "\n".join(line + mark for line, mark in zip(lines, marks, strict=True))


def page_numbers(text: str, chance: random.Random) -> str:
    """Put a page number into the middle of a paragraph after every 800 characters or so."""
    pieces = re.split("(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})", text)
    out, since, page = [], 0, 1
    for piece in pieces:
        out.append(piece)
        since += len(piece)
        if since > 800:
            out.append(f"\n— {page} —\n")
            since, page = chance.randrange(100), page + 1
    return "".join(out)


def spaced(text: str, _: random.Random) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(\d[\d.,]*%?)(?=[\u4e00-\u9fff])", " \\1 ", text)


def html(text: str, _: random.Random) -> str:
    lines = (f'<p style="text-indent: 2em;"><span>{line}&nbsp;</span></p>' for line in text.split("\n"))
    return "".join(lines).replace("“", "&ldquo;").replace("”", "&rdquo;")


def doubled(text: str, chance: random.Random) -> str:
    return re.sub("[，。、](?=[\u4e00-\u9fff])", lambda mark: mark[0] * (2 if chance.random() < 0.1 else 1), text)


KINDS: tuple[Damage, ...] = (
    glosses, shifts, decimals, noise, wraps, indented_wraps, pages, page_numbers, spaced, html, doubled,
)  # fmt: skip


def clean_texts() -> list[tuple[str, str]]:
    paths = [path for path in sorted((SHARED / "seeds").glob("*.txt")) if path.stem[:3] in CLEAN_SEEDS]
    paths += sorted((SHARED / "archive/text").glob("*gwr*.txt"))[:60]
    return [(path.name, path.read_text("utf-8")) for path in paths or sorted(Path("corpus/texts").glob("*.txt"))]


def pairs(text: str) -> Counter[str]:
    """Count the pairs of neighbours inside sentences: what the finders see of a text, wherever it stands."""
    return Counter(
        "".join(pair)
        for sentence in re.split("[。!?;\n]", text)
        for pair in pairwise(sentence.strip())
        if " " not in pair
    )


def share_restored(damage: Damage, texts: list[tuple[str, str]]) -> tuple[int, float, float]:
    """Return the pairs that a damage destroys, the share that the repair brings back, and what it makes up per pair."""
    chance = random.Random(1)
    hurt = back = wrong = 0
    for _, text in texts:
        whole, bad = pairs(clean(text).aligned.text), damage(text, chance)
        repaired = pairs(clean(bad).aligned.text)
        lost = whole - pairs(tidy(bad))
        hurt, back = hurt + lost.total(), back + (lost - (whole - repaired)).total()
        wrong += (repaired - whole).total()
    return hurt, back / max(hurt, 1), wrong / max(hurt, 1)


def main() -> None:
    texts = clean_texts()
    print(f"{len(texts)} texts, {sum(len(text) for _, text in texts):,} characters")
    print(f"{'damage':16}{'characters hurt':>16}{'restored':>10}{'made up':>10}")
    for damage in KINDS:
        hurt, back, wrong = share_restored(damage, texts)
        print(f"{damage.__name__:16}{hurt:16,}{back:10.1%}{wrong:10.1%}")
    counts: Counter[str] = Counter()
    for _, text in texts:
        counts.update({repair.kind: repair.count for repair in clean(text).repairs})
    print("repairs on undamaged text:", dict(counts) or "none")
    everything = "\n".join(text for _, text in texts)
    for name, text in (("ordinary text", everything), ("one line", everything.replace("\n", "") * 4)):
        start = time.perf_counter()
        clean(text)
        size = len(text.encode()) / 1e6
        print(f"{name}: {size:.0f} MB at {size / (time.perf_counter() - start):.1f} MB/s")


if __name__ == "__main__":
    main()
