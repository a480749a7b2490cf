"""Reprints: documents with nearly the same text, told from a few numbers each, in one pass over any archive."""

from speechmine.reprints.fingerprint import Fingerprint, fingerprint
from speechmine.reprints.index import ReprintIndex

__all__ = ["Fingerprint", "ReprintIndex", "fingerprint"]
