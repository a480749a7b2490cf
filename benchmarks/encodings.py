"""Write texts in every encoding, cut them, read them again: `python benchmarks/encodings.py SEEDS ARCHIVE`.

The seeds and 40 texts of the archive, whole and cut to 400 and to 60 characters (five cuts a text, at places drawn once
and for all); traditional texts in Big5 as well, and in the two ways that Windows and Hong Kong extend it. A reading is
right when every character is back. Of those that are not it is counted how many carry a warning. Rows that begin with
`cut` lose half a character: right is then every other character, with a warning. Rows with `read as` were decoded
wrongly once and saved as UTF-8; what that lost must come back as U+FFFD, and be warned of.
"""

import random
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from speechmine.cleaning import script_of
from speechmine.reading import Decoded, decode

LENGTHS = (60, 400, None)
ARCHIVED, CUTS = 40, 5
Writer = Callable[[str], bytes]


def written_in(encoding: str) -> Writer:
    return lambda text: text.encode(encoding, "ignore")


def cut(encoding: str, start: int, end: int) -> Writer:
    return lambda text: text.encode(encoding, "ignore")[start : -end or None]


def read_as(wrong: str, right: str) -> Writer:
    return lambda text: text.encode(right, "ignore").decode(wrong, "replace").encode()


def as_browsers_read(right: str) -> Writer:
    """Read as windows-1252, with a control character for each of the five bytes that it lacks."""

    def write(text: str) -> bytes:
        data = text.encode(right, "ignore")
        return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data).encode()

    return write


WRITERS: dict[str, Writer] = {
    "utf-8": written_in("utf-8"),
    "utf-8 with mark": written_in("utf-8-sig"),
    "gb18030": written_in("gb18030"),
    "big5": written_in("big5"),
    "big5hkscs": written_in("big5hkscs"),
    "cp950": written_in("cp950"),
    "utf-16 with mark": written_in("utf-16"),
    "utf-16-le": written_in("utf-16-le"),
    "utf-16-be": written_in("utf-16-be"),
    "cut utf-8, end": cut("utf-8", 0, 1),
    "cut utf-8, start": cut("utf-8", 1, 0),
    "cut gb18030, end": cut("gb18030", 0, 1),
    "cut gb18030, start": cut("gb18030", 1, 0),
    "cut big5hkscs, start": cut("big5hkscs", 1, 0),
    "cut utf-16-le, start": cut("utf-16-le", 1, 0),
    "utf-8 read as latin-1": read_as("latin-1", "utf-8"),
    "utf-8 read as cp1252": as_browsers_read("utf-8"),
    "utf-8 read as gb18030": read_as("gb18030", "utf-8"),
    "utf-8 read as gbk": read_as("gbk", "utf-8"),
    "gb18030 read as cp1252": as_browsers_read("gb18030"),
    "big5 read as cp1252": as_browsers_read("big5hkscs"),
    "big5 read as gb18030": read_as("gb18030", "big5hkscs"),
}


def kept_by(text: str, name: str) -> str:
    """Leave out the characters that an encoding does not have."""
    encoding = next((word for word in ("big5hkscs", "big5", "cp950") if word in name), "utf-8")
    return text.encode(encoding, "ignore").decode(encoding)


def texts(seeds: Path, archive: Path) -> list[str]:
    """Read the seeds, and 40 texts from all over the archive."""
    paths = sorted(archive.rglob("*.txt"))
    paths = sorted(seeds.glob("*.txt")) + paths[:: max(1, len(paths) // ARCHIVED)][:ARCHIVED]
    return [path.read_text("utf-8") for path in paths]


def cuts(text: str, length: int | None) -> Iterator[str]:
    """Yield pieces of a text; none that is mere blanks and digits."""
    if length is None or len(text) <= length:
        yield text
        return
    chance = random.Random(len(text))
    pieces = (text[at : at + length] for at in iter(lambda: chance.randrange(len(text) - length), None))
    yield from islice((piece for piece in pieces if not piece.isascii()), CUTS)


def is_right(name: str, text: str, decoded: Decoded) -> bool:
    """Say whether every character is back that the bytes still hold, and whether it is said that others are not."""
    if name.startswith("cut"):
        kept, lost = (text[1:], text[0]) if name.endswith("start") else (text[:-1], text[-1])
        # The second half of a character may be the byte of a letter: nobody can tell that 們 stood before E九二年.
        letter = name.endswith("start") and decoded.text[1:] == kept and decoded.text[0].isascii()
        return letter or (decoded.text.strip("\ufffd") == kept and bool(decoded.warnings or lost.isascii()))
    if " read as gb" in name:
        return decoded.text == text or (bool(decoded.warnings) and only_lost(decoded.text, text))
    return decoded.text == text


def only_lost(found: str, text: str) -> bool:
    """Say whether a text is the other but for at most a quarter of it, each lost character written as U+FFFD."""
    rest = iter(text)
    return found.count("\ufffd") * 4 <= len(text) and all(char in rest for char in found if char != "\ufffd")


def row(name: str, everything: Iterable[str], length: int | None, misses: bool) -> tuple[int, int, int]:
    """Return how many readings were right, how many there were, and how many of the wrong ones gave no warning."""
    right = total = silent = 0
    for text in (kept_by(piece, name) for one in everything for piece in cuts(one, length)):
        decoded = decode(WRITERS[name](text))
        good = is_right(name, text, decoded)
        right, total, silent = right + good, total + 1, silent + (not good and not decoded.warnings)
        if misses and not good:
            print(f"  {name} {length}: {decoded.encoding} {decoded.warnings} {text[:30]!r} {decoded.text[:30]!r}")
    return right, total, silent


def main() -> None:
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    everything = texts(*folders)
    traditional = [text for text in everything if script_of(text) == "hant"]
    print(f"{len(everything)} texts, {len(traditional)} of them traditional; right/total, (wrong without a warning)")
    print(f"{'':24}" + "".join(f"{length or 'whole':>20}" for length in LENGTHS))
    sums = [0, 0, 0]
    for name in WRITERS:
        written = traditional if "big5" in name or name == "cp950" else everything
        cells = [row(name, written, length, "--misses" in sys.argv) for length in LENGTHS]
        sums = [before + sum(more) for before, more in zip(sums, zip(*cells, strict=True), strict=True)]
        print(f"{name:24}" + "".join(f"{good:>10}/{all_}{f' ({silent})':>6}" for good, all_, silent in cells))
    print(f"all: {sums[0] / sums[1]:.2%} of {sums[1]:,} right; {sums[2]} wrong ones give no warning")


if __name__ == "__main__":
    main()
