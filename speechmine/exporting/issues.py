"""Tasks as issues for trackers: files that GitHub, GitLab, Jira, Redmine and OpenProject import.

Each issue names its id, in the last line of its description and where the tracker has a place for it, so that a second
import msgspec
import can be told from a first one. No word of a speech mentions anybody, closes anything or is taken for markup.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable

import msgspec

from speechmine.exporting.brief_markdown import escaped
from speechmine.exporting.cells import clean, guarded, single_line
from speechmine.exporting.periods import first_day, last_day
from speechmine.exporting.tasks import Task, goal_text, rhythm_text

MARKER = "speechmine-id"
_MARKED = re.compile(rf"{MARKER}\\?:\s*\\?\W?\s*([0-9a-f]{{16}})")
_TITLE = 200
_LABEL = "speechmine"
# What trackers take for people, issues, commands or labels.
_MENTION = re.compile(r"([@#!~$&%])(?=[A-Za-z0-9_\"])")
_JIRA = re.compile(r"([{}\[\]!|\\*_^~+\-?])")
_ZERO_WIDTH = "\u200b"


class Issue(msgspec.Struct, frozen=True):
    """A task as a tracker takes it; dates are ISO or empty."""

    id: str
    title: str
    body: str
    topic: str
    start: str
    due: str


def issues(tasks: Iterable[Task], known: frozenset[str], jira: bool = False) -> list[Issue]:
    """Return the issues of tasks without those that are known.

    Args:
        tasks: What was asked.
        known: Ids that the tracker holds already.
        jira: Whether descriptions are in Jira's markup, not in Markdown.
    """
    return [_issue(task, _jira if jira else _markdown) for task in tasks if task.id not in known]


def known_ids(text: str) -> frozenset[str]:
    """Return the ids named in whatever a tracker exported: CSV, JSON, text.

    >>> sorted(known_ids('…,"speechmine-id: 0123456789abcdef",…'))
    ['0123456789abcdef']
    """
    return frozenset(_MARKED.findall(text))


def github(found: list[Issue]) -> bytes:
    """Return JSON lines, each the body of one request that makes an issue."""
    lines = [
        json.dumps({"title": one.title, "body": one.body, "labels": [_LABEL]}, ensure_ascii=False) + "\n"
        for one in found
    ]
    return "".join(lines).encode("utf-8", "replace")


def gitlab(found: list[Issue]) -> bytes:
    """Return CSV with the columns that GitLab imports."""
    return _csv(("title", "description", "due_date"), ((one.title, one.body, one.due) for one in found))


def jira(found: list[Issue]) -> bytes:
    """Return CSV for Jira's importer; External Id is to be mapped to a text field."""
    head = ("External Id", "Summary", "Issue Type", "Description", "Due Date", "Labels")
    return _csv(head, ((one.id, one.title, "Task", one.body, one.due, _LABEL) for one in found))


def redmine(found: list[Issue]) -> bytes:
    """Return CSV for Redmine's importer; Unique ID ties rows of one file, Speechmine ID is to be mapped to a field."""
    head = ("Unique ID", "Subject", "Description", "Category", "Start date", "Due date", "Speechmine ID")
    rows = ((one.id, one.title, one.body, one.topic, one.start, one.due, one.id) for one in found)
    return _csv(head, rows)


def openproject(found: list[Issue]) -> bytes:
    """Return CSV with the columns of OpenProject's Excel synchronisation; an empty ID makes a work package."""
    head = ("ID", "Subject", "Type", "Description", "Start date", "Finish date", "Speechmine ID")
    return _csv(head, (("", one.title, "Task", one.body, one.start, one.due, one.id) for one in found))


TRACKERS: dict[str, Callable[[list[Issue]], bytes]] = {
    "github": github, "gitlab": gitlab, "jira": jira, "redmine": redmine, "openproject": openproject,
}  # fmt: skip


def _issue(task: Task, mark_up: Callable[[Task], list[str]]) -> Issue:
    deadline = task.deadline
    start = first_day(deadline.edtf) if deadline and "/" in deadline.edtf else None
    due = last_day(deadline.edtf) if deadline else None
    body = "\n\n".join([*mark_up(task), f"{MARKER}: {task.id}"])
    title = _unmentioned(single_line(task.text, _TITLE)) or task.id
    return Issue(task.id, title, body, single_line(task.topic), f"{start or ''}", f"{due or ''}")


def _facts(task: Task) -> list[tuple[str, str]]:
    """Return what is to be told of a task, each with its label; empty ones are left out."""
    owners = task.owners
    facts = [
        ("牵头领导", "、".join(owners.leaders)), ("牵头单位", "".join(owners.bodies[:1])),
        ("责任单位", "、".join(owners.bodies[1:])), ("责任人", "、".join(owners.persons)),
        ("完成时限", task.deadline.text if task.deadline else ""), ("调度周期", rhythm_text(task.rhythms)),
        *(("量化目标", goal_text(goal)) for goal in task.goals),
        ("依据", f"{task.document.title or task.document.source}，{task.place}"),
    ]  # fmt: skip
    return [(label, text) for label, text in facts if text]


def _markdown(task: Task) -> list[str]:
    """Tell a task in Markdown: the words as a quotation, so that no line of theirs begins with a command."""
    facts = "\n".join(f"- {label}：{_unmentioned(escaped(text))}" for label, text in _facts(task))
    return [f"> {_unmentioned(escaped(task.found.evidence.quote))}", facts]


def _jira(task: Task) -> list[str]:
    """Tell a task in Jira's markup."""

    def plain(text: str) -> str:
        return _JIRA.sub(r"\\\1", single_line(text))

    facts = "\n".join(f"* {label}：{plain(text)}" for label, text in _facts(task))
    return [f"bq. {plain(task.found.evidence.quote)}", facts]


def _unmentioned(text: str) -> str:
    return _MENTION.sub(rf"\1{_ZERO_WIDTH}", text)


def _csv(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return CSV without a mark of UTF-8, which importers would read into the first heading."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(head)
    lines.writerows(tuple(guarded(clean(cell)) for cell in row) for row in rows)
    return out.getvalue().encode("utf-8", "replace")
