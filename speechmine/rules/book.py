"""The rule book: named word lists and compiled patterns, frozen once loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Self, TypeVar, cast

from speechmine.rules.called import Called
from speechmine.rules.kept import Kept

_T = TypeVar("_T")

_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_MOST_CHOICES = 20_000
_FEW = 6  # words that are looked for one by one


@dataclass(frozen=True, slots=True)
class Words:
    """A named list of words; in a mapping each word has a value (周 → P1W).

    Attributes:
        name: What patterns and code call it.
        says: A sentence that says what the words are for.
        values: Word to value; the value is empty where the list is only a list.
        added: Words of the user's own among them.
    """

    name: str
    says: str
    values: Mapping[str, str]
    added: frozenset[str] = frozenset()

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
        not_after: Words that must not stand right before a match.
        not_before: Words that must not stand right after it.
        like: Id of the shipped rule that a match of this own rule counts as; may be empty.
        file: The file it stands in.
        requires: Words of which at least one stands in whatever the pattern matches; empty where none is known.
        called: In a book, which rules each of the texts read calls, as bits.
        bit: The bit of this rule among these.
    """

    id: str
    says: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    counterexamples: tuple[str, ...]
    needs: tuple[str, ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    like: str = ""
    file: str = ""
    requires: tuple[str, ...] = ()
    called: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    bit: int = 1

    @property
    def family(self) -> str:
        """First part of the id."""
        return self.id.split(".")[0]

    def may_match(self, text: str) -> bool:
        """Say whether a needed word stands in the sentence: far cheaper than trying the pattern."""
        if not self.called.get(text, -1) & self.bit:
            return False
        for word in self.needs:  # a generator costs more here than all patterns together
            if word in text:
                return True
        return not self.needs

    def within(self, called: Mapping[str, int], bit: int) -> Self:
        """Return the rule as one of a book, which tells of many rules at once whether a text calls them."""
        needs = self.needs or self.requires[: _FEW if len(self.requires) <= _FEW else 0]
        return replace(self, needs=needs, called=called, bit=bit)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in one sentence, none if a needed word is missing."""
        return self.matches(text) if self.may_match(text) else iter(())

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in one sentence in which a needed word is known to stand."""
        found = self.pattern.finditer(text)
        return filter(self._stands_free, found) if self.not_after or self.not_before else found

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in one sentence."""
        if not self.may_match(text):
            return None
        if self.not_after or self.not_before:
            return next(self.matches(text), None)
        return self.pattern.search(text)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """Return the match that begins at one place, whatever the words needed."""
        found = self.pattern.match(text, at)
        return found if found and self._stands_free(found) else None

    def without(self, text: str) -> str:
        """Return the text without the matches."""
        for found in reversed(list(self.matches(text))):
            text = text[: found.start()] + text[found.end() :]
        return text

    def _stands_free(self, match: re.Match[str]) -> bool:
        """Say whether no word stands right before or after a match that must not."""
        text = match.string
        return not (text.endswith(self.not_after, 0, match.start()) or text.startswith(self.not_before, match.end()))


@dataclass(frozen=True, slots=True)
class Joined(Rule):
    """A shipped rule and the own rules that count as it; to every step they are one rule.

    Attributes:
        members: The shipped rule, then the others.
        groups: Groups that steps rely on: an own match without one of them does not count.
    """

    members: tuple[Rule, ...] = ()
    groups: frozenset[str] = frozenset()

    @classmethod
    def of(cls, shipped: Rule, own: Iterable[Rule]) -> Joined:
        """Join own rules to a shipped one."""
        members = (shipped, *own)
        needs = tuple(word for rule in members for word in rule.needs) if all(rule.needs for rule in members) else ()
        requires = () if not all(rule.requires for rule in members) else sum((rule.requires for rule in members), ())
        return cls(
            shipped.id,
            shipped.says,
            shipped.pattern,
            shipped.examples,
            shipped.counterexamples,
            needs,
            shipped.set,
            file=shipped.file,
            requires=requires,
            members=members,
            groups=lasting_groups(shipped),
        )

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches of all, the first of overlapping ones."""
        end = 0
        for found in sorted(self._all(text), key=lambda match: match.start()):
            if found.start() >= end:
                yield found
                end = found.end()

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match of any."""
        return next(self.matches(text), None)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """Return the match at one place of the first that has one there."""
        shipped, *own = self.members
        found = (match for rule in own if (match := rule.match(text, at)) and self._is_whole(match))
        return shipped.match(text, at) or next(found, None)

    def _all(self, text: str) -> Iterator[re.Match[str]]:
        shipped, *own = self.members
        yield from shipped.finditer(text)
        yield from (match for rule in own for match in rule.finditer(text) if self._is_whole(match))

    def _is_whole(self, match: re.Match[str]) -> bool:
        return all(match[group] is not None for group in self.groups)


def lasting_groups(rule: Rule) -> frozenset[str]:
    """Return the named groups that take part wherever a rule matches, as far as its examples tell."""
    matches = [match for text, _ in rule.examples for match in rule.finditer(text)]
    return frozenset(name for name in rule.pattern.groupindex if all(match[name] is not None for match in matches))


def quoted(match: re.Match[str]) -> tuple[int, int]:
    """Return the span to quote: the group ``quote`` where it took part in the match, else the whole match."""
    return match.span("quote") if match.groupdict().get("quote") else match.span()


@dataclass(frozen=True, eq=False)  # one book, one identity: it can key a cache
class RuleBook:
    """All rules and word lists of one configuration.

    Attributes:
        version: Hash of everything loaded: records of two versions may differ.
        rules: Each as it stands in its file; `rule` and `family` give them joined with those that count as them.
        lists: Word lists by name.
    """

    version: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, Words]

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        own: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.like:
                own.setdefault(rule.like, []).append(rule)
        joined = [Joined.of(rule, own[rule.id]) if rule.id in own else rule for rule in self.rules]
        called = Called(rule.requires or rule.needs for rule in joined)
        return {rule.id: rule.within(called, 1 << number) for number, rule in enumerate(joined)}

    @cached_property
    def calls(self) -> Called:
        """Which rules each text calls; lend it texts that hold others to spare it these."""
        return cast("Called", next(iter(self._by_id.values())).called)

    @cached_property
    def _answers(self) -> dict[Callable[[str, RuleBook], object], Kept[object]]:
        return {}

    def kept(self, answer: Callable[[str, RuleBook], _T]) -> Kept[_T]:
        """Return what a function of a text and this book answers, by text, each answer made once for as long as it is kept."""
        if answer not in self._answers:
            self._answers[answer] = Kept(partial(_asked, answer, self))
        return cast("Kept[_T]", self._answers[answer])

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
            self._patterns[names] = re.compile(Words(names, "", joined).alternation())
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
            if len(rules) <= _FEW:  # to ask each costs less than to read the text
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
            self._patterns[key] = re.compile("" if own else "|".join(patterns))
        return self._patterns[key]

    def first(self, names: str, text: str) -> Rule | None:
        """Return the first of some rules and families (blank between the names) that matches the sentence."""
        for rule in self.called(names, text):
            if rule.search(text):
                return rule
        return None


def _asked(answer: Callable[[str, RuleBook], _T], rules: RuleBook, text: str) -> _T:
    return answer(text, rules)
