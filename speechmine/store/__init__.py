"""The store: one SQLite file of documents and findings, and how it is searched.

`Store.open` reads, `writing` writes; `records_of` and `text_of` are the doors to records and texts for all who need them.
"""

from speechmine.store.at_hand import TextOf, no_texts, texts_of
from speechmine.store.language import QueryError
from speechmine.store.opening import DEFAULT
from speechmine.store.query import (
    COUNTED,
    FACETED,
    FACETS,
    KINDS,
    SORTS,
    Facet,
    Facets,
    Hit,
    Kind,
    Page,
    Part,
    Piece,
    Point,
    Query,
    Sort,
    StoredDocument,
)
from speechmine.store.sources import records_of
from speechmine.store.store import Store
from speechmine.store.texts import evidence_of, text_of
from speechmine.store.writer import Counts, Writer, index, writing

__all__ = [
    "COUNTED", "DEFAULT", "FACETED", "FACETS", "KINDS", "SORTS", "Counts", "Facet", "Facets", "Hit", "Kind", "Page", "Part", "Piece",
    "Point", "Query", "QueryError", "Sort", "Store", "StoredDocument", "TextOf", "Writer", "evidence_of", "index", "no_texts",
    "records_of", "text_of", "texts_of", "writing",
]  # fmt: skip
