"""Text recognition for scanned pages and pictures; the only door to rapidocr, which the extra `speechmine[ocr]` installs.

Its models come inside its wheel, and the loader is given their places, so that it never looks for them anywhere else.
"""

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from speechmine.reading.confined import limit_memory
from speechmine.reading.limits import LIMITS

if TYPE_CHECKING:
    from PIL.Image import Image
    from rapidocr import RapidOCR

HINT = "To read scanned pages, install text recognition: pip install 'speechmine[ocr]'."


def is_installed() -> bool:
    """Say whether text can be recognised here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> "RapidOCR":
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def text_of(picture: "Image") -> str:
    """Return the text of a picture, from top to bottom; what stands on one line is joined by blanks."""
    limit_memory(LIMITS.large_memory)
    found = _engine()(picture.convert("RGB"))
    if found.txts is None or found.boxes is None:
        return ""
    pieces = [
        (float(box[:, 1].mean()), float(box[:, 0].min()), float(box[:, 1].max() - box[:, 1].min()), str(text))
        for box, text in zip(found.boxes, found.txts, strict=True)
    ]
    return lines_of(pieces)


def lines_of(pieces: list[tuple[float, float, float, str]]) -> str:
    r"""Join what was recognised: each piece is its middle from above, its left edge, its height and its text.

    >>> lines_of([(12.0, 90.0, 10.0, "落实"), (10.0, 5.0, 10.0, "抓好"), (30.0, 5.0, 10.0, "一、")])
    '抓好 落实\n一、'
    """
    lines: list[list[tuple[float, float, float, str]]] = []
    for piece in sorted(pieces):
        if lines and piece[0] - lines[-1][0][0] < lines[-1][0][2] / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return "\n".join(" ".join(text for *_, text in sorted(line, key=lambda piece: piece[1])) for line in lines)
