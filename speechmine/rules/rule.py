"""Word lists and rules: what one record of a rule file says, and what it finds in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

import msgspec
from msgspec.structs import replace

_NONE: Iterator[re.Match[str]] = iter(())
FEW = 6
"""So many words, or rules, are looked for one by one: to read the text for all rules at once costs more."""


class Words(msgspec.Struct, frozen=True):
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


class Rule(msgspec.Struct, frozen=True):
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
    set: Mapping[str, str] = msgspec.field(default_factory=dict)
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    like: str = ""
    file: str = ""
    requires: tuple[str, ...] = ()
    called: Mapping[str, int] = msgspec.field(default_factory=dict)
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
        needs = self.needs or (self.requires if len(self.requires) <= FEW else ())
        return replace(self, needs=needs, called=called, bit=bit)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in one sentence, none if a needed word is missing."""
        return self.matches(text) if self.may_match(text) else _NONE

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in one sentence in which a needed word is known to stand."""
        found = self.pattern.finditer(text)
        return filter(self._stands_free, found) if self.not_after or self.not_before else found

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in one sentence."""
        if not self.called.get(text, -1) & self.bit:  # the first half of `may_match`, which decides nearly always
            return None
        if self.needs and not self.may_match(text):
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


class Joined(Rule, frozen=True):
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
