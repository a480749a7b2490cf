"""The numerals of any text, each with its full value: 三千 八百, 5万4千6百, 2e5, -10000.

Speeches are read by another grammar (`speechmine.finding.amounts`), which knows what a speaker counts; this one finds
whatever is written as a number. Blanks may stand between the characters of a Chinese numeral.
"""

import re
from decimal import Decimal, InvalidOperation

import msgspec

from speechmine.finding.made import made
from speechmine.finding.numerals import numerals, tidy_number
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.spans import Span

_BLANK = "[ ]{0,3}"
_ARABIC = r"(?:(?<![\d.])\.\d+|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d/])|\d+)(?:\.\d+)?)"
_POWER = r"(?:\^[+-]{0,3}\d{1,3}|[eE][+-]?\d{1,3}(?![\dA-Za-z])|[kK](?![A-Za-z\d]))"
_PARTS = compiled(r"([\d.,]+)(?:\^([+-]*)(\d+)|[eE]([+-]?\d+)|([kK]))?")
_FIGURES = compiled(r"\d\d|[.,]")
_LONGEST = 40


class Numeral(msgspec.Struct, frozen=True):
    """A numeral with its full value.

    Attributes:
        span: Its characters, with a sign before it.
        plain: The characters without blanks and sign.
        value: What it is worth; a minus counts.
        upper: Upper end where two digits stand for a span (七八).
    """

    span: Span
    plain: str
    value: Decimal
    upper: Decimal | None = None

    @property
    def arabic(self) -> bool:
        """Whether it begins with an Arabic figure."""
        return self.plain[0] in "0123456789."


def any_numerals(text: str, rules: RuleBook) -> list[Numeral]:
    """Find all numerals of a clean text, in order of place.

    >>> from speechmine.rules import load_rules
    >>> [str(found.value) for found in any_numerals("三千 八百,5万4千6百,-1e1,负四十五亿", load_rules())]
    ['3800', '54600', '-10', '-4500000000']
    """
    return made(_Scanner, rules).numerals(text)


