"""Queries to SQL: words and filters from the full-text index, ranges from the columns."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

from speechmine.edtf import first_day
from speechmine.store.language import Words, expression
from speechmine.store.query import COUNTED, FACETS, Facet, Facets, Query

_ORDERS = {
    "newest": "number",
    "oldest": "number DESC",
    "largest": "canonical_unit NULLS LAST, iif(canonical_unit NOTNULL, '', unit), coalesce(canonical_real, value_real) DESC NULLS LAST, number",
    "smallest": "canonical_unit NULLS LAST, iif(canonical_unit NOTNULL, '', unit), coalesce(canonical_real, value_real) NULLS LAST, number",
    "deadline": "deadline_last NULLS LAST, number",
}
_FACETED = ("kind", "metric", "place", "year", "topic", "status")
_SHOWN = 20


class Selection:
    """The findings that a query selects, as SQL.

    Args:
        query: What is asked.
        words: Its words.
    """

    def __init__(self, query: Query, words: Words) -> None:
        match = expression(query, words)
        conditions, values = _conditions(query)
        self._plain = bool(match) and not conditions
        if self._plain:
            self._from = "(SELECT rowid AS number FROM search WHERE search MATCH ?)"
        elif match:
            # CROSS JOIN: the index first. Without it SQLite may walk a million deadlines and ask the index about each.
            self._from = "search CROSS JOIN findings ON number = search.rowid WHERE search MATCH ?"
            self._from += "".join(f" AND {condition}" for condition in conditions)
        else:
            self._from = "findings" + (" WHERE " if conditions else "") + " AND ".join(conditions)
        self._values = [match, *values] if match else values

    def numbers(self, base: sqlite3.Connection, sort: str, limit: int, offset: int) -> list[int]:
        """Return the numbers of the findings of a page."""
        source = self._from
        if self._plain and sort in {"newest", "oldest"}:
            source = "search WHERE search MATCH ?"
            order = "rowid DESC" if sort == "oldest" else "rowid"
            ask = f"SELECT rowid FROM {source} ORDER BY {order} LIMIT ? OFFSET ?"
        elif self._plain:
            ask = f"SELECT number FROM {source} CROSS JOIN findings USING (number) ORDER BY {_ORDERS[sort]} LIMIT ? OFFSET ?"
        else:
            ask = f"SELECT number FROM {source} ORDER BY {_ordered(sort, source)} LIMIT ? OFFSET ?"
        return [number for (number,) in base.execute(ask, (*self._values, limit, offset))]

    def count(self, base: sqlite3.Connection) -> int:
        """Count the findings, up to one more than COUNTED."""
        ask = f"SELECT count(*) FROM (SELECT 1 FROM {self._from} LIMIT {COUNTED + 1})"
        return int(base.execute(ask, self._values).fetchone()[0])

    def first(self, base: sqlite3.Connection, number: int) -> list[int]:
        """Return the first findings in the order of newest."""
        return self.numbers(base, "newest", number, 0)


def _ordered(sort: str, source: str) -> str:
    if source.startswith("search") and sort in {"newest", "oldest"}:
        return "search.rowid DESC" if sort == "oldest" else "search.rowid"
    return _ORDERS[sort]


def _conditions(query: Query) -> tuple[list[str], list[object]]:
    """Return what the index does not know, as SQL with its values."""
    conditions: list[str] = []
    values: list[object] = []
    low = None if query.minimum is None else float(query.minimum)
    high = None if query.maximum is None else float(query.maximum)
    for bound, sign in ((low, ">="), (high, "<=")):
        if bound is not None:
            conditions.append(f"{_value(query)} {sign} ?")
            values += [query.unit, bound] if query.unit else [bound]
    if query.due_before is not None:
        conditions.append("deadline_last < ?")
        values.append(first_day(query.due_before))
    return conditions, values


def _value(query: Query) -> str:
    # The index has found the rows whose unit, written in either script, or canonical unit is the one asked for.
    if query.unit:
        return "iif(canonical_unit = ? COLLATE NOCASE, canonical_real, value_real)"
    return "coalesce(canonical_real, value_real)"


def facets(base: sqlite3.Connection, numbers: list[int], complete: bool) -> Facets:
    """Count the values of each filter over findings."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    listed = json.dumps(numbers)
    ask = f"SELECT {', '.join(_FACETED)} FROM json_each(?) CROSS JOIN findings ON number = value"
    for row in base.execute(ask.replace("= value", "= json_each.value"), (listed,)):
        for name, value in zip(_FACETED, row, strict=True):
            if value is not None:
                counts[name][str(value)] += 1
    for name, table, column in (("owner", "owners", "name"), ("every", "components", "every")):
        ask = f"SELECT DISTINCT finding, {column} FROM json_each(?) CROSS JOIN {table} ON finding = json_each.value"
        counts[name].update(value for _, value in base.execute(ask, (listed,)) if value is not None)
    values = {name: tuple(_most(found.items())) for name, found in counts.items()}
    return Facets(values, len(numbers), complete)


def _most(counts: Iterable[tuple[str, int]]) -> list[Facet]:
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    return [Facet(value, count) for value, count in ordered[:_SHOWN]]
