"""Pictures: photographs of pages and screenshots, by text recognition where it is installed."""

from collections.abc import Iterator

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading import recognition
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Alive, Answer, Asked, Text
from speechmine.reading.stored import Stored

_RECOGNISED = "Read by text recognition: check figures against the picture."


def read(stored: Stored, _: Asked) -> Iterator[Answer]:
    """Yield the text of a picture, of each of its pages.

    Raises:
        NotReadError: Text recognition is not installed, or there is no text in the picture.
        SpeechmineError: It is damaged, or has too many points.
    """
    if not recognition.is_installed():
        raise NotReadError("scanned", stored.source, recognition.HINT)
    from PIL import Image, ImageSequence, UnidentifiedImageError

    pages = []
    try:
        with stored.open() as file, Image.open(file) as picture:
            for number, page in enumerate(ImageSequence.Iterator(picture)):
                if page.width * page.height > LIMITS.pixels or number >= LIMITS.scanned_pages:
                    raise SpeechmineError("too large a picture", stored.source, "Give it in parts.")
                pages.append(recognition.text_of(page))
                yield Alive()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise SpeechmineError("a damaged picture", stored.source, "Get it again.") from error
    if not any(pages):
        raise NotReadError("a picture without a text", stored.source)
    yield Text("\n".join(pages), [_RECOGNISED])
