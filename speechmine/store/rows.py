"""From a record and its text to the rows of the store."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from msgspec import to_builtins

from speechmine.edtf import first_day, last_day
from speechmine.records import Figure, Goal, Measure, Mechanism, Record, Speech
from speechmine.store.sentences import Placed

Value: TypeAlias = str | int | float | None
Finding: TypeAlias = Mechanism | Goal | Figure | Measure

_DIGITS = 40  # 1E+999999999 is a number of JSON, and must not be written out


class FindingRow(NamedTuple):
    """A row of findings but for its number, document, speech and sentence: columns as in schema.sql."""

    kind: str
    id: str
    mark_start: int
    mark_end: int
    quote: str
    start: int
    end: int
    rule: str
    owner: str | None
    speaker: str | None
    section: str
    place: str | None
    date: str | None
    year: int | None
    type: str | None = None
    name: str | None = None
    status: str | None = None
    metric: str | None = None
    value: str | None = None
    upper: str | None = None
    unit: str | None = None
    comparator: str | None = None
    masked: int | None = None
    value_real: float | None = None
    upper_real: float | None = None
    canonical_value: str | None = None
    canonical_upper: str | None = None
    canonical_unit: str | None = None
    canonical_real: float | None = None
    pair: str | None = None
    role: str | None = None
    commitment: str | None = None
    deadline_text: str | None = None
    deadline: str | None = None
    deadline_first: str | None = None
    deadline_last: str | None = None
    text: str | None = None
    action: str | None = None
    object: str | None = None
    topic: str | None = None


COLUMNS = tuple(f'"{name}"' if name == "end" else name for name in FindingRow._fields)


def document_row(record: Record, digest: str) -> tuple[Value, ...]:
    """Return the row of documents, but for its number."""
    info = record.document
    lists = (_json([to_builtins(repair) for repair in info.repairs]), _json(info.warnings))
    return (
        info.id, info.source, info.title, info.published, info.publisher, info.genre, info.script, info.encoding,
        int(info.complete), info.reference_date, info.reprint_of, *lists, digest,
    )  # fmt: skip


def speech_row(speech: Speech) -> tuple[Value, ...]:
    """Return the row of speeches, but for its number and document."""
    person = speech.speaker
    who = (person.name, person.title) if person else (None, None)
    return (speech.id, speech.title, *who, speech.place, speech.date, speech.start, speech.end)


def findings_of(record: Record) -> Iterator[tuple[str, Finding]]:
    """Yield all findings with their kinds, in the order of the text; a measure before what stands in it."""
    groups: tuple[tuple[str, list[Mechanism] | list[Goal] | list[Figure] | list[Measure]], ...] = (
        ("measure", record.measures),
        ("mechanism", record.mechanisms),
        ("goal", record.goals),
        ("figure", record.figures),
    )
    every = [(kind, finding) for kind, group in groups for finding in group]
    return iter(sorted(every, key=lambda pair: (pair[1].evidence.start, -pair[1].evidence.end)))


def finding_row(kind: str, finding: Finding, record: Record, speech: Speech | None, placed: Placed) -> FindingRow:
    """Return the row of a finding."""
    date = (speech.date if speech else None) or record.document.reference_date or record.document.published
    row = FindingRow(
        kind=kind,
        id=finding.id,
        mark_start=placed.start,
        mark_end=placed.end,
        quote=finding.evidence.quote,
        start=finding.evidence.start,
        end=finding.evidence.end,
        rule=finding.rule,
        owner="、".join(finding.owner) or None,
        speaker=finding.speaker or (speech.speaker.name if speech and speech.speaker else None),
        section=_json(finding.section),
        place=speech.place if speech else None,
        date=date,
        year=int(date[:4]) if date and date[:4].isdecimal() else None,
    )
    match finding:
        case Mechanism():
            return row._replace(type=finding.kind, name=finding.name, status=finding.status)
        case Measure():
            return _with_deadline(row, finding)._replace(
                text=finding.text,
                action=finding.action,
                object=finding.object,
                commitment=finding.commitment,
                topic=finding.topic,
            )
        case Goal():
            return _with_quantity(row, finding)._replace(commitment=finding.commitment)
        case Figure():
            return _with_quantity(row, finding)._replace(role=finding.role)


def _with_quantity(row: FindingRow, finding: Goal | Figure) -> FindingRow:
    canonical = finding.canonical
    row = row._replace(
        type=finding.kind,
        metric=finding.metric,
        value=_exact(finding.value),
        upper=_exact(finding.upper),
        unit=finding.unit,
        comparator=finding.comparator,
        masked=int(finding.masked),
        value_real=_real(finding.value),
        upper_real=_real(finding.upper),
        pair=finding.pair,
    )
    if canonical is not None:
        row = row._replace(
            canonical_value=_exact(canonical.value),
            canonical_upper=_exact(canonical.upper),
            canonical_unit=canonical.unit,
            canonical_real=_real(canonical.value),
        )
    return _with_deadline(row, finding)


def _with_deadline(row: FindingRow, finding: Goal | Figure | Measure) -> FindingRow:
    if finding.deadline is None:
        return row
    edtf = finding.deadline.edtf
    return row._replace(
        deadline_text=finding.deadline.text,
        deadline=edtf,
        deadline_first=first_day(edtf),
        deadline_last=last_day(edtf),
    )


def _exact(value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if value.is_finite() and abs(value.adjusted()) <= _DIGITS else str(value)


def _real(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
