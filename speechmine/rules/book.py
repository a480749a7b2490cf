"""The rule book: named word lists and compiled patterns, frozen once loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

import msgspec

from speechmine.patterns import compiled
from speechmine.rules.called import Called
from speechmine.rules.kept import Kept
from speechmine.rules.rule import FEW, Joined, Rule, Words

_T = TypeVar("_T")

_NAMED_GROUP = compiled(r"\(\?P<\w+>")
_MOST_CHOICES = 20_000


class RuleBook(msgspec.Struct, frozen=True, eq=False, dict=True):  # one book, one identity: it can key a cache
    """All rules and word lists of one configuration.

    Attributes:
        version: Hash of everything loaded: records of two versions may differ.
        rules: Each as it stands in its file; `rule` and `family` give them joined with those that count as them.
        lists: Word lists by name.
        kept_before: Whether an earlier start kept it.
    """

    version: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, Words]
    kept_before: bool = False

    @cached_property
    def _joined(self) -> list[Rule]:
        own: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.like:
                own.setdefault(rule.like, []).append(rule)
        return [Joined.of(rule, own[rule.id]) if rule.id in own else rule for rule in self.rules]

    @cached_property
    def calls(self) -> Called:
        """Which rules each text calls; lend it texts that hold others to spare it these."""
        return Called(rule.requires or rule.needs for rule in self._joined)

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule.within(self.calls, 1 << number) for number, rule in enumerate(self._joined)}

    @cached_property
    def _answers(self) -> dict[Callable[[str, RuleBook], object], Kept[object]]:
        return {}

    def kept(self, answer: Callable[[str, RuleBook], _T]) -> Kept[_T]:
        """Return what a function of a text and this book answers, by text, each answer made once for as long as it is kept."""
        kept = self._answers.get(answer)
        if kept is None:
            kept = self._answers[answer] = Kept(partial(_asked, answer, self))
        return kept  # type: ignore[return-value]  # this is asked too often for a cast, which is a call

    @cached_property
    def _groups(self) -> dict[str, tuple[tuple[Rule, ...], int]]:
        return {}

    @cached_property
    def _choices(self) -> dict[tuple[str, int], tuple[Rule, ...]]:
        return {}

    def _group(self, names: str) -> tuple[tuple[Rule, ...], int]:
        """Return some rules, named or of families named (blank between the names), with their bits together; kept once made."""
        if names not in self._groups:
            rules = [rule for name in names.split() for rule in self._families.get(name) or [self._by_id[name]]]
            self._groups[names] = tuple(rules), sum(rule.bit for rule in rules)
        return self._groups[names]

    @cached_property
    def _families(self) -> dict[str, tuple[Rule, ...]]:
        families: dict[str, list[Rule]] = {}
        for rule in self._by_id.values():
            if not rule.like:
                families.setdefault(rule.family, []).append(rule)
        return {name: tuple(rules) for name, rules in families.items()}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    def family(self, name: str) -> tuple[Rule, ...]:
        """Return the rules whose id begins with ``name.``, in the order of the files, without those that count as others."""
        return self._families[name]

    def rule(self, rule_id: str) -> Rule:
        """Return one rule by its id."""
        return self._by_id[rule_id]

    def words(self, name: str) -> Words:
        """Return a word list by its name."""
        return self.lists[name]

    def any_of(self, names: str) -> re.Pattern[str]:
        """Return a compiled pattern of any word of the lists named (blank between names), kept once made."""
        if names not in self._patterns:
            joined: dict[str, str] = {}
            for name in names.split():
                joined.update(self.lists[name].values)
            self._patterns[names] = compiled(Words(names, "", joined).alternation())
        return self._patterns[names]

    def called(self, names: str, text: str) -> Sequence[Rule]:
        """Return which of some rules a text calls, in order: of most texts, none. No other can match in it.

        Args:
            names: Rules and families, blank between the names.
            text: The text.
        """
        rules, bits = self._groups.get(names) or self._group(names)
        called = self.calls.get(text)
        if called is None:
            if len(rules) <= FEW:  # to ask each costs less than to read the text
                return rules
            called = self.calls[text]
        bits &= called
        return self._chosen(names, bits) if bits else ()

    def _chosen(self, names: str, bits: int) -> tuple[Rule, ...]:
        """Return the rules of a group that have one of some bits; the same few choices come again and again."""
        chosen = self._choices.get((names, bits))
        if chosen is None:
            chosen = tuple(rule for rule in self._groups[names][0] if rule.bit & bits)
            if len(self._choices) >= _MOST_CHOICES:
                self._choices.clear()
            self._choices[names, bits] = chosen
        return chosen

    def opening(self, families: str) -> re.Pattern[str]:
        """Return one pattern that matches at the head of a text at least where a rule of some families does."""
        key = f"opening {families}"
        if key not in self._patterns:
            rules, _ = self._group(families)
            own = any(isinstance(rule, Joined) for rule in rules)  # their syntax is that of RE2
            patterns = [_NAMED_GROUP.sub("(?:", rule.pattern.pattern) for rule in rules]
            self._patterns[key] = compiled("" if own else "|".join(patterns))
        return self._patterns[key]

    def first(self, names: str, text: str) -> Rule | None:
        """Return the first of some rules and families (blank between the names) that matches the sentence."""
        for rule in self.called(names, text):
            if rule.search(text):
                return rule
        return None


def _asked(answer: Callable[[str, RuleBook], _T], rules: RuleBook, text: str) -> _T:
    return answer(text, rules)
