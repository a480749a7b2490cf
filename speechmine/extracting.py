"""From paths to records, one bad file never stopping the rest: inputs = ok + degraded + skipped + failed."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from speechmine.analysis import study
from speechmine.errors import SpeechmineError
from speechmine.reading import inputs
from speechmine.records import Record
from speechmine.reprints import ReprintIndex
from speechmine.rules import load_rules

_EDTF = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for.

    Attributes:
        reference_date: EDTF date for documents that do not date themselves, or None.
        explain: Whether records carry what was refused.
        encoding: Encoding of all files, or None to tell it from their bytes.
        rules: Rule files of the user's own.
    """

    reference_date: str | None = None
    explain: bool = False
    encoding: str | None = None
    rules: tuple[Path, ...] = ()

    @classmethod
    def checked(
        cls, reference_date: str | None, explain: bool, encoding: str | None, rules: tuple[Path, ...] = ()
    ) -> "Options":
        """Make options of what was typed.

        Raises:
            SpeechmineError: The date is not an EDTF date, or the encoding is not known.
        """
        if reference_date is not None and not _EDTF.match(reference_date):
            hint = "Write 2025, 2025-03 or 2025-03-11."
            raise SpeechmineError(f"{reference_date!r} is not a date", "--reference-date", hint)
        if encoding is not None:
            try:
                "".encode(encoding)
            except LookupError as error:
                hint = "Common ones are utf-8, gb18030 and big5."
                raise SpeechmineError(f"{encoding!r} is not an encoding", "--encoding", hint) from error
        return cls(reference_date, explain, encoding, rules)


@dataclass(slots=True)
class Outcomes:
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
    for item in inputs(paths):
        if item.skipped:
            outcomes.skipped += 1
            say(f"skipped {item.source}: {item.skipped}")
            continue
        try:
            document = item.read(options.encoding)
            studied = study(document, rules, options.reference_date, options.explain)
        except SpeechmineError as error:
            outcomes.failed += 1
            say(f"failed  {error}")
            continue
        if document.warnings:
            outcomes.degraded += 1
            say(f"degraded {document.source}: {' '.join(document.warnings)}")
        else:
            outcomes.ok += 1
        yield _naming(studied.record, seen.first_like(studied.fingerprint, document.id))


def _naming(record: Record, first: str | None) -> Record:
    """Say which document a record's is a reprint of, if it is one."""
    return record if first is None else replace(record, document=replace(record.document, reprint_of=first))
