"""Turn findings, which count the clean text, into a record, which quotes the text as read."""

import hashlib
from dataclasses import dataclass

from speechmine.cleaning import Cleaned
from speechmine.finding.mentions import MechanismMention
from speechmine.finding.units import canonical
from speechmine.judging.measures import JudgedMeasure
from speechmine.judging.quantities import JudgedQuantity
from speechmine.outline import Outline, Speaker, Statement
from speechmine.reading import Document
from speechmine.records import (
    Component,
    DocumentInfo,
    Evidence,
    Figure,
    Goal,
    Measure,
    Mechanism,
    Person,
    Record,
    Speech,
    Status,
)
from speechmine.rules import RuleBook
from speechmine.spans import Span


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything judged in one document, still counting the clean text."""

    mechanisms: list[tuple[MechanismMention, Status]]
    quantities: list[JudgedQuantity]
    measures: list[JudgedMeasure]


def assembled(document: Document, cleaned: Cleaned, outline: Outline, findings: Findings, rules: RuleBook) -> Record:
    """Write the record of one document."""
    return _Assembler(document, cleaned, outline, findings, rules).record()


class _Assembler:
    """Holds what every finding's record needs: the way back to the source and the ids of the others."""

    def __init__(
        self, document: Document, cleaned: Cleaned, outline: Outline, findings: Findings, rules: RuleBook
    ) -> None:
        self.document, self.cleaned, self.outline, self.findings, self.rules = (
            document, cleaned, outline, findings, rules,
        )  # fmt: skip

    def record(self) -> Record:
        judged = self.findings.quantities
        return Record(
            document=self._info(),
            speeches=self._speeches(),
            mechanisms=[self._mechanism(mention, status) for mention, status in self.findings.mechanisms],
            goals=[self._goal(quantity) for quantity in judged if quantity.role == "goal"],
            figures=[self._figure(quantity) for quantity in judged if quantity.role != "goal"],
            measures=[self._measure(measure) for measure in self.findings.measures],
        )

    def _info(self) -> DocumentInfo:
        outline = self.outline
        dates = {speech.date for speech in outline.speeches}
        return DocumentInfo(
            id=self.document.id,
            source=self.document.source,
            title=outline.title,
            published=outline.published,
            publisher=outline.publisher,
            genre=outline.genre,
            script=self.cleaned.script,
            encoding=self.document.encoding,
            complete=outline.complete,
            reference_date=dates.pop() if len(dates) == 1 else None,
            repairs=list(self.cleaned.repairs),
            warnings=[*self.document.warnings, *self.cleaned.warnings, *outline.warnings],
        )

    def _speeches(self) -> list[Speech]:
        return [
            Speech(
                id=f"s{number}",
                title=part.title,
                speaker=_person(part.speaker),
                place=part.place,
                date=part.date,
                start=self._source(part.span).start,
                end=self._source(part.span).end,
            )
            for number, part in enumerate(self.outline.speeches, 1)
        ]

    def _mechanism(self, mention: MechanismMention, status: Status) -> Mechanism:
        statement = self.outline.statements[mention.statement]
        return Mechanism(
            id=self._id("mechanism", mention.span),
            name=mention.span.cut(self.outline.text),
            kind=mention.kind,
            status=status,
            components=[Component(every=part.every, action=part.action, text=part.text) for part in mention.parts],
            owner=self._owner_at(mention.span),
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=list(statement.section),
            rule=mention.rule,
            evidence=self._evidence(mention.span),
        )

    def _goal(self, judged: JudgedQuantity) -> Goal:
        mention, statement = judged.mention, self.outline.statements[judged.mention.statement]
        twin = None if judged.pair is None else self.findings.quantities[judged.pair].mention.span
        return Goal(
            id=self._id("quantity", mention.span),
            metric=judged.metric,
            kind=judged.kind,
            value=mention.value,
            upper=mention.upper,
            unit=mention.unit,
            comparator=mention.comparator,
            canonical=canonical(mention, self.rules),
            masked=mention.masked,
            commitment=judged.commitment or "ensure",
            deadline=judged.deadline,
            pair=None if twin is None else self._id("quantity", twin),
            owner=list(judged.owner) or self._owner_at(mention.span),
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=list(statement.section),
            rule=mention.rule,
            evidence=self._evidence(mention.span),
        )

    def _figure(self, judged: JudgedQuantity) -> Figure:
        mention, statement = judged.mention, self.outline.statements[judged.mention.statement]
        return Figure(
            id=self._id("quantity", mention.span),
            metric=judged.metric,
            kind=judged.kind,
            value=mention.value,
            upper=mention.upper,
            unit=mention.unit,
            comparator=mention.comparator,
            canonical=canonical(mention, self.rules),
            masked=mention.masked,
            role="result" if judged.role == "result" else "context",
            deadline=judged.deadline,
            owner=list(judged.owner),
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=list(statement.section),
            rule=mention.rule,
            evidence=self._evidence(mention.span),
        )

    def _measure(self, judged: JudgedMeasure) -> Measure:
        statement, span = self.outline.statements[judged.statement], judged.span
        return Measure(
            id=self._id("measure", span),
            text=span.cut(self.outline.text),
            action=judged.action,
            object=judged.object,
            owner=list(judged.owner),
            commitment=judged.commitment,
            deadline=judged.deadline,
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=list(statement.section),
            mechanisms=[self._id("mechanism", m.span) for m, _ in self.findings.mechanisms if span.holds(m.span)],
            goals=[
                self._id("quantity", quantity.mention.span)
                for quantity in self.findings.quantities
                if quantity.role == "goal" and span.holds(quantity.mention.span)
            ],
            rule=judged.rule,
            evidence=self._evidence(span),
        )

    def _owner_at(self, span: Span) -> list[str]:
        """Return the owner of the measure that the words stand in: who must act also runs the mechanism."""
        return next((list(m.owner) for m in self.findings.measures if m.span.holds(span)), [])

    def _source(self, span: Span) -> Span:
        return self.cleaned.aligned.to_source(*span)

    def _evidence(self, span: Span) -> Evidence:
        source = self._source(span)
        return Evidence(quote=source.cut(self.document.text), start=source.start, end=source.end)

    def _id(self, kind: str, span: Span) -> str:
        """Return an id that only the bytes of the document and the place in them decide."""
        source = self._source(span)
        return hashlib.sha256(f"{self.document.id}:{kind}:{source.start}:{source.end}".encode()).hexdigest()[:16]


def _speech_id(statement: Statement) -> str:
    return f"s{statement.speech + 1}"


def _person(speaker: Speaker | None) -> Person | None:
    return None if speaker is None else Person(name=speaker.name, title=speaker.title)
