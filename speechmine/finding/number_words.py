"""Numbers said in words (一半, 三成, 翻一番, 全覆盖, 清零) and ranks (第三位, 前十名)."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

import msgspec

from speechmine.finding.closed import Closed
from speechmine.finding.numerals import Numerals, numerals, tidy_number
from speechmine.records import Comparator, QuantityKind
from speechmine.rules import Rule, RuleBook
from speechmine.rules.rule import quoted
from speechmine.spans import Span

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


class NumberWord(msgspec.Struct, frozen=True):
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
    """Find the numbers said in words in one sentence; where two overlap, the rule that stands first wins."""
    found: list[NumberWord] = []
    for rule in rules.called("rank number_word", text):
        words = [_word(rule, match, rules) for match in rule.finditer(text)]
        if words:
            taken = Closed(word.span for word in found)
            found += [word for word in words if not taken.meets(word.span)]
    return found


def _word(rule: Rule, match: re.Match[str], rules: RuleBook) -> NumberWord:
    given, groups = rule.set, match.groupdict()
    value = Decimal(given["value"]) if "value" in given else None
    unit = groups.get("unit") or given.get("unit")
    if "read" in given:
        value, unit = _READERS[given["read"]](match, numerals(rules))
    elif groups.get("number"):
        value = numerals(rules).read(groups["number"]).value
    kind = cast("QuantityKind", given.get("kind", "share"))
    comparator = cast("Comparator | None", given.get("comparator"))
    return NumberWord(Span(*quoted(match)), value, unit, kind, comparator, rule.id)


def _fraction(match: re.Match[str], reader: Numerals) -> tuple[Decimal | None, str]:
    top, below = reader.read(match["numerator"]).value, reader.read(match["denominator"]).value
    if top is None or not below:
        return None, "%"
    if match["denominator"] == "千":
        return top, "‰"
    share = top * _HUNDRED / below
    return (share if below >= _HUNDRED else tidy_number(share.quantize(_CENT, ROUND_HALF_UP))), "%"


def _tenths(match: re.Match[str], reader: Numerals) -> tuple[Decimal | None, str]:
    tens, ones = reader.read(match["tenths"]).value or Decimal(0), match["hundredths"]
    more = Decimal(5) if ones == "半" else (reader.read(ones).value or Decimal(0) if ones else Decimal(0))
    return tens * 10 + more, "%"


def _doublings(match: re.Match[str], reader: Numerals) -> tuple[Decimal | None, str]:
    times = reader.read(match["times"]).value or Decimal(1)
    return (times if match[0].endswith("倍") else 2**times - 1) * _HUNDRED, "%"


_READERS: dict[str, Callable[[re.Match[str], Numerals], tuple[Decimal | None, str]]] = {
    "fraction": _fraction,
    "tenths": _tenths,
    "doublings": _doublings,
}
