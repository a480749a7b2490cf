"""A record as a sheet: the same findings in the words of an annotator (docs/gold.md)."""

from collections.abc import Iterator

from speechmine.annotating.sheets import Item, Mark, Sheet, sheet_of_marks
from speechmine.errors import SpeechmineError
from speechmine.reading import Document
from speechmine.records import Component, Deadline, Figure, Goal, Measure, Mechanism, Person, Record
from speechmine.scoring import GoldDocument, GoldMeasure, GoldMechanism, GoldQuantity
from speechmine.spans import Span

Finding = Mechanism | Goal | Figure | Measure


def sheet_of_record(record: Record, document: Document) -> Sheet:
    """Make a sheet of a record and the text that it quotes; no person has reviewed it.

    Raises:
        SpeechmineError: The text is not the one that the record was read from.
    """
    return sheet_of_marks(_facts(record, document.source), document.text, _marks(record, document.text))


def findings_of(record: Record) -> list[Finding]:
    """List all findings of a record."""
    return [*record.mechanisms, *record.goals, *record.figures, *record.measures]


def _marks(record: Record, text: str) -> Iterator[Mark]:
    for finding in findings_of(record):
        span = Span(finding.evidence.start, finding.evidence.end)
        if span.cut(text) != finding.evidence.quote:
            what = f"its text does not have 「{finding.evidence.quote}」 at {span.start}"
            raise SpeechmineError(what, record.document.source, "Give the text it was extracted from.")
        yield Mark(finding.id, span, item_of(finding))


def item_of(finding: Finding) -> Item:
    """Say of a finding what an annotator would; which occurrence it is, its sheet knows."""
    quote = finding.evidence.quote
    match finding:
        case Mechanism():
            parts = [_part(part) for part in finding.components]
            components = parts if parts or finding.kind == "cadence" else None
            return GoldMechanism(quote=quote, kind=finding.kind, status=finding.status, components=components)
        case Goal() | Figure():
            return _quantity(finding)
        case Measure():
            return GoldMeasure(
                quote=quote,
                owner="、".join(finding.owner) or None,
                deadline=_edtf(finding.deadline),
                commitment=finding.commitment,
                speaker=finding.speaker,
            )


def _quantity(finding: Goal | Figure) -> GoldQuantity:
    return GoldQuantity(
        quote=finding.evidence.quote,
        value=None if finding.value is None else float(finding.value),
        upper=None if finding.upper is None else float(finding.upper),
        unit=finding.unit,
        cmp=finding.comparator,
        kind=finding.kind,
        metric=finding.metric,
        role="goal" if isinstance(finding, Goal) else finding.role,
        commitment=finding.commitment if isinstance(finding, Goal) else None,
        deadline=_edtf(finding.deadline),
    )


def _part(part: Component) -> str | tuple[str, str]:
    return part.text if part.every is None else (part.every, part.action)


def _edtf(deadline: Deadline | None) -> str | None:
    return deadline.edtf if deadline else None


def _facts(record: Record, file: str) -> GoldDocument:
    document = record.document
    speakers = {speech.speaker: None for speech in record.speeches if speech.speaker is not None}
    return GoldDocument(
        file=file,
        reference_date=document.reference_date,
        script=document.script,
        genre=document.genre,
        complete=document.complete,
        title=document.title,
        published=document.published,
        speakers=[Person(name=one.name, title=one.title) for one in speakers],
        speeches=len(record.speeches),
        reviewed=False,
        mechanisms=[],
        quantities=[],
        measures=[],
    )
