"""The brief of one document as a page of its own: no script, nothing from elsewhere, the words highlighted in the text."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from speechmine.exporting.brief import NOBODY, Brief, owner, told_due, told_mechanism
from speechmine.exporting.cells import clean, single_line
from speechmine.exporting.tasks import Task, goal_text, rhythm_text
from speechmine.records import Evidence, Record

_STYLE = """
:root { --ink: #1f2933; --soft: #616e7c; --line: #d9e2ec; --measure: #fff3c4; --goal: #c6f1e7; --mechanism: #dceefb; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 58rem; padding: 2.5rem 1.5rem 5rem; color: var(--ink); background: #fff;
  font: 16px/1.75 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
h1, h2, h3, .due, .tag, table, nav, .facts, summary { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
  "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.35; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
h3 small { color: var(--soft); font-weight: normal; }
.facts { color: var(--soft); font-size: .9rem; margin: 0; }
nav { margin: 1rem 0 0; font-size: .9rem; }
nav a { margin-right: 1.2rem; }
a { color: #0b69a3; text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .55rem 0 .55rem 8.2rem; border-top: 1px solid var(--line); position: relative; overflow-wrap: anywhere; }
.due { position: absolute; left: 0; top: .6rem; width: 7.6rem; font-size: .88rem; font-weight: 600; line-height: 1.5; }
.due small { display: block; color: var(--soft); font-weight: normal; }
.tag { font-size: .8rem; color: var(--soft); margin-left: .5rem; }
.goal { display: block; font-size: .92rem; }
.goal::before { content: "目标　"; color: var(--soft); }
.place { display: block; font-size: .82rem; color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.55; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: normal; white-space: nowrap; }
#mechanisms td { width: 50%; }
#goals td:first-child { white-space: nowrap; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.text span { border-radius: 2px; }
.measure { background: var(--measure); }
.mechanism { background: var(--mechanism); }
.goalmark { background: var(--goal); }
.text :target { outline: 2px solid #d64545; }
.key span { padding: .1rem .4rem; margin-right: .8rem; font-size: .88rem; }
@media (max-width: 40rem) { li { padding-left: 0; } .due { position: static; display: block; width: auto; } }
@media print { body { font-size: 11pt; padding: 0; max-width: none; } nav { display: none; } a { color: inherit; }
  h2, h3 { break-after: avoid; } li, tr { break-inside: avoid; } span { print-color-adjust: exact; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(told: Brief, text: str | None) -> str:
    """Return a brief as one page.

    Args:
        told: The brief.
        text: The text as read, or None where it is not at hand: the page then has no text to highlight in.
    """
    links = text is not None
    return "\n".join([
        '<!DOCTYPE html>', '<html lang="zh-CN">', '<head>', '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_e(told.title)}</title>", f"<style>{_STYLE}</style>", "</head>", "<body>", "<header>",
        f"<h1>{_e(told.title)}</h1>", *(f'<p class="facts">{_e(fact)}</p>' for fact in told.facts), _nav(told, links),
        "</header>", "<main>", *_tasks(told, links), *_goals(told, links), *_mechanisms(told, links),
        *(_text(told.record, text) if text is not None else ()), "</main>", "</body>", "</html>", "",
    ])  # fmt: skip


def _nav(told: Brief, links: bool) -> str:
    measures = sum(len(group) for _, group in told.groups)
    parts = [
        ("tasks", "要求", measures),
        ("goals", "目标", len(told.goals)),
        ("mechanisms", "工作机制", len(told.mechanisms)),
    ]
    named = [f'<a href="#{name}">{label} {count}</a>' for name, label, count in parts if count]
    named += ['<a href="#text">原文</a>'] if links else []
    return f"<nav>{''.join(named)}</nav>"


def _tasks(told: Brief, links: bool) -> Iterator[str]:
    if told.groups:
        yield '<section id="tasks"><h2>要求谁做什么</h2>'
        for name, group in told.groups:
            yield f"<h3>{_e(name)} <small>{len(group)}</small></h3><ul>"
            yield from (_task(task, links) for task in group)
            yield "</ul>"
        yield "</section>"


def _task(task: Task, links: bool) -> str:
    due, _, words = told_due(task.found).partition(" ")
    when = f'<span class="due">{_e(due)}<small>{_e(words)}</small></span>' if due else '<span class="due"></span>'
    tags = "".join(f'<span class="tag">{_e(tag)}</span>' for tag in (task.topic, rhythm_text(task.rhythms)) if tag)
    goals = "".join(f'<span class="goal">{_e(goal_text(goal))}</span>' for goal in task.goals)
    quote = single_line(task.found.evidence.quote)
    said = "" if quote == single_line(task.text) else f"“{_e(quote)}”　"
    return f'<li>{when}{_e(task.text)}{tags}{goals}<span class="place">{said}{_to(task.id, str(task.place), links)}</span></li>'


def _goals(told: Brief, links: bool) -> Iterator[str]:
    if told.goals:
        yield '<section id="goals"><h2>目标</h2><table><tr><th>完成时限</th><th>目标</th><th>责任单位</th><th>原文</th></tr>'
        for goal in told.goals:
            who = "" if owner(goal) == NOBODY else owner(goal)
            quote = _to(goal.id, f"“{single_line(goal.evidence.quote)}”", links)
            yield f"<tr><td>{_e(told_due(goal))}</td><td>{_e(goal_text(goal))}</td><td>{_e(who)}</td><td>{quote}</td></tr>"
        yield "</table></section>"


def _mechanisms(told: Brief, links: bool) -> Iterator[str]:
    if told.mechanisms:
        yield '<section id="mechanisms"><h2>工作机制</h2><table><tr><th>机制</th><th>种类、状况、周期</th></tr>'
        for one in told.mechanisms:
            yield f"<tr><td>{_to(one.id, one.name, links)}</td><td>{_e(told_mechanism(one))}</td></tr>"
        yield "</table></section>"


def _text(record: Record, text: str) -> Iterator[str]:
    """Yield the text as read with all findings highlighted; where several lie on each other the narrowest shows."""
    found = [
        *((item.evidence, item.id, "measure") for item in record.measures),
        *((item.evidence, item.id, "mechanism") for item in record.mechanisms),
        *((item.evidence, item.id, "goalmark") for item in record.goals),
    ]
    kinds = (("measure", "举措"), ("goalmark", "目标"), ("mechanism", "机制"))
    key = "".join(f'<span class="{name}">{label}</span>' for name, label in kinds)
    yield f'<section id="text"><h2>原文</h2><p class="key">{key}</p>'
    yield f'<div class="text">{"".join(_pieces(found, text))}</div></section>'


def _pieces(found: list[tuple[Evidence, str, str]], text: str) -> Iterator[str]:
    edges = sorted({0, len(text), *(edge for place, _, _ in found for edge in (place.start, place.end))})
    starting: dict[int, list[tuple[Evidence, str, str]]] = {}
    for one in found:
        starting.setdefault(one[0].start, []).append(one)
    open_: list[tuple[Evidence, str, str]] = []
    for start, end in pairwise(edges):
        begun = starting.get(start, [])
        open_ = [one for one in open_ if one[0].end > start] + begun
        anchors = "".join(f'<a id="f-{_e(number)}"></a>' for _, number, _ in begun)
        words = escape(clean(text[start:end]))
        narrowest = min(open_, key=lambda one: one[0].end - one[0].start, default=None)
        yield anchors + (words if narrowest is None else f'<span class="{narrowest[2]}">{words}</span>')


def _to(number: str, words: str, links: bool) -> str:
    """Return words that lead to a finding in the text."""
    return f'<a href="#f-{_e(number)}">{_e(words)}</a>' if links else _e(words)


def _e(text: str) -> str:
    return escape(clean(text))
