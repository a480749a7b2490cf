"""Rhythms and deadlines as a calendar: the only door to icalendar.

The id of a finding is the UID of its event, so that importing the file again changes events and adds none. Nothing here
asks what day it is: stamps come from the date of the speech.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from speechmine import __version__
from speechmine.errors import SpeechmineError
from speechmine.exporting.cells import clean, single_line
from speechmine.exporting.periods import first_day, last_day, rhythm
from speechmine.exporting.recurrence import Rule, recurrence
from speechmine.exporting.tasks import Place, Task, goal_text, tasks
from speechmine.records import Component, DocumentInfo, Goal, Mechanism, Record, Speech

if TYPE_CHECKING:
    from icalendar import Event

_UNDATED = date(2000, 1, 1)
_TITLE = 80


class Wishes(msgspec.Struct, frozen=True):
    """What the user asked for.

    Attributes:
        remind: How many days before a deadline the reminder comes.
        until: The last day of recurring events, or None for no end.
        sequence: The revision of the events: a higher one than last time makes every program take the changes.
    """

    remind: int = 3
    until: date | None = None
    sequence: int = 0


_USUAL = Wishes()


class Calendar(msgspec.Struct):
    """A calendar and what did not go into it.

    Attributes:
        data: The bytes of the file.
        cadences: How many recurring events.
        deadlines: How many deadlines.
        irregular: Rhythms that no calendar can hold: regular, irregular, within a day.
        undated: Rhythms of a speech whose date is not known.
        unknown: Deadlines in a year that is not known.
    """

    data: bytes = b""
    cadences: int = 0
    deadlines: int = 0
    irregular: int = 0
    undated: int = 0
    unknown: int = 0
    _events: list["Event"] = msgspec.field(default_factory=list)
    _told: set[str] = msgspec.field(default_factory=set)


def calendar(records: Iterable[Record], wishes: Wishes = _USUAL) -> Calendar:
    """Return the calendar of records.

    Raises:
        SpeechmineError: icalendar is not installed.
    """
    try:
        import icalendar
    except ImportError as error:
        hint = "pip install 'speechmine[trackers]'"
        raise SpeechmineError("icalendar is not installed", "export ics", hint) from error
    made = Calendar()
    for record in records:
        for mechanism in record.mechanisms:
            _add_cadences(made, mechanism, record, wishes)
        for task in tasks(record):
            _add_deadlines(made, task, wishes)
    book = icalendar.Calendar()
    book.add("prodid", f"-//speechmine//{__version__}//ZH")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    for event in made._events:
        book.add_component(event)
    made.data = book.to_ical(sorted=False)
    return made


def _add_cadences(made: Calendar, mechanism: Mechanism, record: Record, wishes: Wishes) -> None:
    speech = next((speech for speech in record.speeches if speech.id == mechanism.speech), None)
    place = Place(record.document, speech, mechanism)
    spoken = _spoken(record.document, speech)
    for number, part in enumerate(mechanism.components, 1):
        if part.every is None:
            continue
        words = mechanism.evidence.quote if len(mechanism.components) == 1 else part.text
        rule = recurrence(part.every, spoken or _UNDATED, words)
        if rule is None:
            made.irregular += 1
        elif spoken is None:
            made.undated += 1
        elif wishes.until is None or rule.start <= wishes.until:
            made.cadences += 1
            made._events.append(_cadence((mechanism, part), f"{mechanism.id}-{number}", place, (rule, wishes)))


def _add_deadlines(made: Calendar, task: Task, wishes: Wishes) -> None:
    """Add the deadline of a task, and those of its goals that differ from it."""
    own = [(task.place, task.deadline, task.text)]
    parts = [(Place(task.document, task.speech, goal), goal.deadline, goal_text(goal)) for goal in task.goals]
    for place, deadline, text in own + [part for part in parts if part[0].item is not task.found]:
        same = task.deadline and deadline and task.deadline.edtf == deadline.edtf and place.item is not task.found
        if deadline is None or same or place.item.id in made._told:
            continue
        made._told.add(place.item.id)
        if (day := last_day(deadline.edtf)) is None or day == date.max:
            made.unknown += 1
        else:
            made.deadlines += 1
            made._events.append(_deadline(place, day, f"{deadline.text}：{text}", wishes))


def _spoken(document: DocumentInfo, speech: Speech | None) -> date | None:
    """Return the day of a speech, or the first day of the period that is known of it; no calendar goes on after 9999."""
    dates = (speech.date if speech else None, document.reference_date, document.published)
    days = (first_day(text) for text in dates if text)
    return next((day for day in days if day and day.year < date.max.year), None)


def _cadence(what: tuple[Mechanism, Component], uid: str, place: Place, when: tuple[Rule, Wishes]) -> "Event":
    (mechanism, part), (rule, wishes) = what, when
    event = _event(uid, place, wishes)
    owner = f"（{'、'.join(mechanism.owner)}）" if mechanism.owner else ""
    event.add("summary", single_line(f"{rhythm(part.every or '')}{part.action}{owner}", _TITLE))
    event.add("dtstart", rule.start)
    event.add("dtend", rule.start + timedelta(days=1))
    parts = {name: value for name, value in rule.parts.items() if (name, value) != ("INTERVAL", 1)}
    event.add("rrule", {**parts, **({"UNTIL": wishes.until} if wishes.until else {})})
    event.add("categories", ["周期任务"])
    return event


def _deadline(place: Place, day: date, text: str, wishes: Wishes) -> "Event":
    from icalendar import Alarm

    event = _event(place.item.id, place, wishes)
    owner = f"{'、'.join(place.item.owner)}：" if place.item.owner else ""
    event.add("summary", single_line(f"【完成时限】{owner}{text}", _TITLE))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("categories", ["目标" if isinstance(place.item, Goal) else "任务"])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", single_line(text, _TITLE))
    alarm.add("trigger", timedelta(days=-wishes.remind))
    event.add_component(alarm)
    return event


def _event(uid: str, place: Place, wishes: Wishes) -> "Event":
    from icalendar import Event

    event, document = Event(), place.document
    day = _spoken(document, place.speech) or _UNDATED
    event.add("uid", uid)
    event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=UTC))
    event.add("last-modified", datetime(day.year, day.month, day.day, tzinfo=UTC))
    event.add("sequence", wishes.sequence)
    event.add("transp", "TRANSPARENT")
    words = f"“{place.item.evidence.quote}”\n{document.title or document.source}，{place}"
    event.add("description", clean(words))
    if document.source.startswith(("http://", "https://")) and document.source.isprintable():
        event.add("url", document.source)
    return event
