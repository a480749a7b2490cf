"""What travels with a document through a tool that cannot show it: the gold as it was, and how to put the text back."""

import hashlib

import msgspec

from speechmine.annotating.sheets import Mark, Sheet, sheet_of_gold
from speechmine.annotating.shown import Shown
from speechmine.errors import SpeechmineError
from speechmine.reading import Document
from speechmine.scoring import GoldDocument
from speechmine.scoring.annotated import placed
from speechmine.spans import Span

_HINT = "Give the file as the tool exported it, with the data that `speechmine export` wrote."


class Parcel(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is put beside the text.

    Attributes:
        gold: The document and its marks as exported.
        ids: The id of each mark, in the order of the gold.
        changes: Where the text shown differs from the text as read.
        shown: First 16 hex digits of the SHA-256 of the text shown.
    """

    gold: GoldDocument
    ids: list[str]
    changes: dict[str, list[int]] = {}
    shown: str


class Sent(msgspec.Struct, frozen=True):
    """A document as it was sent to the tool.

    Attributes:
        sheet: The document with its marks.
        shown: Its text as the tool shows it.
    """

    sheet: Sheet
    shown: Shown

    @classmethod
    def of(cls, sheet: Sheet) -> "Sent":
        """Make a sheet ready to be sent."""
        return cls(sheet, Shown.of(sheet.text))

    def span(self, mark: Mark) -> Span:
        """Return where a mark is shown."""
        return self.shown.shown(mark.span)


def packed(sent: Sent) -> str:
    """Write what must travel as JSON text: in a string no tool reads numbers again or drops a field."""
    ids = [mark.id for mark in sent.sheet.marks]
    parcel = Parcel(gold=sent.sheet.gold, ids=ids, changes=sent.shown.changes, shown=_digest(sent.shown.text))
    return msgspec.json.encode(parcel).decode()


def unpacked(parcel: str, text: str, where: str) -> Sent:
    """Read what travelled with a text.

    Raises:
        SpeechmineError: It is not what `packed` wrote, or the text is another one.
    """
    try:
        found = msgspec.json.decode(parcel, type=Parcel)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise SpeechmineError(f"the field speechmine is damaged ({error})", where, _HINT) from error
    if _digest(text) != found.shown:
        raise SpeechmineError("its text is not the one that was exported", where, "Leave texts as they are.")
    shown = Shown(text, found.changes)
    try:
        document = Document.of(shown.restored(), found.gold.file)
    except IndexError as error:
        raise SpeechmineError("the field speechmine does not fit the text", where, _HINT) from error
    sheet = sheet_of_gold(placed(found.gold, document, where))
    if len(found.ids) != len(sheet.marks) or len(set(found.ids)) < len(found.ids):
        raise SpeechmineError("the field speechmine is damaged (its ids)", where, _HINT)
    marks = [Mark(name, mark.span, mark.item) for name, mark in zip(found.ids, sheet.marks, strict=True)]
    return Sent(Sheet(sheet.gold, sheet.text, tuple(marks)), shown)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
