"""What was asked, as tasks: one for each measure, with its goals and rhythms, and one for each goal no measure carries.

Ledger, calendar, brief and trackers all tell tasks; none of them guesses what a record leaves open.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import msgspec

from speechmine.exporting.labels import BOUNDS, GOAL_COMMITMENTS
from speechmine.exporting.periods import last_day, rhythm
from speechmine.records import Component, Deadline, DocumentInfo, Goal, Measure, Mechanism, Record, Speech
from speechmine.rules import load_rules


class Owners(msgspec.Struct, frozen=True):
    """Who must act, sorted into the columns of a ledger: only what the words themselves say.

    Attributes:
        leaders: Named as leaders: 分管县级领导, 县委书记.
        bodies: The bodies in their order; the first one leads.
        persons: Other persons: 主要负责人.
    """

    leaders: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str]) -> "Owners":
        """Sort names by their last words.

        >>> Owners.of(["市发改委", "分管县级领导", "市财政局", "各单位主要负责人"])
        Owners(leaders=('分管县级领导',), bodies=('市发改委', '市财政局'), persons=('各单位主要负责人',))
        """
        seen = tuple(dict.fromkeys(names))
        leaders = tuple(name for name in seen if name.endswith(_ends("person.leader")))
        persons = tuple(name for name in seen if name.endswith(_ends("person.duty")) and name not in leaders)
        return cls(leaders, tuple(name for name in seen if name not in {*leaders, *persons}), persons)


class Place(msgspec.Struct, frozen=True):
    """A finding and where it stands; the speech is None where the record does not name it."""

    document: DocumentInfo
    speech: Speech | None
    item: Measure | Goal | Mechanism

    def __str__(self) -> str:
        """Tell where in the document the words stand: speech, headings, characters."""
        words = self.item.evidence
        title = self.speech.title if self.speech and self.speech.title != self.document.title else None
        headings = [heading for heading in (title, *self.item.section) if heading]
        return " / ".join([*headings, f"第{words.start}—{words.end}字"])


class Task(msgspec.Struct, frozen=True):
    """A measure or a goal with all that belongs to it.

    Attributes:
        document: Where it was found.
        speech: The speech of the document, or None.
        found: The measure, or the goal that no measure carries.
        goals: The goals it is measured by; for a goal the goal itself.
        rhythms: The parts of its mechanisms that come back at intervals.
    """

    document: DocumentInfo
    speech: Speech | None
    found: Measure | Goal
    goals: tuple[Goal, ...] = ()
    rhythms: tuple[Component, ...] = ()

    @property
    def id(self) -> str:
        """The id of the measure or goal."""
        return self.found.id

    @property
    def text(self) -> str:
        """The words of the task: the measure's, or of a goal what is to be reached."""
        return self.found.text if isinstance(self.found, Measure) else goal_text(self.found)

    @property
    def topic(self) -> str:
        """The policy field of a measure; 量化目标 for a goal of its own."""
        return (self.found.topic or "") if isinstance(self.found, Measure) else "量化目标"

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.document, self.speech, self.found)

    @property
    def owners(self) -> Owners:
        """Who must act."""
        return Owners.of(self.found.owner)

    @property
    def deadline(self) -> Deadline | None:
        """By when, as stated for the task itself."""
        return self.found.deadline


def tasks(record: Record) -> Iterator[Task]:
    """Yield the tasks of one document in the order of their words."""
    goals = {goal.id: goal for goal in record.goals}
    mechanisms = {mechanism.id: mechanism for mechanism in record.mechanisms}
    speeches = {speech.id: speech for speech in record.speeches}
    carried = {number for measure in record.measures for number in measure.goals}
    alone = [goal for goal in record.goals if goal.id not in carried]
    every: list[Measure | Goal] = [*record.measures, *alone]
    for found in sorted(every, key=lambda item: (item.evidence.start, item.id)):
        speech = speeches.get(found.speech)
        if isinstance(found, Goal):
            yield Task(record.document, speech, found, (found,))
        else:
            linked = [mechanisms[number] for number in found.mechanisms if number in mechanisms]
            own = tuple(goals[number] for number in found.goals if number in goals)
            yield Task(record.document, speech, found, own, tuple(rhythmic(linked)))


def rhythmic(mechanisms: Iterable[Mechanism]) -> Iterator[Component]:
    """Yield the parts of mechanisms that come back at intervals."""
    for mechanism in mechanisms:
        yield from (part for part in mechanism.components if part.every is not None)


def first_printings(records: Iterable[Record], left_out: Callable[[Record], object]) -> Iterator[Record]:
    """Yield each document once, without reprints of one that is among them: their tasks would stand there twice.

    Reprints wait until all else was read, so that their order is nothing; each other record is let go at once.

    Args:
        records: What was found, in any order.
        left_out: Is told each record that is not yielded.
    """
    held: set[str] = set()
    waiting: list[Record] = []
    for record in records:
        if record.document.reprint_of not in {None, record.document.id}:
            waiting.append(record)
        elif record.document.id in held:
            left_out(record)
        else:
            held.add(record.document.id)
            yield record
    ids = held | {record.document.id for record in waiting}
    for record in waiting:
        if record.document.id in held or record.document.reprint_of in ids:
            left_out(record)
        else:
            held.add(record.document.id)
            yield record


def goal_text(goal: Goal) -> str:
    """Tell a goal in words: what, how much, by when, how firmly.

    >>> from speechmine import Document, analyse, load_rules
    >>> record = analyse(Document.of("2024年,全市要确保新增就业不低于3万人。"), load_rules())
    >>> goal_text(record.goals[0])
    '新增就业不低于3万人（确保，2024年）'
    """
    words = [GOAL_COMMITMENTS[goal.commitment], *([goal.deadline.text] if goal.deadline else [])]
    return f"{goal.metric or ''}{_amount(goal)}（{'，'.join(words)}）"


def _amount(goal: Goal) -> str:
    """Tell how much: 不低于3万人, 增长8—9%, 降幅不低于20%; the words of the speech where no number is stated."""
    if goal.value is None:
        return goal.evidence.quote
    sign = "" if goal.comparator == "=" else BOUNDS[goal.comparator]
    number, unit = value_text(goal), goal.unit or ""
    if goal.kind != "growth" or (goal.metric or "").endswith(_ends("growth_apart")):
        return f"{sign}{number}{unit}"
    if goal.value < 0 and goal.upper is None:
        return f"降幅{sign}{-goal.value:f}{unit}"
    return f"增长{sign}{number}{unit}"


@cache
def _ends(words: str) -> tuple[str, ...]:
    """Return the words of a list of the rules, which are loaded only here: when tasks are told."""
    return tuple(load_rules().words(words))


def value_text(goal: Goal) -> str:
    """Return the number of a goal exactly as written, or both ends of a range; empty where none is stated."""
    if goal.value is None:
        return ""
    return f"{goal.value:f}" if goal.upper is None else f"{goal.value:f}—{goal.upper:f}"


def rhythm_text(parts: Iterable[Component]) -> str:
    """Tell rhythms with what is done: 每周调度；每月通报."""
    return "；".join(dict.fromkeys(f"{rhythm(part.every)}{part.action}" for part in parts if part.every is not None))


def sort_key(task: Task) -> tuple[str, str]:
    """Order by deadline, what has none last; then by place."""
    day = last_day(task.deadline.edtf) if task.deadline else None
    return ("9999" if day is None else day.isoformat(), f"{task.found.evidence.start:09}")
