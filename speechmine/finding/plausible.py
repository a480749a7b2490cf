"""Which numbers with a unit are quantities: not ordinals, not names, not counts that only announce a list."""

import re

from speechmine.finding.amounts import Amount
from speechmine.rules import RuleBook
from speechmine.spans import Span

_KEPT: dict[str, "_Plausible"] = {}
_HOURS = 24
_LARGE = 10


def refused(text: str, rules: RuleBook) -> list[Span]:
    """Return where in one sentence numbers stand that are no quantities: titles, quoted names, rhythms."""
    return [Span(*match.span()) for rule in rules.family("not_quantity") for match in rule.finditer(text)]


def plausible(text: str, amount: Amount, is_bounded: bool, rules: RuleBook) -> bool:
    """Say whether a number with a unit is a quantity by the words right around it."""
    if rules.version not in _KEPT:
        _KEPT[rules.version] = _Plausible(rules)
    return _KEPT[rules.version].plausible(text, amount, is_bounded)


def needs_company(text: str, amount: Amount, is_bounded: bool, rules: RuleBook) -> bool:
    """Say whether a small Chinese count (两个, 三家) is a quantity only beside other quantities."""
    if rules.version not in _KEPT:
        _KEPT[rules.version] = _Plausible(rules)
    return _KEPT[rules.version].needs_company(text, amount, is_bounded)


class _Plausible:
    def __init__(self, rules: RuleBook) -> None:
        self._idiom = rules.words("numeral_idiom").alternation()
        self._announced = re.compile(rf"(?:大|重|类)?{rules.words('announced_thing').alternation()}")
        self._cue = re.compile(rf"{rules.words('small_count_cue').alternation()}了?\s?$")
        self._remainder = re.compile(rf"{rules.words('remainder_cue').alternation()}\s?$")
        self._frequency = rules.words("frequency_unit")
        self._concrete = rules.words("concrete_unit")
        self._idioms = re.compile(self._idiom)
        self._pointing = re.compile(r"[这那此该第每前后头上某各几末半整同另唯统之逐单专进任届](?:\s)?$")
        self._listed = re.compile(r"、[^,;。:、!?\d]{1,10}$")

    def plausible(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        start, end = amount.span
        head = text[max(0, start - 12) : start]
        if head.rstrip().endswith(("第", "每", "×")):
            return False
        if amount.group in {"share", "point"}:
            return True
        if _clock(text, amount):
            return False
        if head[-1:].isascii() and head[-1:].isalpha() and amount.group not in {"money", "measure"}:
            return False
        if amount.style == "bare":
            return self._bare(text, amount, is_bounded)
        if amount.group == "large":
            return amount.style != "chinese" or is_bounded or amount.value is None or amount.value > 1
        if amount.style == "digits":
            return not text.startswith(("大类", "方面"), end)
        if amount.style == "masked":
            return amount.group != "place" and not (amount.unit in {"人", "位", "里", "国", "期", "版", "里"})
        return self._chinese(text, amount, is_bounded)

    def _bare(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        """Judge 百亿, 千万吨, 亿元: 百亿企业 and 万户 are names, 过亿元, 百亿台阶 and 千万吨炼化 are not."""
        if amount.unit == "分" or "兆" in amount.magnitude:
            return False
        if is_bounded or amount.value is None or text.startswith("级", amount.span.end):
            return True
        # 千万吨炼化 is a size, but 万米深井 and 亿元 alone need a bound.
        if amount.value == 1:
            return False
        if amount.group == "measure" and amount.magnitude:
            return True
        return bool(re.match(r"级|大关|台阶|规模|元?(?:[,;。、)]|$)", text[amount.span.end : amount.span.end + 3])) and (
            amount.group in {"money", "large"}
        )

    def _chinese(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        start, end = amount.span
        if self._idioms.match(text, start) or self._idioms.match(text, max(0, start - 1)):
            return False
        if amount.group == "measure" and amount.unit in {"分", "度", "方", "升", "克", "里", "道", "瓦", "伏", "床", "P", "L"}:
            return amount.value is not None and amount.value > 20
        if amount.value == 1 and amount.upper is None and not is_bounded and amount.unit != "倍":
            return bool(self._remainder.search(text[max(0, start - 4) : start]))
        if amount.group in {"money", "measure"}:
            return not self._announced.match(text, end)
        if is_bounded:
            return True
        return not self._announced.match(text, end) and not self._pointing.search(text[max(0, start - 3) : start])

    def needs_company(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        if amount.style != "chinese" or amount.group not in {"count", "place"} or is_bounded or amount.more:
            return False
        head = text[max(0, amount.span.start - 14) : amount.span.start]
        if amount.unit in self._frequency:
            return True
        if self._listed.search(head):
            return True
        large = amount.value is not None and amount.value >= _LARGE
        return not (large or amount.unit in self._concrete or self._cue.search(head))


def _clock(text: str, amount: Amount) -> bool:
    """Say whether 分 or 点 tells the time: 9时30分, 上午9点."""
    head = text[max(0, amount.span.start - 3) : amount.span.start].rstrip()
    if amount.unit == "点":
        return amount.value is None or amount.value <= _HOURS
    return amount.unit == "分" and head.endswith(("时", "点", ":"))
