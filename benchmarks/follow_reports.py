"""How well goals are paired with results on the national reports of ../shared/archive, against a table made by reading them.

    .venv/bin/python benchmarks/follow_reports.py

For growth of the gross domestic product, new urban jobs and consumer prices, 1999 to 2025 (no reports of 2020 and 2022): what the
report of a year sets for the year, and what the next report says was reached in it. Prints every pair made with the verdict on
it, then precision and recall; once with the texts at hand and once with the records alone. `--json FILE` takes records that
were extracted before; `--pairs` prints measures of following years drawn by likeness instead, to be read.
"""

import argparse
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from speechmine import analyse, load_rules
from speechmine.following import Asked, Followed, follow
from speechmine.reading import read_file
from speechmine.records import Record
from speechmine.store import records_of, texts_of

FOLDER = Path("../shared/archive/text")
PLACE = "全国"
METRICS = ("gdp", "urban-jobs", "consumer-prices")

# Year: the goal as the report of the year words it, and the result as the report of the year after words it; None where that
# gives no number for the year (the word, or an average over years instead), "-" where there is no such report.
TRUTH: dict[str, dict[int, tuple[str, str | None]]] = {
    "gdp": {
        1999: ("7％左右", None), 2003: ("7%左右", "9.1%"), 2004: ("7%左右", "9.5%"), 2005: ("8%左右", "9.9%"),
        2006: ("8%左右", "10.7%"), 2007: ("8%左右", None), 2008: ("8%左右", "9%"), 2009: ("8%左右", "8.7%"),
        2010: ("8％左右", "10.3%"), 2011: ("8%左右", "9.2％"), 2012: ("7.5％", "7.8%"), 2013: ("7.5%左右", "7.7%"),
        2014: ("7.5%左右", "7.4%"), 2015: ("7%左右", "6.9%"), 2016: ("6.5%－7%", "6.7%"), 2017: ("6.5%左右", "6.9%"),
        2018: ("6.5%左右", "6.6%"), 2019: ("6%－6.5%", "-"), 2021: ("6%以上", "-"), 2023: ("5%左右", "5.2%"),
        2024: ("5%左右", "5%"), 2025: ("5%左右", "-"),
    },
    "urban-jobs": {
        2004: ("900万人", "980万人"), 2005: ("900万人", "970万人"), 2006: ("900万人", "1184万人"), 2007: ("不低于900万人", None),
        2008: ("1000万人", "1113万人"), 2009: ("900万人以上", "1102万人"), 2010: ("900万人以上", "1168万人"),
        2011: ("900万人以上", "1221万人"), 2012: ("900万人以上", "1266万人"), 2013: ("900万人以上", "1310万人"),
        2014: ("1000万人以上", "1322万人"), 2015: ("1000万人以上", "1312万人"), 2016: ("1000万人以上", "1314万人"),
        2017: ("1100万人以上", "1351万人"), 2018: ("1100万人以上", "1361万人"), 2019: ("1100万人以上", "-"),
        2021: ("1100万人以上", "-"), 2023: ("1200万人左右", "1244万人"), 2024: ("1200万人以上", "1256万人"), 2025: ("1200万人以上", "-"),
    },
    "consumer-prices": {
        2005: ("4%", "1.8%"), 2006: ("3%", "1.5%"), 2007: ("3%以内", "4.8%"), 2008: ("4.8%左右", None), 2009: ("4%左右", None),
        2010: ("3％左右", "3.3%"), 2011: ("4%左右", None), 2012: ("4％左右", "2.6%"), 2013: ("3.5%左右", "2.6%"),
        2014: ("3.5%左右", "2%"), 2015: ("3%左右", None), 2016: ("3%左右", "2%"), 2017: ("3%左右", None), 2018: ("3%左右", "2.1%"),
        2019: ("3%左右", "-"), 2021: ("3%左右", "-"), 2023: ("3%左右", "0.2%"), 2024: ("3%左右", "0.2%"), 2025: ("2%左右", "-"),
    },
}  # fmt: skip


