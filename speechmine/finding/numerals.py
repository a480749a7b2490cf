"""Numerals: Arabic, Chinese and mixed, and what they are worth.

The last magnitude of a numeral (万, 亿) belongs to the unit as written, so 10亿元 is 10 亿元, 2万4,000元 is 24000 元 and
三十六亿五千万元 is 365000 万元.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from speechmine.rules import RuleBook

_KEPT: dict[str, "Numerals"] = {}


@dataclass(frozen=True, slots=True)
class Number:
    """What a numeral is worth in the unit as written; ``upper`` only where two digits stand for a span (七八个)."""

    value: Decimal | None
    upper: Decimal | None = None


class Numerals:
    """Reads the numerals of one rule book.

    Attributes:
        part: Pattern of a numeral without magnitude: 1,046 or 三百二十一 or 一七.六八.
        whole: Pattern of a numeral up to its last magnitude, which is left to the unit; may be empty before one (亿元).
        magnitudes: Characters that are magnitudes, as a class.
        first: Characters a numeral can begin with, as a class.
    """

    def __init__(self, rules: RuleBook) -> None:
        self._digits = {word: int(value) for word, value in rules.words("numeral_digit").values.items()}
        self._steps = {word: int(value) for word, value in rules.words("numeral_step").values.items()}
        self._scales = {word: Decimal(value) for word, value in rules.words("numeral_magnitude").values.items()}
        digits, steps, self.magnitudes = ("".join(table) for table in (self._digits, self._steps, self._scales))
        vague = "".join(rules.words("numeral_vague"))
        kilo = "|".join(sorted(unit[1:] for unit in rules.words("measure_unit") if unit[0] in steps and len(unit) > 1))
        no_kilo = rf"(?![{steps}](?:{kilo}))"  # 600万千瓦 is 600 万千瓦
        arabic = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+)(?:[.。·]\d+)?(?:[{steps}](?!{kilo}))?"
        # 人数三百: here 数 ends a noun and does not say 几.
        some = rf"(?:(?<![人户总次件家指系参倍基底个函岁])[{vague}](?=[{steps}]))"
        # Older Taiwanese texts write 二、一二三亿元 and 一·四.
        grouped = rf"[{digits}]{{1,3}}(?:、[{digits}]{{3}})+(?![{digits}{steps}])"
        han = rf"(?:{grouped}|{some}?[{digits}{steps}]+)(?:[点.·][{digits}]+)?"
        self.part = rf"(?:{arabic}|{han})"
        large = rf"(?<![人户总次件家指系参倍基底个函岁])[{vague}](?=[{self.magnitudes}])"
        self.whole = (
            rf"(?:{self.part}(?:\s?[{self.magnitudes}]{{1,2}}\s?{no_kilo}{self.part}){{0,3}}|{large}|(?=[{self.magnitudes}]))"
        )
        self.first = rf"[\d{digits}{steps}{vague}{self.magnitudes}]"
        self.by_digit = re.compile(rf"(?<![{digits}{steps}])(?=[{digits}]{{0,3}}[〇零]|[{digits}]{{3}})[{digits}]{{2,4}}(?![{digits}{steps}年])")
        self._vague = vague
        self._sections = re.compile(rf"([^{self.magnitudes}]*)([{self.magnitudes}]*)")
        self._span = re.compile(rf"(?<![{digits}])([{digits}])([{digits}])(?![{digits}点.])")

    def read(self, numeral: str, magnitude: str = "", by_digit: bool = False) -> Number:
        """Read a numeral in units of its last magnitude.

        Args:
            numeral: As `whole` matches it: ``2万4,000``, ``三十六亿五千``, or empty (亿元 is one 亿元).
            magnitude: The magnitude that follows it and belongs to the unit.
            by_digit: Whether the text around writes numerals digit by digit, so that 四五亿元 is 45 亿元.
        """
        plain = numeral.replace(",", "").replace("、", "").replace(" ", "").replace("。", ".").replace("·", ".").replace("点", ".")
        if plain[:1] and plain[0] in self._vague:
            return Number(None)
        pair = self._span.search(plain)
        # 七八个 is seven or eight, but 一七.六八亿元 and 三五.二 are written digit by digit.
        if pair and not by_digit and self._digits[pair[2]] == self._digits[pair[1]] + 1:
            low, high = (plain[: pair.start()] + digit + plain[pair.end() :] for digit in pair.groups())
            return Number(self._total(low, magnitude), self._total(high, magnitude))
        return Number(self._total(plain, magnitude))

    def scale(self, magnitude: str) -> Decimal:
        """Return what a magnitude is worth: 万亿 is 10¹²."""
        product = Decimal(1)
        for char in magnitude.strip():
            product *= self._scales[char]
        return product

    def _total(self, plain: str, magnitude: str) -> Decimal:
        if not plain:
            return Decimal(1)
        if not any(char in self._scales for char in plain):
            return _tidy(self._section(plain))
        total = pending = Decimal(0)
        last = Decimal(1)
        for words, scales in self._sections.findall(plain + magnitude):
            if not words and not scales:
                continue
            pending = self._section(words) if words else Decimal(0)
            # 三万五 is 35000: a lone digit after a magnitude counts its tenths.
            if not scales and len(words) == 1 and words in self._digits and last > 1:
                pending *= last / 10
            for char in scales:
                last = self._scales[char]
                whole = 0 < total < last
                total = (total + pending) * last if whole else total + pending * last
                pending = Decimal(0)
        return _tidy((total + pending) / self.scale(magnitude))

    def _section(self, words: str) -> Decimal:
        """Read a numeral below the first magnitude."""
        if words[-1] in self._steps and words[0].isascii() and words[0].isdigit():
            return Decimal(words[:-1]) * self._steps[words[-1]]
        whole, _, fraction = words.partition(".")
        if words[0].isascii() and words[0].isdigit():
            return Decimal(words)
        value = self._positional(whole) if not any(char in self._steps for char in whole) else self._stepped(whole)
        return value + (Decimal(f"0.{self._positional(fraction):0{len(fraction)}}") if fraction else 0)

    def _positional(self, words: str) -> Decimal:
        return Decimal("".join(str(self._digits.get(char, char)) for char in words))

    def _stepped(self, words: str) -> Decimal:
        total, digit, last = 0, 0, 10
        for char in words:
            if char in self._steps:
                total += (digit or 1) * self._steps[char]
                digit, last = 0, self._steps[char]
            else:
                digit = self._digits[char]
                last = 10 if digit == 0 else last
        # 三百五 is 350, but 三百零五 is 305 and 三十五 is 35.
        return Decimal(total + digit * (last // 10 if words[-1] in self._digits else 1))


def numerals(rules: RuleBook) -> Numerals:
    """Return the reader of a rule book, made once."""
    if rules.version not in _KEPT:
        _KEPT[rules.version] = Numerals(rules)
    return _KEPT[rules.version]


def _tidy(value: Decimal) -> Decimal:
    """Write 24000 for 2.4E+4 and 17.68 for 17.680."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
