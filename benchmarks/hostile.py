"""Time on hostile texts of doubling length: a step that is not linear shows as a ratio well over 2.

python benchmarks/hostile.py [CHARACTERS]
"""

import sys
import time
from itertools import pairwise

from speechmine import Document, analyse, load_rules

UNITS = {
    "no punctuation": "推进项目",
    "commas only": "推进项目,",
    "numbers": "1,234亿元",
    "opening quotes": "“",
    "openers": "确保",
    "rhythms": "周调度、",
    "brackets": "(市)",
    "owners": "各县区要抓好",
    "numerals": "一二三十百",
    "masks": "XX",
    "glosses": "關(guān)",
    "noise": "的’",
}


def seconds(text: str) -> float:
    """Return how long one document takes."""
    rules = load_rules()
    start = time.perf_counter()
    analyse(Document.of(text), rules)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    seconds("各县区要抓好项目建设,完成投资30亿元以上。")
    print(f"{'text of':16} {length:>9} {length * 2:>9} {length * 4:>9}   ratios")
    for name, unit in UNITS.items():
        times = [seconds(unit * (length * factor // len(unit))) for factor in (1, 2, 4)]
        ratios = " ".join(f"{after / before:5.1f}" for before, after in pairwise(times))
        print(f"{name:16} {times[0]:9.2f} {times[1]:9.2f} {times[2]:9.2f}  {ratios}", flush=True)


if __name__ == "__main__":
    main()
