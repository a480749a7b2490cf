"""How commands write: a file or folder appears under its name only when it is whole, and nobody's other files go."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from speechmine.cli_rules import printable
from speechmine.errors import SpeechmineError


def written(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file that appears under its name only when it is whole."""
    with _writable(path):
        path = path.resolve()
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        handle, name = tempfile.mkstemp(prefix=_prefix(path), dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                for part in (data,) if isinstance(data, bytes) else data:
                    out.write(part)
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def written_folder(folder: Path, files: dict[str, str], lines: Iterable[tuple[str, bytes]]) -> None:
    """Write lines to files of a folder; each line comes with the name of its table."""
    with whole_folder(folder, set(files)) as aside, contextlib.ExitStack() as stack:
        outs = {table: stack.enter_context((aside / name).open("wb")) for name, table in files.items()}
        for table, line in lines:
            outs[table].write(line)


@contextlib.contextmanager
def whole_folder(folder: Path, names: set[str]) -> Iterator[Path]:
    """Give a folder to write in that appears under its name only when all is in it; nobody's other files go."""
    if folder.exists() and (not folder.is_dir() or {path.name for path in folder.iterdir()} - names):
        raise SpeechmineError("exists and holds other things", str(folder), "Name a new folder.")
    with _writable(folder):
        folder = folder.resolve()
        aside = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
        try:
            yield aside
            aside.chmod(0o755)
            _put_in_place(aside, folder)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise


def _put_in_place(new: Path, folder: Path) -> None:
    """Give a folder its name; the former one goes only when that is done."""
    former = new.with_name(f"{new.name}.former")
    if folder.exists():
        folder.rename(former)
    try:
        new.rename(folder)
    except BaseException:
        if former.exists():
            former.rename(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _prefix(path: Path) -> str:
    """Return how the name begins under which a file or folder is made: short, as names may be long already."""
    return f".{path.name[:40]}."


@contextlib.contextmanager
def _writable(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"cannot be written ({(error.strerror or str(error)).lower()})"
        raise SpeechmineError(what, str(place), "Name a writable place.") from error


def say(message: str) -> None:
    """Tell the person at the terminal."""
    click.echo(printable(message), err=True)
