"""Whether a number tells a change (growth, a fall) or an amount, a share, a count."""

from decimal import Decimal

import msgspec

from speechmine.finding.made import made
from speechmine.patterns import compiled
from speechmine.records import QuantityKind
from speechmine.rules import RuleBook
from speechmine.spans import Span

_CLAUSE = compiled(r"[,;。:!?()]")
_CLAUSE_REACH = 60
_PLAIN: dict[str, QuantityKind] = {
    "share": "share", "point": "growth", "money": "level", "measure": "level", "large": "level", "count": "count",
    "place": "count",
}  # fmt: skip
# 经济增长的贡献率达到60%, 增长面达87%: shares, not growth.
_NO_SHARE = r"[^,;。、\d率占面重]"


class Reading(msgspec.Struct, frozen=True):
    """What the words around a number make of it; ``sign`` is -1 for a fall."""

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
    changes = made(_Changes, rules)
    clause = clause_before(text, span.start)
    verb = changes.verb(clause, group, unit)
    if verb is not None:
        return Reading("growth", Decimal(-1 if verb in changes.down else 1))
    tail = text[span.end : span.end + 12]
    if group == "share" and (behind := changes.behind.match(tail)):
        return Reading("growth", Decimal(-1 if behind["fall"] else 1))
    return Reading(changes.without_verb(clause, tail, group, unit))


def clause_before(text: str, start: int) -> str:
    """Return the words between the last comma or the like and a place in the text."""
    head = text[max(0, start - _CLAUSE_REACH) : start]
    ends = [match.end() for match in _CLAUSE.finditer(head)]
    return head[ends[-1] :] if ends else head


class _Changes:
    def __init__(self, rules: RuleBook) -> None:
        def words(name: str) -> str:
            return rules.words(name).alternation()

        self.down = rules.words("growth_down")
        verbs = rules.any_of("growth_up growth_down").pattern
        self._adjacent = compiled(
            rf"(?<!新)(?!{words('growth_trap')})(?P<verb>{verbs})(?:{words('growth_filler')}|\s){{0,3}}$"
        )
        self._reached = compiled(rf"{verbs}{words('growth_reached')}[^,;。]{{0,4}}$")
        self._apart = compiled(rf"(?P<verb>{words('growth_apart')})(?![到至])率?{_NO_SHARE}{{0,6}}$")
        self._noun = compiled(rf"{words('growth_noun')}{_NO_SHARE}{{0,12}}$")
        self.behind = compiled(rf"的(?:{words('growth_behind')}|(?P<fall>{words('fall_behind')}))(?!点|极|率目标|空间)")
        self._lone, self._of_amounts = rules.words("growth_lone"), rules.words("growth_amount")
        self._rank_unit = rules.words("rank_unit")
        self._compared = rules.any_of("comparison")
        self._capacity_unit = rules.words("capacity_unit")
        self._capacity_before = compiled(rf"{words('capacity_before')}[^,;。]{{0,4}}$")
        self._capacity_after = compiled(rf"(?!的)[^,;。、:的]{{0,7}}?{words('capacity_after')}")
        self._counted = compiled(rf"(?!{words('level_noun')}|{words('used_for')})[\u4e00-\u9fff]")

    def without_verb(self, clause: str, tail: str, group: str, unit: str) -> QuantityKind:
        """Return the kind of a number that no verb of change governs; ``tail`` is what follows it."""
        if group == "share" and self._noun.search(clause):
            return "growth"
        # 1.6亿学生 are counted, 投资20亿 is an amount.
        if group == "large" and self._counted.match(tail):
            return "count"
        if unit.lstrip("万亿") in self._capacity_unit and (
            self._capacity_before.search(clause) or self._capacity_after.match(tail)
        ):
            return "level"
        return _PLAIN[group]

    def verb(self, clause: str, group: str, unit: str) -> str | None:
        """Return the verb of change that governs the number after the clause."""
        near = clause[-12:]
        if group != "point" and self._reached.search(near):
            return None
        relative = group in {"share", "point"}
        match = self._adjacent.search(near) or (self._apart.search(near) if relative else None)
        if match is None:
            return None
        verb = match["verb"]
        if relative or unit.endswith("倍"):
            certain = len(verb) > 1 or group == "point" or verb in self._lone
        else:
            # 增加3000亿元 and 前移3位 are changes; 新增3亿元, 投资多3亿元 are not.
            certain = verb in self._of_amounts or (len(verb) > 1 and unit in self._rank_unit)
        return verb if certain or self._compared.search(clause) else None
