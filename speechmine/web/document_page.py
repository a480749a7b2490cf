"""A document: its text with every finding marked in place, and beside it the list of them."""

from collections.abc import Iterator

import msgspec
from starlette.responses import Response

from speechmine.records import Figure, Goal, Measure, Mechanism, Record, Speech
from speechmine.store import StoredDocument
from speechmine.store.rows import findings_of
from speechmine.store.tokens import normal
from speechmine.web.cards import document_path, told_amount, told_deadline
from speechmine.web.furniture import furniture_of
from speechmine.web.language import Words
from speechmine.web.marking import FURNITURE, Mark, Stretch, stretches
from speechmine.web.view import View

Finding = Mechanism | Goal | Figure | Measure
_SPEECH = "speech"
_LONGEST_NAME = 70


class PieceShown(msgspec.Struct, frozen=True):
    """A piece of the text: classes of what covers it, ids of these, and the places in it that links lead to."""

    text: str
    classes: str
    ids: str
    anchors: list[str]


class Listed(msgspec.Struct, frozen=True):
    """A finding in the list beside the text."""

    id: str
    kind: str
    name: str
    about: str
    link: str
    here: bool


class SpeechShown(msgspec.Struct, frozen=True):
    """A speech of the document."""

    title: str
    about: str
    anchor: str


class Link(msgspec.Struct, frozen=True):
    """An address with its name."""

    name: str
    link: str


class DocumentPage(msgspec.Struct, frozen=True):
    """All that a document's page shows."""

    title: str
    facts: list[tuple[str, str]]
    complete: bool
    warnings: list[str]
    reprint: Link | None
    speeches: list[SpeechShown]
    script: str
    furniture: bool
    pieces: list[PieceShown]
    findings: list[Listed]
    lost: bool


def document_page(view: View) -> Response:
    """Show a document, and the words of the finding that the address names."""
    found = view.shelf.store.document(view.parts["document"])
    if found is None:
        return view.nothing("document.missing")
    return view.page("document.html", "", page=_page(view, found))


def _page(view: View, found: StoredDocument) -> DocumentPage:
    record, here = found.record, view.asked.get("finding")
    info = record.document
    findings = list(findings_of(record))
    pieces = _pieces(record, found.text, here) if found.text else []
    return DocumentPage(
        title=info.title or info.source,
        facts=_facts(record, view.words),
        complete=info.complete,
        warnings=info.warnings,
        reprint=_reprint(view, info.reprint_of) if info.reprint_of else None,
        speeches=_speeches(record.speeches) if len(record.speeches) > 1 else [],
        script="zh-Hant" if info.script == "hant" else "zh-Hans",
        furniture=any(FURNITURE in piece.classes.split() for piece in pieces),
        pieces=pieces,
        findings=[_listed(view, info.id, kind, finding) for kind, finding in findings],
        lost=bool(here) and all(finding.id != here for _, finding in findings),
    )


def _pieces(record: Record, text: str, here: str) -> list[PieceShown]:
    marks = [Mark(one.id, kind, one.evidence.start, one.evidence.end) for kind, one in findings_of(record)]
    marks += [Mark(f"speech-{one.id}", _SPEECH, one.start, one.start + 1) for one in record.speeches]
    marks += [Mark("", FURNITURE, start, end) for start, end in _greyed(record, text)]
    # A line end of two characters stays two, so that all places stay where they are.
    return [_piece(stretch, here) for stretch in stretches(text.replace("\r\n", " \n"), marks)]


def _piece(stretch: Stretch, here: str) -> PieceShown:
    classes = [kind for kind in stretch.kinds.split() if kind != _SPEECH]
    ids = [mark.id for mark in stretch.marks if mark.kind not in {_SPEECH, FURNITURE}]
    if here and here in ids:
        classes.append("here")
    anchors = [mark.id for mark in stretch.begins if mark.id]
    return PieceShown(stretch.text, " ".join(classes), " ".join(ids), anchors)


def _greyed(record: Record, text: str) -> Iterator[tuple[int, int]]:
    """Yield the furniture of the page; titles stand in its head, but a reader wants to see them."""
    titles = [normal(title) for title in (record.document.title, *(one.title for one in record.speeches)) if title]
    for span in furniture_of(text):
        words = normal(text[span.start : span.end])
        if not any(title in words or words.strip() in title for title in titles):
            yield span.start, span.end


def _facts(record: Record, words: Words) -> list[tuple[str, str]]:
    info = record.document
    names = ("published", "publisher", "source", "id")
    facts = [(words("document.genre"), words.name("genre", info.genre))]
    if len(record.speeches) == 1:
        alone = record.speeches[0]
        who = " ".join(part for part in (alone.speaker.title, alone.speaker.name) if part) if alone.speaker else ""
        facts += [(words("facet.speaker"), who), (words("facet.place"), alone.place or "")]
        facts += [(words("hit.date"), alone.date or "")] if alone.date != info.published else []
    facts += [(words(f"document.{name}"), getattr(info, name) or "") for name in names]
    return [(name, value) for name, value in facts if value]


def _reprint(view: View, id: str) -> Link:
    return Link(id, view.asked.only().link(document_path(id)))


def _speeches(speeches: list[Speech]) -> list[SpeechShown]:
    return [SpeechShown(one.title or "", _about(one), f"speech-{one.id}") for one in speeches]


def _about(speech: Speech) -> str:
    who = [speech.speaker.name or "", speech.speaker.title or ""] if speech.speaker else []
    return "　".join(part for part in (*who, speech.place or "", speech.date or "") if part)


def _listed(view: View, document: str, kind: str, finding: Finding) -> Listed:
    link = view.asked.only().link(document_path(document), finding=finding.id)
    name, about = _told(finding, view.words)
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    return Listed(finding.id, kind, short, about, f"{link}#{finding.id}", finding.id == view.asked.get("finding"))


def _told(finding: Finding, words: Words) -> tuple[str, str]:
    """Name a finding, and say what else is known of it."""
    owner = "、".join(finding.owner)
    if isinstance(finding, Mechanism):
        rhythms = dict.fromkeys(words.name("every", part.every) for part in finding.components if part.every)
        about = [*(rhythms or [words.name("type", finding.kind)]), words.name("status", finding.status), owner]
        return finding.name, " · ".join(part for part in about if part)
    deadline = told_deadline(finding.deadline.text, finding.deadline.edtf) if finding.deadline else ""
    if isinstance(finding, Measure):
        about = [words.name("commitment", finding.commitment), owner, deadline, finding.topic or ""]
        return finding.text, " · ".join(part for part in about if part)
    amount = told_amount(finding.value, finding.upper, finding.unit, finding.comparator) or finding.evidence.quote
    role = (
        words.name("role", finding.role)
        if isinstance(finding, Figure)
        else words.name("commitment", finding.commitment)
    )
    return f"{finding.metric or ''} {amount}".strip(), " · ".join(part for part in (role, deadline, owner) if part)
