"""Workbooks that people have worked in: read with all their formats, written so that the same contents give the same bytes."""

import re
import warnings
import zlib
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from speechmine.errors import SpeechmineError
from speechmine.exporting.ledger.tables import told

try:
    from openpyxl import Workbook, load_workbook
except ImportError as error:
    raise SpeechmineError("openpyxl is not installed", "--update", "pip install 'speechmine[trackers]'") from error

_LARGEST = 500_000_000
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What zipfile and openpyxl raise over damaged bytes; found by damaging workbooks.
_DAMAGED = (
    BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, AttributeError, SyntaxError, RuntimeError,
)  # fmt: skip
# What openpyxl reads past and would not write again.
_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")
_ANCHORED = re.compile(rb"<(?:\w+:)?(?:sp|pic|cxnSp|graphicFrame)[ >]")
_LATER = re.compile(rb"<(x14:(?:dataValidation|conditionalFormatting|sparkline))[ >]")
_LOST = ("xl/threadedComments/", "xl/ctrlProps/", "xl/activeX/", "xl/slicers/", "xl/embeddings/", "xl/diagrams/")


def open_book(path: Path) -> Workbook:
    """Read a workbook with its formulas and formats.

    Raises:
        SpeechmineError: It cannot be read.
    """
    hint = "Give the .xlsx that `speechmine export ledger` made."
    try:
        with (
            path.open("rb") as file,
            warnings.catch_warnings(),
        ):  # openpyxl leaves a damaged file open that it opened itself
            with ZipFile(file) as packed:
                if sum(item.file_size for item in packed.infolist()) > _LARGEST:
                    raise SpeechmineError("too large to be a ledger", str(path), hint)
            # What it cannot keep, `not_kept` tells.
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(file, rich_text=True, keep_vba=path.suffix.lower() == ".xlsm")
    except OSError as error:
        raise SpeechmineError((error.strerror or "cannot be read").lower(), str(path), hint) from error
    except _DAMAGED as error:
        raise SpeechmineError("not an Excel workbook", str(path), hint) from error


def not_kept(path: Path, data: bytes) -> list[str]:
    """Name what stands in a workbook and is no longer in the bytes written anew."""
    with ZipFile(path) as before, ZipFile(BytesIO(data)) as after:
        lost = {part for part in _LOST for name in before.namelist() if name.startswith(part)}
        return sorted(lost | set(_drawn(before) - _drawn(after)))


def _drawn(packed: ZipFile) -> Counter[str]:
    """Count the pictures, drawings and things in them, and what later versions of Excel added to sheets."""
    counts: Counter[str] = Counter()
    for name in packed.namelist():
        if name.startswith("xl/media/"):
            counts["xl/media/"] += 1
        elif _DRAWING.fullmatch(name):
            counts["xl/drawings/"] += len(_ANCHORED.findall(packed.read(name)))
        elif name.startswith("xl/worksheets/sheet"):
            counts.update(found.decode() for found in _LATER.findall(packed.read(name)))
    return counts


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook, the same for the same contents."""
    made, out = BytesIO(), BytesIO()
    book.save(made)
    with ZipFile(made) as packed, ZipFile(out, "w") as again:
        for item in packed.infolist():
            fixed = ZipInfo(item.filename, _EPOCH)
            fixed.compress_type, fixed.external_attr = item.compress_type, item.external_attr
            data = packed.read(item)
            if item.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\2", data)
            again.writestr(fixed, data)
    return out.getvalue()


def cell_text(value: object) -> str:
    """Return what a cell read from a workbook holds, as `told` gives what is written there."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return told(Decimal(str(value)))
        case datetime():
            return told(value.date()) if value.time() == datetime.min.time() else value.isoformat(" ")
        case date():
            return told(value)
        case _:
            return told(str(value))
