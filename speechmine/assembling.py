"""Turn findings, which count the clean text, into a record, which quotes the text as read."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from speechmine.cleaning import Cleaned
from speechmine.finding.mentions import MechanismMention, Refusal
from speechmine.finding.units import canonical
from speechmine.judging.measures import JudgedMeasure
from speechmine.judging.quantities import JudgedQuantity
from speechmine.outline import Outline, Speaker, Statement
from speechmine.patterns import compiled
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
    Skipped,
    Speech,
    Status,
)
from speechmine.rules import RuleBook
from speechmine.spans import Span

_T = TypeVar("_T")
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_NARROW = compiled(r"[,;:?!()]")
_DIGITS = compiled(r"(?<=\d)[，：](?=\d)")


class Findings(msgspec.Struct, frozen=True):
    """Everything judged in one document, still counting the clean text; each list is in order of place."""

    mechanisms: list[tuple[MechanismMention, Status]]
    quantities: list[JudgedQuantity]
    measures: list[JudgedMeasure]

    def mechanisms_in(self, span: Span) -> list[Span]:
        """Return where the mechanisms inside a span stand."""
        inside = _beginning_in(self.mechanisms, span, lambda judged: judged[0].span.start)
        return [mention.span for mention, _ in inside if mention.span.end <= span.end]

    def goals_in(self, span: Span) -> list[Span]:
        """Return where the goals inside a span stand."""
        inside = _beginning_in(self.quantities, span, lambda judged: judged.mention.span.start)
        return [each.mention.span for each in inside if each.role == "goal" and each.mention.span.end <= span.end]


def _beginning_in(items: Sequence[_T], span: Span, start: Callable[[_T], int]) -> Sequence[_T]:
    return items[bisect_left(items, span.start, key=start) : bisect_left(items, span.end, key=start)]


class Assembler:
    """Writes the records of one document: it knows the way back to the source and how the source is written."""

    def __init__(self, document: Document, cleaned: Cleaned, outline: Outline, rules: RuleBook) -> None:
        self.document, self.cleaned, self.outline, self.rules = document, cleaned, outline, rules
        self._sections: dict[tuple[str, ...], list[str]] = {}
        # A text set in full-width punctuation gets it back in every field that is not a quote.
        self.wide = sum(map(document.text.count, "，；：（）")) > sum(map(document.text.count, ",;:()"))

    def record(self, findings: Findings, refusals: Iterable[Refusal] | None = None) -> Record:
        """Write the record; with refusals, also what was seen and not taken."""
        judged = findings.quantities
        record = Record(
            document=self._info(),
            speeches=self._speeches(),
            mechanisms=[self._mechanism(mention, status, findings) for mention, status in findings.mechanisms],
            goals=[self._goal(quantity, findings) for quantity in judged if quantity.role == "goal"],
            figures=[self._figure(quantity) for quantity in judged if quantity.role != "goal"],
            measures=[self._measure(measure, findings) for measure in findings.measures],
        )
        if refusals is None:
            return record
        return replace(record, skipped=[self._skipped(refusal) for refusal in refusals])

    def _info(self) -> DocumentInfo:
        outline = self.outline
        dates = {speech.date for speech in outline.speeches}
        return DocumentInfo(
            id=self.document.id,
            source=self.document.source,
            title=self._optional(outline.title),
            published=outline.published,
            publisher=outline.publisher,
            genre=outline.genre,
            script=self.cleaned.script,
            encoding=self.document.encoding,
            complete=outline.complete,
            reference_date=dates.pop() if len(dates) == 1 else None,
            repairs=[*self.document.repairs, *self.cleaned.repairs],
            warnings=[*self.document.warnings, *self.cleaned.warnings, *outline.warnings],
        )

    def _speeches(self) -> list[Speech]:
        return [
            Speech(
                id=f"s{number}",
                title=self._optional(part.title),
                speaker=_person(part.speaker),
                place=part.place,
                date=part.date,
                start=self._source(part.span).start,
                end=self._source(part.span).end,
            )
            for number, part in enumerate(self.outline.speeches, 1)
        ]

    def _mechanism(self, mention: MechanismMention, status: Status, findings: Findings) -> Mechanism:
        statement = self.outline.statements[mention.statement]
        return Mechanism(
            id=self._id("mechanism", mention.span),
            name=self._written(mention.span.cut(self.outline.text)),
            kind=mention.kind,
            status=status,
            components=[
                Component(every=part.every, action=self._written(part.action), text=self._written(part.text))
                for part in mention.parts
            ],
            owner=self._owner_at(mention.span, findings),
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=self._section(statement),
            rule=mention.rule,
            evidence=self._evidence(mention.span),
        )

    def _goal(self, judged: JudgedQuantity, findings: Findings) -> Goal:
        mention, statement = judged.mention, self.outline.statements[judged.mention.statement]
        twin = None if judged.pair is None else findings.quantities[judged.pair].mention.span
        return Goal(
            id=self._id("quantity", mention.span),
            metric=self._optional(judged.metric),
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
            owner=self._all(judged.owner) or self._owner_at(mention.span, findings),
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=self._section(statement),
            rule=mention.rule,
            evidence=self._evidence(mention.span),
        )

    def _figure(self, judged: JudgedQuantity) -> Figure:
        mention, statement = judged.mention, self.outline.statements[judged.mention.statement]
        return Figure(
            id=self._id("quantity", mention.span),
            metric=self._optional(judged.metric),
            kind=judged.kind,
            value=mention.value,
            upper=mention.upper,
            unit=mention.unit,
            comparator=mention.comparator,
            canonical=canonical(mention, self.rules),
            masked=mention.masked,
            role="result" if judged.role == "result" else "context",
            deadline=judged.deadline,
            owner=self._all(judged.owner),
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=self._section(statement),
            rule=mention.rule,
            evidence=self._evidence(mention.span),
        )

    def _measure(self, judged: JudgedMeasure, findings: Findings) -> Measure:
        statement, span = self.outline.statements[judged.statement], judged.span
        return Measure(
            id=self._id("measure", span),
            text=self._written(span.cut(self.outline.text)),
            action=self._optional(judged.action),
            object=self._optional(judged.object),
            owner=self._all(judged.owner),
            commitment=judged.commitment,
            deadline=judged.deadline,
            topic=judged.topic,
            speaker=statement.speaker,
            speech=_speech_id(statement),
            section=self._section(statement),
            mechanisms=[self._id("mechanism", inside) for inside in findings.mechanisms_in(span)],
            goals=[self._id("quantity", inside) for inside in findings.goals_in(span)],
            rule=judged.rule,
            evidence=self._evidence(span),
        )

    def _owner_at(self, span: Span, findings: Findings) -> list[str]:
        """Return the owner of the measure that the words stand in: who must act also runs the mechanism."""
        measures = findings.measures
        last = bisect_right(measures, span.start, key=lambda measure: measure.span.start) - 1
        return self._all(measures[last].owner) if last >= 0 and measures[last].span.holds(span) else []

    def _section(self, statement: Statement) -> list[str]:
        """Return the headings above a statement; many statements stand under the same."""
        if statement.section not in self._sections:
            self._sections[statement.section] = self._all(statement.section)
        return [*self._sections[statement.section]]

    def _skipped(self, refusal: Refusal) -> Skipped:
        source = self._source(refusal.span)
        quote = source.cut(self.document.text)
        return Skipped(quote=quote, start=source.start, end=source.end, rule=refusal.rule, reason=refusal.reason)

    def _written(self, words: str) -> str:
        """Write clean words with the punctuation of the document."""
        if not self.wide or not _NARROW.search(words):
            return words
        return _DIGITS.sub(lambda match: "," if match[0] == "，" else ":", words.translate(_WIDE))

    def _optional(self, words: str | None) -> str | None:
        return None if words is None else self._written(words)

    def _all(self, words: Iterable[str]) -> list[str]:
        return [self._written(word) for word in words]

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
    if speaker is None or not (speaker.name or speaker.title):
        return None
    return Person(name=speaker.name, title=speaker.title)
