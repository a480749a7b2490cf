"""What stands behind the question mark: the same names for the page, the downloads and the API."""

import functools
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from speechmine.store import SORTS, Query, QueryError, Sort
from speechmine.web.settings import LONGEST_SEARCH

FIELDS = {
    "q": "words",
    "kind": "kind",
    "every": "every",
    "metric": "metric",
    "unit": "unit",
    "min": "minimum",
    "max": "maximum",
    "owner": "owner",
    "place": "place",
    "year": "year",
    "due_before": "due_before",
    "status": "status",
    "topic": "topic",
    "sort": "sort",
}
"""Parameter to field of the query."""

FILTERS = tuple(name for name in FIELDS if name not in {"q", "sort"})
TYPED = ("min", "max", "unit", "due_before", "sort")
"""Parameters with a field of their own in the form of the page."""

_BESIDES = ("page", "limit", "finding", "document", "lang")
LAST_PAGE = 500
_MOST_AT_ONCE = 200


class Asked(msgspec.Struct, frozen=True):
    """What a request asks for.

    Attributes:
        path: The page that was asked.
        given: Parameters as given, none of them empty; unknown ones are left out.
    """

    path: str
    given: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a parameter as given, or nothing."""
        return self.given.get(name, "")

    @property
    def number(self) -> int:
        """Return the number of the page, from 1."""
        return _whole(self.get("page") or "1", "page", 1, LAST_PAGE)

    @property
    def limit(self) -> int | None:
        """Return how many hits a page of the API is to have, if that is said."""
        return _whole(self.given["limit"], "limit", 1, _MOST_AT_ONCE) if "limit" in self.given else None

    def query(self, **fixed: object) -> Query:
        """Return the query.

        Raises:
            QueryError: A parameter cannot be read.
        """
        values = {
            field: _READ.get(name, _text)(self.given[name], name)
            for name, field in FIELDS.items()
            if name in self.given
        }
        return replace(Query(page=self.number), **{**values, **fixed})

    def link(self, path: str | None = None, **changes: str | int | None) -> str:
        """Return the address of this view with some parameters changed; None and nothing take one away.

        >>> Asked("/", {"q": "调度", "page": "3"}).link(page=None, kind="goal")
        '/?q=%E8%B0%83%E5%BA%A6&kind=goal'
        """
        merged = {name: str(value) for name, value in {**self.given, **changes}.items() if value not in {None, ""}}
        ordered = {name: merged[name] for name in sorted(merged, key=_place)}
        query = "&".join(f"{name}={_quoted(value)}" for name, value in ordered.items())
        return (self.path if path is None else path) + (f"?{query}" if query else "")

    def only(self, *names: str) -> "Asked":
        """Return the same with these parameters alone, and the language."""
        return Asked(self.path, {name: value for name, value in self.given.items() if name in {*names, "lang"}})


def asked(path: str, parameters: Mapping[str, str]) -> Asked:
    """Take what is known of the parameters of a request."""
    known = {*FIELDS, *_BESIDES}
    given = {name: value.strip() for name, value in parameters.items() if name in known and value.strip()}
    if given.get("sort") == Query().sort:
        del given["sort"]
    if given.get("page") == "1":
        del given["page"]
    return Asked(path, given)


@functools.lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    # A page has two hundred links, most of which hold the same words.
    return quote(value, safe="")


def _place(name: str) -> tuple[int, str]:
    known = [*FIELDS, *_BESIDES]
    return (known.index(name) if name in known else len(known), name)


def _text(value: str, name: str) -> str:
    if len(value) > LONGEST_SEARCH:
        raise QueryError(f"longer than {LONGEST_SEARCH} characters", name, "Use fewer words.")
    return value


def _whole(value: str, name: str, least: int, most: int) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 9 and least <= int(value) <= most):
        raise QueryError(f"not a number from {least} to {most}", name, f"Write {name}={least}.")
    return int(value)


def _year(value: str, name: str) -> int:
    return _whole(value, name, 0, 9999)


def _amount(value: str, name: str) -> Decimal:
    try:
        amount = Decimal(value) if len(value) <= 40 else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount.adjusted()) > 30:
        raise QueryError("not a number", name, f"Write digits: {name}=1000.")
    return amount


def _sort(value: str, name: str) -> Sort:
    for known in SORTS:
        if value == known:
            return known
    raise QueryError(f"not one of {', '.join(SORTS)}", name, f"Write {name}={SORTS[0]}.")


_READ = {"min": _amount, "max": _amount, "year": _year, "sort": _sort}
