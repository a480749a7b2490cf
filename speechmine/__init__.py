"""speechmine: mechanisms, numeric goals and required measures from Chinese speeches.

>>> from speechmine import Document, analyse, load_rules
>>> record = analyse(Document.of("各镇街要坚持周通报、旬会商、月考核制度。"), load_rules())
>>> [(part.every, part.action) for part in record.mechanisms[0].components]
[('P1W', '通报'), ('P10D', '会商'), ('P1M', '考核')]
>>> record.measures[0].owner
['各镇街']

Only a number or a date is wanted:

>>> from speechmine import dates, numbers, quantities
>>> [str(found.value) for found in numbers("三千五百萬、七五折")], dates("上週三", "2023-05-10")[0].edtf
(['35000000', '75'], '2023-05-03')
>>> quantities("同比增長３２％")[0].kind
'growth'
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = [
    "Document",
    "Record",
    "SpeechmineError",
    "__version__",
    "analyse",
    "dates",
    "load_rules",
    "numbers",
    "quantities",
    "read",
    "records_of",
    "sentences",
    "to_frame",
]

if TYPE_CHECKING:
    from speechmine.analysis import analyse
    from speechmine.errors import SpeechmineError
    from speechmine.exporting.frames import to_frame
    from speechmine.finding.parsers import dates, numbers, quantities
    from speechmine.reading import Document
    from speechmine.reading import read_file as read
    from speechmine.records import Record
    from speechmine.rules import load_rules
    from speechmine.sentences import sentences
    from speechmine.store.sources import records_of

_HOMES = {
    "analyse": ("speechmine.analysis", "analyse"),
    "Document": ("speechmine.reading", "Document"),
    "read": ("speechmine.reading", "read_file"),
    "Record": ("speechmine.records", "Record"),
    "SpeechmineError": ("speechmine.errors", "SpeechmineError"),
    "dates": ("speechmine.finding.parsers", "dates"),
    "numbers": ("speechmine.finding.parsers", "numbers"),
    "quantities": ("speechmine.finding.parsers", "quantities"),
    "records_of": ("speechmine.store.sources", "records_of"),
    "sentences": ("speechmine.sentences", "sentences"),
    "to_frame": ("speechmine.exporting.frames", "to_frame"),
    "load_rules": ("speechmine.rules", "load_rules"),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `speechmine --help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'speechmine' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value
