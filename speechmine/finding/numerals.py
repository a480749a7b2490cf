"""Numerals: Arabic, Chinese and mixed, and what they are worth.

The last magnitude of a numeral (万, 亿) belongs to the unit as written: 10亿元 is 10 亿元, 2万4,000元 is 24000 元 and
三十六亿五千万元 is 365000 万元.
"""

import re
from decimal import Decimal

import msgspec

from speechmine.finding.made import made
from speechmine.patterns import compiled
from speechmine.rules import RuleBook

_LONGEST = 24  # longer runs of figures are no numbers that anybody states
_LONGEST_WORDS = 40


class Number(msgspec.Struct, frozen=True):
    """What a numeral is worth in the unit as written; ``upper`` only where two digits stand for a span (七八个)."""

    value: Decimal | None
    upper: Decimal | None = None


class Numerals:
    """Reads the numerals of one rule book.

    Attributes:
        whole: Pattern of a numeral up to its last magnitude, which is left to the unit; may be empty before one (亿元).
        magnitudes: Characters that are magnitudes (万亿兆), for a class.
        steps: Characters that are steps below them (十百千).
        first: Class of the characters a numeral can begin with.
        by_digit: Found where a text writes numerals digit by digit (一〇五亿元): there 四五亿元 is 45 亿元.

    >>> from speechmine.rules import load_rules
    >>> reader = Numerals(load_rules())
    >>> for numeral in (("2万4,000", ""), ("三十六亿五千", "万"), ("一七.六八", "亿")):
    ...     print(reader.read(*numeral).value)
    24000
    365000
    17.68
    """

    def __init__(self, rules: RuleBook) -> None:
        self._digits = {word: int(value) for word, value in rules.words("numeral_digit").values.items()}
        self._steps = {word: int(value) for word, value in rules.words("numeral_step").values.items()}
        self._scales = {word: Decimal(value) for word, value in rules.words("numeral_magnitude").values.items()}
        self._vague = "".join(rules.words("numeral_vague"))
        digits, steps, self.magnitudes = ("".join(table) for table in (self._digits, self._steps, self._scales))
        part = self._part_pattern(rules, digits, steps)
        # 人数三百: here 数 ends a noun and does not say "some".
        some = rf"(?<![人户总次件家指系参倍基底个函岁])[{self._vague}](?=[{self.magnitudes}])"
        joined = rf"(?:\s?[{self.magnitudes}]{{1,2}}\s?{self._no_kilo}{part}){{0,3}}"
        self.whole = rf"(?:{part}{joined}|{some}|(?=[{self.magnitudes}]))"
        self.steps = steps
        self.first = rf"[\d{digits}{steps}{self._vague}{self.magnitudes}]"
        alone = rf"(?<![{digits}{steps}])(?=[{digits}]{{0,3}}[〇零]|[{digits}]{{3}})"
        self.by_digit = compiled(rf"{alone}[{digits}]{{2,4}}(?![{digits}{steps}年])")
        self._sections = compiled(rf"([^{self.magnitudes}]*)([{self.magnitudes}]*)")
        self._pair = compiled(rf"(?<![{digits}.])([{digits}])([{digits}])(?![{digits}.])")
        self._mixed = compiled(rf"([\d.]+)([{steps}]?)")

    def _part_pattern(self, rules: RuleBook, digits: str, steps: str) -> str:
        """Return the pattern of a numeral without magnitude: 1,046 or 1 046, 4千6百, 三百二十一, 一七.六八, 几十."""
        # 600千瓦 is 600 千瓦, not 600000 瓦.
        kilo = "|".join(sorted(unit[1:] for unit in rules.words("measure_unit") if unit[0] in steps and len(unit) > 1))
        self._no_kilo = rf"(?![{steps}](?:{kilo}))"
        step = rf"{self._no_kilo}[{steps}]"
        arabic = (
            rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,3}}(?: \d{{3}})+(?!\d)|\d(?: \d){{1,6}}(?!\d)|\d+)(?:[.。·]\d+)?"
            rf"(?:{step}(?:\d{{1,3}}{step}){{0,2}})?"
        )
        some = rf"(?:(?<![人户总次件家指系参倍基底个函岁])[{self._vague}](?=[{steps}]))"
        # Older Taiwanese texts write 二、一二三亿元 and 一·四.
        grouped = rf"[{digits}]{{1,3}}(?:、[{digits}]{{3}})+(?![{digits}{steps}])"
        lone = rf"(?![{''.join(rules.words('numeral_financial'))}](?![{digits}{steps}]))"
        han = rf"{lone}(?:{grouped}|{some}?(?:[{digits}]|{step})+)(?:[点.·][{digits}]+)?"
        return rf"(?:{arabic}|{han})"

    def read(self, numeral: str, magnitude: str = "", by_digit: bool = False) -> Number:
        """Read a numeral in units of its last magnitude.

        Args:
            numeral: As `whole` matches it: ``2万4,000``, ``三十六亿五千``, or empty (亿元 is one 亿元).
            magnitude: The magnitude that follows it and belongs to the unit.
            by_digit: Whether the text around writes numerals digit by digit.
        """
        plain = re.sub(r"[,、\s]", "", numeral)
        plain = re.sub(r"[。·点]", ".", plain)
        if len(plain) > (_LONGEST if plain.isascii() else _LONGEST_WORDS):
            return Number(None)
        if plain[:1] and plain[0] in self._vague:
            return Number(None)
        pair = None if by_digit else self._pair.search(plain)
        # 七八个 is seven or eight; 零一 and 一七.六八亿元 are written digit by digit.
        if pair and self._digits[pair[2]] == self._digits[pair[1]] + 1 > 1:
            low, high = (plain[: pair.start()] + digit + plain[pair.end() :] for digit in pair.groups())
            return Number(self._total(low, magnitude), self._total(high, magnitude))
        return Number(self._total(plain, magnitude))

    def scale(self, magnitude: str) -> Decimal:
        """Return what a magnitude or a step is worth: 万亿 is 10¹², 千 is 1000."""
        product = Decimal(1)
        for char in magnitude:
            product *= self._scales.get(char) or self._steps[char]
        return product

    def _total(self, plain: str, magnitude: str) -> Decimal:
        if not plain:
            return Decimal(1)
        if not any(char in self._scales for char in plain):
            return tidy_number(self._section(plain))
        total, last = Decimal(0), Decimal(1)
        for words, scales in self._sections.findall(plain + magnitude):
            pending = self._section(words) if words else Decimal(1 if scales and not total else 0)
            # 三万五 is 35000: a lone digit after a magnitude counts its tenths.
            if not scales and len(words) == 1 and words in self._digits:
                pending *= last / 10
            if scales:
                last = self.scale(scales)  # 万亿 and 万万 are one magnitude each
                # In 1万2千亿 the 亿 takes in all before it, in 36亿5千万 the 万 only what follows the 亿.
                total = (total + pending) * last if total < last else total + pending * last
                pending = Decimal(0)
            total += pending
        return tidy_number(total / self.scale(magnitude))

    def _section(self, words: str) -> Decimal:
        """Read a numeral below the first magnitude."""
        if words[0].isascii() and words[0].isdigit():
            parts = self._mixed.findall(words)
            return sum((Decimal(number) * self._steps.get(step, 1) for number, step in parts), Decimal(0))
        whole, _, fraction = words.partition(".")
        value = self._stepped(whole) if any(char in self._steps for char in whole) else self._positional(whole)
        return value + (self._positional(fraction).scaleb(-len(fraction)) if fraction else 0)

    def _positional(self, words: str) -> Decimal:
        return Decimal("".join(str(self._digits.get(char, char)) for char in words) or 0)

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
        return Decimal(total + digit * (last // 10 if last > 99 else 1))


def numerals(rules: RuleBook) -> Numerals:
    """Return the reader of a rule book, made once."""
    return made(Numerals, rules)


def tidy_number(value: Decimal) -> Decimal:
    """Write 24000 for 2.4E+4 and 17.68 for 17.680.

    >>> tidy_number(Decimal("2.4E+4")), tidy_number(Decimal("17.680"))
    (Decimal('24000'), Decimal('17.68'))
    """
    whole = value.adjusted() < _LONGEST and value == value.to_integral()
    return value.quantize(Decimal(1)) if whole else value.normalize()
