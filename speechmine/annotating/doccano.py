"""doccano: JSON lines, one document a line, spans as [start, end, label]; offsets count UTF-16 code units.

doccano keeps what it does not know of a line (its meta) and gives it back beside the text; ids of spans it makes anew.
Formats: `label.py` and `makers.py` of its import, `models.py` of its export (1.8).
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from speechmine.annotating.labels import long_label, long_labels, named
from speechmine.annotating.parcel import Sent, packed, unpacked
from speechmine.annotating.returning import Region, returned
from speechmine.annotating.sheets import Sheet
from speechmine.annotating.shown import CodeUnits
from speechmine.annotating.writing import json_text
from speechmine.errors import SpeechmineError
from speechmine.spans import Span

_HINT = "Give a JSONL file as doccano exports it; unpack the zip it comes in."

Offset = Annotated[int, msgspec.Meta(ge=0)]


class _Entity(msgspec.Struct, frozen=True):
    start_offset: Offset
    end_offset: Offset
    label: str


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an export: ``label`` without relations, ``entities`` with them, ``labels`` from doccano before 1.5."""

    text: str
    speechmine: str
    label: list[tuple[Offset, Offset, str]] | None = None
    labels: list[tuple[Offset, Offset, str]] | None = None
    entities: list[_Entity] | None = None
    annotation_approver: str | int | None = None

    @property
    def spans(self) -> list[tuple[int, int, str]]:
        entities = [(one.start_offset, one.end_offset, one.label) for one in self.entities or []]
        return [*(self.label or []), *(self.labels or []), *entities]


def doccano_line(sheet: Sheet) -> bytes:
    """Write one document for doccano."""
    sent = Sent.of(sheet)
    units = CodeUnits.of(sent.shown.text)
    spans = sorted((*units.counted(sent.span(mark)), long_label(mark.item)) for mark in sheet.marks)
    line = {"text": sent.shown.text, "label": spans, "file": sheet.name, "speechmine": packed(sent)}
    return json_text(line) + b"\n"


def doccano_labels() -> bytes:
    """Write the labels of the project, as doccano imports them (Labels > Actions > Import)."""
    rows = [{"text": label, "suffix_key": None, "background_color": colour, "text_color": "#ffffff"}
            for label, colour in long_labels().items()]  # fmt: skip
    return json_text(rows) + b"\n"


def from_doccano(data: bytes, where: str, approved: bool) -> Iterator[Sheet]:
    """Read what people made of the documents.

    Args:
        data: The exported file.
        where: Its name, for errors.
        approved: Whether every document in it was approved; else only those count that name their approver.

    Raises:
        SpeechmineError: A line is none of doccano's, or says what cannot be meant.
    """
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield _sheet(_decoded(line, f"{where}, line {number}"), f"{where}, line {number}", approved)


def _sheet(line: _Line, where: str, approved: bool) -> Sheet:
    sent = unpacked(line.speechmine, line.text, where)
    units = CodeUnits.of(line.text)
    regions = []
    for start, end, label in line.spans:
        if not start < end <= len(line.text) + len(units.wide):
            raise SpeechmineError(f"the span {start} to {end} is not in the text", where, _HINT)
        name = named(label, where)
        regions.append(Region(units.characters(Span(start, end)), name.group, name.fields))
    return returned(sent, regions, approved or line.annotation_approver is not None)


def _decoded(line: bytes, where: str) -> _Line:
    try:
        return msgspec.json.decode(line, type=_Line)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise SpeechmineError(f"not a document of doccano ({error})", where, _HINT) from error
