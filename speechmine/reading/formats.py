"""What kind of file the bytes are, told by the bytes: a name never decides."""

from typing import NamedTuple

from speechmine.patterns import compiled


class Format(NamedTuple):
    """A kind of file that is not plain text.

    Attributes:
        name: What messages call it.
        hint: What to do with it where speechmine does not read it.
        reader: The module of `speechmine.reading` that reads it; empty where none does.
        several: Whether it may hold several documents.
    """

    name: str
    hint: str = ""
    reader: str = ""
    several: bool = False


_UNPACK = "Unpack it and give the files in it."
_MEDIA = Format("a sound or film", "Give a transcript.")
_PROGRAM = Format("a program", "It holds no speech.")
_ZIP = Format("a zip archive", reader="zipped", several=True)
_TAR = Format("a tar archive", reader="tarred", several=True)
_OPEN_DOCUMENT = Format("an OpenDocument text", reader="office")


def _picture(name: str) -> Format:
    return Format(f"a {name} picture", reader="pictures")


def _squeezed(name: str) -> Format:
    return Format(name, reader="squeezed", several=True)


_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", Format("a PDF", reader="pdf")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format("an old Word, Excel or WPS file", reader="office")),
    (b"{\\rtf", Format("an RTF file", reader="office")),
    (b"\x89PNG\r\n", _picture("PNG")),
    (b"\xff\xd8\xff", _picture("JPEG")),
    (b"GIF8", _picture("GIF")),
    (b"II*\0", _picture("TIFF")),
    (b"MM\0*", _picture("TIFF")),
    (b"\x1f\x8b", _squeezed("a gzip archive")),
    (b"BZh", _squeezed("a bzip2 archive")),
    (b"\xfd7zXZ\0", _squeezed("an xz archive")),
    (b"\x28\xb5\x2f\xfd", Format("a Zstandard archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Format("a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", Format("a RAR archive", _UNPACK)),
    (b"WARC/", Format("a web archive (WARC)", reader="warc", several=True)),
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
# A zip is told by the names in it, which stand uncompressed in the list at its end.
_ZIPPED = (
    (b"word/document", Format("a Word file (docx)", reader="docx")),
    (b"xl/workbook", Format("an Excel file (xlsx)", "Save the sheet as text.")),
    (b"ppt/presentation", Format("a PowerPoint file (pptx)", "Save the slides as text.")),
    (b"OFD.xml", Format("an OFD file", "Print it to PDF, or save it as text.")),
    (b"application/epub+zip", Format("an EPUB book", "Save it as text.")),
    (b"application/vnd.oasis.opendocument.text", _OPEN_DOCUMENT),
    (b"application/vnd.oasis.opendocument", Format("an OpenDocument file", "Save it as text.")),
)
_ZIP_LIST_END = b"PK\x05\x06"
_BINARY = Format(
    "binary content, not text", "Give the text itself; if this is text, name its encoding with --encoding."
)
_CONTROL = compiled("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd]")


def format_of(head: bytes, tail: bytes | None = None) -> Format | None:
    """Name the kind of file by its first and last bytes, or return None where they may be text.

    Args:
        head: The first bytes, some thousands or all.
        tail: The last ones; those of ``head`` where not given.

    >>> format_of(b"%PDF-1.7").name, format_of("同志们".encode())
    ('a PDF', None)
    """
    start = head[:600].lstrip(b"\xef\xbb\xbf\t\r\n ")
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if start.startswith((b"PK\x03\x04", _ZIP_LIST_END)):
        return _zipped(head, head if tail is None else tail)
    if (start[:4] == b"RIFF" and start[8:12] in {b"WAVE", b"AVI "}) or start[4:8] == b"ftyp":
        return _MEDIA
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _picture("WebP")
    if start[:2] == b"BM" and start[6:10] == b"\0\0\0\0":
        return _picture("BMP")
    if start[:2] == b"MZ" and b"\0\0" in start:
        return _PROGRAM
    return _TAR if head[257:262] == b"ustar" else None


def _zipped(head: bytes, tail: bytes) -> Format:
    """Tell a document that is a zip from an archive: by the list of names; by the first name where that is lost.

    Not by all bytes: an archive may hold a Word file that is not compressed again.
    """
    end = tail.rfind(_ZIP_LIST_END)
    start = end - int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else -1
    names = tail[start:end] if start >= 0 else head[30:200]
    # ODF and EPUB say in their first file, which is never compressed, what they are.
    first = head[30:130] if head[30:38] == b"mimetype" else b""
    return next((kind for mark, kind in _ZIPPED if mark in names or mark in first), _ZIP)


def binary(text: str) -> Format | None:
    r"""Say of a decoded text that it is binary content after all: one character in ten is a control or unreadable.

    >>> binary("\x00\x01\x02PK\x03").name, binary("第1季度\x00完成")
    ('binary content, not text', None)
    """
    sample = text[:100_000]
    unreadable = len(_CONTROL.findall(sample))
    return _BINARY if unreadable > 2 and unreadable * 10 > len(sample) else None
