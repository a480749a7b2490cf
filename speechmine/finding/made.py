"""Readers made of a rule book, each made once and kept."""

from collections.abc import Callable
from typing import TypeVar, cast

from speechmine.rules import RuleBook

_T = TypeVar("_T")
_MADE: dict[tuple[object, str], object] = {}


def made(maker: Callable[[RuleBook], _T], rules: RuleBook) -> _T:
    """Return what ``maker`` makes of a rule book; the same book (by version) gives the same object."""
    key = (maker, rules.version)
    if key not in _MADE:
        _MADE[key] = maker(rules)
    return cast("_T", _MADE[key])
