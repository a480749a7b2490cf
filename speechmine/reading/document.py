"""A document as read, before anything is understood of it."""

import hashlib

import msgspec

from speechmine.patterns import compiled
from speechmine.records import Repair

_SURROGATE = compiled(r"[\ud800-\udfff]")


class Document(msgspec.Struct, frozen=True):
    """The text of one document as read, and where it came from.

    Attributes:
        id: First 16 hex digits of the SHA-256 of the stored bytes: the same bytes always have the same id.
        source: Path inside the input, or URL.
        text: The text as read; every offset of a record counts its characters.
        encoding: How the bytes were decoded.
        warnings: What went wrong in reading, in sentences.
        repairs: What was put right in reading: text that somebody had read in a wrong encoding before.
        plain: Whether the text is the decoded content of a file; of all else the text as read exists only here, and
            `speechmine extract --texts` stores it.
    """

    id: str
    source: str
    text: str
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    plain: bool = True

    @classmethod
    def of(cls, text: str, source: str = "text") -> "Document":
        """Make a document of a text at hand; lone surrogates, which no file can hold, become U+FFFD.

        >>> Document.of("同志们:").id
        '28afa882d5148f23'
        """
        stored = text.encode("utf-8", "surrogatepass")
        return cls(hashlib.sha256(stored).hexdigest()[:16], source, _SURROGATE.sub("\ufffd", text))
