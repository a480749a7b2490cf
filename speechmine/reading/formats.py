"""What kind of file the bytes are, told by their first bytes: a name never decides."""

import re
from typing import NamedTuple


class Format(NamedTuple):
    """A kind of file that is not text: its name, and what to do with it."""

    name: str
    hint: str


_LATER = "reading {} comes later; save it as text for now."
_UNPACK = Format("a compressed archive", "Unpack it and give the files in it.")
_PICTURE = "A picture holds no text; give the text itself, or the output of text recognition."
_MEDIA = Format("a sound or film", "Give a transcript.")
_PROGRAM = Format("a program", "It holds no speech.")

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", Format("a PDF", f"It is not text: {_LATER.format('PDF')}")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format("an old Word, Excel or WPS file", "Save it as text in Word or WPS.")),
    (b"{\\rtf", Format("an RTF file", "Save it as text in Word or WPS.")),
    (b"\x89PNG\r\n", Format("a PNG picture", _PICTURE)),
    (b"\xff\xd8\xff", Format("a JPEG picture", _PICTURE)),
    (b"GIF8", Format("a GIF picture", _PICTURE)),
    (b"II*\0", Format("a TIFF picture", _PICTURE)),
    (b"MM\0*", Format("a TIFF picture", _PICTURE)),
    (b"\x1f\x8b", Format("a gzip archive", _UNPACK.hint)),
    (b"BZh", Format("a bzip2 archive", _UNPACK.hint)),
    (b"\xfd7zXZ\0", Format("an xz archive", _UNPACK.hint)),
    (b"\x28\xb5\x2f\xfd", Format("a Zstandard archive", _UNPACK.hint)),
    (b"7z\xbc\xaf\x27\x1c", Format("a 7-Zip archive", _UNPACK.hint)),
    (b"Rar!\x1a\x07", Format("a RAR archive", _UNPACK.hint)),
    (b"WARC/1.", Format("a web archive (WARC)", f"It is not one text: {_LATER.format('WARC')}")),
    (b"SQLite format 3\0", Format("an SQLite database", "Export its texts to files.")),
    (b"PAR1", Format("a Parquet table", "Export its texts to files.")),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"ID3\x03", _MEDIA),
    (b"ID3\x04", _MEDIA),
    (b"OggS", _MEDIA),
    (b"fLaC", _MEDIA),
    (b"\x1aE\xdf\xa3", _MEDIA),
)
# A zip is told by the names in it, which stand uncompressed; no zip is ever opened here.
_ZIPPED = (
    (b"word/", Format("a Word file (docx)", f"It is not text: {_LATER.format('docx')}")),
    (b"xl/", Format("an Excel file (xlsx)", "Save the sheet as text.")),
    (b"ppt/", Format("a PowerPoint file (pptx)", "Save the slides as text.")),
    (b"application/epub+zip", Format("an EPUB book", "Save it as text.")),
    (b"application/vnd.oasis.opendocument", Format("an OpenDocument file", "Save it as text.")),
)
_BINARY = Format(
    "binary content, not text", "Give the text itself; if this is text, name its encoding with --encoding."
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd]")


def format_of(data: bytes) -> Format | None:
    """Name the kind of file by its first bytes, or return None where they may be text.

    >>> format_of(b"%PDF-1.7").name, format_of("同志们".encode())
    ('a PDF', None)
    """
    start = data[:600].lstrip(b"\xef\xbb\xbf\t\r\n ")
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for mark, kind in _ZIPPED if mark in data), Format("a zip archive", _UNPACK.hint))
    if (start[:4] == b"RIFF" and start[8:12] in {b"WAVE", b"AVI ", b"WEBP"}) or start[4:8] == b"ftyp":
        return _MEDIA
    if start[:2] == b"BM" and start[6:10] == b"\0\0\0\0":
        return Format("a BMP picture", _PICTURE)
    if start[:2] == b"MZ" and b"\0\0" in start:
        return _PROGRAM
    return Format("a tar archive", _UNPACK.hint) if data[257:262] == b"ustar" else None


def binary(text: str) -> Format | None:
    r"""Say of a decoded text that it is binary content after all: one character in ten is a control or unreadable.

    >>> binary("\x00\x01\x02PK\x03").name, binary("第1季度\x00完成")
    ('binary content, not text', None)
    """
    sample = text[:100_000]
    unreadable = len(_CONTROL.findall(sample))
    return _BINARY if unreadable > 2 and unreadable * 10 > len(sample) else None
