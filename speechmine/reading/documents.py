"""From one input to all documents in it, or why not: the table of contents of reading."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.patterns import compiled
from speechmine.reading import html, rows
from speechmine.reading.confining import answers
from speechmine.reading.decode import Decoded, decode
from speechmine.reading.document import Document
from speechmine.reading.formats import Format, binary, format_of
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Member, Refused, Text
from speechmine.reading.stored import Stored, unreadable

_VISIBLE = compiled("[^\\s\0\ufeff\u200b-\u200f\u2060]")
_SURROGATE = compiled(r"[\ud800-\udfff]")
_TABLE = Format("a table", reader="rows", several=True)
_PAGE = Format("a web page", reader="html")


class _Budget(msgspec.Struct):
    """How much may still come out of all archives in one input: bombs are packed in archives of archives."""

    bytes: int

    def spend(self, size: int, source: str) -> None:
        self.bytes -= size
        if self.bytes < 0:
            hint = "If that is right, unpack it and give the files in it."
            raise SpeechmineError("a bomb: the archives in it unpack to more than any texts do", source, hint)


class Leaf(msgspec.Struct, frozen=True):
    """One document, still as bytes: reading it may be left to another process.

    Attributes:
        stored: Its bytes.
        asked: What is known of them: the encoding of a table's rows, beside what the user said.
        kind: What it is; None for a text.
    """

    stored: Stored
    asked: Asked
    kind: Format | None = None

    def document(self) -> Document | SpeechmineError:
        """Read it, or say why not."""
        try:
            return _text(self.stored, self.asked) if self.kind is None else _read(self.stored, self.kind, self.asked)
        except SpeechmineError as error:
            return _warned(error, self.stored)
        except OSError as error:
            return unreadable(error, self.stored.source)


def documents(stored: Stored, asked: Asked | None = None) -> Iterator[Document | SpeechmineError]:
    """Yield every document that an input holds, and for all that is not read the reason.

    `NotReadError` is left out on purpose, any other error is a fault of the file. Every member of an archive ends in exactly
    one document or error.
    """
    for found in leaves(stored, asked):
        yield found.document() if isinstance(found, Leaf) else found


def leaves(stored: Stored, asked: Asked | None = None) -> Iterator[Leaf | SpeechmineError]:
    """Yield what `documents` does, each document still as bytes."""
    budget = _Budget(max(LIMITS.unsuspicious * 10, _size(stored) * LIMITS.ratio))
    return _leaves(stored, asked or Asked(), budget)


def _size(stored: Stored) -> int:
    try:
        return stored.size
    except OSError:
        return 0


def _leaves(stored: Stored, asked: Asked, budget: _Budget) -> Iterator[Leaf | SpeechmineError]:
    try:
        head, tail = stored.ends()
        kind = format_of(head, tail)
        if kind is None and rows.is_table(head, asked):
            kind = _TABLE
        if kind is not None and not kind.reader:
            raise NotReadError(kind.name, stored.source, kind.hint)
        if kind is not None and kind.several:
            yield from _members(stored, kind, asked, budget)
        else:
            yield Leaf(stored, asked, kind)
    except SpeechmineError as error:
        yield _warned(error, stored)
    except OSError as error:
        yield unreadable(error, stored.source)


def _warned(error: SpeechmineError, stored: Stored) -> SpeechmineError:
    """Add to an error what went wrong on the way to the file."""
    hint = " ".join((*stored.warnings, error.hint)).strip()
    return type(error)(error.what, error.where, hint) if stored.warnings else error


def _text(stored: Stored, asked: Asked) -> Document:
    """Read a plain text, or the source of a web page, which is decoded like a text."""
    data = stored.whole()
    if not data.strip(b"\0 \t\r\n\v\f"):
        raise _empty(stored.source)
    decoded = decode(data, asked.encoding, stored.source)
    if not _VISIBLE.search(decoded.text):
        raise _empty(stored.source)
    kind = binary(decoded.text)
    if kind:
        raise NotReadError(kind.name, stored.source, kind.hint)
    if html.is_page(decoded.text):
        source = Stored(stored.source, data=_SURROGATE.sub("\ufffd", decoded.text).encode())
        text = _only_text(answers(_PAGE.reader, source, asked))
        decoded = replace(decoded, text=text.text, warnings=(*decoded.warnings, *text.warnings))
        return _document(stored, decoded, plain=False)
    return _document(stored, decoded, plain=stored.depth == 0)


def _read(stored: Stored, kind: Format, asked: Asked) -> Document:
    """Read what is one document in a format of its own."""
    text = _only_text(answers(kind.reader, stored, asked))
    if not _VISIBLE.search(text.text):
        raise _empty(stored.source)
    return _document(stored, Decoded(text.text, "utf-8", tuple(text.warnings)), plain=False)


def _only_text(given: Iterator[Answer]) -> Text:
    for one in given:
        if isinstance(one, Refused):
            raise one.error()
        if isinstance(one, Text):
            text = one
    return text


def _members(stored: Stored, kind: Format, asked: Asked, budget: _Budget) -> Iterator[Leaf | SpeechmineError]:
    """Read what may hold several documents, each of which may do so again."""
    if stored.depth >= LIMITS.nesting:
        what = f"{kind.name} in {LIMITS.nesting} others"
        raise SpeechmineError(what, stored.source, "Unpack it and give the files in it.")
    for one in answers(kind.reader, stored, asked):
        if isinstance(one, Refused):
            yield one.error()
        elif isinstance(one, Member):
            budget.spend(len(one.data), stored.source)
            member = Stored(one.source, None, one.data, tuple(one.warnings), stored.depth + 1)
            yield from _leaves(member, Asked(one.encoding or asked.encoding, asked.column), budget)


def _document(stored: Stored, decoded: Decoded, plain: bool) -> Document:
    if len(decoded.text) > LIMITS.text_length:
        what = f"a text of {len(decoded.text):,} characters; the limit is {LIMITS.text_length:,}"
        raise SpeechmineError(what, stored.source, "Split it into its documents.")
    text = decoded.text if plain else _SURROGATE.sub("\ufffd", decoded.text)
    warnings = (*stored.warnings, *decoded.warnings)
    return Document(stored.identity(), stored.source, text, decoded.encoding, warnings, decoded.repairs, plain)


def _empty(source: str) -> SpeechmineError:
    return SpeechmineError("empty: nothing to read", source, "Check how the file was saved or downloaded.")
