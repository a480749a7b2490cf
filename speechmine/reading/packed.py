"""What archives have in common: names that are only labels, and how much may come out."""

from collections.abc import Iterator

from speechmine.errors import SpeechmineError
from speechmine.patterns import compiled
from speechmine.reading.decode import decode
from speechmine.reading.limits import LIMITS, megabytes
from speechmine.reading.messages import Refused

_SEPARATORS = compiled(r"[/\\]+")
_DRIVE = compiled(r"[A-Za-z]:")
_HIDDEN = compiled(r"(^|/)(\.[^./]|__MACOSX/)")


def label(name: str, number: int) -> str:
    r"""Make a name of a member fit for records: no way out of the archive, no control characters.

    Nothing is ever written under it.

    >>> label("../../etc/cron.d/x", 1), label("C:\\讲话\\a.txt", 2), label("/", 3)
    ('etc/cron.d/x', '讲话/a.txt', 'member 3')
    """
    parts = [part for part in _SEPARATORS.split(name) if part not in {"", ".", ".."} and not _DRIVE.fullmatch(part)]
    return "".join(char if char.isprintable() else "\ufffd" for char in "/".join(parts)) or f"member {number}"


def decoded_name(raw: bytes) -> str:
    """Read the bytes of a name like a text: archives made on old Chinese Windows name their files in GBK.

    >>> decoded_name("市长讲话".encode("gbk"))
    '市长讲话'
    """
    return raw.decode("ascii") if raw.isascii() else decode(raw).text


def is_hidden(name: str) -> bool:
    """Say whether a member is one that systems keep for themselves, like a hidden file of a folder.

    >>> is_hidden("__MACOSX/._a.txt"), is_hidden("a/.git/x"), is_hidden("../a.txt")
    (True, True, False)
    """
    return _HIDDEN.search(name) is not None


def refuse_bomb(unpacked: int, packed: int, source: str) -> None:
    """Refuse an archive that unpacks to more than any archive of texts does.

    Raises:
        SpeechmineError: It does.
    """
    if unpacked > LIMITS.unsuspicious and unpacked > packed * LIMITS.ratio:
        what = f"a bomb: its {megabytes(packed)} unpack to {megabytes(unpacked)} or more"
        raise SpeechmineError(what, source, "If that is right, unpack it and give the files in it.")


def refuse_many(members: int, source: str) -> None:
    """Refuse an archive of too many members.

    Raises:
        SpeechmineError: There are too many.
    """
    if members > LIMITS.members:
        what = f"holds {members:,} files; the limit is {LIMITS.members:,}"
        raise SpeechmineError(what, source, "Unpack it and give the folder.")


def nothing_in(source: str) -> Iterator[Refused]:
    """Say that an archive holds nothing: it must not vanish from the count."""
    yield Refused(source, "holds no files", skipped=True)