def records() -> Iterator[Record]:
    rules = load_rules()
    for path in sorted(FOLDER.glob("*_gwr_state_[12]*.txt")):
        if path.stem[-4:] >= "1999":
            yield analyse(read_file(path), rules)


def judged(metric: str, rows: Iterable[Followed]) -> tuple[int, int, list[str]]:
    """Return right pairs, pairs made, and a line for each year."""
    truth, right, made, lines = dict(TRUTH[metric]), 0, 0, []
    for row in sorted(rows, key=lambda row: row.period):
        goal, result = row.goal.said.evidence.quote, row.result and row.result.said.evidence.quote
        year = int(row.period)
        wanted = truth.pop(year, None) if wanted_goal(truth, year, goal) else None
        expected = "?" if wanted is None else wanted[1]
        made += result is not None
        right += result is not None and result == expected
        verdict = (
            "right"
            if (result or {"no speech": "-"}.get(row.outcome)) == expected
            else "WRONG"
            if result or wanted is None
            else "MISSED"
        )
        difference = "" if row.difference is None else f"{row.difference.normalize():+f}"
        lines.append(
            f"{year}  {goal:<12} {result or '':<10} {row.outcome:<11} {difference:<10} {verdict}  truth: {expected or 'no number'}"
        )
    lines += [f"{year}  {goal:<12} NO ROW     truth: {result or 'no number'}" for year, (goal, result) in truth.items()]
    return right, made, lines


def wanted_goal(truth: dict[int, tuple[str, str | None]], year: int, goal: str) -> bool:
    return year in truth and bare(truth[year][0]) == bare(goal)


def bare(words: str) -> str:
    return words.replace("％", "%").replace("控制在", "")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pairs", action="store_true")
    asked_for = parser.parse_args()
    if given := asked_for.json:
        found = [record for record in records_of(given) if record.document.source[-8:-4] >= "1999"]
    else:
        found = list(records())
    if asked_for.pairs:
        pairs(found)
        return
    at = (("*gwr_state*", PLACE),)
    for name, asked in (("with texts", Asked(at, text_of=texts_of([], [FOLDER]))), ("records alone", Asked(at))):
        rows = follow(found, asked, ["goals"], None).goals
        print(f"== {name}")
        for metric in METRICS:
            measured = "level" if metric == "urban-jobs" else "growth"
            chosen = [row for row in rows if row.metric == metric and row.measured == measured]
            right, made, lines = judged(metric, chosen)
            there = sum(result not in {None, "-"} for _, result in TRUTH[metric].values())
            print("\n".join(["", metric, *lines]))
            print(f"{metric}: {made} pairs, precision {share(right, made)}, recall {share(right, there)} of {there}")
        print()


def pairs(found: list[Record]) -> None:
    """Print measures of following years that are each other's most alike, some of each degree of likeness."""
    from speechmine.following.likeness import Likeness

    measures = sorted(
        (int(record.document.source[-8:-4]), measure.id, measure.text)
        for record in found
        for measure in record.measures
    )
    likeness, chance = Likeness([text for _, _, text in measures]), random.Random(7)
    years = sorted({year for year, _, _ in measures})
    links = []
    for one, other in pairwise(years):
        some, others = ([row for row, measure in enumerate(measures) if measure[0] == year] for year in (one, other))
        taken: set[int] = set()
        for first, second, score in likeness.between(some, others, 0.3):
            if taken.isdisjoint({first, second}):
                taken |= {first, second}
                links.append((first, second, score))
    for low, high, count in ((0.3, 0.35, 15), (0.35, 0.4, 20), (0.4, 0.45, 25), (0.45, 0.5, 15)):
        chosen = [link for link in links if low <= link[2] < high]
        print(f"== {low} to {high}: {len(chosen)} pairs")
        for first, second, score in chance.sample(chosen, min(count, len(chosen))):
            print(
                f"{score:.3f}  {measures[first][0]} {measures[first][2]}\n       {measures[second][0]} {measures[second][2]}"
            )


def share(part: int, whole: int) -> str:
    return f"{Decimal(part) / whole:.3f} ({part}/{whole})" if whole else "-"


if __name__ == "__main__":
    main()
