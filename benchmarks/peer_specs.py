"""Read the public test suites of other projects: `python benchmarks/peer_specs.py [FOLDER] [--misses]`.

FOLDER holds `recognizers-text/Specs` and `jionlp/cases.jsonl` (default ../shared/peer-specs). A case is right when each
number or date it expects is found, with the same value, in words that overlap, and nothing else of the kind asked for.
docs/parsers.md says what is left out and where the projects mean different things.
"""

import json
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from peer_dates import Tally, jionlp, recognizers_dates
from peer_units import UNITS

import speechmine
from speechmine.finding.any_mentions import NumberMention

_CLOSE = Decimal("1e-12")
_LEFT_OUT = """
Left out of the dates: cases whose own type is a clock time (time, datetime and their ranges), a duration or a recurring
time (set); in JioNLP what begins or ends within a day, unless at the moment the case counts from, and bases in code."""


@dataclass(frozen=True)
class Suite:
    """A suite of numbers: its file, the kinds of number it asks for, what the peer itself reaches."""

    name: str
    kinds: frozenset[str]
    peer: str
    target: str


SUITES = (
    Suite("Number/Chinese/NumberModel", frozenset({"number", "fraction", "count"}), "362/365", "0.950"),
    Suite("Number/Chinese/PercentModel", frozenset({"share"}), "152/152", "1.000"),
    Suite("Number/Chinese/OrdinalModel", frozenset({"rank"}), "", ""),
    Suite("NumberWithUnit/Chinese/CurrencyModel", frozenset({"money"}), "31/35", "0.886"),
    Suite("NumberWithUnit/Chinese/DimensionModel", frozenset({"measure"}), "30/36", "0.833"),
    Suite("NumberWithUnit/Chinese/TemperatureModel", frozenset({"measure"}), "", ""),
    Suite("NumberWithUnit/Chinese/AgeModel", frozenset({"measure"}), "", ""),
)


def is_right(case: dict, suite: Suite) -> bool:
    """Say whether each expected number is found and no other of the kinds asked for.

    A number that the text leaves open (二三十个, a span of two values) is none that the suites know: it never counts
    against us.
    """
    found = speechmine.numbers(case["Input"])
    expected = case["Results"]
    matched = [next((m for m in found if meets(m, want) and same(m, want, suite)), None) for want in expected]
    extra = [
        m for m in found if m.kind in suite.kinds and m.upper is None and not any(meets(m, want) for want in expected)
    ]
    return None not in matched and not extra


def meets(mention: NumberMention, want: dict) -> bool:
    return mention.span.start <= want["End"] and want["Start"] < mention.span.end


def same(mention: NumberMention, want: dict, suite: Suite) -> bool:
    """Say whether value, unit and currency agree; a range agrees by either end."""
    resolution = want["Resolution"]
    if resolution.get("value") is None:
        return False
    value = Decimal(resolution["value"].rstrip("%"))
    if "money" in suite.kinds:
        code = resolution.get("isoCurrency")
        return mention.kind == "money" and close(mention.value, value) and code in {None, unit_of(mention)}
    if "measure" in suite.kinds:
        unit, factor = UNITS.get(resolution["unit"], (None, Decimal(1)))
        return (
            unit == unit_of(mention)
            and mention.canonical is not None
            and close(mention.canonical.value, value * factor)
        )
    if not {"share", "rank"}.isdisjoint(suite.kinds) and mention.kind not in suite.kinds:
        return False
    return any(close(number, value) for number in (mention.value, mention.upper))


def unit_of(mention: NumberMention) -> str | None:
    return mention.canonical.unit if mention.canonical else None


def close(number: Decimal | None, value: Decimal) -> bool:
    return number is not None and abs(number - value) <= abs(value) * _CLOSE


def numbers(folder: Path, suite: Suite) -> Tally:
    cases = json.loads((folder / f"{suite.name}.json").read_text("utf-8-sig"))
    tally = Tally(suite.name.replace("/Chinese", ""), suite.peer, suite.target)
    for case in cases:
        tally.count(is_right(case, suite), case["Input"], [want["Text"] for want in case["Results"]])
    return tally


def main() -> None:
    folders = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = Path(folders[0] if folders else "../shared/peer-specs")
    specs = folder / "recognizers-text/Specs"
    tallies = [numbers(specs, suite) for suite in SUITES]
    tallies += recognizers_dates(specs / "DateTime/Chinese")
    tallies.append(jionlp(folder / "jionlp/cases.jsonl"))
    print(f"{'suite':40} {'right':>10} {'share':>7} {'target':>7}  {'peer itself':12} left out")
    for tally in tallies:
        print(tally.line())
    print(_LEFT_OUT)
    if "--misses" in sys.argv:
        for tally in tallies:
            print(f"\n{tally.name}", *tally.misses, sep="\n  ")


if __name__ == "__main__":
    main()
