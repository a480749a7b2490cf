"""What one document asks, as a brief: of whom, by when, measured by what; told here, written as Markdown or as a page."""

from collections.abc import Sequence

import msgspec

from speechmine.errors import SpeechmineError
from speechmine.exporting.cells import single_line
from speechmine.exporting.labels import KINDS, STATUSES
from speechmine.exporting.periods import last_day, rhythm
from speechmine.exporting.tasks import Task, sort_key, tasks
from speechmine.records import Goal, Measure, Mechanism, Record

NOBODY = "未点名单位"
_NAMED = 5


class Brief(msgspec.Struct, frozen=True):
    """The brief of one document.

    Attributes:
        record: What was found.
        title: The title of the document, or its source.
        facts: Who spoke, where and when, as far as it is known.
        groups: Who must act, with the tasks of each, the first deadline first.
        goals: All goals, the first deadline first.
        mechanisms: All mechanisms in their order.
    """

    record: Record
    title: str
    facts: list[str]
    groups: list[tuple[str, list[Task]]]
    goals: list[Goal]
    mechanisms: list[Mechanism]


def brief(record: Record) -> Brief:
    """Return the brief of a record."""
    document = record.document
    asked = [task for task in tasks(record) if isinstance(task.found, Measure)]
    groups: dict[str, list[Task]] = {}
    for task in sorted(asked, key=sort_key):
        groups.setdefault(owner(task.found), []).append(task)
    ordered = sorted(groups.items(), key=lambda group: (group[0] == NOBODY, sort_key(group[1][0])))
    goals = sorted(record.goals, key=lambda goal: (due(goal) or "9999", goal.evidence.start))
    return Brief(
        record, single_line(document.title or document.source), _facts(record), ordered, goals, record.mechanisms
    )


def the_record(records: Sequence[Record], wanted: str | None) -> Record:
    """Return the record of the document that is meant.

    Args:
        records: All there are.
        wanted: The id, the source or the title of a document, or None where there is only one.

    Raises:
        SpeechmineError: None is meant, or more than one.
    """
    found = [
        record
        for record in records
        if wanted is None or wanted in {record.document.id, record.document.source, record.document.title}
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(record.document.source for record in records[:_NAMED])
    more = ", …" if len(records) > _NAMED else ""
    what = f"{len(found)} documents of {len(records)}" if wanted is None or found else "no such document"
    raise SpeechmineError(
        what, wanted or "RECORDS", f"Name one with --document: its id, source or title ({names}{more})."
    )


def owner(finding: Measure | Goal | Mechanism) -> str:
    """Tell who must act."""
    return single_line("、".join(finding.owner)) or NOBODY


def due(finding: Measure | Goal) -> str:
    """Tell the last day of a deadline; empty where none is stated or its year is not known."""
    day = last_day(finding.deadline.edtf) if finding.deadline else None
    return "" if day is None else day.isoformat()


def told_due(finding: Measure | Goal) -> str:
    """Tell a deadline as a day and in the words of the speech."""
    if finding.deadline is None:
        return ""
    return single_line(f"{due(finding)} {finding.deadline.text}")


def told_mechanism(mechanism: Mechanism) -> str:
    """Tell what kind of mechanism it is, whether it is in force, and its rhythm."""
    parts = [f"{rhythm(part.every)}{part.action}" for part in mechanism.components if part.every]
    return single_line("；".join([f"{KINDS[mechanism.kind]}，{STATUSES[mechanism.status]}", *parts]))


def _facts(record: Record) -> list[str]:
    document, facts = record.document, []
    for speech in record.speeches[:_NAMED]:
        person = speech.speaker
        who = "".join(part for part in ((person.title, person.name) if person else ()) if part)
        facts.append(" · ".join(part for part in (who, speech.place, speech.date) if part))
    facts.append(" · ".join(part for part in (document.publisher, document.published, document.source) if part))
    facts += [] if document.complete else ["原文不全"]
    return [single_line(fact) for fact in dict.fromkeys(facts) if fact]
