"""The pipe ``speechmine`` of spaCy, and DocBin files for training: the only door to spaCy.

    nlp = spacy.blank("zh")
    nlp.add_pipe("speechmine")

spaCy finds the factory by its entry point (``spacy_factories`` in pyproject.toml).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import registry
from thinc.api import Ops, get_current_ops
from thinc.types import Ragged

from speechmine.analysis import analyse
from speechmine.annotating.converting import findings_of, item_of
from speechmine.annotating.labels import label_of
from speechmine.annotating.sheets import Sheet
from speechmine.errors import SpeechmineError
from speechmine.exporting.jsonl import json_line, record_of
from speechmine.integrations.stretches import stretches
from speechmine.reading import Document
from speechmine.records import Record
from speechmine.rules import RuleBook, load_texts
from speechmine.rules.own import read_own

KEY = "speechmine"
TRAINED_KEY = "sc"
"""The groups of spans that the pipe fills, and those that `export spacy` writes: spaCy's own name for what is learned."""

_GROUPS = ("mechanisms", "goals", "figures", "measures")
_FILE = "speechmine.json"


class _Kept(msgspec.Struct, frozen=True):
    """What a pipe needs to be itself again: its options, and the contents of the user's own rule files."""

    reference_date: str | None
    spans_key: str
    rules: dict[str, str]


class Component:
    """Find the mechanisms, goals, figures and measures of a Doc.

    Sets ``doc.spans[spans_key]`` to all findings, ``doc.spans[spans_key + ".goals"]`` and the like to each kind, and
    ``doc._.speechmine`` to the `Record`. A span's label is ``mechanism``, ``goal``, ``result``, ``context`` or
    ``measure``, its ``id_`` the id of the finding. Where a word token reaches beyond a finding the span covers the
    token; ``evidence`` in the record keeps the exact characters of ``doc.text``.
    """

    def __init__(self, reference_date: str | None, rules: Sequence[str], spans_key: str) -> None:
        self._files = tuple(rules)
        # A pipeline loaded elsewhere brings the contents of the files along; there the files need not be.
        contents = {name: read_own(Path(name)) for name in rules if Path(name).is_file()}
        self._kept = _Kept(reference_date, spans_key, contents)

    def __call__(self, doc: Doc) -> Doc:
        """Find what a Doc says, and note it."""
        record = analyse(Document.of(doc.text, "doc"), self._book(), self._kept.reference_date)
        return marked(doc, record, self._kept.spans_key)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return options and own rules as JSON."""
        return msgspec.json.encode(self._kept)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Component":
        """Take options and own rules from what `to_bytes` returned."""
        self._kept = msgspec.json.decode(data, type=_Kept)
        self._files = tuple(self._kept.rules)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write options and own rules into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Component":
        """Read what `to_disk` wrote."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())

    def __reduce__(self) -> tuple[Callable[[bytes], "Component"], tuple[bytes]]:
        """Go to the worker processes of `nlp.pipe` without the compiled rules."""
        return _rebuilt, (self.to_bytes(),)

    def _book(self) -> RuleBook:
        for name in self._files:
            if name not in self._kept.rules:
                read_own(Path(name))  # tells what is wrong with it
        return load_texts(self._kept.rules.items())


def _rebuilt(data: bytes) -> Component:
    return Component(None, (), KEY).from_bytes(data)


@Language.factory(
    "speechmine",
    default_config={"reference_date": None, "rules": [], "spans_key": KEY},
    assigns=["doc.spans", "doc._.speechmine"],
)
def make(nlp: Language, name: str, reference_date: str | None, rules: list[str], spans_key: str) -> Component:
    """Make the pipe.

    Args:
        nlp: The pipeline.
        name: What the pipeline calls it.
        reference_date: What 今年 means in texts that do not date themselves.
        rules: Rule files of the user's own (docs/rules.md).
        spans_key: Where in ``doc.spans`` findings go.
    """
    return Component(reference_date, rules, spans_key)


def marked(doc: Doc, record: Record, key: str) -> Doc:
    """Note a record and its findings in the Doc of its text."""
    doc.user_data[KEY] = json_line(record).decode()
    for name in _GROUPS:
        doc.spans[f"{key}.{name}"] = [
            _span(doc, one.evidence.start, one.evidence.end, label_of(item_of(one)), one.id)
            for one in getattr(record, name)
        ]
    doc.spans[key] = [
        _span(doc, one.evidence.start, one.evidence.end, label_of(item_of(one)), one.id) for one in findings_of(record)
    ]
    return doc


def doc_bins(sheets: Iterable[tuple[Record | None, Sheet]], every: int) -> tuple[bytes, bytes]:
    """Write documents as DocBin: character tokens, findings in ``doc.spans["sc"]``, records in ``doc._.speechmine``.

    Args:
        sheets: Each document, with its record where it has one.
        every: Put each so many-th document into the second file; none for 0.
    """
    nlp = spacy.blank("zh")
    # Of the tokens their characters alone: all attributes would be a dozen numbers for each character.
    bins = DocBin(attrs=["ORTH"], store_user_data=True), DocBin(attrs=["ORTH"], store_user_data=True)
    for number, (record, sheet) in enumerate(sheets, 1):
        doc = nlp.make_doc(sheet.text)
        if record is not None:
            doc.user_data[KEY] = json_line(record).decode()
        doc.spans[TRAINED_KEY] = [_span(doc, *mark.span, label_of(mark.item), mark.id) for mark in sheet.marks]
        bins[every > 0 and number % every == 0].add(doc)
    return bins[0].to_bytes(), bins[1].to_bytes()


def _span(doc: Doc, start: int, end: int, label: str, name: str) -> Span:
    span = doc.char_span(start, end, label=label, span_id=name, alignment_mode="expand")
    if span is None:
        raise SpeechmineError(f"no token stands at {start} to {end}", "doc", "The Doc has changed since it was read.")
    return span


def _record(doc: Doc) -> Record | None:
    line = doc.user_data.get(KEY)
    return record_of(line.encode()) if isinstance(line, str) else None


if not Doc.has_extension(KEY):
    Doc.set_extension(KEY, getter=_record)


@registry.misc("speechmine.stretches.v1")  # type: ignore[untyped-decorator]
def make_suggester(longest: int, clauses: int) -> Callable[..., Ragged]:
    """Make a suggester for spaCy's span categoriser (`stretches`)."""
    return partial(_suggested, longest=longest, clauses=clauses)


def _suggested(docs: Iterable[Doc], longest: int, clauses: int, *, ops: Ops | None = None) -> Ragged:
    ops = ops or get_current_ops()
    found = [stretches([token.text for token in doc], longest, clauses) for doc in docs]
    places = [place for spans in found for place in spans]
    lengths = ops.asarray1i([len(spans) for spans in found])
    return Ragged(ops.asarray2i(places) if places else ops.alloc2i(0, 0), lengths)
