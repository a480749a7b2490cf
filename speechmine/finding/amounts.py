"""Numbers with a unit, as the bare grammar of numerals and measure words finds them."""

import re
from decimal import Decimal
from typing import Literal, cast

import msgspec
from msgspec.structs import replace

from speechmine.finding.closed import Closed
from speechmine.finding.made import made
from speechmine.finding.numerals import numerals, tidy_number
from speechmine.patterns import compiled
from speechmine.records import Comparator
from speechmine.rules import RuleBook
from speechmine.rules.rule import Words
from speechmine.spans import Span

Group = Literal["share", "point", "money", "measure", "count", "place", "large", "none"]
Style = Literal["digits", "chinese", "bare", "masked"]

_LISTS: tuple[tuple[Group, str], ...] = (
    ("share", "share_unit"), ("point", "point_unit"), ("money", "money_unit"), ("measure", "measure_unit"),
    ("count", "count_unit"), ("place", "place_unit"),
)  # fmt: skip
_COIN = 100
_HALF = Decimal("0.5")
_MASK = compiled("[xX*_\u00d7]")


class Amount(msgspec.Struct, frozen=True):
    """A number and its unit, before anything around them is read.

    Attributes:
        span: From the first character of the number to the last of the unit.
        value: The number before the unit as written; None if masked or vague (数万).
        upper: Upper end of a range.
        unit: As written with its magnitude (万千瓦), or empty.
        group: What kind of unit it is; ``large`` is a bare 万 or 亿.
        style: ``bare`` is a Chinese numeral without a digit (百亿, 千万); ``masked`` has XX for digits.
        says: Comparator of the number itself: 十余个 is at least ten, 七八个 about that many; else None.
        magnitude: The magnitude inside ``unit``.
    """

    span: Span
    value: Decimal | None
    upper: Decimal | None
    unit: str
    group: Group
    style: Style
    says: Comparator | None = None
    magnitude: str = ""


def amounts(text: str, rules: RuleBook) -> list[Amount]:
    """Find all numbers that have a unit in one sentence, ranges as one, in order of place."""
    return made(_Grammar, rules).amounts(text)


