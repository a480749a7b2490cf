"""What following costs: invented records of many places and years, each with as many measures as a real report.

    .venv/bin/python benchmarks/follow.py 25000 100000

prints for each number of measures the seconds and the peak memory of goals, of measures over the years, and of measures of
other places, each in a process of its own. The texts are put together from the words of a small vocabulary, by a counter
and not by chance.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from speechmine.following import PARTS, follow
from speechmine.records import Deadline, DocumentInfo, Evidence, Figure, Goal, Measure, Record, Speech

_A_SPEECH, _YEARS = 250, 5
_VERBS = ["推进", "加强", "完善", "落实", "深化", "加快", "扩大", "支持", "规范", "提高", "改造", "建设", "培育", "整治", "保护", "优化"]  # fmt: skip
_THINGS = ["项目", "园区", "河道", "学校", "医院", "道路", "农田", "港口", "市场", "税费", "审批", "就业", "养老", "供水", "电网", "仓储"]  # fmt: skip
_MANNERS = ["调度", "建设", "改革", "监管", "服务", "保障", "治理", "管理", "改造", "培训", "考核", "检查", "验收", "补贴", "试点", "推广"]  # fmt: skip


def words(number: int) -> str:
    """Return a measure of some 20 to 40 characters, by a counter."""
    parts = []
    for _ in range(2 + number % 3):
        number, verb = divmod(number * 7919 + 104729, 16)
        number, thing = divmod(number, 16)
        number, manner = divmod(number, 16)
        other = chr(0x4E00 + number % 3000)
        parts.append(f"{_VERBS[verb]}{other}{_THINGS[thing]}和{_THINGS[(thing * 5 + manner) % 16]}{_MANNERS[manner]}")
        number %= 1_000_003
    return "，".join(parts)


def records(measures: int) -> Iterator[Record]:
    """Yield one speech a place and year; every third measure comes back the year after."""
    for speech in range(measures // _A_SPEECH):
        place, year = divmod(speech, _YEARS)
        yield Record(
            document=DocumentInfo(id=f"{speech:016x}", source=f"{speech}.txt"),
            speeches=[Speech(id="s1", place=f"第{place}市", date=str(2010 + year), start=0, end=10)],
            measures=[
                Measure(id=f"{speech:08x}{row:08x}", speech="s1", rule="r", evidence=said(text), text=text, commitment="must")
                for row in range(_A_SPEECH)
                for text in [words(place * 1_000_000 + row * 1_000 + (0 if row % 3 == 0 else year))]
            ],
            goals=[
                Goal(id=f"g{speech}{row}", speech="s1", rule="r", evidence=said("5%"), metric=f"第{row}类产品产量", kind="growth",
                     comparator=">=", commitment="plan", deadline=Deadline(text="今年", edtf=str(2010 + year)))
                for row in range(20)
            ],
            figures=[
                Figure(id=f"f{speech}{row}", speech="s1", rule="r", evidence=said("6%"), metric=f"第{row}类产品产量", kind="growth",
                       comparator="=", role="result", deadline=Deadline(text="去年", edtf=str(2009 + year)))
                for row in range(20)
            ],
        )  # fmt: skip


def said(text: str) -> Evidence:
    return Evidence(quote=text, start=0, end=len(text))


def one(part: str, measures: int) -> None:
    start = time.perf_counter()
    chosen = next(known for known in PARTS if known == part)
    found = follow(records(measures), parts=[chosen])
    sizes = len(found.goals), len(found.measures), len(found.elsewhere)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{measures:9,} {part:10} {seconds:8.1f} s {peak:6,} MB   {max(sizes):,} rows", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        one(sys.argv[2], int(sys.argv[3]))
    else:
        for size in sys.argv[1:]:
            for part in ("goals", "measures", "elsewhere"):
                subprocess.run([sys.executable, __file__, "--one", part, size], check=True)
