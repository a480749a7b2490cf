"""What there is to read: files, folders and standard input, in an order that is the same on every machine."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.patterns import compiled
from speechmine.reading.decode import decode
from speechmine.reading.document import Document
from speechmine.reading.documents import documents
from speechmine.reading.limits import LIMITS, megabytes
from speechmine.reading.messages import Asked
from speechmine.reading.stored import Stored, stored_file

STANDARD_INPUT = "-"
# What a file is, its bytes say; but that a text is a program or a style sheet, which saved pages bring along, only its name.
_PROGRAM_SUFFIXES = frozenset({".css", ".js", ".mjs", ".ts", ".map", ".svg", ".py", ".sh", ".bat", ".ini", ".sql"})
# 讲话2021.3.10讲稿 has no suffix: a suffix is a dot and a few Latin letters or digits.
_SUFFIX = compiled(r"\.[A-Za-z0-9]{1,8}$")


class Input(msgspec.Struct, frozen=True):
    """One thing to read, or to skip.

    Attributes:
        source: What records call it: the path inside the folder given, with ``/``; a file's name; ``stdin``.
        path: Where it is; None for standard input.
        skipped: Why it is not read, on purpose; empty where it is.
        failed: Why it cannot be read; empty where it can, as far as is known.
    """

    source: str
    path: Path | None
    skipped: str = ""
    failed: str = ""

    def documents(self, asked: Asked | None = None) -> Iterator[Document | SpeechmineError]:
        """Yield every document in it, and for all that is not read the reason (`NotReadError` where on purpose)."""
        if self.skipped:
            yield NotReadError(self.skipped, self.source)
            return
        if self.failed:
            yield SpeechmineError(self.failed, self.source, "Ask its owner for the right to read it, or leave it out.")
            return
        try:
            stored = self._stored()
        except SpeechmineError as error:
            yield error
            return
        yield from documents(stored, asked)

    def _stored(self) -> Stored:
        if self.path is not None:
            return stored_file(self.path, self.source)
        data = sys.stdin.buffer.read(LIMITS.document_bytes + 1)
        if len(data) > LIMITS.document_bytes:  # not cut: an archive would look damaged
            what = f"more than {megabytes(LIMITS.document_bytes)}"
            raise SpeechmineError(what, self.source, "Give it as a file, or split it into its documents.")
        return Stored(self.source, data=data)


def inputs(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input]:
    """List what the paths hold: a file as itself, a folder with all in it, ``-`` as standard input.

    A folder is walked in the order of the names. Hidden entries, links to folders, special files and programs are
    listed as skipped, with the reason; a file given by name is never skipped for its name.
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
        reason = f"cannot be opened ({(error.strerror or str(error)).lower()})"
        yield Input(inside or ".", folder, failed=reason)
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
    return f"{suffix[0]} is the suffix of a program" if suffix and suffix[0].lower() in _PROGRAM_SUFFIXES else ""


def _readable(name: str) -> str:
    """Read a file name that is not UTF-8, as old archives unpack them, like a text."""
    return name if name.isprintable() else decode(os.fsencode(name)).text
