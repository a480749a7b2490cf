"""Rules and word lists as data that prove themselves.

A rule is one TOML record: an id, a sentence that says why, a pattern, marked examples and counterexamples. A word list is
one record too. `load_rules` reads and checks them; nothing else in the package holds words of the language.
"""

from speechmine.rules.book import RuleBook
from speechmine.rules.loader import keep_rules, load_rules, load_texts
from speechmine.rules.rule import Rule, Words

__all__ = ["Rule", "RuleBook", "Words", "keep_rules", "load_rules", "load_texts"]
