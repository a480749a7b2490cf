"""Read TOML rule files into a checked `RuleBook`."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import cast

from speechmine.cleaning import tidy
from speechmine.errors import SpeechmineError
from speechmine.rules.book import Rule, RuleBook, Words

_PLACEHOLDER = re.compile(r"\{([a-z][a-z_.]*)\}")
_RULE_FIELDS = {"id", "says", "pattern", "examples", "counterexamples", "needs", "set"}
_WORD_FIELDS = {"id", "says", "list", "values", "include"}

Table = Mapping[str, object]


@lru_cache(maxsize=8)
def load_rules(*extra: Path) -> RuleBook:
    """Load the shipped rules and word lists, then the user's own files.

    Args:
        extra: TOML files of the user's own; their rules come after the shipped ones.

    Returns:
        The book; the same files always give an equal book with the same ``version``.

    Raises:
        SpeechmineError: A file cannot be read, a record lacks an example or a counterexample, a pattern does not compile,
            an id is used twice or a word list is not known.
    """
    shipped = sorted(
        (item for item in resources.files(__package__).joinpath("data").iterdir() if item.name.endswith(".toml")),
        key=lambda item: item.name,
    )
    texts = [(item.name, item.read_text("utf-8")) for item in shipped]
    texts += [(str(path), _read(path)) for path in extra]
    tables = [(name, _parse(name, text)) for name, text in texts]
    lists: dict[str, Words] = {}
    for name, table in tables:
        for entry in _records(name, table, "words"):
            words = _words(name, entry, lists)
            if words.name in lists:
                raise SpeechmineError(f"the word list {words.name} is given twice", name, "Rename one of the two.")
            lists[words.name] = words
    rules = [_rule(name, entry, lists) for name, table in tables for entry in _records(name, table, "rule")]
    _refuse_twins(rules)
    version = hashlib.sha256("\0".join(text for _, text in texts).encode()).hexdigest()[:12]
    return RuleBook(version, tuple(rules), lists)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpeechmineError(f"cannot be read ({error})", str(path), "Rule files are TOML in UTF-8.") from error


def _parse(name: str, text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpeechmineError(f"not valid TOML ({error})", name, "docs/rules.md shows a whole rule.") from error


def _records(name: str, table: Table, key: str) -> Iterable[Table]:
    unknown = set(table) - {"rule", "words"}
    if unknown:
        raise SpeechmineError(f"unknown table {sorted(unknown)[0]}", name, "A rule file holds [[rule]] and [[words]].")
    return cast("list[Table]", table.get(key, []))


def _words(name: str, entry: Table, lists: Mapping[str, Words]) -> Words:
    where = f"{name}: {entry.get('id', '?')}"
    if set(entry) - _WORD_FIELDS or not entry.get("says") or ("list" in entry) == ("values" in entry):
        raise SpeechmineError("a word list has id, says, and either list or values", where)
    if "list" in entry:
        pairs = [(word, "") for word in cast("list[str]", entry["list"])]
    else:
        groups = cast("Mapping[str, list[str]]", entry["values"])
        pairs = [(word, value) for value, words in groups.items() for word in words]
    values: dict[str, str] = {}
    for included in cast("list[str]", entry.get("include", [])):
        if included not in lists:
            raise SpeechmineError(f"includes the unknown word list {included}", where, "Put it before this one.")
        values.update(lists[included].values)
    for word, value in pairs:
        clean = tidy(word)
        if not clean or clean in values:
            raise SpeechmineError(f"{word!r} is empty or stands twice", where, "Take one of them out.")
        values[clean] = value
    return Words(str(entry["id"]), str(entry["says"]), values)


def _rule(name: str, entry: Table, lists: Mapping[str, Words]) -> Rule:
    where = f"{name}: {entry.get('id', '?')}"
    unknown = set(entry) - _RULE_FIELDS
    if unknown:
        raise SpeechmineError(f"unknown field {sorted(unknown)[0]}", where, f"Known: {', '.join(sorted(_RULE_FIELDS))}.")
    missing = [key for key in ("id", "says", "pattern", "examples", "counterexamples") if not entry.get(key)]
    if missing:
        raise SpeechmineError(f"a rule needs {missing[0]}", where, "docs/rules.md shows a whole rule.")
    return Rule(
        id=str(entry["id"]),
        says=str(entry["says"]),
        pattern=_compiled(str(entry["pattern"]), lists, where),
        examples=tuple(marked(text, where) for text in cast("list[str]", entry["examples"])),
        counterexamples=tuple(tidy(text) for text in cast("list[str]", entry["counterexamples"])),
        needs=tuple(cast("list[str]", entry.get("needs", []))),
        set={key: str(value) for key, value in cast("Table", entry.get("set", {})).items()},
    )


def _compiled(pattern: str, lists: Mapping[str, Words], where: str) -> re.Pattern[str]:
    def put(found: re.Match[str]) -> str:
        if found[1] not in lists:
            raise SpeechmineError(f"the pattern names an unknown word list {{{found[1]}}}", where)
        return lists[found[1]].alternation()

    try:
        return re.compile(_PLACEHOLDER.sub(put, pattern))
    except re.error as error:
        raise SpeechmineError(f"the pattern does not compile ({error})", where) from error


def marked(text: str, where: str = "example") -> tuple[str, tuple[tuple[int, int], ...]]:
    """Read an example in which 【 and 】 stand around what the rule must find.

    Raises:
        SpeechmineError: The marks do not pair or nothing is marked: such an example would prove nothing.

    >>> marked("建立【周调度】制度")
    ('建立周调度制度', ((2, 5),))
    """
    spans: list[tuple[int, int]] = []
    plain = ""
    for index, part in enumerate(re.split("[【】]", text)):
        if index % 2:
            spans.append((len(plain), len(plain) + len(part)))
        plain += part
    marks = "".join(char for char in text if char in "【】")
    if not spans or marks != "【】" * len(spans) or any(start == end for start, end in spans):
        raise SpeechmineError(f"the marks in {text!r} do not pair", where, "Put 【 and 】 around what must be found.")
    return tidy(plain), tuple(spans)


def _refuse_twins(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise SpeechmineError("the id is used twice", rule.id, "Rename one of the two rules.")
        seen.add(rule.id)
