"""The words around a number that bound it: 不低于3000万元, 10亿元以上, 控制在28%以内."""

import re
from dataclasses import dataclass

from speechmine.finding.amounts import Amount
from speechmine.records import Comparator
from speechmine.rules import RuleBook
from speechmine.spans import Span

_KEPT: dict[str, "_Bounds"] = {}
_COMPARATORS: dict[str, Comparator] = {"=": "=", ">=": ">=", "<=": "<=", "~": "~"}
_REACH = 12


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number with its bound words.

    Attributes:
        span: With the bound words.
        comparator: What they say; None where there are none.
        reach: Whether it is 至少, which governs the list that follows.
    """

    span: Span
    comparator: Comparator | None
    reach: bool = False


def bounded(text: str, span: Span, large: bool, rules: RuleBook) -> Bounded:
    """Take in the bound words around a number; ``large`` numbers may also have 过, 上 and 破 before them."""
    if rules.version not in _KEPT:
        _KEPT[rules.version] = _Bounds(rules)
    return _KEPT[rules.version].around(text, span, large)


def is_large(amount: Amount) -> bool:
    """Say whether 过 or 上 before the number would bound it: 过亿元, 过九成, 上万人, but 开过3次会."""
    return amount.group in {"money", "share", "large"} or amount.style == "bare" or bool(amount.magnitude)


def comparator(words: str) -> Comparator:
    """Return the comparator that a rule or word list gives."""
    return _COMPARATORS[words]


class _Bounds:
    def __init__(self, rules: RuleBook) -> None:
        def ending(bound: str, trap: str) -> re.Pattern[str]:
            return re.compile(rf"(?:{rules.words(trap).alternation()}|(?P<bound>{rules.words(bound).alternation()}))\s?$")

        self._before = ending("bound_before", "bound_before_trap")
        self._before_large = ending("bound_before_large", "bound_before_large_trap")
        self._reach = re.compile(rf"{rules.words('bound_reach').alternation()}[^,;。:、\d\s每]{{0,4}}$")
        self._held = re.compile(rf"{rules.words('bound_held').alternation()}\s?$")
        after, trap = rules.words("bound_after").alternation(), rules.words("bound_after_trap").alternation()
        self._after = re.compile(rf"\s?(?!{trap})(?P<bound>{after})|(?P<more>多|余)(?=[,;。、)!?的]|$)")
        self._says = dict(rules.words("bound_before").values)
        self._says_large = dict(rules.words("bound_before_large").values)
        self._says_after = dict(rules.words("bound_after").values)

    def around(self, text: str, span: Span, large: bool) -> Bounded:
        end, after = self._behind(text, span.end)
        head = text[max(0, span.start - _REACH) : span.start]
        if after == "<=" and (held := self._held.search(head)):
            return Bounded(Span(span.start - len(head) + held.start(), end), after)
        start, before, reach = self._in_front(head, large)
        return Bounded(Span(span.start - len(head) + start, end), before or after, reach)

    def _behind(self, text: str, end: int) -> tuple[int, Comparator | None]:
        match = self._after.match(text, end)
        if match is None:
            return end, None
        says = ">=" if match["more"] else self._says_after[match["bound"]]
        return match.end(), comparator(says)

    def _in_front(self, head: str, large: bool) -> tuple[int, Comparator | None, bool]:
        if reach := self._reach.search(head):
            return reach.start(), ">=", True
        match = self._before.search(head)
        if match and match["bound"]:
            return match.start(), comparator(self._says[match["bound"]]), False
        match = self._before_large.search(head) if large else None
        if match and match["bound"]:
            return match.start(), comparator(self._says_large[match["bound"]]), False
        return len(head), None, False
