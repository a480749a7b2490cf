"""Whether rules find exactly what their examples mark, and nothing in their counterexamples."""

from collections.abc import Iterator

import msgspec

from speechmine.rules.book import RuleBook
from speechmine.rules.own import is_used
from speechmine.rules.rule import Rule, quoted


class Failure(msgspec.Struct, frozen=True):
    """A sentence in which a rule does not do what was said of it.

    Attributes:
        rule: Id of the rule.
        text: The sentence, cleaned.
        found: The words found.
        marked: The words marked; none in a counterexample.
    """

    rule: str
    text: str
    found: tuple[str, ...]
    marked: tuple[str, ...]


def failures(rule: Rule) -> Iterator[Failure]:
    """Yield the examples and counterexamples that a rule fails on."""
    for text, spans in (*rule.examples, *((text, ()) for text in rule.counterexamples)):
        found = tuple(quoted(match) for match in rule.finditer(text))
        if found != spans:
            words = (tuple(text[start:end] for start, end in places) for places in (found, spans))
            yield Failure(rule.id, text, *words)


def touched(rules: RuleBook, shipped: RuleBook) -> list[Rule]:
    """Return the own rules of a book, and the shipped ones whose patterns hold words that the user added."""
    patterns = {rule.id: rule.pattern.pattern for rule in shipped.rules}
    return [rule for rule in rules.rules if patterns.get(rule.id) != rule.pattern.pattern]


def unread(rules: RuleBook, shipped: RuleBook) -> list[Rule]:
    """Return the rules that no step of the extraction reads: their family is unknown."""
    known = {rule.id: rule for rule in shipped.rules}
    return [rule for rule in rules.rules if not is_used(rule, known)]
