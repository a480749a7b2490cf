"""The language of queries: blanks mean AND; "phrases", OR, -not. Whatever is typed is searched for or told to be wrong."""

import re

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.store.query import KINDS, SORTS, Query
from speechmine.store.tokens import exactly, normal, phrase

LONGEST = 500
_MOST = 32
# “调度 without its closing mark reaches to the end: people are still typing.
_WORD = re.compile(
    r"""(?P<not>-?)(?:["“”\uff02](?P<quoted>[^"“”\uff02]*)["“”\uff02]?|「(?P<cornered>[^」]*)」?|(?P<bare>[^\s"“”\uff02「]+))"""
)
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_STATUS = ("in-force", "required", "proposed")
_FILTERS = ("kind", "every", "unit", "status", "topic")
_PARTIAL = ("metric", "owner", "place")


class QueryError(SpeechmineError):
    """A query that cannot be meant."""


class Words(msgspec.Struct, frozen=True):
    """The words of a query.

    Attributes:
        all_of: Each group must be there with one of its words.
        none_of: None of these.
    """

    all_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """All words that may stand in a hit, the longest first."""
        return tuple(sorted({word for group in self.all_of for word in group}, key=lambda word: (-len(word), word)))


def words_of(text: str) -> Words:
    """Read the words of a query.

    Raises:
        QueryError: It is too long, or OR has no word on one side.

    >>> words_of('周调度 OR 月调度 "重点 项目" -通报')
    Words(all_of=(('周调度', '月调度'), ('重点 项目',)), none_of=('通报',))
    """
    if len(text) > LONGEST:
        raise QueryError(f"longer than {LONGEST} characters", "query", "Search for a part of it.")
    all_of: list[tuple[str, ...]] = []
    none_of: list[str] = []
    joined = waiting = False
    for found in _WORD.finditer(text):
        quoted = found["quoted"] if found["quoted"] is not None else found["cornered"]
        if found[0] == "OR":
            if not joined or waiting:
                raise QueryError(
                    "OR has no word before it", "query", 'Write 周调度 OR 月调度; to find OR itself, write "OR".'
                )
            waiting = True
            continue
        word = found["bare"] if quoted is None else quoted
        if not normal(word).strip():
            continue
        if found["not"]:
            if waiting:
                raise QueryError("OR stands before -", "query", "Write the word that is not to be found by itself.")
            none_of.append(word)
            joined = False
        elif waiting:
            all_of[-1] += (word,)
            waiting = False
        else:
            all_of.append((word,))
            joined = True
    if waiting:
        raise QueryError("OR has no word behind it", "query", 'Write 周调度 OR 月调度; to find OR itself, write "OR".')
    if sum(map(len, all_of)) + len(none_of) > _MOST:
        raise QueryError(f"more than {_MOST} words", "query", "Search for fewer of them.")
    return Words(tuple(all_of), tuple(none_of))


def check(query: Query) -> None:
    """Refuse what cannot be meant.

    Raises:
        QueryError: A filter has a value that nothing can have.
    """
    _one_of("kind", query.kind, KINDS)
    _one_of("status", query.status, _STATUS)
    _one_of("sort", query.sort, SORTS)
    if query.due_before is not None and not _DATE.fullmatch(query.due_before):
        raise QueryError(f"{query.due_before!r} is not a date", "due-before", "Write 2025, 2025-06 or 2025-06-30.")
    for name in ("minimum", "maximum"):
        value = getattr(query, name)
        if value is not None and not value.is_finite():
            raise QueryError("not a number", name, "Write a number such as 10 or 2.5.")
    if query.page < 1 or query.limit < 1:
        raise QueryError("there is no such page", "page", "Pages are counted from 1.")


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise QueryError(f"there is no {name} {value!r}", name, f"There are {', '.join(allowed)}.")


def expression(query: Query, words: Words) -> str:
    """Return the FTS5 expression for what the index knows; empty where that is nothing."""
    parts = ["(" + " OR ".join(map(phrase, group)) + ")" for group in words.all_of]
    parts += [exactly(name, value) for name in _FILTERS if (value := getattr(query, name)) and _short(name, value)]
    if query.year is not None:
        parts.append(exactly("year", str(query.year)))
    for name in _PARTIAL:
        value = getattr(query, name)
        if value and _short(name, value):
            parts.append(exactly(name, value[1:]) if value.startswith("=") and value != "=" else phrase(value, name))
    if words.none_of and not parts:
        parts = ["(" + " OR ".join(exactly("kind", kind) for kind in KINDS) + ")"]
    wanted = " AND ".join(parts)
    return f"({wanted}) NOT ({' OR '.join(map(phrase, words.none_of))})" if words.none_of else wanted


def _short(name: str, value: str) -> bool:
    if len(value) > LONGEST:
        raise QueryError(f"longer than {LONGEST} characters", name, "Give a part of it.")
    return True
