"""From gold files and their texts to annotated documents in which every quote has its place."""

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.reading import Document, read_file
from speechmine.scoring.gold import GoldDocument, GoldItem, GoldMeasure, GoldMechanism, GoldQuantity
from speechmine.scoring.matching import Placed
from speechmine.spans import Span

ItemT = TypeVar("ItemT", bound=GoldItem)

# msgspec ends its message with the place: … - at `$.mechanisms[3].kind`
_PLACE = re.compile(r"(?P<what>.*) - at `\$\.(?P<group>\w+)\[(?P<number>\d+)\]\.?(?P<field>.*)`", re.DOTALL)
_HINT = "docs/gold.md tells how gold is written."
_SHOWN = 5


class Annotated(msgspec.Struct, frozen=True):
    """One document with what is to be found in it: the gold as its file has it, and each item in its place."""

    document: Document
    gold: GoldDocument
    mechanisms: list[Placed[GoldMechanism]]
    quantities: list[Placed[GoldQuantity]]
    measures: list[Placed[GoldMeasure]]

    @property
    def name(self) -> str:
        """The name of the text's file, by which its record is told."""
        return self.document.source


def read_gold(gold: Path, texts: Sequence[Path]) -> list[Annotated]:
    """Read the gold files (*.json) of a folder, or a single one, with the texts they speak of.

    Args:
        gold: The folder or file.
        texts: Folders that hold the texts; the first that has a text gives it.

    Raises:
        SpeechmineError: There is no gold, a file is malformed, a text is missing, or a quote is not in its text.
    """
    files = [gold] if gold.is_file() else sorted(path for path in gold.glob("*.json") if not path.name.startswith("."))
    if not files:
        raise SpeechmineError("no gold found", str(gold), "Name a folder that holds gold files (*.json).")
    read: dict[str, Annotated] = {}
    for path in files:
        annotated = _annotated(path, texts)
        if annotated.name in read:
            raise SpeechmineError(f"{annotated.name} has a gold file already", str(path), "Keep one for each text.")
        read[annotated.name] = annotated
    return list(read.values())


def _annotated(path: Path, texts: Sequence[Path]) -> Annotated:
    gold = _decoded(path)
    return placed(gold, read_file(_text_of(gold, path, texts)), str(path))


def placed(gold: GoldDocument, document: Document, where: str) -> Annotated:
    """Find the place of every item of the gold in its text.

    Raises:
        SpeechmineError: A quote is not in the text, or one place is annotated twice.
    """
    faults: list[str] = []
    annotated = Annotated(
        document,
        gold,
        list(_placed(gold.mechanisms, document.text, faults)),
        list(_placed(gold.quantities, document.text, faults)),
        list(_placed(gold.measures, document.text, faults)),
    )
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        hint = f"Quotes are taken from {document.source} character by character."
        raise SpeechmineError("; ".join(faults[:_SHOWN]) + more, where, hint)
    return annotated


def _decoded(path: Path) -> GoldDocument:
    try:
        data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise SpeechmineError(f"cannot be read ({(error.strerror or str(error)).lower()})", str(path)) from error
    try:
        return msgspec.json.decode(data, type=GoldDocument)
    except msgspec.ValidationError as error:
        raise SpeechmineError(_told(str(error), data), str(path), _HINT) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SpeechmineError(f"not JSON ({error})", str(path), _HINT) from error


def _told(message: str, data: bytes) -> str:
    """Name the item of a fault by its words: nobody counts to `$.mechanisms[37]`."""
    place = _PLACE.fullmatch(message)
    if not place:
        return message
    group, number = place["group"], int(place["number"])
    field = f", {place['field']}" if place["field"] else ""
    return f"{group}, item {number + 1}{_quote_of(data, group, number)}{field}: {place['what']}"


def _quote_of(data: bytes, group: str, number: int) -> str:
    try:
        items = msgspec.json.decode(
            msgspec.json.decode(data, type=dict[str, msgspec.Raw])[group], type=list[msgspec.Raw]
        )
        quote = msgspec.json.decode(items[number], type=dict[str, object]).get("quote")
    except (msgspec.DecodeError, LookupError):
        return ""
    return f" 「{quote}」" if quote else ""


def _text_of(gold: GoldDocument, path: Path, texts: Sequence[Path]) -> Path:
    if Path(gold.file).name != gold.file:
        raise SpeechmineError(f"file {gold.file!r} is not the bare name of a file", str(path), _HINT)
    for folder in texts:
        if (folder / gold.file).exists():
            return folder / gold.file
    where = ", ".join(map(str, texts))
    raise SpeechmineError(f"its text {gold.file} is not in {where}", str(path), "Name the folder that holds the texts.")


def _placed(items: Sequence[ItemT], text: str, faults: list[str]) -> Iterator[Placed[ItemT]]:
    """Find each quote in the text; what is not there, or is there twice, is a fault."""
    seen: set[Span] = set()
    for item in items:
        span = _located(item, text)
        if span is None:
            faults.append(f"「{item.quote}」 is not in the text" + (f" {item.nth} times" if item.nth > 1 else ""))
        elif span in seen:
            faults.append(f"「{item.quote}」 is annotated twice at the same place (give nth)")
        else:
            seen.add(span)
            yield Placed(span, item.quote, item)


def _located(item: GoldItem, text: str) -> Span | None:
    start = -1
    for _ in range(item.nth):
        start = text.find(item.quote, start + 1)
        if start < 0:
            return None
    return Span(start, start + len(item.quote))
