"""Whether a number tells a change (growth, a fall) or an amount, a share, a count."""

import re
from dataclasses import dataclass
from decimal import Decimal

from speechmine.records import QuantityKind
from speechmine.rules import RuleBook
from speechmine.spans import Span

_KEPT: dict[str, "_Changes"] = {}
_NEVER_CAPACITY = frozenset({"个", "项", "家", "条", "户", "人", "名", "位"})
# 经济增长的贡献率达到60%, 增长面达87%: shares, not growth.
_NO_SHARE = r"[^,;。、\d率占面重]"
_CLAUSE = re.compile(r"[,;。:!?()]")
_PLAIN: dict[str, QuantityKind] = {
    "share": "share", "point": "growth", "money": "level", "measure": "level", "large": "level", "count": "count",
    "place": "count",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words before a number make of it; ``sign`` is -1 for a fall."""

    kind: QuantityKind
    sign: Decimal = Decimal(1)


def reading(text: str, span: Span, group: str, unit: str, rules: RuleBook) -> Reading:
    """Read the clause around a number.

    Args:
        text: The sentence.
        span: The number with its bound words.
        group: Group of its unit.
        unit: Its unit as written.
        rules: The rule book.
    """
    if rules.version not in _KEPT:
        _KEPT[rules.version] = _Changes(rules)
    return _KEPT[rules.version].reading(clause_before(text, span.start), text[span.end : span.end + 12], group, unit)


def clause_before(text: str, start: int) -> str:
    """Return the words between the last comma or the like and a place in the text."""
    head = text[max(0, start - 60) : start]
    last = None
    for last in _CLAUSE.finditer(head):
        pass
    return head[last.end() :] if last else head


class _Changes:
    def __init__(self, rules: RuleBook) -> None:
        up, down = rules.words("growth_up"), rules.words("growth_down")
        self._down = down
        both = rules.any_of("growth_up growth_down").pattern
        filler = r"(?:了|约|近|已|超|仅|分别|继续|累计|再|也|为|达|达到|均|幅度|将|拟|各|目标|不|又|共|\s){0,3}"
        self._adjacent = re.compile(rf"(?<!新)(?P<verb>{both}){filler}$")
        self._reached = re.compile(rf"{both}(?:到|至|为|成|了到)[^,;。]{{0,4}}$")
        self._noun = re.compile(rf"{rules.words('growth_noun').alternation()}{_NO_SHARE}{{0,12}}$")
        self._loose = re.compile(rf"(?P<verb>增长|增速|增幅|涨幅|降幅|跌幅|下降)(?![到至])率?{_NO_SHARE}{{0,6}}$")
        self._capacity_before = re.compile(rf"{rules.words('capacity_before').alternation()}[^,;。]{{0,4}}$")
        self._capacity_after = re.compile(rf"^(?!的)[^,;。、:的]{{0,7}}?{rules.words('capacity_after').alternation()}")
        self._noun_follows = re.compile(rf"(?!{rules.words('level_noun').alternation()}|[用以左的元产项投资])[\u4e00-\u9fff]")
        self._compared = re.compile(r"比|较|于|上年|去年")

    def reading(self, clause: str, tail: str, group: str, unit: str) -> Reading:
        plain = _PLAIN[group]
        if group == "count" and unit not in _NEVER_CAPACITY and self._is_capacity(clause, tail):
            plain = "level"
        # 1.6亿学生 are counted, 投资20亿 is an amount.
        if group == "large" and self._noun_follows.match(tail):
            plain = "count"
        verb = self._verb(clause, group, unit)
        if verb is None:
            noun = group == "share" and self._noun.search(clause)
            return Reading("growth" if noun else plain)
        return Reading("growth", Decimal(-1 if verb in self._down else 1))

    def _is_capacity(self, clause: str, tail: str) -> bool:
        return bool(self._capacity_before.search(clause) or self._capacity_after.search(tail))

    def _verb(self, clause: str, group: str, unit: str) -> str | None:
        if group != "point" and self._reached.search(clause):
            return None
        match = self._adjacent.search(clause)
        if match is None and group in {"share", "point"}:
            match = self._loose.search(clause)
        if match is None:
            return None
        verb = match["verb"]
        if group in {"share", "point"} or unit.endswith("倍"):
            return verb if len(verb) > 1 or group == "point" or verb in "增升涨降跌减" or self._compared.search(clause) else None
        # 增加3000亿元 is a change; 新增, 让利 and 投资高 are not, nor is 减少 of things named after it.
        return verb if self._compared.search(clause) or (group == "money" and verb in {"增加", "减少", "提高", "再加"}) else None
