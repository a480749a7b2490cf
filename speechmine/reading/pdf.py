"""PDF: the text layer, line by line as it is laid out; pages that are only pictures go to text recognition.

The only door to pypdfium2.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.patterns import compiled
from speechmine.reading import recognition
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Alive, Answer, Asked, Text
from speechmine.reading.stored import Stored

if TYPE_CHECKING:
    import pypdfium2

_VISIBLE = compiled(r"\S")
# A page of a scan may have a stamp or a page number as text.
_FEWEST = 8
_DOTS = 200 / 72  # 200 dots an inch; recognition gains nothing by more
# U+FFFE is PDFium's hyphen at a line end, U+0002 its soft one.
_SIGNS = str.maketrans({"\ufffe": "-", "\x02": "-", "\r": None, "\0": None})


def read(stored: Stored, _: Asked) -> Iterator[Answer]:
    """Yield the text of a PDF; a page begins on a line of its own.

    Raises:
        SpeechmineError: It is damaged, encrypted, or has too many pages.
        NotReadError: It is scanned, and text recognition is not installed.
    """
    document = _opened(stored)
    if len(document) > LIMITS.pages:
        raise SpeechmineError(f"has {len(document):,} pages; the limit is {LIMITS.pages:,}", stored.source, "Split it.")
    pages: list[str] = []
    broken: list[int] = []
    for number in range(len(document)):
        try:
            pages.append(_text_of(document, number))
        except RuntimeError:  # PdfiumError: the page is damaged
            pages.append("")
            broken.append(number)
        if number % 100 == 99:
            yield Alive()
    scanned = [number for number, text in enumerate(pages) if len(_VISIBLE.findall(text)) < _FEWEST]
    scanned = [number for number in scanned if number not in broken and _has_picture(document, number)]
    warnings = [f"{_listed(broken)} damaged and not read."] if broken else []
    if scanned:
        yield from _recognised(document, scanned, pages, warnings, stored)
    elif not any(map(_VISIBLE.search, pages)):
        raise SpeechmineError("a PDF without a text", stored.source, "It may be damaged, or hold only drawings.")
    yield Text("\n".join(pages), warnings)


def _opened(stored: Stored) -> "pypdfium2.PdfDocument":
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(stored.data if stored.path is None else stored.path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise SpeechmineError("an encrypted PDF", stored.source, "Save it without its password.") from error
        raise SpeechmineError("a damaged PDF", stored.source, "Get it again, or print it to a new PDF.") from error


def _text_of(document: "pypdfium2.PdfDocument", number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        return str(words.get_text_range()).translate(_SIGNS)
    finally:
        page.close()


def _has_picture(document: "pypdfium2.PdfDocument", number: int) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    page = document[number]
    try:
        return any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))
    finally:
        page.close()


def _recognised(
    document: "pypdfium2.PdfDocument", scanned: list[int], pages: list[str], warnings: list[str], stored: Stored
) -> Iterator[Answer]:
    """Fill the pages that are pictures, or say that they are missing."""
    whole = len(scanned) == len(pages) or not any(map(_VISIBLE.search, pages))
    if not recognition.is_installed():
        if whole:
            raise NotReadError("scanned", stored.source, recognition.HINT)
        warnings.append(f"{_listed(scanned)} scanned and not read. {recognition.HINT}")
        return
    if len(scanned) > LIMITS.scanned_pages:
        what = f"has {len(scanned):,} scanned pages; the limit is {LIMITS.scanned_pages:,}"
        raise SpeechmineError(what, stored.source, "Split it.")
    for number in scanned:
        page = document[number]
        width, height = page.get_size()
        scale = min(_DOTS, (LIMITS.pixels / max(1.0, width * height)) ** 0.5 / 2)
        pages[number] = recognition.text_of(page.render(scale=scale).to_pil())
        page.close()
        yield Alive()
    warnings.append(f"{_listed(scanned)} read by text recognition: check figures against the picture.")


def _listed(numbers: list[int]) -> str:
    """Name pages as people count them.

    >>> _listed([0]), _listed([0, 1, 4]), _listed(list(range(40)))
    ('Page 1 was', 'Pages 1, 2, 5 were', '40 pages were')
    """
    if len(numbers) > 10:
        return f"{len(numbers)} pages were"
    names = ", ".join(str(number + 1) for number in numbers)
    return f"Page {names} was" if len(numbers) == 1 else f"Pages {names} were"
