"""Every number of any text with its full value and what follows it: 5万, 三分之一, 七折, 50元6角, 两米半, 第三.

Nothing is left out because a speech would not count it; `speechmine.finding.quantities` is the reader for speeches.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from speechmine.finding.any_mentions import NumberMention
from speechmine.finding.any_numerals import Numeral, any_numerals
from speechmine.finding.any_units import AnyUnit, any_units
from speechmine.finding.closed import Closed
from speechmine.finding.made import made
from speechmine.finding.numerals import tidy_number
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.spans import Span

_FRACTION = compiled(" {0,3}分 {0,3}之 {0,3}")
_AND = compiled(" {0,3}又 {0,3}")
_LINK = compiled(r"https?://[!-~]{1,2000}|www\.[!-~]{1,2000}")
_HALF = compiled(r"半(?![年月日天夜个小圆径])")
_TENTHS = compiled(r" {0,3}(?P<sign>[成折])")
_HAN = compiled("[\u4e00-\u9fff]")
_ORDINAL = compiled("第 ?$")
_HUNDRED = 100  # 十 and 廿 are numbers alone, 百 and 万 are not
_SINGLE = compiled("[一二两三四五六七八九]")


def any_numbers(text: str, rules: RuleBook) -> list[NumberMention]:
    """Find all numbers of a clean text, in order of place."""
    return made(_Reader, rules).numbers(text)


class _Reader:
    def __init__(self, rules: RuleBook) -> None:
        self._rules = rules
        self._units = any_units(rules)
        self._inside = rules.any_of("number_inside")
        self._goes_on = rules.any_of("number_before")
        self._range = compiled(rf" ?{rules.words('range_mark').alternation()} ?")
        self._bare = set("".join((*rules.words("numeral_step"), *rules.words("numeral_magnitude"))))
        self._financial = set(rules.words("numeral_financial"))
        self._said = rules.family("any_share")

    def numbers(self, text: str) -> list[NumberMention]:
        closed = Closed(Span(*match.span()) for match in self._no_numbers(text))
        said = [
            NumberMention(Span(*match.span()), Decimal(rule.set["value"]), None, "%", "share")
            for rule in self._said
            for match in rule.finditer(text)
        ]
        taken = Closed(mention.span for mention in said)
        numerals = [
            numeral
            for numeral in any_numerals(text, self._rules)
            if not _is_inside(closed, numeral.span) and not taken.meets(numeral.span)
        ]
        found: list[NumberMention] = []
        at = 0
        while at < len(numerals):
            mention, at = self._next(text, numerals, at)
            if mention and not (found and found[-1].span.overlaps(mention.span)):
                found.append(mention)
        found = [mention for mention in found if not taken.meets(mention.span)]  # 1度半成 is no 1.5 degrees
        found = sorted([*found, *said], key=lambda mention: mention.span)
        return [self._units.converted(mention) for mention in self._with_ranges(text, found)]

    def _no_numbers(self, text: str) -> Iterator[re.Match[str]]:
        """Find the links and words in which numerals state no number."""
        yield from _LINK.finditer(text)
        yield from self._inside.finditer(text)
        for rule in self._rules.family("any_not"):
            yield from rule.finditer(text)

    def _next(self, text: str, numerals: list[Numeral], at: int) -> tuple[NumberMention | None, int]:
        """Read the number that begins with one numeral; return it and the place of the next."""
        ordinal = _ORDINAL.search(text, max(0, numerals[at].span.start - 2), numerals[at].span.start)
        if ordinal:
            span = Span(ordinal.start(), numerals[at].span.end)
            return NumberMention(span, numerals[at].value, numerals[at].upper, None, "rank"), at + 1
        mention, after = self._fraction(text, numerals, at)
        if mention:
            return mention, after
        numeral = numerals[at]
        tenths, after = self._tenths(text, numerals, at)
        if tenths:
            return tenths, after
        unit = self._units.after(text, numeral)
        if not unit and not self._is_free(text, numeral):
            return None, at + 1
        if not unit:
            return self._units.with_sign(text, NumberMention(numeral.span, numeral.value, numeral.upper)), at + 1
        return self._units.compound(text, numerals, at, self._with_unit(text, numeral, unit))

    def _fraction(self, text: str, numerals: list[Numeral], at: int) -> tuple[NumberMention | None, int]:
        """Read 三分之一, 百分之五, 11又14分之1, 1/2 and 4 6/3."""
        if at + 1 == len(numerals):
            return None, at
        first, second = numerals[at : at + 2]
        between = text[first.span.end : second.span.start]
        if _FRACTION.fullmatch(between) and first.value:
            bare = first.plain.strip("".join(self._bare)) == "" and first.plain != "十"
            span, share = Span(first.span.start, second.span.end), second.value / first.value
            if bare:
                return NumberMention(span, tidy_number(share * 100), None, "%", "share"), at + 2
            return NumberMention(span, tidy_number(share), None, None, "fraction"), at + 2
        if between == "/" and _is_slash(text, first, second):
            share = tidy_number(first.value / second.value)
            return NumberMention(Span(first.span.start, second.span.end), share, None, None, "fraction"), at + 2
        if _AND.fullmatch(between) or (between == " " and first.arabic and second.arabic):
            rest, after = self._fraction(text, numerals, at + 1)
            if rest and rest.kind == "fraction":
                sign = -1 if first.value < 0 else 1
                whole = tidy_number(first.value + sign * rest.value)
                return NumberMention(Span(first.span.start, rest.span.end), whole, None, None, "fraction"), after
        return None, at

    def _tenths(self, text: str, numerals: list[Numeral], at: int) -> tuple[NumberMention | None, int]:
        """Read 七成六, 十成, 九五折 and 7 2 折; 十折 is no discount."""
        numeral, after = numerals[at], at + 1
        digits, end = numeral.plain, numeral.span.end
        if after < len(numerals) and len(digits) == 1 and text[end : numerals[after].span.start].strip(" ") == "":
            other = numerals[after]
            if len(other.plain) == 1 and other.span.start > end and _TENTHS.match(text, other.span.end):
                digits, end, after = digits + other.plain, other.span.end, after + 1
        sign = _TENTHS.match(text, end)
        if not sign or self._units.is_trap(text, sign.start("sign")):
            return None, at
        value = self._percent(digits, sign["sign"])
        if value is None:
            return None, at
        span = Span(numeral.span.start, sign.end())
        if sign["sign"] == "成" and numeral.upper is not None:  # 七八成 are seven or eight tenths
            return NumberMention(span, numeral.value * 10, numeral.upper * 10, "%", "share"), after
        if sign["sign"] == "成" and value < 100:
            return self._hundredths(text, numerals, after, NumberMention(span, value, None, "%", "share"))
        return NumberMention(span, value, None, "%", "share"), after

    def _percent(self, digits: str, sign: str) -> Decimal | None:
        """Return what digits before 成 or 折 say in percent: 9.9 is 99, 九五 is 95."""
        values = [part for part in digits if part not in {".", "点"}]
        numbers = [value for word in values if (value := self._units.digit(word)) is not None]
        if digits in {"10", "十", "拾"} and sign == "成":
            return Decimal(100)
        if len(numbers) != len(values) or not 0 < len(values) <= 4 or (len(values) > 2 and len(values) == len(digits)):
            return None
        return Decimal("".join(map(str, numbers))).scaleb(2 - len(numbers)).normalize() + 0

    def _hundredths(
        self, text: str, numerals: list[Numeral], at: int, said: NumberMention
    ) -> tuple[NumberMention, int]:
        half = _HALF.match(text, said.span.end)
        if half:
            return replace(said, span=Span(said.span.start, half.end()), value=said.value + 5), at
        if at < len(numerals) and not text[said.span.end : numerals[at].span.start].strip(" "):
            digit = self._units.digit(numerals[at].plain) if len(numerals[at].plain) == 1 else None
            if digit is not None and not self._units.after(text, numerals[at]):
                span = Span(said.span.start, numerals[at].span.end)
                return replace(said, span=span, value=said.value + digit), at + 1
        return said, at

    def _with_unit(self, text: str, numeral: Numeral, unit: AnyUnit) -> NumberMention:
        span, value = Span(numeral.span.start, unit.end), numeral.value * unit.times
        half = _HALF.match(text, unit.end) if unit.kind in {"measure", "money"} else None
        if half:
            span, value = Span(span.start, half.end()), value + Decimal("0.5")
        upper = None if numeral.upper is None else numeral.upper * unit.times
        return NumberMention(span, value, upper, unit.words, unit.kind)

    def _is_free(self, text: str, numeral: Numeral) -> bool:
        """Say whether a numeral without a unit is a number and no part of a word (四川, 一看, 万, 陆地)."""
        plain, start, end = numeral.plain, numeral.span.start, numeral.span.end
        if numeral.arabic:
            return not (text[end : end + 1].isascii() and text[end : end + 1].isalpha())
        after = text[end : end + 1]
        if len(plain) > 1 or plain in self._bare:
            return len(plain) > 1 or numeral.value < _HUNDRED
        if plain in self._financial:
            return not _HAN.match(after) and (not _HAN.match(text[start - 1 : start]) or text[start - 1] in "是为")
        return not _HAN.match(after) or _SINGLE.match(after) is not None or self._goes_on.match(text, end) is not None

    def _with_ranges(self, text: str, found: list[NumberMention]) -> list[NumberMention]:
        """Join 5-20% and 3至5万元: the first lends the unit of the second."""
        joined: list[NumberMention] = []
        for mention in found:
            low = joined[-1] if joined else None
            if low and self._are_range(text, low, mention):
                joined[-1] = replace(
                    mention, span=Span(low.span.start, mention.span.end), value=low.value, upper=mention.value
                )
            else:
                joined.append(mention)
        return joined

    def _are_range(self, text: str, low: NumberMention, high: NumberMention) -> bool:
        if low.upper is not None or high.upper is not None or high.kind not in {"share", "money", "measure"}:
            return False
        if (low.kind, low.unit) not in {("number", None), (high.kind, high.unit)} or low.value >= high.value:
            return False
        return self._range.fullmatch(text, low.span.end, high.span.start) is not None


def _is_inside(closed: Closed, span: Span) -> bool:
    """Say whether a numeral is part of a word; 一百零一万一千 only holds 万一."""
    return closed.meets(Span(span.start, span.start + 1)) and closed.meets(Span(span.end - 1, span.end))


def _is_slash(text: str, first: Numeral, second: Numeral) -> bool:
    plain = first.plain.isdigit() and second.plain.isdigit() and second.value != 0
    return (
        plain
        and text[first.span.start - 1 : first.span.start] != "/"
        and text[second.span.end : second.span.end + 1] != "/"
    )
