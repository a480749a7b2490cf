"""How much one file may ask for: every limit in one place, with its reason.

A limit refuses what no archive of speeches holds, so that one file cannot cost the run its memory or its night.
"""

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """The limits of reading.

    Attributes:
        document_bytes: A text, a page or a member of an archive. The longest report has less than one million bytes;
            a yearbook as HTML about ten.
        text_length: Characters of one document. A thick book has one million, and each costs the analysis memory.
        pages: Pages of one PDF.
        scanned_pages: Pages of one document read by text recognition, which takes seconds for each.
        pixels: Of one picture: A3 at 600 dots an inch has 70 million.
        members: Files in one archive. Each costs memory before the first is read.
        nesting: Archives in archives: an archive of monthly archives of daily ones.
        ratio: Bytes unpacked for one byte packed. Text packs to a tenth, a table of zeros to a fiftieth; a bomb to a
            thousandth.
        unsuspicious: Bytes unpacked that are never a bomb, whatever the ratio.
        markup_bytes: Of the main part of a Word file: its markup is up to fifty times as long as the text.
        header_bytes: Head of one WARC record.
        seconds: Time of one answer of the worker: one document, one member, one recognised page.
        memory: Address space of the worker, most of which it never touches.
        large_memory: The same while a program that needs more reads for it (LibreOffice, text recognition).
        worn: Memory that a worker may have touched and still serve another file.
    """

    document_bytes: int = 20_000_000
    text_length: int = 5_000_000
    pages: int = 5_000
    scanned_pages: int = 300
    pixels: int = 80_000_000
    members: int = 100_000
    nesting: int = 3
    ratio: int = 100
    unsuspicious: int = 20_000_000
    markup_bytes: int = 200_000_000
    header_bytes: int = 65_536
    seconds: int = 60
    memory: int = 220_000_000
    large_memory: int = 6_000_000_000
    worn: int = 120_000_000


LIMITS = Limits()


def megabytes(size: int) -> str:
    """Write a size for people.

    >>> megabytes(1_234_567_890), megabytes(45_000)
    ('1,235 MB', '0.045 MB')
    """
    return f"{size / 1e6:,.0f} MB" if size > 1e6 else f"{size / 1e6:.3f} MB"
