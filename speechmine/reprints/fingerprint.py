"""A text in 64 numbers, most of them the same for nearly the same text.

What counts of a text are its Han characters and digits, furniture aside: line breaks, punctuation and page differ from
one reprint to the next. Every run of eight of them has a hash, which puts it into one of 64 bins and into an order; of
each bin the first run is kept, as a mark (MinHash with one permutation). Two texts agree in about that share of their
marks which they have in common of all their runs.

Most runs need no hash: those that begin with one of a few common characters come first in the order, and a text of some
thousand characters has enough of them to fill all bins. Fingerprints then cost a tenth of hashing every run. In two texts
joined, the one with more of these characters weighs more: what one text is to the other is told by their sizes too.
"""

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from speechmine.patterns import compiled
from speechmine.spans import Span

RUN = 8
"""Characters of a run. Shorter ones repeat the genre's formulas; longer ones lose more to a damaged character."""

MARKS = 64
"""Marks of a fingerprint: they tell the likeness of two texts to about 0.06."""

SHORTEST = 100
"""A text with fewer characters that count is like another only if these are all the same."""

_NOT_COUNTED = compiled("[^0-9〇㐀-䶿一-鿿]+")
# One character in sixteen or so, whatever the text is about, in speeches of any year and either shore.
_COMMON = compiled("[的和一在有以为等]")
_LATER = 1 << 63


class Fingerprint(msgspec.Struct, frozen=True):
    """What is kept of a text to recognise it by.

    Attributes:
        size: How many characters of it count.
        marks: For each of the 64 bins the first hash in it, from 1 to 2**32 - 1; 0 where a short text has none.
    """

    size: int
    marks: tuple[int, ...]


def fingerprint(text: str, furniture: Iterable[Span] = ()) -> Fingerprint | None:
    r"""Take the fingerprint of a clean text; None where nothing of it counts.

    Args:
        text: The text as `clean` leaves it: simplified, with half-width digits.
        furniture: The parts of it that are not the text proper, in order of place.

    >>> notice = "各单位要做好防汛工作,确保安全。"
    >>> fingerprint(notice) == fingerprint("各单位要做好防汛\n工作，确保安全！首页", [Span(17, 19)])
    True
    """
    counted = _NOT_COUNTED.sub("", "".join(_outside(text, furniture)))
    if not counted:
        return None
    return Fingerprint(len(counted), _exact(counted) if len(counted) < SHORTEST else _firsts(counted))


def _outside(text: str, furniture: Iterable[Span]) -> Iterator[str]:
    done = 0
    for span in furniture:
        yield text[done : span.start]  # empty where two spans overlap
        done = max(done, span.end)
    yield text[done:]


def _exact(counted: str) -> tuple[int, ...]:
    """Return four marks that another text shares only if it is the same: one would match by chance some day."""
    digest = hashlib.blake2b(counted.encode(), digest_size=16).digest()
    return (*(int.from_bytes(digest[at : at + 4], "big") or 1 for at in range(0, 16, 4)), *[0] * (MARKS - 4))


def _firsts(counted: str) -> tuple[int, ...]:
    ends = len(counted) - RUN + 1
    common = {counted[place.start() : place.start() + RUN] for place in _COMMON.finditer(counted, 0, ends)}
    first = _first_by_bin([_hash(run) >> 1 for run in common])
    if len(first) < MARKS:
        others = {counted[at : at + RUN] for at in range(ends)} - common
        first = _first_by_bin([_hash(run) >> 1 | _LATER for run in others]) | first
    # The bin is in the lowest six bits and the order in the highest: the marks of a bin differ in those between.
    return tuple((first[bin] >> 6 & 0xFFFFFFFF) or 1 if bin in first else 0 for bin in range(MARKS))


def _first_by_bin(hashes: Iterable[int]) -> dict[int, int]:
    return {each % MARKS: each for each in sorted(hashes, reverse=True)}


def _hash(run: str) -> int:
    """Hash to 64 bits, the same on every machine and in every process, which ``hash`` is not."""
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big")
