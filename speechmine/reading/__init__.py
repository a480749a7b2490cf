"""From bytes to text: what a file is, how it is encoded, and what it says."""

from speechmine.reading.decode import Decoded, decode
from speechmine.reading.document import Document
from speechmine.reading.files import read_bytes, read_file
from speechmine.reading.inputs import Input, inputs
from speechmine.reading.messages import Asked

__all__ = ["Asked", "Decoded", "Document", "Input", "decode", "inputs", "read_bytes", "read_file"]
