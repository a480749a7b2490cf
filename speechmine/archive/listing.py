"""What there is to read: folders, files and patterns, one by one and in one order, however many."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from speechmine.errors import SpeechmineError
from speechmine.reading import Input, inputs

_MAGIC = re.compile(r"[*?\[]")
_PIECES = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]/]+\]|[^*?\[]+|\[")


def listed(paths: Iterable[Path]) -> Iterator[Input]:
    """Yield the inputs, in the order of the paths; a folder or pattern in the order of names.

    Raises:
        SpeechmineError: A path leads nowhere, or a pattern matches nothing: an archive that is not there today must not
            be taken for one that was emptied.
    """
    for path in paths:
        if _MAGIC.search(str(path)) and not path.exists():
            yield from _matching(path)
        elif path.exists():
            yield from inputs([path])
        else:
            raise SpeechmineError("there is no such file or folder", str(path), "Check the key inputs of the run file.")


def pattern(words: str) -> re.Pattern[str]:
    """Compile a pattern of paths: ``*`` and ``?`` stay in one folder, ``**/`` goes down any number.

    >>> bool(pattern("**/*.txt").fullmatch("2021/03/a.txt")), bool(pattern("*.txt").fullmatch("2021/a.txt"))
    (True, False)
    >>> bool(pattern("讲话[0-9]?.txt").fullmatch("讲话1a.txt"))
    True
    """
    return re.compile("".join(map(_translated, _PIECES.findall(words))))


def _translated(piece: str) -> str:
    fixed = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if piece in fixed:
        return fixed[piece]
    if piece.startswith("[") and piece.endswith("]"):
        inner = piece[1:-1].replace("\\", "\\\\")
        return f"[{'^' + inner[1:] if inner[0] == '!' else inner}]"
    return re.escape(piece)


def root(path: Path) -> Path:
    """Return the path, or the last folder that stands before a pattern.

    >>> str(root(Path("2021/*/a.txt"))), str(root(Path("2021/a.txt")))
    ('2021', '2021/a.txt')
    """
    if path.exists():
        return path
    return Path(*takewhile(lambda part: not _MAGIC.search(part), path.parts))


def _matching(path: Path) -> Iterator[Input]:
    """Yield what a pattern matches, named from the last folder that stands before it."""
    folder = root(path)
    wanted = pattern("/".join(path.parts[len(folder.parts) :]))
    found = False
    for item in inputs([folder]):
        if wanted.fullmatch(item.source) and not item.skipped:
            found = True
            yield item
    if not found:
        raise SpeechmineError("nothing matches", str(path), "Check the key inputs of the run file.")