class _Scanner:
    def __init__(self, rules: RuleBook) -> None:
        self._reader = numerals(rules)
        self._digits = {word: int(value) for word, value in rules.words("numeral_digit").values.items()}
        self._steps = {word: int(value) for word, value in rules.words("numeral_step").values.items()}
        self._in_words = str.maketrans({str(value): word for word, value in reversed(self._digits.items())})
        some = "".join((*rules.words("numeral_vague"), *rules.words("numeral_some")))
        self._some = compiled(f"[{some}]")
        digits, steps, scales = "".join(self._digits), "".join(self._steps), self._reader.magnitudes
        self._units = f"{steps}{scales}"
        step = self._step_pattern(rules)
        counted = rules.words("count_unit").alternation()
        digit = (
            f"(?:[{digits.replace('两', '')}]|两(?={_BLANK}[{self._units}])|(?<=一)两(?={counted}))"  # 两万两 weighs
        )
        vague = f"(?:{_BLANK}[{some}](?={_BLANK}[{scales}]))?{_BLANK}"
        after = f"(?:{vague}(?:{digit}|{step})|(?<=[{self._units}零〇]){_ARABIC}(?!{_POWER}))"
        fraction = (
            f"(?:{_BLANK}点(?:{_BLANK}[0-9{digits.replace('两', '')}])+(?!{_BLANK}[{steps}])(?:{_BLANK}[{scales}])*)"
        )
        self._pattern = compiled(
            rf"(?<![A-Za-z])(?P<sign>[-负]{_BLANK})?"
            rf"(?P<body>{_ARABIC}{_POWER}|(?:{_ARABIC}(?:{vague}{step}{after}*)?|(?:[{digits}]|{step}){after}*){fraction}?)"
        )
        self._separate = compiled(r"\S+")
        self._sections = compiled(f"[{scales}]+|[^{scales}]+")
        self._joined = compiled(r"[\d.,]+|点|[^\d.,]")

    def _step_pattern(self, rules: RuleBook) -> str:
        """Return the pattern of a step or magnitude that begins no unit: 2.3千克, 1兆赫."""
        kilos: dict[str, list[str]] = {char: [] for char in self._units}
        for unit in (*rules.words("measure_general"), *rules.words("point_unit")):
            if unit[0] in kilos and len(unit) > 1:
                kilos[unit[0]].append(re.escape(unit[1:]))
        return "(?:" + "|".join(f"{char}(?!{'|'.join(k)})" if k else char for char, k in kilos.items()) + ")"

    def numerals(self, text: str) -> list[Numeral]:
        found: list[Numeral] = []
        for match in self._pattern.finditer(text):
            if match.end() - match.start() > _LONGEST * 3:
                continue
            start, body = match.start("body"), match["body"]
            whole = self._numeral(body, start)
            pieces = (
                [whole] if whole else [self._prefix(m[0], start + m.start()) for m in self._separate.finditer(body)]
            )
            kept = [piece for piece in pieces if piece]
            if kept and match["sign"] and kept[0].span.start == start and _is_sign(text, match.start()):
                kept[0] = _negative(kept[0], match.start())
            found += kept
        return found

    def _prefix(self, body: str, start: int) -> Numeral | None:
        """Read as much of an impossible numeral as is one: 五十千 is 五十."""
        ends = (end for end in range(len(body), 0, -1))
        return next((numeral for end in ends if (numeral := self._numeral(body[:end], start))), None)

    def _numeral(self, body: str, start: int) -> Numeral | None:
        plain = self._some.sub("", body.replace(" ", ""))
        whole, point, tail = plain.partition("点")
        plain = "".join(self._section(part) or "?" for part in self._sections.findall(whole))
        plain += point + "".join(str(self._digits.get(char, char)) for char in tail)
        if "?" in plain or not 0 < len(plain) <= _LONGEST or not self._is_one(plain):
            return None
        value, upper = self._read(plain)
        return None if value is None else Numeral(Span(start, start + len(body.rstrip())), plain, value, upper)

    def _section(self, part: str) -> str | None:
        """Write what stands between two magnitudes in one way: 百5 as 百五, .5 as 0.5; None for 百5.5."""
        if part[0] in "0123456789.":
            return "0" + part if part[0] == "." else part
        return None if _FIGURES.search(part) else part.translate(self._in_words)

    def _read(self, plain: str) -> tuple[Decimal | None, Decimal | None]:
        power = _PARTS.fullmatch(plain)
        if power:
            return _power(power), None
        read = self._reader.read(plain)
        return read.value, read.upper

    def _is_one(self, plain: str) -> bool:
        """Say whether the characters follow each other as in one number: 三百五 does, 五十千 and 三百六二百 do not."""
        last, pending, stepped, digits = 10**9, 0, False, 0
        for part in self._joined.findall(plain.split("点")[0]):
            if part in self._steps:
                if self._steps[part] >= last or digits > 1:
                    return False
                last, pending, stepped, digits = self._steps[part], 0, True, 0
            elif part in self._digits or part[0].isdigit() or part[0] == ".":
                value = self._digits.get(part, 1)
                pending = digits = digits + (1 if value or digits else 0)
                if stepped and pending > 1:
                    return False
            elif part in self._units:
                last, pending, stepped, digits = 10**9, 0, False, 0
        return True


def _power(match: re.Match[str]) -> Decimal | None:
    base, signs, power, exponent, kilo = match.groups()
    try:
        value = Decimal(base.replace(",", ""))
        if power:
            value **= -int(power) if signs.count("-") % 2 else int(power)
        elif exponent:
            value = value.scaleb(int(exponent))
    except (InvalidOperation, ArithmeticError):
        return None
    return tidy_number(value * 1000 if kilo else value) if abs(value) < Decimal(10) ** 20 else value


def _is_sign(text: str, at: int) -> bool:
    """Say whether - or 负 at this place is a sign: not in 10-20 and 2010-01-29."""
    before = text[at - 1 : at]
    return text[at] == "负" or not (before.isalnum() or before in {")", "%", "."})


def _negative(numeral: Numeral, start: int) -> Numeral:
    upper = None if numeral.upper is None else -numeral.upper
    return Numeral(Span(start, numeral.span.end), numeral.plain, -numeral.value, upper)
