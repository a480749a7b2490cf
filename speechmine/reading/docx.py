"""Word files (docx): paragraphs and table cells in their order, then text boxes and notes.

Read as a stream with the standard library: memory does not grow with the markup, no entity is ever expanded, and a file
that declares any is refused.
"""

from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile

from speechmine.errors import SpeechmineError
from speechmine.patterns import compiled
from speechmine.reading.docx_text import DocxText
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Text
from speechmine.reading.packed import refuse_bomb
from speechmine.reading.stored import Stored
from speechmine.reading.zipped import opened, refuse_encrypted

_MAIN = compiled(r"word/document\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_PIECE = 65_536


def read(stored: Stored, _: Asked) -> Iterator[Answer]:
    """Yield the text of a Word file.

    Raises:
        SpeechmineError: It is damaged, encrypted, a bomb, or declares a DTD.
    """
    with opened(stored) as archive:
        main = next((name for name in archive.namelist() if _MAIN.fullmatch(name)), None)
        if main is None:
            raise SpeechmineError("a Word file without a document in it", stored.source, "Save it anew in Word or WPS.")
        parts = [main, *(name for name in _NOTES if name in archive.namelist())]
        refuse_bomb(sum(archive.getinfo(name).file_size for name in parts), stored.size, stored.source)
        text = DocxText()
        for name in parts:
            _parse(archive, name, text, stored.source)
            text.end_part()
    yield Text(text.text())


def _parse(archive: ZipFile, name: str, text: DocxText, source: str) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = text.start, text.end
    parser.CharacterDataHandler = text.characters
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise SpeechmineError(
            "a Word file that declares a DTD or entities", source, "Word writes none; it is not read."
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    refuse_encrypted(archive.getinfo(name), source)
    if archive.getinfo(name).file_size > LIMITS.markup_bytes:
        raise SpeechmineError("too large a Word file", source, "Split it into its documents.")
    try:
        with archive.open(name) as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece)
                text.refuse_long(source)
            parser.Parse(b"", True)
    except SpeechmineError:
        raise
    except Exception as error:  # zlib, zip and XML faults alike: the file is damaged
        raise SpeechmineError(
            f"a damaged Word file ({str(error)[:80]})", source, "Save it anew in Word or WPS."
        ) from error
