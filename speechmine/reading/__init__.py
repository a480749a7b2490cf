"""From bytes to text: what a file is, how it is encoded, and what it says."""

from speechmine.reading.document import Document

__all__ = ["Document"]
