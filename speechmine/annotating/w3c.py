"""W3C Web Annotation (Recommendation of 23 February 2017): one collection in JSON-LD, one annotation a finding.

TextPositionSelector counts code points, as records do (model, section 4.2.5); TextQuoteSelector finds the words again
in a text that has changed.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

import msgspec

from speechmine.annotating.labels import label_of, long_label
from speechmine.annotating.sheets import Mark, Sheet
from speechmine.annotating.writing import json_text

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters before and after a quote: enough to tell 第一次 from 第二次


def collection(sheets: Iterable[tuple[str, Sheet]]) -> Iterator[bytes]:
    """Write documents, each with its address or path, as an annotation collection, in pieces."""
    head = f'{{"@context":"{_CONTEXT}","id":"urn:speechmine:annotations","type":"AnnotationCollection"'
    yield (
        head.encode()
        + b',"first":{"id":"urn:speechmine:annotations:1","type":"AnnotationPage","startIndex":0,"items":['
    )
    total = 0
    for source, sheet in sheets:
        for mark in sheet.marks:
            yield (b",\n" if total else b"\n") + json_text(_annotation(mark, sheet, source))
            total += 1
    yield b'\n]},"total":%d}\n' % total


def _annotation(mark: Mark, sheet: Sheet, source: str) -> object:
    table: dict[str, object] = msgspec.to_builtins(mark.item)
    said = {name: value for name, value in table.items() if value is not None and name not in {"quote", "nth"}}
    return {
        "id": f"urn:speechmine:{quote(sheet.name, safe='')}:{mark.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": label_of(mark.item)},
            {"type": "TextualBody", "purpose": "classifying", "value": long_label(mark.item)},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": json_text(said).decode(),
            },
        ],
        "target": {"source": iri(source), "selector": _selectors(mark, sheet.text)},
    }


def _selectors(mark: Mark, text: str) -> list[object]:
    start, end = mark.span
    prefix, suffix = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    return [
        {"type": "TextQuoteSelector", "exact": mark.span.cut(text), "prefix": prefix, "suffix": suffix},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def iri(source: str) -> str:
    """Return an address as it is, and a path as a relative reference.

    >>> iri("2021/讲话 1.txt"), iri("https://example.org/a?b=1#c")
    ('2021/%E8%AE%B2%E8%AF%9D%201.txt', 'https://example.org/a?b=1#c')
    """
    if source.startswith(("http://", "https://")):
        return quote(source, safe="/:?#[]@!$&'()*+,;=%~")
    return quote(source, safe="/")
