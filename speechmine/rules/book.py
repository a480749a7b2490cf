"""The rule book: named word lists and compiled patterns, frozen once loaded."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Words:
    """A named list of words; in a mapping each word has a value (周 → P1W).

    Attributes:
        name: What patterns and code call it.
        says: A sentence that says what the words are for.
        values: Word to value; the value is empty where the list is only a list.
    """

    name: str
    says: str
    values: Mapping[str, str]

    def alternation(self) -> str:
        """Return a pattern of any of the words, longer ones first so that 半年 is not read as 年."""
        return "(?:" + "|".join(re.escape(word) for word in sorted(self.values, key=lambda w: (-len(w), w))) + ")"

    def __contains__(self, word: str) -> bool:
        return word in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over one cleaned sentence, with the sentences that prove it.

    Attributes:
        id: Family and name, as ``cadence.run``; written into every finding.
        says: A sentence that says why the rule exists.
        pattern: Compiled; a group named ``quote`` limits what is quoted.
        examples: Cleaned sentences with the spans the rule must find in each.
        counterexamples: Cleaned sentences in which it must find nothing.
        needs: Words of which at least one must stand in the sentence; empty for none.
        set: Values the rule gives to what it finds (``kind``, ``value`` …).
    """

    id: str
    says: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    counterexamples: tuple[str, ...]
    needs: tuple[str, ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)

    def may_match(self, text: str) -> bool:
        """Say whether a needed word stands in the sentence: far cheaper than trying the pattern."""
        for word in self.needs:  # noqa: SIM110 - a generator here costs more than all patterns together
            if word in text:
                return True
        return not self.needs

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in one sentence, none if a needed word is missing."""
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in one sentence."""
        return self.pattern.search(text) if self.may_match(text) else None


def quoted(match: re.Match[str]) -> tuple[int, int]:
    """Return the span to quote: the group ``quote`` where it took part in the match, else the whole match."""
    return match.span("quote") if match.groupdict().get("quote") else match.span()


@dataclass(frozen=True, eq=False)  # one book, one identity: it can key a cache
class RuleBook:
    """All rules and word lists of one configuration.

    Attributes:
        version: Hash of everything loaded: records of two versions may differ.
    """

    version: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, Words]

    @cached_property
    def _families(self) -> dict[str, tuple[Rule, ...]]:
        families: dict[str, list[Rule]] = {}
        for rule in self.rules:
            families.setdefault(rule.id.split(".")[0], []).append(rule)
        return {name: tuple(rules) for name, rules in families.items()}

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    def family(self, name: str) -> tuple[Rule, ...]:
        """Return the rules whose id begins with ``name.``, in the order of the files."""
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
            self._patterns[names] = re.compile(Words(names, "", joined).alternation())
        return self._patterns[names]

    def first(self, family: str, text: str) -> Rule | None:
        """Return the first rule of a family that matches the sentence."""
        for rule in self._families[family]:
            if rule.search(text):
                return rule
        return None


def all_matches(rules: Iterable[Rule], text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield every match of every rule in one sentence."""
    for rule in rules:
        for match in rule.finditer(text):
            yield rule, match
