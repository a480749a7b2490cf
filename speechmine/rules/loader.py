"""Read TOML rule files into a checked `RuleBook`."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from speechmine.errors import SpeechmineError
from speechmine.rules.book import RuleBook
from speechmine.rules.deferred import deferred
from speechmine.rules.entries import Table, extended, name_of, rule_of, word_list
from speechmine.rules.own import linear, read_own, refuse_many_rules, refuse_many_words, refuse_useless
from speechmine.rules.prepared import Cache, Prepared
from speechmine.rules.required import required
from speechmine.rules.rule import Rule, Words

_Tables = list[tuple[str, Table]]
_Texts = Sequence[tuple[str, str]]


def load_rules(*extra: Path) -> RuleBook:
    """Load the shipped rules and word lists, then the user's own files.

    Args:
        extra: TOML files of the user's own; their rules come after the shipped ones and run on RE2.

    Returns:
        The book; the same files always give an equal book with the same ``version``.

    Raises:
        SpeechmineError: A file cannot be read, a record lacks an example or a counterexample, a pattern does not compile,
            an id is used twice, a word list is not known, or no step could use an own rule.
    """
    return load_texts((str(path), read_own(path)) for path in extra)


def load_texts(own: Iterable[tuple[str, str]]) -> RuleBook:
    """Do what `load_rules` does, with the names and the contents of the user's own files."""
    return _book(tuple(own))


@lru_cache(maxsize=8)
def _book(own_texts: tuple[tuple[str, str], ...]) -> RuleBook:
    texts = _shipped_texts()
    version = hashlib.sha256("\0".join(text for _, text in (*texts, *own_texts)).encode()).hexdigest()[:12]
    kept = None if own_texts else Cache(texts).read()
    made = kept or _with_own(texts, own_texts)
    return RuleBook(version, made.rules, made.lists, kept is not None)


def keep_rules() -> None:
    """Keep the shipped rules as they are now for the next start; once is enough."""
    book = load_rules()
    if not book.kept_before:
        Cache(_shipped_texts()).write(Prepared(book.rules, dict(book.lists)))


def _with_own(texts: _Texts, own_texts: _Texts) -> Prepared:
    """Read the shipped rules and the user's own."""
    shipped: _Tables = [(name, _parse(name, text)) for name, text in texts]
    own: _Tables = [(name, _parse(name, text)) for name, text in own_texts]
    for name, table in own:
        refuse_many_rules(len(_records(name, table, "rule")), name)
    lists = _lists(shipped, own)
    rules = _rules(shipped, lists, False)
    known = {rule.id: rule for rule in rules}
    for rule in _rules(own, lists, True):
        refuse_useless(rule, known, lists)
        rules.append(rule)
    _refuse_twins(rules)
    return Prepared(tuple(rules), lists)


def _shipped_texts() -> list[tuple[str, str]]:
    files = [file for file in resources.files(__package__).joinpath("data").iterdir() if file.name.endswith(".toml")]
    return [(file.name, file.read_text("utf-8")) for file in sorted(files, key=lambda file: file.name)]


def _parse(name: str, text: str) -> Table:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SpeechmineError(f"not valid TOML ({error})", name, "docs/rules.md shows a whole rule.") from error


def _records(name: str, table: Table, key: str) -> list[Table]:
    unknown = set(table) - {"rule", "words"}
    records = table.get(key, [])
    tables = isinstance(records, list) and all(isinstance(record, dict) for record in records)
    if unknown or not tables:
        what = f"unknown table {min(unknown)}" if unknown else f"{key} is no list of tables"
        raise SpeechmineError(what, name, "A rule file holds [[rule]] and [[words]].")
    return cast("list[Table]", records)


def _lists(shipped: _Tables, own: _Tables) -> dict[str, Words]:
    """Return all word lists; what users add to a list is in it before another list includes it."""
    entries = [(name, entry) for name, table in shipped + own for entry in _records(name, table, "words")]
    own_files = {name for name, _ in own}
    additions: dict[str, list[tuple[str, Table]]] = {}
    for name, entry in entries:
        if entry.get("extend"):
            additions.setdefault(str(entry.get("id", "?")), []).append((name, entry))
    lists: dict[str, Words] = {}
    count = 0
    for name, entry in entries:
        if entry.get("extend"):
            continue
        words = word_list(entry, name, lists)
        if words.name in lists:
            hint = "Rename one of the two, or write extend = true to add words."
            raise SpeechmineError(f"the word list {words.name} is given twice", name, hint)
        for file, addition in additions.pop(words.name, ()):
            words = extended(words, addition, file)
        lists[words.name] = words
        count += len(words.values) if name in own_files else 0
        refuse_many_words(count, name)
    for unknown in additions.values():
        file, entry = unknown[0]
        raise SpeechmineError("extends an unknown word list", name_of(entry, file), "docs/rules.md names the files.")
    return lists


def _rules(tables: _Tables, lists: Mapping[str, Words], own: bool) -> list[Rule]:
    entries = [(name, entry) for name, table in tables for entry in _records(name, table, "rule")]
    if own:  # in the syntax of RE2: what their patterns require is not read
        return [rule_of(entry, name, lists, partial(linear, where=name_of(entry, name))) for name, entry in entries]
    return [
        replace(rule_of(entry, name, lists, deferred), requires=required(str(entry["pattern"]), lists))
        for name, entry in entries
    ]


def _refuse_twins(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise SpeechmineError("the id is used twice", f"{rule.file}: {rule.id}", "Rename one of the two rules.")
        seen.add(rule.id)
