"""Zip archives: their members, one by one. The list of sizes is checked before anything is unpacked."""

import lzma
import zlib
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile, ZipInfo

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Member, Refused
from speechmine.reading.packed import decoded_name, is_hidden, label, nothing_in, refuse_bomb, refuse_many
from speechmine.reading.stored import Stored, too_large

_ENCRYPTED, _UTF8 = 0x1, 0x800
_LIST_END = b"PK\x05\x06"


def read(stored: Stored, _: Asked) -> Iterator[Answer]:
    """Yield the members of a zip archive in their order.

    Raises:
        SpeechmineError: It is damaged, or a bomb.
    """
    _refuse_long_list(stored)
    with opened(stored) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        refuse_many(len(entries), stored.source)
        refuse_bomb(sum(entry.file_size for entry in entries), stored.size, stored.source)
        if not entries:
            yield from nothing_in(stored.source)
        for number, entry in enumerate(entries, 1):
            source = f"{stored.source}/{label(_name(entry), number)}"
            try:
                yield Member(source, member(archive, entry, source))
            except SpeechmineError as error:
                yield Refused.of(error)


def opened(stored: Stored) -> ZipFile:
    """Open a zip archive.

    Raises:
        SpeechmineError: It is damaged.
    """
    try:
        return ZipFile(stored.open())
    except (BadZipFile, ValueError, NotImplementedError) as error:
        what = "a damaged zip archive (its list of files cannot be read)"
        raise SpeechmineError(what, stored.source, "Get it again, or repair it with zip -FF.") from error


def member(archive: ZipFile, entry: ZipInfo, source: str) -> bytes:
    """Unpack one member.

    Raises:
        SpeechmineError: It is hidden, encrypted, too large or damaged.
    """
    if is_hidden(entry.filename):
        raise NotReadError("hidden", source)
    refuse_encrypted(entry, source)
    if entry.file_size > LIMITS.document_bytes:
        raise too_large(entry.file_size, source)
    try:
        return archive.read(entry)  # never more than the size it declares, which is checked
    except NotImplementedError as error:
        raise SpeechmineError(f"packed in a way that is not known ({error})", source, "Unpack it.") from error
    except (BadZipFile, EOFError, MemoryError, OSError, RuntimeError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise SpeechmineError("damaged in the archive", source, "Get the archive again.") from error


def refuse_encrypted(entry: ZipInfo, source: str) -> None:
    """Refuse a member that asks for a password.

    Raises:
        SpeechmineError: It does.
    """
    if entry.flag_bits & _ENCRYPTED:
        raise SpeechmineError("encrypted", source, "Unpack it with its password and give the files.")


def _refuse_long_list(stored: Stored) -> None:
    tail = stored.ends()[1]
    end = tail.rfind(_LIST_END)
    if end >= 0:
        members, size = int.from_bytes(tail[end + 10 : end + 12], "little"), tail[end + 12 : end + 16]
        # The count has 16 bits and may lie; an entry of the list has 46 bytes or more.
        refuse_many(max(members, int.from_bytes(size, "little") // 400), stored.source)


def _name(entry: ZipInfo) -> str:
    if entry.flag_bits & _UTF8:
        return entry.orig_filename
    try:
        return decoded_name(entry.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return entry.orig_filename
