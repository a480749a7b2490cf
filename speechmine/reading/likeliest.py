"""Which encoding the bytes are in: they are read in each way that Chinese files are written in, and compared.

Never by a general detector: these take short GBK texts for Korean (cp949). The reading that looks most like Chinese
wins; so does one that leaves out a first half of a character, where a file was cut from a longer one.
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from speechmine.reading.commonness import commonness, likeness

# cp950 is the Big5 of Windows, and big5hkscs that of Hong Kong: where both read the same, the first is it.
_CANDIDATES = ("utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
# Pages that say gb2312 hold GBK, and those that say big5 hold its extensions.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I)
_FOREIGN = re.compile(rb"[\x80-\xff\0]")
_RESTS = re.compile(rb"[\x80-\xbf]{1,3}(?=[\x00-\x7f\xc2-\xf4]|\Z)")
# Where a two-byte encoding is read from an odd place, it comes right at the first byte that is in no character of two
# or four bytes.
_ALONE = re.compile(rb"[\x00-\x2f\x3a-\x3f]")
_HEAD = 400
_SAMPLE = 60_000
# Two characters of GBK may by chance be UTF-8 (联通); so many are not.
_CERTAIN = 8
_VALID_BONUS, _DECLARED_BONUS, _SKIPPED_MALUS = 3.5, 0.5, 0.5
# So much more like Chinese, summed over its characters, must the start of a file be without its first byte.
_GAIN = 3.0


class Reading(NamedTuple):
    """One way to read the bytes.

    Attributes:
        encoding: Python's name of it.
        skipped: How many bytes at the start are the rest of a character that was cut.
        score: How likely the text is: its `likeness`, and what else speaks for it.
        lead: By how much, summed over its characters, it is likelier than any other text.
    """

    encoding: str
    skipped: int = 0
    score: float = 0.0
    lead: float = float("inf")


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


def likeliest(data: bytes) -> Reading:
    """Find the encoding in which the bytes look most like Chinese.

    >>> likeliest("全市重点项目调度会".encode("gbk")[1:])[:2]
    ('gb18030', 1)
    """
    rests = _RESTS.match(data)
    skipped = len(rests[0]) if rests else 0
    valid = b"\0" not in data and is_valid(data[skipped:], "utf-8")
    if valid and _many_characters(data):
        return Reading("utf-8", skipped)
    readings = sorted(_readings(data, skipped, valid), key=lambda reading: -reading.score)
    best = readings[0]
    text = sample(data, best)
    other = next((reading for reading in readings[1:] if sample(data, reading) != text), None)
    size = sum(char > "\x7f" for char in text)
    return best._replace(lead=(best.score - other.score) * size) if other else best


def is_valid(data: bytes, encoding: str) -> bool:
    """Say whether bytes can be read in an encoding without a fault, but for a last character cut off."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeError:
        return False
    return True


def sample(data: bytes, reading: Reading) -> str:
    """Read the part of the bytes that begins with the first character beyond ASCII."""
    first = _FOREIGN.search(data, reading.skipped)
    start = first.start() if first else reading.skipped
    if reading.encoding.startswith(("utf-16", "utf-32")):
        start -= (start - reading.skipped) % 4
    # The decoder is told that more may follow, so that the sample's last character may be cut.
    return codecs.getincrementaldecoder(reading.encoding)("replace").decode(data[start : start + _SAMPLE])


def _many_characters(data: bytes) -> bool:
    return data.isascii() or len(re.findall(rb"[\xc2-\xf4]", data[:_SAMPLE])) >= _CERTAIN


def _readings(data: bytes, rests: int, valid: bool) -> Iterator[Reading]:
    """Read the bytes in every way that comes into question, the likelier ones among equals first."""
    declared = _DECLARED.search(data, 0, 4096)
    preferred = canonical_name(declared[1].decode("ascii")) if declared else None
    bonus = dict.fromkeys((preferred, "cp950" if preferred == "big5hkscs" else None), _DECLARED_BONUS)
    for name in dict.fromkeys((*_CANDIDATES, *([preferred] if preferred else []))):
        skipped = rests if name == "utf-8" else _skipped(data, name)
        more = _VALID_BONUS if name == "utf-8" and valid else -_SKIPPED_MALUS * (skipped > 0)
        try:
            score = likeness(sample(data, Reading(name, skipped)))
        except UnicodeError:  # a page may declare idna or punycode, which read no file
            continue
        yield Reading(name, skipped, score + bonus.get(name, 0.0) + more)


def _skipped(data: bytes, name: str) -> int:
    """Say whether the first byte is the second half of a character of which the first was cut off."""
    wide = name.startswith("utf-16")
    if name not in _CANDIDATES or not (wide or data[:1] > b"\x80"):
        return 0
    head = data[:_HEAD] if wide else _ALONE.split(data[:_HEAD], 1)[0]
    as_is, without = (_total(head[start:].decode(name, "replace")) for start in (0, 1))
    return int(without > as_is + _GAIN)


def _total(text: str) -> float:
    return sum(commonness(char) for char in text if char > "\x7f")
