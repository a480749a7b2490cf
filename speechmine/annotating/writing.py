"""How gold and the files for tools are written: the same bytes for the same sheet, and nothing that cuts a line."""

import itertools
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from speechmine.annotating.sheets import Item, Sheet
from speechmine.errors import SpeechmineError
from speechmine.scoring import GoldDocument

# Line ends to some readers, though not to JSON: doccano and Python's str.splitlines cut lines there.
_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x7f\x85\u2028\u2029"}
_ALWAYS = ("file", "reference_date", "script", "genre", "complete", "title", "published", "speakers", "speeches")
_LONGEST_NAME = 255
_GROUPS = ("mechanisms", "quantities", "measures")


def json_text(value: object) -> bytes:
    """Write JSON on one line in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ENDS).encode()


def gold_bytes(sheet: Sheet) -> bytes:
    """Write a sheet as a gold file, one item a line, as people edit them."""
    table = msgspec.to_builtins(sheet.gold)
    names = [*_ALWAYS, *["reviewed"] * (sheet.gold.reviewed is not None)]
    lines = [f' "{name}": {_spaced(table[name])}' for name in names]
    for name in _GROUPS:
        rows = ",\n".join(f"  {_spaced(_stated(item))}" for item in _items(sheet.gold, name))
        lines.append(f' "{name}": [\n{rows}\n ]' if rows else f' "{name}": []')
    return ("{\n" + ",\n".join(lines) + "\n}\n").translate(_ENDS).encode()


def gold_names(sheets: Iterable[Sheet]) -> Iterator[tuple[str, Sheet]]:
    """Name the gold file of each sheet: as its text, or with its suffix too where two texts differ in that alone.

    Raises:
        SpeechmineError: Two documents have one file name, or a name leads elsewhere or is none that files can have.
    """
    texts, taken = set[str](), set[str]()
    for sheet in sheets:
        if Path(sheet.name).name != sheet.name or sheet.name == "..":
            raise SpeechmineError("not the bare name of a file", sheet.name, "Name the text without a folder.")
        if sheet.name in texts:
            raise SpeechmineError("two documents have this name", sheet.name, "Keep one, or rename its text.")
        name = next(name for name in _names(sheet.name) if name not in taken)
        if not _possible(name):
            raise SpeechmineError("not a name that a file can have", ascii(sheet.name), "Rename the text.")
        texts.add(sheet.name)
        taken.add(name)
        yield name, sheet


def _names(text: str) -> Iterator[str]:
    """Yield names for the gold of a text, the best first."""
    yield f"{Path(text).stem}.json"
    yield f"{text}.json"
    yield from (f"{text}-{number}.json" for number in itertools.count(2))


def _possible(name: str) -> bool:
    """Say whether a file can have a name: Unicode without control characters, not longer than file systems allow."""
    odd = any(unicodedata.category(character) in {"Cc", "Cs"} for character in name)
    return not odd and len(name.encode()) <= _LONGEST_NAME


def _items(gold: GoldDocument, group: str) -> list[Item]:
    return [*getattr(gold, group)]


def _stated(item: Item) -> dict[str, object]:
    """Return the fields that say something; whole numbers without a point, as people write them."""
    table: dict[str, object] = msgspec.to_builtins(item)
    if item.nth == 1:
        del table["nth"]
    return {name: _plain(value) for name, value in table.items() if value is not None}


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _spaced(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
