"""Read the number suites of other projects: `python benchmarks/peer_specs.py [FOLDER]`.

The suites are test cases for assistants (打对折, 两双, 一打); speeches need only part of what they ask, so the figures
inform and nothing is bent to them. A case is right when the values found, in order, are exactly the values expected.
"""

import json
import re
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypedDict

from speechmine.cleaning import tidy
from speechmine.finding.numerals import numerals
from speechmine.finding.quantities import quantities
from speechmine.rules import RuleBook, load_rules

Finder = Callable[[str, RuleBook], list[Decimal]]


class Result(TypedDict):
    Text: str
    Resolution: dict[str, str | None]


class Case(TypedDict):
    Input: str
    Results: list[Result]


def numbers(text: str, rules: RuleBook) -> list[Decimal]:
    """Read every numeral, with or without a unit."""
    reader = numerals(rules)
    pattern = re.compile(rf"(?<![\d.])(?={reader.first})({reader.whole})[多余几来]?\s?([{reader.magnitudes}]*)")
    found = [
        (reader.read(m[1], m[2]).value, reader.scale(m[2]))
        for m in pattern.finditer(text)
        if m.end() > m.start() and m[1]
    ]
    return [value * scale for value, scale in found if value is not None]


def of_rules(prefixes: tuple[str, ...]) -> Finder:
    """Return a finder of the quantities that rules with one of the prefixes found, in full numbers."""

    def find(text: str, rules: RuleBook) -> list[Decimal]:
        reader = numerals(rules)
        magnitude = re.compile(rf"[{reader.magnitudes}]*")
        found = [mention for mention in quantities(text, rules) if mention.rule.startswith(prefixes)]
        return [
            mention.value * (reader.scale(m[0]) if (m := magnitude.match(mention.unit or "")) else 1)
            for mention in found
            if mention.value is not None
        ]

    return find


SUITES: tuple[tuple[str, Finder], ...] = (
    ("Number/Chinese/NumberModel", numbers),
    (
        "Number/Chinese/PercentModel",
        of_rules(("quantity.share", "quantity.point", "number_word.fraction", "number_word.tenths")),
    ),
    ("NumberWithUnit/Chinese/CurrencyModel", of_rules(("quantity.money",))),
    ("NumberWithUnit/Chinese/DimensionModel", of_rules(("quantity.measure",))),
)


def expected(case: Case) -> list[Decimal] | None:
    """Return the values a case expects; None where one of them is no number."""
    try:
        return [Decimal((result["Resolution"].get("value") or "").rstrip("%")) for result in case["Results"]]
    except InvalidOperation:
        return None


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/peer-specs")
    rules = load_rules()
    for name, find in SUITES:
        cases: list[Case] = json.loads((folder / "recognizers-text/Specs" / f"{name}.json").read_text("utf-8-sig"))
        wanted = [(case["Input"], values) for case in cases if (values := expected(case)) is not None]
        right = sum([abs(v) for v in find(tidy(text), rules)] == [abs(v) for v in values] for text, values in wanted)
        print(f"{name:40} {right}/{len(wanted)} right")


if __name__ == "__main__":
    main()
