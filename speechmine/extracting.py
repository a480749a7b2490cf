"""From paths to records, one bad file never stopping the rest: inputs = ok + degraded + skipped + failed."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from speechmine.analysis import study
from speechmine.errors import NotReadError, SpeechmineError
from speechmine.patterns import compiled, keep_patterns
from speechmine.reading import Asked, Document, inputs
from speechmine.records import Record
from speechmine.reprints import ReprintIndex
from speechmine.rules import RuleBook, keep_rules, load_rules

_EDTF = compiled(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


class Options(msgspec.Struct, frozen=True):
    """What the user asked for.

    Attributes:
        reference_date: EDTF date for documents that do not date themselves, or None.
        explain: Whether records carry what was refused.
        encoding: Encoding of all files, or None to tell it from their bytes.
        rules: Rule files of the user's own.
        text_column: Column of tables that holds the texts, or None to know it by its name.
        texts: Folder for the texts as read that stand in no text file, or None.
    """

    reference_date: str | None = None
    explain: bool = False
    encoding: str | None = None
    rules: tuple[Path, ...] = ()
    text_column: str | None = None
    texts: Path | None = None

    def check(self, paths: Iterable[Path]) -> None:
        """Refuse what cannot be meant, before anything is read.

        Raises:
            SpeechmineError: The date is not an EDTF date, the encoding is not known, or the folder for texts cannot be
                made or lies in what is read.
        """
        if self.reference_date is not None and not _EDTF.match(self.reference_date):
            hint = "Write 2025, 2025-03 or 2025-03-11."
            raise SpeechmineError(f"{self.reference_date!r} is not a date", "--reference-date", hint)
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except LookupError as error:
                hint = "Common ones are utf-8, gb18030 and big5."
                raise SpeechmineError(f"{self.encoding!r} is not an encoding", "--encoding", hint) from error
        if self.texts is not None:
            if any(self.texts.resolve().is_relative_to(path.resolve()) for path in paths):
                raise SpeechmineError("lies in what is read", str(self.texts), "Name a folder beside it for --texts.")
            try:
                self.texts.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                what = f"cannot be made ({(error.strerror or str(error)).lower()})"
                raise SpeechmineError(what, str(self.texts), "Name a writable place.") from error


class Outcomes(msgspec.Struct):
    """How the inputs ended: every input is counted once."""

    ok: int = 0
    degraded: int = 0
    skipped: int = 0
    failed: int = 0

    def summary(self) -> str:
        """Return the closing line of a run.

        >>> Outcomes(ok=3, failed=1).summary()
        '4 inputs: 3 ok, 0 degraded, 0 skipped, 1 failed'
        """
        total = self.ok + self.degraded + self.skipped + self.failed
        counts = f"{self.ok} ok, {self.degraded} degraded, {self.skipped} skipped, {self.failed} failed"
        return f"{total} input{'' if total == 1 else 's'}: {counts}"


def extracted(
    paths: Iterable[Path], options: Options, outcomes: Outcomes, say: Callable[[str], None]
) -> Iterator[Record]:
    """Yield the record of every readable input; say of every other one what is wrong, where, and what to do.

    A document with nearly the text of an earlier one names it in ``reprint_of``: the order of the inputs decides.
    """
    rules = load_rules(*options.rules)
    seen = ReprintIndex()
    asked = Asked(options.encoding, options.text_column)
    for item in inputs(paths):
        for found in item.documents(asked):
            try:
                record = _record(found, rules, options, seen) if isinstance(found, Document) else None
            except SpeechmineError as error:
                _count(error, outcomes, say)
                continue
            _count(found, outcomes, say)
            if record is not None:
                yield record
    if not options.rules:  # what own rules became is not what the next start needs
        keep_rules()
        keep_patterns()


def _record(document: Document, rules: RuleBook, options: Options, seen: ReprintIndex) -> Record:
    studied = study(document, rules, options.reference_date, options.explain)
    if options.texts is not None and not document.plain:
        # Bytes, so that line ends stay what the offsets count.
        (options.texts / f"{document.id}.txt").write_bytes(document.text.encode())
    return _naming(studied.record, seen.first_like(studied.fingerprint, document.id))


def _naming(record: Record, first: str | None) -> Record:
    """Say which document a record's is a reprint of, if it is one."""
    return record if first is None else replace(record, document=replace(record.document, reprint_of=first))


def _count(outcome: Document | SpeechmineError, outcomes: Outcomes, say: Callable[[str], None]) -> None:
    """Count how one input ended, and say so where it is more than ok."""
    if isinstance(outcome, NotReadError):
        outcomes.skipped += 1
        say(f"skipped {outcome}")
    elif isinstance(outcome, SpeechmineError):
        outcomes.failed += 1
        say(f"failed  {outcome}")
    elif outcome.warnings:
        outcomes.degraded += 1
        say(f"degraded {outcome.source}: {' '.join(outcome.warnings)}")
    else:
        outcomes.ok += 1
