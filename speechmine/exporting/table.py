"""A readable summary of one record for a terminal: 80 columns, Chinese characters counted as two."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from speechmine.records import Figure, Goal, Measure, Mechanism, Record

WIDTH = 80
_INDENT = "    "
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def table(record: Record) -> str:
    """Return the findings of one document as text, every line at most 80 columns wide.

    Goals come before results; each finding shows the words it was read from, as in the document.
    """
    document = record.document
    head = f"{document.source}  {document.title or ''}"
    facts = [document.genre, f"dated {document.reference_date}" if document.reference_date else "no date"]
    facts += [] if document.complete else ["text incomplete"]
    results = [figure for figure in record.figures if figure.role == "result"]
    lines = [
        *wrapped(head, ""),
        *wrapped("; ".join(facts), "  "),
        *_section("Mechanisms", (_mechanism(item) for item in record.mechanisms)),
        *_section("Goals", (_number(item) for item in record.goals)),
        *_section("Results", (_number(item) for item in results)),
        *_section("Measures", (_measure(item) for item in record.measures)),
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, blocks: Iterable[list[str]]) -> list[str]:
    found = list(blocks)
    return ["", f"{title} ({len(found)})", *(line for block in found for line in block)] if found else []


def _mechanism(item: Mechanism) -> list[str]:
    parts = [f"{part.every}  {part.action}" if part.every else part.action for part in item.components]
    first = f"{item.kind}, {item.status}" + (": " + " · ".join(parts) if parts else "")
    return [*wrapped(first, "  "), *wrapped(_quote(item.evidence.quote), _INDENT)]


def _number(item: Goal | Figure) -> list[str]:
    sign = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}[item.comparator]
    value = "?" if item.value is None else f"{item.value}"
    upper = "" if item.upper is None else f"–{item.upper}"
    words = [f"{item.metric or '?'}: {sign}{value}{upper}{item.unit or ''}"]
    words += [item.commitment] if isinstance(item, Goal) else []
    words += [_deadline(item)] if item.deadline else []
    words += [_owner(item)] if item.owner else []
    return [*wrapped("; ".join(words), "  "), *wrapped(_quote(item.evidence.quote), _INDENT)]


def _measure(item: Measure) -> list[str]:
    words = [item.commitment, _owner(item) if item.owner else "no owner named"]
    words += [_deadline(item)] if item.deadline else []
    words += [f"said by {item.speaker}"] if item.speaker else []
    return [*wrapped("; ".join(words), "  "), *wrapped(_quote(item.evidence.quote), _INDENT)]


def _deadline(item: Goal | Figure | Measure) -> str:
    return f"by {item.deadline.edtf}" if item.deadline else ""


def _owner(item: Goal | Figure | Measure) -> str:
    return "owner " + "、".join(item.owner)


def _quote(words: str) -> str:
    return f"「{words}」"


def display_width(text: str) -> int:
    """Return how many columns a text takes.

    >>> display_width("周调度 P1W")
    10
    """
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrapped(text: str, indent: str, width: int = WIDTH) -> Iterator[str]:
    """Break a text into lines of at most ``width`` columns; control characters become blanks.

    Text from speeches is hostile: an escape sequence in it must not reach the terminal.

    >>> list(wrapped("周调度", "  ", 6))
    ['  周调', '  度']
    """
    line, used = indent, len(indent)
    for char in _CONTROL.sub(" ", text).strip():
        if used + _width(char) > width:
            yield line.rstrip()
            line, used = indent, len(indent)
        line, used = line + char, used + _width(char)
    yield line.rstrip()
