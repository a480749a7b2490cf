"""Units of any text: what follows or precedes a number, and what it converts to."""

import re
from decimal import Decimal
from typing import Literal

import msgspec
from msgspec.structs import replace

from speechmine.finding.any_mentions import NumberMention
from speechmine.finding.any_numerals import Numeral
from speechmine.finding.made import made
from speechmine.finding.numerals import tidy_number
from speechmine.patterns import compiled
from speechmine.records import Canonical
from speechmine.rules import RuleBook
from speechmine.rules.rule import Words
from speechmine.spans import Span

UnitKind = Literal["share", "money", "measure", "count"]

_LISTS: tuple[tuple[UnitKind, str], ...] = (
    ("count", "place_unit"), ("count", "count_unit"), ("measure", "measure_general"), ("money", "money_general"),
    ("share", "point_unit"), ("share", "share_unit"),
)  # fmt: skip
_ENDS = compiled(r"(?:半|多|左右)?(?=[,;。、.!?)\s钱零又一二两三四五六七八九]|$)")
_COIN = 100


class AnyUnit(msgspec.Struct, frozen=True):
    """A unit behind a number: where it ends, its words, its kind; ``times`` where it is a number itself (打)."""

    end: int
    words: str
    kind: UnitKind
    times: int = 1


def any_units(rules: RuleBook) -> "AnyUnits":
    """Return the units of a rule book, made once."""
    return made(AnyUnits, rules)


class AnyUnits:
    """The units of one rule book."""

    def __init__(self, rules: RuleBook) -> None:
        self._kinds: dict[str, UnitKind] = {word: kind for kind, name in _LISTS for word in rules.words(name)}
        self._worth = {
            (str(kind), word): value for kind, name in _LISTS for word, value in rules.words(name).values.items()
        }
        self._dozens = {word: int(value) for word, value in rules.words("dozen").values.items()}
        self._kinds |= dict.fromkeys(self._dozens, "count")
        self._digits = {word: int(value) for word, value in rules.words("numeral_digit").values.items()}
        shares = [word for word, kind in self._kinds.items() if kind == "share"]
        spaced = "|".join(" {0,3}".join(map(re.escape, word)) for word in sorted(shares, key=len, reverse=True))
        others = Words("", "", {word: "" for word, kind in self._kinds.items() if kind != "share"}).alternation()
        self._trap = compiled(rules.words("unit_trap").alternation())
        self._dozen_trap = rules.any_of("dozen_trap")
        self._no_tenths = rules.any_of("tenths_trap")
        self._unit = compiled(rf" {{0,3}}(?:(?P<share>{spaced})|(?P<other>{others}(?<![A-Za-z](?=[A-Za-z]))))")
        small = rules.words("money_small")
        self._small = compiled(rf" ?(?P<word>{small.alternation()})")
        self._parts = {word: Decimal(value) for word, value in small.values.items()}
        self._joint = compiled(" {0,2}[又零]? {0,2}")
        signs = rules.words("money_sign")
        self._sign = compiled(rf"(?:{signs.alternation()}) {{0,3}}$")
        self._codes = signs.values

    def digit(self, word: str) -> int | None:
        """Return the value of one figure, Arabic or Chinese."""
        return int(word) if word.isdigit() and word.isascii() else self._digits.get(word)

    def is_trap(self, text: str, at: int) -> bool:
        """Say whether 成 or 折 begins another word here (成立, 折旧)."""
        return self._no_tenths.match(text, at) is not None

    def after(self, text: str, numeral: Numeral) -> AnyUnit | None:
        """Return the unit that follows a numeral, if any."""
        match = self._unit.match(text, numeral.span.end)
        if not match:
            return None
        words = (match["share"] or match["other"]).replace(" ", "")
        start = match.end() - len(match["share"] or match["other"])
        kind = self._kinds[words]
        if kind != "share" and self._trap.match(text, start) and not self._trap.match(words):
            return None
        ends = _ENDS.match(text, match.end()) is not None
        if words == "块" and numeral.value < _COIN and not ends:
            kind = "count"  # 两块红牌 are pieces
        if words in self._dozens and self._dozen_trap.match(text, start):
            return None
        if words in self._parts and len(words) == 1 and kind == "money" and not ends:
            return None  # 五角大楼, 三毛作品
        return AnyUnit(match.end(), words, kind, self._dozens.get(words, 1))

    def compound(self, text: str, numerals: list[Numeral], at: int, first: NumberMention) -> tuple[NumberMention, int]:
        """Add the small money that follows: 50元6角三分, 两美元又三美分, 三块五."""
        whole, after = first, at + 1
        while whole.kind == "money" and after < len(numerals):
            part = numerals[after]
            if not self._joint.fullmatch(text, whole.span.end, part.span.start):
                break
            small = self._small.match(text, part.span.end)
            if small:
                worth, end = part.value * self._parts[small["word"]], small.end()
            elif first.unit == "块" and len(part.plain) == 1 and _ENDS.match(text, part.span.end):
                worth, end = part.value / 10, part.span.end
            else:
                break
            whole = replace(whole, span=Span(whole.span.start, end), value=whole.value + worth)
            after += 1
        return self.with_sign(text, whole), after

    def with_sign(self, text: str, mention: NumberMention) -> NumberMention:
        """Take in the sign or name of money before a number: $20, 人民币50元; not that of the sum before (4人民币5美元)."""
        if mention.kind not in {"number", "money"}:
            return mention
        start = mention.span.start
        match = self._sign.search(text, max(0, start - 8), start)
        if not match or (
            match.start() and (text[match.start() - 1].isdigit() or text[match.start() - 1] in self._digits)
        ):
            return mention
        word = match[0].rstrip(" ")
        unit = mention.unit if mention.unit and mention.unit != "元" else word
        return replace(mention, span=Span(match.start(), mention.span.end), unit=unit, kind="money")

    def converted(self, mention: NumberMention) -> NumberMention:
        """Add what a mention is in the one unit of its dimension."""
        if mention.unit is None:
            return mention
        code = self._codes.get(mention.unit)
        worth = f"{code} 1" if code and mention.kind == "money" else self._worth.get((mention.kind, mention.unit), "")
        unit, _, factor = worth.partition(" ")
        if not unit:
            return mention
        times, _, by = factor.partition("/")
        value, upper = (
            None if number is None else tidy_number(number * Decimal(times) / Decimal(by or 1))
            for number in (mention.value, mention.upper)
        )
        return replace(mention, canonical=Canonical(value=value, upper=upper, unit=unit))
