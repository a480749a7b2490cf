"""Rule files of the user's own: read within limits, compiled so that they cannot hang, refused where no step could use them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from speechmine.errors import SpeechmineError
from speechmine.linear import LinearError, compile_linear
from speechmine.patterns import compiled
from speechmine.records import MechanismKind
from speechmine.rules.rule import Rule, Words, lasting_groups

KINDS: tuple[str, ...] = get_args(MechanismKind)
"""Kinds of mechanism, which are the families of rules that find them."""

_LARGEST_FILE = 1_000_000
_MOST_RULES = 1_000
_MOST_WORDS = 100_000
_READ_AS_NUMBERS = frozenset({"year", "time", "day", "planyear", "number_word", "rank"})
_RE2 = (
    "Own patterns run on RE2, which cannot look around or refer back: "
    "use not_after and not_before for words that must not stand right before or after."
)
_VALUES: Mapping[str, re.Pattern[str]] = {
    "kind": compiled("|".join(KINDS)),
    "rank": compiled(r"-?\d"),
    "run": compiled(r".+"),
    "parts": compiled("yes"),
    "find": compiled("near"),
    "every": compiled(r"(?:P\d+[DWMY]|PT\d+H|regular|irregular)(?: (?:P\d+[DWMY]|PT\d+H|regular|irregular))*"),
}


def read_own(path: Path) -> str:
    """Read a rule file of the user's own.

    Raises:
        SpeechmineError: It is no regular file, cannot be read, is too large or is not UTF-8.
    """
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "there is no such file"
            raise SpeechmineError(what, str(path), "Name a rule file in TOML.")
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
        if len(data) > _LARGEST_FILE:
            raise SpeechmineError("larger than 1 MB", str(path), "Split it, or keep only what the rules need.")
        return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise SpeechmineError(f"cannot be read ({error})", str(path), "Rule files are TOML in UTF-8.") from error


def linear(pattern: str, where: str) -> re.Pattern[str]:
    """Compile a pattern of an own rule.

    Raises:
        SpeechmineError: RE2 refuses it.
    """
    try:
        return compile_linear(pattern)
    except LinearError as error:
        raise SpeechmineError(f"the pattern does not compile (RE2: {error})", where, _RE2) from error


def refuse_many_rules(rules: int, file: str) -> None:
    """Refuse a file with more rules than anybody writes.

    Raises:
        SpeechmineError: There are too many.
    """
    if rules > _MOST_RULES:
        raise SpeechmineError(f"more than {_MOST_RULES:,} rules", file, "Keep those you need.")


def refuse_many_words(words: int, file: str) -> None:
    """Refuse more words in own lists than anybody writes; lists that include lists grow fast.

    Raises:
        SpeechmineError: There are too many.
    """
    if words > _MOST_WORDS:
        raise SpeechmineError(f"own word lists hold more than {_MOST_WORDS:,} words", file, "Keep those you need.")


def is_used(rule: Rule, shipped: Mapping[str, Rule]) -> bool:
    """Say whether a step of the extraction reads a rule: it counts as a shipped one, finds mechanisms, or is shipped."""
    return rule.id in shipped or bool(rule.like) or rule.family in KINDS


def refuse_useless(rule: Rule, shipped: Mapping[str, Rule], lists: Mapping[str, Words]) -> None:
    """Refuse an own rule that a step would read but could not use; one of an unknown family is only never read.

    Raises:
        SpeechmineError: It lacks what the step needs; the hint says what.
    """
    where = f"{rule.file}: {rule.id}"
    if rule.like:
        _refuse_unlike(rule, shipped, where)
    elif rule.family in KINDS:
        _refuse_values(rule, lists, where)
    elif any(other.family == rule.family for other in shipped.values()):
        kin = [other.id for other in shipped.values() if other.family == rule.family]
        hint = f'Write like = "{kin[0]}"' + (f" (or {', '.join(kin[1:])})." if kin[1:] else ".")
        raise SpeechmineError("a rule of this family must say which shipped rule it counts as", where, hint)


def _refuse_unlike(rule: Rule, shipped: Mapping[str, Rule], where: str) -> None:
    if rule.like not in shipped:
        hint = "speechmine rules list shows the shipped rules."
        raise SpeechmineError(f"like names {rule.like!r}, which is no shipped rule", where, hint)
    if shipped[rule.like].family in _READ_AS_NUMBERS and set(shipped[rule.like].pattern.groupindex) - {"quote"}:
        hint = "Add words to the lists that it names instead (extend = true)."
        raise SpeechmineError(f"{rule.like} reads numbers from its groups, which no own rule can promise", where, hint)
    if rule.set:
        raise SpeechmineError("a rule with like has no set", where, f"It gives what {rule.like} gives.")
    missing = lasting_groups(shipped[rule.like]) - set(rule.pattern.groupindex)
    if missing:
        group = min(missing)
        hint = f"Put (?P<{group}>…) around the words that {rule.like} reads there."
        raise SpeechmineError(f"the pattern lacks the group {group}", where, hint)


def _refuse_values(rule: Rule, lists: Mapping[str, Words], where: str) -> None:
    if "kind" not in rule.set:
        raise SpeechmineError("a rule for mechanisms must say their kind", where, 'Write set = { kind = "ledger" }.')
    for key, value in rule.set.items():
        if key == "not_with":
            fits = all(name in lists for name in value.split())
        else:
            fits = key in _VALUES and _VALUES[key].fullmatch(value) is not None
        if not fits:
            known = f"kind ({', '.join(KINDS)}), rank (0 to 9), parts, run, every, find, not_with"
            raise SpeechmineError(f"set has {key} = {value!r}, which no step reads", where, f"Known: {known}.")
    if rule.set["kind"] == "cadence":
        _refuse_no_rhythm(rule, where)


def _refuse_no_rhythm(rule: Rule, where: str) -> None:
    groups = set(rule.pattern.groupindex)
    rhythm = "every" in rule.set or groups & {"period", "each", "half"}
    action = "find" in rule.set or groups & {"action", "what", "verb"}
    if not ("quote" in groups and rhythm and action):
        hint = "Name the groups quote and action, and period, or set every (a duration: P1W)."
        raise SpeechmineError("a cadence needs its words, its rhythm and its action", where, hint)
