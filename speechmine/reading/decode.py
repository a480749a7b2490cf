"""From bytes to text: which encoding it is, and what could not be read.

Never by a general detector: these take short GBK texts for Korean (cp949). The bytes are read in each way that Chinese
files are written in, and the reading that looks most like Chinese wins.
"""

import codecs
import re
from dataclasses import dataclass

from speechmine.errors import SpeechmineError
from speechmine.reading.commonness import likeness

# UTF-32 before UTF-16: FF FE 00 00 begins like FF FE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Pages that say gb2312 hold GBK, and those that say big5 hold its extensions.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
_UNMARKED = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le", "ascii": "utf-8"}
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I)
_SAMPLE = 60_000
# Bytes of another encoding are never valid UTF-8 by chance for longer than this.
_LONG = 200
_VALID_BONUS, _DECLARED_BONUS = 3.5, 0.5
_SURE = 1.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, how it was decoded, and what was lost (in sentences)."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None, where: str = "input") -> Decoded:
    """Read the bytes of one document as text.

    The order: a byte order mark; UTF-8; else the best of UTF-8 with faults, GB18030, Big5 and UTF-16 without a mark, by
    how likely each reading is as Chinese; an encoding that the page declares is preferred among equals. Bytes that
    cannot be read become U+FFFD, with a warning that counts them.

    Args:
        data: The bytes of the document.
        encoding: Decode in this encoding and in no other.
        where: Name of the document, for errors.

    Raises:
        SpeechmineError: There is no such encoding, or the bytes are not in it.

    >>> decode("全市重点项目调度会".encode("gbk"))
    Decoded(text='全市重点项目调度会', encoding='gb18030', warnings=())
    """
    if encoding is not None:
        return _forced(data, encoding, where)
    for mark, name in _MARKS:
        # Editors put the mark of UTF-8 before text that is GBK, too: then the mark is not believed.
        if data.startswith(mark) and (name != "utf-8" or _best(data[len(mark) :]) == "utf-8"):
            return _lossy(data[len(mark) :], name)
    data = data.removeprefix(codecs.BOM_UTF8)
    decoded = _lossy(data, _best(data))
    if _is_sure(decoded):
        return decoded
    warning = f"The encoding is uncertain: read as {decoded.encoding}. If the text looks wrong, try --encoding."
    return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, warning))


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
    raise SpeechmineError(what, where, f"Leave --encoding out, or try --encoding {_best(data)}.")


def canonical_name(encoding: str) -> str | None:
    """Return Python's name of a text encoding, of its superset where pages mean that; None when there is no such one.

    >>> canonical_name("GB2312"), canonical_name("UTF8"), canonical_name("klingon"), canonical_name("rot13")
    ('gb18030', 'utf-8', None, None)
    """
    try:
        name = codecs.lookup(encoding.strip()).name
        b"a".decode(name)
    except UnicodeError:
        pass
    except (LookupError, ValueError):  # unknown, or a codec of bytes like rot13
        return None
    return _SUPERSETS.get(name, name)


def _best(data: bytes) -> str:
    """Name the encoding in which the bytes look most like Chinese."""
    valid = b"\0" not in data and _is_utf8(data)
    if valid and (len(data) > _LONG or data.isascii()):
        return "utf-8"
    declared = _DECLARED.search(data, 0, 4096)
    preferred = canonical_name(declared[1].decode("ascii")) if declared else None
    bonus = {preferred: _DECLARED_BONUS, "utf-8": _VALID_BONUS if valid else 0.0}
    names = dict.fromkeys((*_CANDIDATES, *([preferred] if preferred else [])))
    return max(names, key=lambda name: _score(data, name) + bonus.get(name, 0.0))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _score(data: bytes, name: str) -> float:
    first = re.search(rb"[\x80-\xff\0]", data)
    start = first.start() if first else 0
    if name.startswith(("utf-16", "utf-32")):
        start -= start % 4
    # The decoder is told that more may follow, so that the sample's last character may be cut.
    try:
        return likeness(codecs.getincrementaldecoder(name)("replace").decode(data[start : start + _SAMPLE]))
    except UnicodeError:  # a page may declare idna or punycode, which read no file
        return float("-inf")


def _lossy(data: bytes, name: str) -> Decoded:
    warnings, lost = [], 0
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        lost = text.count("\ufffd") - _already_lost(data, name)
        warnings.append(_loss(lost, name, error.start, lost == 1 and text.endswith("\ufffd")))
    before = text.count("\ufffd") - lost
    if before > 0:
        warnings.append(f"{before} characters were lost before the file was written (they stand as U+FFFD).")
    return Decoded(text.removeprefix("\ufeff"), name, tuple(warnings))


def _is_sure(decoded: Decoded) -> bool:
    sample = decoded.text[:_SAMPLE]
    return (decoded.encoding == "utf-8" and not decoded.warnings) or sample.isascii() or likeness(sample) > _SURE


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
