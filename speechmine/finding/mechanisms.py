"""Mechanisms: standing arrangements by which work is driven, watched, shared out, recorded or judged.

The rules that a statement calls propose names, some are refused, the best of overlapping ones is kept, and bare parts
side by side are joined into one run.
"""

from bisect import bisect_left
from itertools import islice, takewhile

from msgspec.structs import replace

from speechmine.finding.arrangements import Proposal
from speechmine.finding.mentions import MechanismMention, Part
from speechmine.outline import Outline
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.spans import Span

_FAMILIES = "cadence responsibility ledger assessment coordination supervision formula"
_JOINT = compiled(r"”?[、和及与]\w{0,2}“?|[,“”\s]{0,3}")  # 列出清单、建立台账; 倒排工期,挂图作战
_NEAR = 8  # how many findings back a repeated name is looked for
_GLOSS = compiled(r"“[^”]{1,24}”[^,:“]{0,8}[:—]")  # an entry of a glossary explains: “一图四清单”:数字化转型场景图谱…


def find_mechanisms(outline: Outline, rules: RuleBook) -> list[MechanismMention]:
    """Find every mechanism named in the statements of a document, in order of place."""
    return [
        replace(mention, span=_moved(mention.span, statement.span.start))
        for number, statement in enumerate(outline.statements)
        if not statement.heading and not _GLOSS.match(statement.text)
        for mention in mechanisms_in(statement.text, rules, number)
    ]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def mechanisms_in(text: str, rules: RuleBook, statement: int = 0) -> list[MechanismMention]:
    """Find the mechanisms named in one statement; spans count its text."""
    called = [rule for rule in rules.called(_FAMILIES, text) if rule.id != "cadence.part"]
    if not called:
        return []
    proposed = (Proposal.of(rule, match, rules) for rule in called for match in rule.finditer(text))
    kept = _best([proposal for proposal in proposed if not proposal.refused(rules)], len(text))
    return _without_repeats(_joined(kept, text, statement), text, rules)


def _best(proposals: list[Proposal], length: int) -> list[Proposal]:
    """Keep the best of overlapping proposals in a text of so many characters, in order of place."""
    kept: list[Proposal] = []
    taken = bytearray(length)
    by_place = sorted(proposals, key=lambda p: p.span)
    for proposal in sorted(proposals, key=lambda p: p.order):
        span = proposal.span
        if not any(taken[span.start : span.end]) and not _told_by_another(proposal, by_place):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(proposal)
    return sorted(kept, key=lambda p: p.span)


def _told_by_another(formula: Proposal, by_place: list[Proposal]) -> bool:
    """Say whether what the quotation marks of a formula hold is an arrangement of its own: “周调度、月通报”机制."""
    if formula.kind != "formula":
        return False
    half = (formula.content.end - formula.content.start) / 2
    first = bisect_left(by_place, formula.span.start, key=lambda p: p.span.start)
    inside = takewhile(lambda other: other.span.start < formula.span.end, islice(by_place, first, None))
    return any(
        other.kind != "formula" and other.order[0] <= 0 and formula.span.holds(other.span) and other.length > half
        for other in inside
    )


def _joined(kept: list[Proposal], text: str, statement: int) -> list[MechanismMention]:
    """Make findings of proposals; bare parts that stand side by side are one arrangement: 时间表、路线图."""
    runs: list[list[Proposal]] = []
    for proposal in kept:
        last = runs[-1][-1] if runs else None
        if last is not None and _side_by_side(last, proposal, text):
            runs[-1].append(proposal)
        elif last is None or not _head_of(last, proposal, text):
            runs.append([proposal])
    return [_finding(run, statement) for run in runs]


def _side_by_side(first: Proposal, second: Proposal, text: str) -> bool:
    between = Span(first.span.end, second.span.start)
    if first.parts and second.kind == "formula":
        return between.cut(text) in {"", "“", "”"}  # …、一抓到底“五个一”工作机制: one, told in full
    run = first.rule.set.get("run")
    return run is not None and run == second.rule.set.get("run") and _JOINT.fullmatch(text, *between) is not None


def _head_of(first: Proposal, second: Proposal, text: str) -> bool:
    """Say whether the second name is only the head of the first: “月调度、季通报”工作推进机制, “红黄灯”预警机制."""
    return text[first.span.end : second.span.start] == "”"


def _finding(run: list[Proposal], statement: int) -> MechanismMention:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return first.mention(statement)
    if last.kind == "formula":
        return replace(first.mention(statement), span=last.span, rule=last.rule.id)
    parts = tuple(Part(None, words, words) for words in (proposal.span.cut(proposal.text) for proposal in run))
    return replace(first.mention(statement), span=Span(first.span.start, last.span.end), parts=parts)


def _without_repeats(mentions: list[MechanismMention], text: str, rules: RuleBook) -> list[MechanismMention]:
    """Drop a second mention that only explains the first: 拿出项目台账的样本,看台账怎么建立."""
    kept: list[MechanismMention] = []
    for mention in mentions:
        twins = [other.span.cut(text) for other in kept[-_NEAR:] if other.kind == mention.kind]
        if not any(_names_again(mention.span.cut(text), twin, rules) for twin in twins):
            kept.append(mention)
    return kept


def _names_again(name: str, twin: str, rules: RuleBook) -> bool:
    """Say whether one of two names is the end of the other, or both are of one ledger."""
    head = name[-2:]
    return twin.endswith(name) or name.endswith(twin) or (head in twin and head in rules.words("ledger_heads"))
