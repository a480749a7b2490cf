"""One TOML record to one word list or rule, checked field by field."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from speechmine.cleaning import tidied, tidy
from speechmine.errors import SpeechmineError
from speechmine.patterns import compiled
from speechmine.rules.rule import Rule, Words

Table = Mapping[str, object]
Compile = Callable[[str], re.Pattern[str]]
"""Compiles a pattern without placeholders; raises `SpeechmineError` or `re.error`."""

_PLACEHOLDER = compiled(r"\{([a-z][a-z_.]*)\}")
_LIST_NAME = compiled(r"[a-z][a-z_.]*")
_RULE_NAME = compiled(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_LONGEST_PATTERN = 200_000
_CLOSED = frozenset({"numeral_digit", "numeral_step", "numeral_magnitude", "numeral_some", "date_digits"})
_PAUSE = compiled(r"[,;:。!?\n]")  # steps read clause by clause: a word with a comma would stand in two
_SHOWS = "docs/rules.md shows a whole rule."
_RULE_FIELDS = frozenset({
    "id", "says", "pattern", "examples", "counterexamples", "needs", "set", "not_after", "not_before", "like",
})  # fmt: skip
_WORD_FIELDS = frozenset({"id", "says", "list", "values", "include", "extend"})


def strings(entry: Table, key: str, where: str) -> list[str]:
    """Return a field that is a list of words; none where it is not given.

    Raises:
        SpeechmineError: The field is something else.
    """
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SpeechmineError(f"{key} is not a list of words", where, f'Write {key} = ["…", "…"].')
    return cast("list[str]", value)


def table(entry: Table, key: str, where: str) -> Table:
    """Return a field that is a table; an empty one where it is not given.

    Raises:
        SpeechmineError: The field is something else.
    """
    value = entry.get(key, {})
    if not isinstance(value, dict):
        raise SpeechmineError(f"{key} is not a table", where, f"Write {key} = {{ … }}.")
    return value


def name_of(entry: Table, file: str) -> str:
    """Return where a record stands, for messages."""
    return f"{file}: {entry.get('id', '?')}"


def words_in(entry: Table, where: str) -> list[tuple[str, str]]:
    """Return the words of a record with their values, empty in a plain list.

    Raises:
        SpeechmineError: The record is no word list.
    """
    says = bool(entry.get("says")) or entry.get("extend") is True
    if set(entry) - _WORD_FIELDS or not says or ("list" in entry) == ("values" in entry):
        raise SpeechmineError("a word list has id, says, and either list or values", where)
    if not _LIST_NAME.fullmatch(str(entry.get("id", ""))):
        raise SpeechmineError("the id of a word list is made of a-z, _ and .", where, "Rename it.")
    if "list" in entry:
        return [(word, "") for word in strings(entry, "list", where)]
    groups = table(entry, "values", where)
    return [(word, value) for value in groups for word in strings(groups, value, f"{where}: values")]


def word_list(entry: Table, file: str, lists: Mapping[str, Words]) -> Words:
    """Make a word list of a record.

    Args:
        entry: The record.
        file: The file it stands in.
        lists: The lists before it, which it may include.

    Raises:
        SpeechmineError: A field is wrong or missing, or a word is empty or stands twice.
    """
    where = name_of(entry, file)
    given = words_in(entry, where)
    values: dict[str, str] = {}
    added: frozenset[str] = frozenset()
    for included in strings(entry, "include", where):
        if included not in lists:
            raise SpeechmineError(f"includes the unknown word list {included}", where, "Put it before this one.")
        values.update(lists[included].values)
        added |= lists[included].added
    for (word, value), clean in zip(given, tidied([word for word, _ in given]), strict=True):
        if not clean or (clean in values and clean not in added):
            raise SpeechmineError(f"{word!r} is empty or stands twice", where, "Take one of them out.")
        values[clean] = value
    return Words(str(entry["id"]), str(entry["says"]), values, added)


def extended(words: Words, entry: Table, file: str) -> Words:
    """Add the words of a record to a list; a word that it has already may be named again.

    Raises:
        SpeechmineError: The list has values and the record none, or the other way round; or a word has another value.
    """
    where = name_of(entry, file)
    if words.name in _CLOSED:
        raise SpeechmineError(
            "the characters of numerals are a closed list", where, "Add units or number words instead."
        )
    values = dict(words.values)
    given = {tidy(word): value for word, value in words_in(entry, where)}
    known = sorted(set(words.values.values()))
    for value in given.values():
        if value not in known and _shape(value) not in map(_shape, known):
            few = f"values such as {', '.join(map(repr, known[:5]))}" if any(known) else 'a plain list = ["…"]'
            raise SpeechmineError(f"{value!r} is no value of the list {words.name}", where, f"It has {few}.")
    for word, value in given.items():
        if not re.search(r"\w", word) or _PAUSE.search(word):
            raise SpeechmineError(f"{word!r} is no word inside a clause", where, "Take it out.")
        if values.get(word, value) != value:
            raise SpeechmineError(f"{word!r} has another value already", where, "Take it out.")
        values[word] = value
    return Words(words.name, words.says, values, words.added | (given.keys() - words.values.keys()))


def _shape(value: str) -> str:
    """Return what steps rely on in a value: P20D is read like P1W; names in Latin letters (regular) are known or not.

    >>> _shape("P20D") == _shape("P1W"), _shape("now") == _shape("regular")
    (True, False)
    """
    if not re.search(r"[^a-z]", value):
        return value
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", value))


def rule_of(entry: Table, file: str, lists: Mapping[str, Words], compiled: Compile) -> Rule:
    """Make a rule of a record.

    Args:
        entry: The record.
        file: The file it stands in.
        lists: All word lists.
        compiled: Compiles its pattern once the word lists stand in it.

    Raises:
        SpeechmineError: A field is wrong, missing or unknown, or the pattern does not compile.
    """
    where = name_of(entry, file)
    unknown = set(entry) - _RULE_FIELDS
    if unknown:
        raise SpeechmineError(
            f"unknown field {sorted(unknown)[0]}", where, f"Known: {', '.join(sorted(_RULE_FIELDS))}."
        )
    missing = [key for key in ("id", "says", "pattern", "examples", "counterexamples") if not entry.get(key)]
    if missing:
        raise SpeechmineError(f"a rule needs {missing[0]}", where, _SHOWS)
    if not _RULE_NAME.fullmatch(str(entry["id"])):
        raise SpeechmineError("the id of a rule is made of a-z, 0-9, _ and .", where, "Write family.name.")
    pattern = str(entry["pattern"])
    return Rule(
        id=str(entry["id"]),
        says=str(entry["says"]),
        pattern=_compiled(pattern, lists, where, compiled),
        examples=tuple(marked(text, where) for text in strings(entry, "examples", where)),
        counterexamples=tuple(tidied(strings(entry, "counterexamples", where))),
        needs=_needs(strings(entry, "needs", where), pattern, lists, where),
        set={key: str(value) for key, value in table(entry, "set", where).items()},
        not_after=_around(strings(entry, "not_after", where), lists, where),
        not_before=_around(strings(entry, "not_before", where), lists, where),
        like=str(entry.get("like", "")),
        file=file,
    )


def _needs(needs: Iterable[str], pattern: str, lists: Mapping[str, Words], where: str) -> tuple[str, ...]:
    """Return the words needed and those that users added to the lists of the pattern: 双旬 must pass the gate for 旬."""
    stated = dict.fromkeys(tidied([*needs]))
    if "" in stated:
        raise SpeechmineError("a word of needs is empty", where, "Take it out.")
    if stated:
        for name in _PLACEHOLDER.findall(pattern):
            stated.update(dict.fromkeys(sorted(lists[name].added)))
    return tuple(stated)


def _around(words: Iterable[str], lists: Mapping[str, Words], where: str) -> tuple[str, ...]:
    """Return words that must not stand beside a match; ``{name}`` among them stands for all words of a list."""
    found: list[str] = []
    for word in words:
        name = _PLACEHOLDER.fullmatch(word)
        found += _known(name[1], lists, where) if name else [tidy(word)]
    if not all(found):
        raise SpeechmineError("a word of not_after or not_before is empty", where, "Take it out.")
    return tuple(found)


def _known(name: str, lists: Mapping[str, Words], where: str) -> Words:
    if name not in lists:
        raise SpeechmineError(
            f"the rule names an unknown word list {{{name}}}", where, "docs/rules.md says what lists hold."
        )
    return lists[name]


def _compiled(pattern: str, lists: Mapping[str, Words], where: str, compiled: Compile) -> re.Pattern[str]:
    names = _PLACEHOLDER.findall(pattern)
    words = {name: _known(name, lists, where).alternation() for name in set(names)}
    if len(pattern) + sum(len(words[name]) for name in names) > _LONGEST_PATTERN:
        raise SpeechmineError("the pattern is too long with its word lists put in", where, "Name fewer lists.")
    try:
        return compiled(_PLACEHOLDER.sub(lambda found: words[found[1]], pattern))
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
