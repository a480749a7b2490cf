"""Numbers said in words (一半, 三成, 翻一番, 全覆盖, 清零) and ranks (第三位, 前十名)."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from speechmine.finding.numerals import numerals
from speechmine.records import Comparator, QuantityKind
from speechmine.rules import Rule, RuleBook
from speechmine.rules.book import quoted
from speechmine.spans import Span

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number that a rule reads from words.

    Attributes:
        comparator: Set by the rule, else None: the bound words around it decide.
    """

    span: Span
    value: Decimal | None
    unit: str | None
    kind: QuantityKind
    comparator: Comparator | None
    rule: str


def number_words(text: str, rules: RuleBook) -> list[NumberWord]:
    """Find the numbers said in words in one sentence, the longer first where two overlap."""
    found: list[NumberWord] = []
    for family in ("rank", "number_word"):
        for rule in rules.family(family):
            for match in rule.finditer(text):
                word = _word(rule, match, rules)
                if not any(word.span.overlaps(other.span) for other in found):
                    found.append(word)
    return found


def _word(rule: Rule, match: re.Match[str], rules: RuleBook) -> NumberWord:
    given = rule.set
    value, unit = Decimal(given["value"]) if "value" in given else None, given.get("unit")
    groups = match.groupdict()
    if given.get("read"):
        value, unit = _READERS[given["read"]](match, rules, unit)
    elif groups.get("number"):
        value = numerals(rules).read(groups["number"]).value
    return NumberWord(
        Span(*quoted(match)),
        value,
        groups.get("unit") or unit,
        cast("QuantityKind", given.get("kind", "share")),
        cast("Comparator | None", given.get("comparator")),
        rule.id,
    )


def _fraction(match: re.Match[str], rules: RuleBook, _: str | None) -> tuple[Decimal | None, str]:
    top = numerals(rules).read(match["numerator"]).value
    below = numerals(rules).read(match["denominator"]).value
    if match["denominator"] == "千":
        return top, "‰"
    if top is None or not below:
        return None, "%"
    share = top * 100 / below
    return (share if below == 100 else share.quantize(_CENT, ROUND_HALF_UP).normalize()), "%"


def _tenths(match: re.Match[str], rules: RuleBook, unit: str | None) -> tuple[Decimal | None, str]:
    tens = numerals(rules).read(match["tenths"]).value or Decimal(0)
    ones = match["hundredths"]
    more = Decimal(5) if ones == "半" else (numerals(rules).read(ones).value if ones else None)
    return tens * 10 + (more or 0), unit or "%"


def _doublings(match: re.Match[str], rules: RuleBook, unit: str | None) -> tuple[Decimal | None, str]:
    times = numerals(rules).read(match["times"]).value
    if match[0].endswith("倍"):
        return (None if times is None else times * 100), unit or "%"
    return (None if times is None else (Decimal(2) ** times - 1) * 100), unit or "%"


_READERS = {"fraction": _fraction, "tenths": _tenths, "doublings": _doublings}
