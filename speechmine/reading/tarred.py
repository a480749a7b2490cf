"""Tar archives, read as a stream: nothing is unpacked to disk, and links lead nowhere."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Member, Refused
from speechmine.reading.packed import decoded_name, is_hidden, label, nothing_in, refuse_many
from speechmine.reading.stored import Stored, too_large


def read(stored: Stored, _: Asked) -> Iterator[Answer]:
    """Yield the members of a tar archive in their order."""
    with stored.open() as file:
        yield from members(file, stored.source)


def members(file: BinaryIO, source: str) -> Iterator[Answer]:
    """Yield the members of a stream; where it is damaged, what came before, and a refusal of the rest."""
    number = 0
    try:
        with tarfile.open(fileobj=file, mode="r|", encoding="utf-8") as archive:
            for entry in archive:
                archive.members = []  # type: ignore[attr-defined]  # it would remember them all
                if entry.isdir():
                    continue
                number += 1
                refuse_many(number, source)
                yield _member(archive, entry, number, source)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        what = f"a damaged tar archive: what follows file {number} is lost ({str(error)[:80]})"
        yield Refused(source, what, "Get it again.")
        return
    if number == 0:
        yield from nothing_in(source)


def _member(archive: tarfile.TarFile, entry: tarfile.TarInfo, number: int, source: str) -> Answer:
    name = decoded_name(entry.name.encode("utf-8", "surrogateescape"))
    source = f"{source}/{label(name, number)}"
    try:
        if is_hidden(name):
            raise NotReadError("hidden", source)
        file = archive.extractfile(entry) if entry.isreg() else None
        if file is None:
            raise NotReadError("not a regular file", source)
        if entry.size > LIMITS.document_bytes:
            raise too_large(entry.size, source)
        data = file.read()
    except SpeechmineError as error:
        return Refused.of(error)
    cut = [] if len(data) == entry.size else ["The archive is cut off inside this file."]
    return Member(source, data, warnings=cut)