class _Grammar:
    def __init__(self, rules: RuleBook) -> None:
        self._numerals = numerals(rules)
        self._groups: dict[str, Group] = {word: group for group, name in _LISTS for word in rules.words(name)}
        self._range = compiled(rf"\s?{rules.words('range_mark').alternation()}\s?|±")
        self._joiners = rules.words("list_joiner")
        self._respectively = rules.any_of("respectively")
        self._stepped = compiled(rf"[\d.。]+[{self._numerals.steps}]")
        self._steps = "".join(rules.words("numeral_step"))
        self._says = dict(rules.words("numeral_some").values)
        magnitudes, some = self._numerals.magnitudes, "".join(self._says)
        unit = self._unit_pattern(rules)
        self._number = compiled(
            rf"(?<![\d.])(?={self._numerals.first})(?P<numeral>{self._numerals.whole})(?P<some>[{some}])?"
            rf"(?:\s?(?P<magnitude>[{magnitudes}]{{1,2}}))?(?P<more>[多余])?"
            rf"(?P<again>(?<=[多余])[{magnitudes}]{{1,2}})?(?:\s?{unit})?"
        )
        self._masked = compiled(
            rf"(?<![A-Za-z0-9.])(?P<numeral>\d{{0,3}}[xX*\u00d7]{{1,6}}(?:[.。][xX*\u00d7\d]{{1,3}})?|_{{2,8}})"
            rf"\s?(?P<magnitude>[{magnitudes}]{{0,2}})(?P<more>[多余])?\s?{unit}"
        )
        self._half = compiled(r"半(?=[,;。、)!?的]|$)")
        self._minus = compiled(
            "(?:(?:^|[^\\w%)])[-\u2212–]|(?:^|[由为从到是达的至,、(])负)$|(?<=[\u4e00-\u9fff])[-\u2212]$"
        )

    def _unit_pattern(self, rules: RuleBook) -> str:
        units = Words("", "", dict.fromkeys(self._groups, "")).alternation()
        trap = rules.words("unit_trap").alternation()
        # Not the P of PM2.5, and in 12个亿元以上项目 the 亿 belongs to what follows.
        cut = r"(?<![A-Za-z](?=[A-Za-z]))(?<!个亿(?=[元级吨斤方千美产以]))"
        return (
            rf"(?!{trap})(?P<unit>{units}{cut}(?:\([台套条项个件处户座艘辆次]\))?"
            rf"(?:/(?:{units}|年|月|日|天|小时|学年|季|[adh](?![A-Za-z])))?)"
        )

    def amounts(self, text: str) -> list[Amount]:
        masked: list[Amount] = []
        if _MASK.search(text):
            masked = [self._masked_amount(match) for match in self._masked.finditer(text)]
        matches = [match for match in self._number.finditer(text) if match.end() > match.start()]
        if not matches:
            return masked
        by_digit = self._numerals.by_digit.search(text) is not None
        found = [self._amount(match, by_digit) for match in matches]
        found = self._with_units_shared(text, self._with_ranges(text, found))
        found = [self._with_half(text, self._with_sign(text, amount)) for amount in found if amount.group != "none"]
        # XX亿元 also holds the bare 亿元.
        if not masked:
            return found
        closed = Closed(mask.span for mask in masked)
        return sorted([*masked, *(amount for amount in found if not closed.meets(amount.span))], key=_place)

    def _amount(self, match: re.Match[str], by_digit: bool) -> Amount:
        numeral, unit = match["numeral"], match["unit"] or ""
        magnitude = (match["magnitude"] or "") + (match["again"] or "")  # 3万多亿元 is more than 3 万亿元
        if unit and not magnitude and self._stepped.fullmatch(numeral):  # 4千人 is 4 千人, but 2千万元 is 2000 万元
            numeral, unit = numeral[:-1], numeral[-1] + unit
        number = self._numerals.read(numeral, magnitude, by_digit)
        span, group = Span(*match.span()), self._group(unit, magnitude, number.value)
        if group == "place" and "亿" in magnitude:  # 超百亿县增至35个: the counties are worth that much
            span, unit, group = Span(span.start, match.start("unit")), "", "large"
        if number.value is None and numeral[:1].isascii() and numeral[:1].isdigit():
            group = "none"  # a run of digits too long to be a number
        some = match["some"] or match["more"]
        if unit.startswith("个多"):
            unit, some = "个" + unit[2:], "多"
        says = cast("Comparator", self._says[some]) if some else None
        if number.upper is not None or (number.value is None and group != "none"):
            says = says or "~"
        return Amount(span, number.value, number.upper, magnitude + unit, group, self._style(numeral), says, magnitude)

    def _group(self, unit: str, magnitude: str, value: Decimal | None) -> Group:
        if not unit:
            return "large" if magnitude else "none"
        # 两万块 and 200块 are money, 两块红牌 are pieces.
        if unit == "块" and (magnitude or (value is not None and value >= _COIN)):
            return "money"
        base = base_unit(unit)
        return self._groups.get(base) or self._groups.get(base[1:], "count")

    def _style(self, numeral: str) -> Style:
        if any(char.isdigit() and char.isascii() for char in numeral):
            return "digits"
        bare = not numeral.strip(self._steps) and numeral[:1] not in ("十", "拾")
        return "bare" if bare else "chinese"

    def _masked_amount(self, match: re.Match[str]) -> Amount:
        magnitude, unit = match["magnitude"], match["unit"]
        group = self._group(unit, magnitude, None)
        says: Comparator | None = ">=" if match["more"] else None
        return Amount(Span(*match.span()), None, None, magnitude + unit, group, "masked", says, magnitude)

    def _with_ranges(self, text: str, found: list[Amount]) -> list[Amount]:
        """Join 6%—8% and 5至7个; 从5%到10% stays two, the road is no range."""
        joined: list[Amount] = []
        for amount in found:
            low = joined[-1] if joined else None
            mark = self._range.fullmatch(text, low.span.end, amount.span.start) if low else None
            if low and mark and _makes_range(text, low, amount):
                joined[-1] = self._joined(low, amount, mark[0])
            else:
                joined.append(amount)
        return joined

    def _joined(self, low: Amount, high: Amount, mark: str) -> Amount:
        value, top = low.value or Decimal(0), high.value or Decimal(0)
        if low.magnitude != high.magnitude and (low.unit or low.magnitude):  # 8000元至1万元
            value = value * self._numerals.scale(low.magnitude) / self._numerals.scale(high.magnitude)
        if mark == "±":
            value, top = value - top, value + top
        return replace(high, span=Span(low.span.start, high.span.end), value=tidy_number(value), upper=tidy_number(top))

    def _with_units_shared(self, text: str, found: list[Amount]) -> list[Amount]:
        """Give 11.1 in 分别提高11.1、11.2个百分点 the unit of its neighbour."""
        for index in range(len(found) - 2, -1, -1):
            bare, after = found[index], found[index + 1]
            if bare.group != "none" or bare.style != "digits" or after.group == "none":
                continue
            if text[bare.span.end : after.span.start] not in self._joiners:
                continue
            if "." in bare.span.cut(text) or self._respectively.search(text, max(0, bare.span.start - 20)):
                found[index] = replace(after, span=bare.span, value=bare.value, upper=bare.upper, says=None)
        return found

    def _with_half(self, text: str, amount: Amount) -> Amount:
        """Read the half of 两亩半."""
        end = amount.span.end
        if amount.group != "measure" or amount.magnitude or amount.value is None or not self._half.match(text, end):
            return amount
        return replace(amount, span=Span(amount.span.start, end + 1), value=amount.value + _HALF)

    def _with_sign(self, text: str, amount: Amount) -> Amount:
        """Read the minus of 增速为-3.2% and 负3.2%."""
        start = amount.span.start
        if not self._minus.search(text, max(0, start - 2), start) or amount.group in {"count", "place", "large"}:
            return amount
        value, upper = (None if number is None else -number for number in (amount.value, amount.upper))
        return replace(amount, span=Span(start - 1, amount.span.end), value=value, upper=upper)


def _place(amount: Amount) -> Span:
    return amount.span


def _makes_range(text: str, low: Amount, high: Amount) -> bool:
    if high.group == "none" or low.value is None or high.value is None or low.upper is not None:
        return False
    if low.unit and text[max(0, low.span.start - 1) : low.span.start] in {"从", "由"}:
        return False
    return not low.unit or low.unit == low.magnitude or low.group == high.group


def base_unit(unit: str) -> str:
    """Return a unit without what stands in brackets or after a stroke.

    >>> base_unit("台(套)"), base_unit("元/吨"), base_unit("地(市)")
    ('台', '元', '地(市)')
    """
    if unit.endswith(")") and unit[0] not in "地市州县区乡":
        unit = unit.partition("(")[0]
    return unit.partition("/")[0]
