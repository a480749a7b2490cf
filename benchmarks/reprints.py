"""How well reprints are told from different documents, and what that costs: `python benchmarks/reprints.py`.

Four tables: texts made into reprints in each of several ways and looked for among all originals; different documents
that have much in common; the speed of fingerprints; time and memory of the index (`--largest 1000000` takes two minutes
more). The texts are those of ../shared where it exists, and the sample speeches of corpus/.
"""

import argparse
import copy
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import opencc
import repairs

from speechmine.analysis import study
from speechmine.cleaning import clean
from speechmine.outline import outlined
from speechmine.reading import Document
from speechmine.reprints import Fingerprint, ReprintIndex, fingerprint
from speechmine.reprints.fingerprint import MARKS, SHORTEST
from speechmine.reprints.index import ALIKE, AS_LONG, alike, likeness
from speechmine.rules import load_rules

RULES = load_rules()
SHARED = Path("../shared")
NAVIGATION = "首页\n新闻中心\n政务公开\n领导之窗\n互动交流\n当前位置：首页 > 新闻中心 > 要闻\n"
FOOT = """
【字体：大 中 小】 打印本页 关闭窗口
分享到：微信 微博 QQ空间
责任编辑：王小明
相关链接
全县召开防汛工作部署会
上一篇：县政府召开常务会议
版权所有 某某县人民政府办公室 京ICP备12345678号
"""
SCRIPTS = [opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk")]

Damage = Callable[[str, random.Random], str]


def page(text: str, _: random.Random) -> str:
    return NAVIGATION + text + FOOT


def traditional(text: str, chance: random.Random) -> str:
    return chance.choice(SCRIPTS).convert(text)


def end_cut(text: str, _: random.Random) -> str:
    return text[: len(text) * 9 // 10]


def paragraphs_gone(text: str, chance: random.Random) -> str:
    return "\n".join(line for line in text.split("\n") if chance.random() > 0.1)


def misread(text: str, chance: random.Random) -> str:
    """Take one character in fifty for another, as the recognition of a scanned page does."""
    return re.sub(
        "[\u4e00-\u9fff]", lambda found: chance.choice("己未士曰") if chance.random() < 0.02 else found[0], text
    )


def all_of_it(text: str, chance: random.Random) -> str:
    """Cut, lose paragraphs, write in traditional script, cut into lines and put on a page."""
    return page(repairs.wraps(traditional(paragraphs_gone(end_cut(text, chance), chance), chance), chance), chance)


KINDS: tuple[Damage, ...] = (
    page, traditional, repairs.glosses, repairs.wraps, repairs.indented_wraps, repairs.pages, repairs.html,
    repairs.shifts, end_cut, paragraphs_gone, misread, all_of_it,
)  # fmt: skip


def text_of(text: str) -> Fingerprint | None:
    """Take the fingerprint as `study` does."""
    outline = outlined(clean(text).aligned.text, RULES)
    return fingerprint(outline.text, outline.furniture)


def originals() -> dict[str, str]:
    paths = [*sorted((SHARED / "archive/text").glob("*.txt")), *sorted(Path("corpus/texts").glob("*.txt"))]
    return {path.name: path.read_text("utf-8") for path in paths}


def made_reprints(texts: dict[str, str], prints: dict[str, Fingerprint]) -> None:
    """Look for each damaged text among all the originals."""
    names = list(prints)
    full = ReprintIndex()
    known = {
        f"{number:016x}": name
        for number, name in enumerate(names)
        if not full.first_like(prints[name], f"{number:016x}")
    }
    some = [name for name in known.values() if prints[name].size >= SHORTEST][::3]
    chance = random.Random(1)
    print(f"\nReprints made of {len(some)} texts, looked for among {len(known)}")
    print(f"{'made by':18}{'found':>8}{'wrong':>8}{'least alike':>13}{'5 %':>8}{'median':>8}")
    for kind in KINDS:
        seen, found, wrong, like = copy.deepcopy(full), 0, 0, []
        for name in some:
            twin = text_of(kind(texts[name], chance))
            answer = known.get(seen.first_like(twin, "f" * 16) or "")
            found, wrong = found + (answer == name), wrong + (answer not in {name, None})
            like.append(likeness(prints[name], twin) if twin else 0.0)
        like.sort()
        print(
            f"{kind.__name__:18}{found / len(some):8.1%}{wrong:8}{like[0]:13.2f}{like[len(like) // 20]:8.2f}{like[len(like) // 2]:8.2f}"
        )


def bulletins(chance: random.Random) -> list[str]:
    """Write the same form with other figures, as an office does every month."""
    fields = (
        "工业增加值",
        "固定资产投资",
        "社会消费品零售总额",
        "进出口总额",
        "一般公共预算收入",
        "用电量",
        "货运量",
        "存款余额",
    )
    told = "{}{}亿元，同比增长{}%，比上月{}{}个百分点；"

    def line(field: str) -> str:
        return told.format(
            field,
            chance.randrange(100, 999),
            chance.randrange(20, 99) / 10,
            chance.choice("升降"),
            chance.randrange(1, 20) / 10,
        )

    return [
        f"{month}月份全市经济运行情况：" + "".join(map(line, fields)) + "总体平稳、稳中有进。" for month in range(1, 13)
    ]


def joined(
    prints: dict[str, Fingerprint], texts: dict[str, str], chance: random.Random
) -> list[tuple[Fingerprint, Fingerprint]]:
    """Return pairs of a text and of a compilation, which it makes half to 65 % of."""
    pairs = []
    for names in combinations(chance.sample(sorted(prints), min(40, len(prints))), 2):
        shorter, longer = sorted(names, key=lambda name: prints[name].size)
        share = prints[longer].size / (prints[longer].size + prints[shorter].size)
        if share < 0.65 and len(pairs) < 40 and (both := text_of(f"{texts[longer]}\n\n{texts[shorter]}")):
            pairs.append((prints[longer], both))
    return pairs


def different(prints: dict[str, Fingerprint], texts: dict[str, str]) -> None:
    """Compare documents that are no reprints of each other."""
    chance = random.Random(2)
    reports = [prints[name] for name in prints if "gwr" in name]
    news = [prints[name] for name in prints if "xwlb" in name or "news" in name]
    monthly = [found for text in bulletins(chance) if (found := text_of(text))]
    held = joined(prints, texts, chance)
    rows: dict[str, list[tuple[Fingerprint, Fingerprint]]] = {
        "all pairs of texts": list(combinations(prints.values(), 2)),
        "pairs of work reports": list(combinations(reports, 2)),
        "pairs of newscasts and news": list(combinations(news, 2)),
        "one form, twelve months": list(combinations(monthly, 2)),
        "a text and a compilation with it": held,
    }
    print(f"\nDifferent documents (alike: at least {ALIKE} of the runs, and {AS_LONG} as long)")
    print(f"{'documents':32}{'pairs':>8}{'called alike':>14}{'likest':>8}{'99 %':>8}")
    for name, pairs in rows.items():
        like = sorted(likeness(*pair) for pair in pairs) or [0.0]
        print(
            f"{name:32}{len(pairs):8,}{sum(alike(*pair) for pair in pairs):14}{like[-1]:8.2f}{like[len(like) * 99 // 100]:8.2f}"
        )


def speed(texts: Iterable[str]) -> None:
    documents = [Document.of(text) for text in texts]
    outlines = [outlined(clean(document.text).aligned.text, RULES) for document in documents]
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    start = time.perf_counter()
    for outline in outlines:
        fingerprint(outline.text, outline.furniture)
    taken = time.perf_counter() - start
    start = time.perf_counter()
    for document in documents:
        study(document, RULES)
    whole = time.perf_counter() - start
    print(
        f"\n{size:.1f} MB: fingerprints {size / taken:.1f} MB/s, analysis with them {size / whole:.2f} MB/s ({taken / whole:.1%} of it)"
    )


def made(chance: random.Random, formulas: list[int]) -> Fingerprint:
    """Make a fingerprint of which one mark in ten is that of one of 2,000 formulas."""
    marks = memoryview(chance.randbytes(4 * MARKS)).cast("I").tolist()
    marks[::10] = [chance.choice(formulas) for _ in marks[::10]]
    return Fingerprint(3000, tuple(mark or 1 for mark in marks))


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def grow(count: int) -> None:
    """Fill an index with ``count`` documents, one in fifty a reprint with a third of its marks lost; print one row."""
    chance = random.Random(3)
    formulas = [chance.randrange(1, 2**32) for _ in range(2000)]
    seen, before, taken, found, asked = ReprintIndex(), resident(), 0.0, 0, 0
    earlier: list[Fingerprint] = []
    for number in range(count):
        twin = number % 50 == 49
        each = made(chance, formulas)
        if twin:
            old = chance.choice(earlier).marks
            each = Fingerprint(
                3000, tuple(a if chance.random() > 1 / 3 else b for a, b in zip(old, each.marks, strict=True))
            )
        start = time.perf_counter()
        answer = seen.first_like(each, f"{number:016x}")
        taken += time.perf_counter() - start
        asked, found = asked + twin, found + (twin and answer is not None)
        if not twin and len(earlier) < 500:
            earlier.append(each)
    print(
        f"{count:12,}{taken:10.2f}{taken / count * 1e6:10.0f}{seen.nbytes / 1e6:12.1f}{seen.nbytes / len(seen):10.0f}{resident() - before:10.0f}{found / max(asked, 1):10.2%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--largest", type=int, default=100_000, help="documents of the last row of the index table")
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.grow:
        grow(options.grow)
        return
    texts = originals()
    prints = {name: found for name, text in texts.items() if (found := text_of(text))}
    made_reprints(texts, prints)
    different(prints, texts)
    speed(texts.values())
    print(
        f"\n{'documents':>12}{'seconds':>10}{'us each':>10}{'index MB':>12}{'B each':>10}{'RSS MB':>10}{'found':>10}",
        flush=True,
    )
    for count in (1_000, 10_000, 100_000, 1_000_000):
        if count <= options.largest:
            subprocess.run([sys.executable, __file__, "--grow", str(count)], check=True)


if __name__ == "__main__":
    main()
