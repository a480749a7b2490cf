"""The words around a number that bound it: 不低于3000万元, 10亿元以上, 控制在28%以内."""

import re
from typing import cast

import msgspec

from speechmine.finding.amounts import Amount
from speechmine.finding.made import made
from speechmine.patterns import compiled
from speechmine.records import Comparator
from speechmine.rules import RuleBook
from speechmine.spans import Span

_REACH = 12


class Bounded(msgspec.Struct, frozen=True):
    """A number with its bound words; ``comparator`` is None where there are none."""

    span: Span
    comparator: Comparator | None


def bounded(text: str, span: Span, large: bool, rules: RuleBook) -> Bounded:
    """Take in the bound words around a number; ``large`` numbers may also have 过, 上 and 破 before them."""
    return made(_Bounds, rules).around(text, span, large)


def is_large(amount: Amount) -> bool:
    """Say whether 过 or 上 before the number would bound it: 过亿元, 过九成, 上万人, but 开过3次会."""
    return amount.group in {"money", "share", "large"} or amount.style == "bare" or bool(amount.magnitude)


class _Bounds:
    def __init__(self, rules: RuleBook) -> None:
        def ending(name: str) -> re.Pattern[str]:
            bound, trap = rules.words(name).alternation(), rules.words(f"{name}_trap").alternation()
            return compiled(rf"(?:{trap}|(?P<bound>{bound}))\s?$")

        self._before, self._before_large = ending("bound_before"), ending("bound_before_large")
        self._silent = compiled(rf"(?P<bound>{rules.words('bound_silent').alternation()})\s?$")
        short, filler = rules.words("bound_reach_short").alternation(), rules.words("bound_reach_filler").alternation()
        reach = rules.words("bound_reach").alternation()
        self._reach = compiled(rf"(?:{reach}[^,;。:、\d\s每]{{0,4}}|{short}{filler}?)$")
        self._held = compiled(rf"{rules.words('bound_held').alternation()}\s?$")
        after, trap = rules.words("bound_after").alternation(), rules.words("bound_after_trap").alternation()
        self._after = compiled(rf"\s?(?!{trap})(?P<bound>{after})|(?P<more>多|余)(?=[,;。、)!?的]|$)")
        lists = ("bound_before", "bound_before_large", "bound_silent")
        self._says = {word: says for name in lists for word, says in rules.words(name).values.items()}
        self._says_after = dict(rules.words("bound_after").values)

    def around(self, text: str, span: Span, large: bool) -> Bounded:
        end, after = self._behind(text, span.end)
        head = text[max(0, span.start - _REACH) : span.start]
        offset = span.start - len(head)
        if after == "<=" and (held := self._held.search(head)):
            return Bounded(Span(offset + held.start(), end), after)
        start, before = self._in_front(head, large)
        return Bounded(Span(offset + start, end), before or after)

    def _behind(self, text: str, end: int) -> tuple[int, Comparator | None]:
        match = self._after.match(text, end)
        if match is None:
            return end, None
        return match.end(), cast("Comparator", ">=" if match["more"] else self._says_after[match["bound"]])

    def _in_front(self, head: str, large: bool) -> tuple[int, Comparator | None]:
        if reach := self._reach.search(head):
            return reach.start(), ">="
        if silent := self._silent.search(head):
            return len(head), cast("Comparator", self._says[silent["bound"]])
        for pattern in (self._before, self._before_large) if large else (self._before,):
            match = pattern.search(head)
            if match and match["bound"]:
                return match.start(), cast("Comparator", self._says[match["bound"]])
        return len(head), None
