"""From bytes to text: which encoding it is, what was decoded wrongly before, and what could not be read."""

import codecs

import msgspec
from msgspec.structs import replace

from speechmine.errors import SpeechmineError
from speechmine.reading.commonness import likeness
from speechmine.reading.likeliest import Reading, canonical_name, is_valid, likeliest
from speechmine.reading.mojibake import undone
from speechmine.records import Repair

# UTF-32 before UTF-16: FF FE 00 00 begins like FF FE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_UNMARKED = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le", "ascii": "utf-8"}
_SAMPLE = 60_000
# Less like Chinese than this, on average, or ahead of another reading by less, over all: then it is only a guess.
_SURE, _AHEAD = 1.0, 2.0


class Decoded(msgspec.Struct, frozen=True):
    """A text, how it was decoded, what was lost (in sentences), and what was decoded wrongly before and is put right."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


def decode(data: bytes, encoding: str | None = None, where: str = "input") -> Decoded:
    """Read the bytes of one document as text.

    The order: a byte order mark; UTF-8; else the best of UTF-8 with faults, GB18030, Big5 and UTF-16 without a mark, by
    how likely each reading is as Chinese; an encoding that the page declares is preferred among equals. Bytes that
    cannot be read become U+FFFD, with a warning that counts them. Text that was read in a wrong encoding before it was
    saved is put right here and not in the cleaning: a quote of 鍏ㄥ競 would be of no use to anybody, and 全市 is what
    the bytes say once every reading of them is known.

    Args:
        data: The bytes of the document.
        encoding: Decode in this encoding and in no other; nothing is put right.
        where: Name of the document, for errors.

    Raises:
        SpeechmineError: There is no such encoding, or the bytes are not in it.

    >>> decode("全市重点项目调度会".encode("gbk"))
    Decoded(text='全市重点项目调度会', encoding='gb18030', warnings=(), repairs=())
    """
    if encoding is not None:
        return _forced(data, encoding, where)
    reading, start = _marked(data) or (likeliest(data), 0)
    if not start and data.startswith(codecs.BOM_UTF8):  # a mark that is not believed
        data = data.removeprefix(codecs.BOM_UTF8)
        reading = likeliest(data)
    decoded, lost = _lossy(data[start:], reading)
    decoded = _with_losses(_put_right(decoded), lost)
    if _is_sure(decoded, reading):
        return decoded
    warning = f"The encoding is uncertain: read as {decoded.encoding}. If the text looks wrong, try --encoding."
    return replace(decoded, warnings=(*decoded.warnings, warning))


def _marked(data: bytes) -> tuple[Reading, int] | None:
    """Return the reading that a byte order mark names, and the length of the mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            # Editors put the mark of UTF-8 before text that is GBK, too: then the mark is not believed.
            if name != "utf-8" or is_valid(rest, name) or likeliest(rest).encoding == name:
                return Reading(name), len(mark)
    return None


def _put_right(decoded: Decoded) -> Decoded:
    """Put right what was read in a wrong encoding before the file was saved."""
    before = undone(decoded.text)
    if before is None:
        return decoded
    encoding = f"{decoded.encoding} ({before.how})" if before.whole else decoded.encoding
    counts = {"mojibake": before.places, "mojibake-flagged": before.lost}
    repairs = tuple(Repair(kind=kind, count=count) for kind, count in counts.items() if count)
    return replace(decoded, text=before.text, encoding=encoding, repairs=repairs)


def _with_losses(decoded: Decoded, lost: int) -> Decoded:
    """Say how many characters had been lost before, beside those lost now."""
    before = decoded.text.count("\ufffd") - lost
    if before <= 0:
        return decoded
    warning = f"{before} characters were lost before the file was written (they stand as U+FFFD)."
    return replace(decoded, warnings=(*decoded.warnings, warning))


def _forced(data: bytes, encoding: str, where: str) -> Decoded:
    name = canonical_name(encoding)
    if name is None:
        hint = "Common ones are utf-8, gb18030, big5 and utf-16; without --encoding it is found out."
        raise SpeechmineError(f"there is no encoding named {encoding!r}", where, hint)
    for mark, marked in _MARKS:
        if data.startswith(mark) and name in {marked, marked.removesuffix("-le").removesuffix("-be")}:
            data, name = data[len(mark) :], marked
            break
    name = _UNMARKED.get(name, name)
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        what = f"not {encoding.upper()} (byte 0x{data[error.start]:02X} at {error.start})"
    except UnicodeError:
        what = f"not {encoding.upper()}"
    raise SpeechmineError(what, where, f"Leave --encoding out, or try --encoding {likeliest(data).encoding}.")


def _lossy(data: bytes, reading: Reading) -> tuple[Decoded, int]:
    """Read the bytes, with U+FFFD for what cannot be read; and count these."""
    name, skipped = reading.encoding, min(reading.skipped, 1)
    warnings, lost = ["The file begins in the middle of a character; it is read as U+FFFD."][:skipped], skipped
    data = data[reading.skipped :]
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        unread = text.count("\ufffd") - _already_lost(data, name)
        cut = unread == 1 and text.endswith("\ufffd")
        warnings.append(_loss(unread, name, error.start + reading.skipped, cut))
        lost += unread
    return Decoded("\ufffd" * skipped + text.removeprefix("\ufeff"), name, tuple(warnings)), lost


def _is_sure(decoded: Decoded, reading: Reading) -> bool:
    sample = decoded.text[:_SAMPLE]
    if (reading.encoding == "utf-8" and not decoded.warnings) or sample.isascii():
        return True
    return likeness(sample) > _SURE and reading.lead > _AHEAD


def _already_lost(data: bytes, name: str) -> int:
    """Count the U+FFFD that the file itself holds."""
    try:
        return data.count("\ufffd".encode(name))
    except UnicodeEncodeError:
        return 0


def _loss(lost: int, name: str, first: int, cut: bool) -> str:
    if cut:
        return f"The file ends in the middle of a character (at byte {first}); it is read as U+FFFD."
    return f"{lost} places cannot be read as {name}, the first at byte {first}; they are read as U+FFFD."
