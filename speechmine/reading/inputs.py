"""What there is to read: files, folders and standard input, in an order that is the same on every machine."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from speechmine.reading.decode import decode
from speechmine.reading.document import Document
from speechmine.reading.files import read_bytes, read_file

STANDARD_INPUT = "-"
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown", ".htm", ".html", ".shtml", ".xhtml"})
# 讲话2021.3.10讲稿 has no suffix: a suffix is a dot and a few Latin letters or digits.
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read, or to skip.

    Attributes:
        source: What records call it: the path inside the folder given, with ``/``; a file's name; ``stdin``.
        path: Where it is; None for standard input.
        skipped: Why it is not read; empty where it is.
    """

    source: str
    path: Path | None
    skipped: str = ""

    def read(self, encoding: str | None = None) -> Document:
        """Read the document.

        Raises:
            SpeechmineError: It is not readable text.
        """
        if self.path is None:
            return read_bytes(sys.stdin.buffer.read(), self.source, encoding)
        return read_file(self.path, self.source, encoding)


def inputs(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input]:
    """List what the paths hold: a file as itself, a folder with all in it, ``-`` as standard input.

    A folder is walked in the order of the names. Hidden entries, links to folders, special files and files whose suffix
    says that they are no text are listed as skipped, with the reason; a file given by name is never skipped.
    """
    for path in paths:
        if os.fspath(path) == STANDARD_INPUT:
            yield Input("stdin", None)
        elif os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises on names with a NUL
            yield from _walked(Path(path), "")
        else:
            yield Input(_readable(Path(path).name), Path(path))


def _walked(folder: Path, inside: str) -> Iterator[Input]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Input(inside or ".", folder, f"cannot be opened ({(error.strerror or str(error)).lower()})")
        return
    for entry in entries:
        source = inside + _readable(entry.name)
        reason = _reason_to_skip(entry)
        if not reason and entry.is_dir(follow_symlinks=False):
            yield from _walked(Path(entry.path), f"{source}/")
        else:
            yield Input(source, Path(entry.path), reason)


def _reason_to_skip(entry: "os.DirEntry[str]") -> str:
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_dir():
        return "a link to a folder" if entry.is_symlink() else ""
    if not entry.is_file():
        return "a broken link" if entry.is_symlink() else "not a regular file"
    suffix = _SUFFIX.search(entry.name)
    return f"{suffix[0]} is not a text suffix" if suffix and suffix[0].lower() not in _TEXT_SUFFIXES else ""


def _readable(name: str) -> str:
    """Read a file name that is not UTF-8, as old archives unpack them, like a text."""
    return name if name.isprintable() else decode(os.fsencode(name)).text
