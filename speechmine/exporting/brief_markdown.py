"""The brief of one document as Markdown; no word of the speech is taken for markup."""

import re
from collections.abc import Iterator

from speechmine.exporting.brief import NOBODY, Brief, owner, told_due, told_mechanism
from speechmine.exporting.cells import single_line
from speechmine.exporting.tasks import Task, goal_text, rhythm_text

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&$])")
# What begins a list, a heading or a quotation where a line begins.
_LEADING = re.compile(r"([-+#=]|\d+(?=[.)]))")


def markdown(told: Brief) -> str:
    """Return a brief as Markdown."""
    return "\n".join(_lines(told)) + "\n"


def escaped(text: str) -> str:
    r"""Return a text on one line in which nothing is markup.

    >>> print(escaped("<b>*周调度*</b>"))
    \<b\>\*周调度\*\</b\>
    """
    line = _MARKUP.sub(r"\\\1", single_line(text))
    begun = _LEADING.match(line)
    if begun is None:
        return line
    # A number is not escaped itself, but the mark behind it.
    return f"{begun[1]}\\{line[begun.end() :]}" if begun[1].isdecimal() else f"\\{line}"


def _lines(told: Brief) -> Iterator[str]:
    yield f"# {escaped(told.title)}"
    yield ""
    for fact in told.facts:
        yield f"{escaped(fact)}  "
    if told.groups:
        yield from ("", "## 要求谁做什么")
    for name, group in told.groups:
        yield from ("", f"### {escaped(name)}（{len(group)}）", "")
        for task in group:
            yield from _task(task, name)
    if told.goals:
        yield from ("", "## 目标", "", "| 完成时限 | 目标 | 责任单位 | 原文 |", "| --- | --- | --- | --- |")
    for goal in told.goals:
        who = "" if owner(goal) == NOBODY else owner(goal)
        cells = (told_due(goal), goal_text(goal), who, f"“{goal.evidence.quote}”")
        yield f"| {' | '.join(escaped(cell) for cell in cells)} |"
    if told.mechanisms:
        yield from ("", "## 工作机制", "")
    for mechanism in told.mechanisms:
        yield f"- **{escaped(mechanism.name)}**　{escaped(told_mechanism(mechanism))}"
        if mechanism.evidence.quote != mechanism.name:
            yield f"  > “{escaped(mechanism.evidence.quote)}”"


def _task(task: Task, group: str) -> Iterator[str]:
    due = told_due(task.found)
    tail = [part for part in (task.topic, rhythm_text(task.rhythms)) if part]
    when, kind = f"**{escaped(due)}**　" if due else "", escaped("；".join(tail))
    yield f"- {when}{escaped(task.text)}" + (f"（{kind}）" if kind else "")
    for goal in task.goals:
        yield f"  - 目标：{escaped(goal_text(goal))}"
    place = str(task.place)
    quote = task.found.evidence.quote
    said = "" if single_line(quote) == single_line(task.text) else f"“{escaped(quote)}”　"
    yield f"  > {said}{escaped(place)}"
