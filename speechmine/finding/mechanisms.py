"""Mechanisms: standing arrangements by which work is driven, watched, shared out, recorded or judged.

Every statement passes a cheap gate; then the rules propose names, some are refused, the best of overlapping ones is kept,
and bare parts side by side are joined into one run.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from speechmine.finding.arrangements import Proposal
from speechmine.finding.mentions import MechanismMention, Part
from speechmine.outline import Outline
from speechmine.rules import Rule, RuleBook
from speechmine.spans import Span

_FAMILIES = ("cadence", "responsibility", "ledger", "assessment", "coordination", "supervision", "formula")
_JOINT = re.compile(r"[、,和及与“”\s]{1,2}\w{0,2}|")
_LEDGERS = frozenset({"台账", "台帐"})
_GLOSS = re.compile(r"“[^”]{1,24}”[^,:“]{0,8}[:—]")  # an entry of a glossary explains: “一图四清单”:数字化转型场景图谱…
_gates: dict[str, re.Pattern[str]] = {}


def find_mechanisms(outline: Outline, rules: RuleBook) -> list[MechanismMention]:
    """Find every mechanism named in the statements of a document, in order of place."""
    gate = _gate(rules)
    found: list[MechanismMention] = []
    for number, statement in enumerate(outline.statements):
        if not statement.heading and gate.search(statement.text) and not _GLOSS.match(statement.text):
            start = statement.span.start
            for mention in mechanisms_in(statement.text, rules, number):
                span = Span(mention.span.start + start, mention.span.end + start)
                found.append(replace(mention, span=span))
    return found


def mechanisms_in(text: str, rules: RuleBook, statement: int = 0) -> list[MechanismMention]:
    """Find the mechanisms named in one statement; spans count its text."""
    proposed = (Proposal.of(rule, match, rules) for rule in _rules(rules) for match in rule.finditer(text))
    kept = _best([proposal for proposal in proposed if not proposal.refused(rules)])
    return _without_repeats(_joined(kept, text, statement), text)


def _rules(rules: RuleBook) -> Iterator[Rule]:
    for family in _FAMILIES:
        yield from (rule for rule in rules.family(family) if rule.id != "cadence.part")


def _gate(rules: RuleBook) -> re.Pattern[str]:
    """Return a pattern of every word that some rule needs: most statements hold none of them."""
    if rules.version not in _gates:
        words = sorted({word for rule in _rules(rules) for word in rule.needs})
        _gates[rules.version] = re.compile("|".join(map(re.escape, words)))
    return _gates[rules.version]


def _best(proposals: list[Proposal]) -> list[Proposal]:
    """Keep the best of overlapping proposals, in order of place.

    A formula whose quotation marks hold an arrangement of a kind of its own is that arrangement: “周调度、月通报”机制.
    """
    kept: list[Proposal] = []
    for proposal in sorted(proposals, key=lambda p: p.order):
        if not any(proposal.span.overlaps(other.span) for other in kept):
            if not (proposal.kind == "formula" and _told_by_another(proposal, proposals)):
                kept.append(proposal)
    return sorted(kept, key=lambda p: p.span)


def _told_by_another(formula: Proposal, proposals: Iterable[Proposal]) -> bool:
    """Say whether another proposal covers most of what the formula's quotation marks hold."""
    half = (formula.content.end - formula.content.start) / 2
    return any(
        other.kind != "formula" and other.order[0] <= 0 and formula.span.holds(other.span) and other.span.end - other.span.start > half
        for other in proposals
    )


def _joined(kept: list[Proposal], text: str, statement: int) -> list[MechanismMention]:
    """Join bare parts that stand side by side into one arrangement: 时间表、路线图."""
    joined: list[MechanismMention] = []
    ends_in_run = False
    for proposal in kept:
        mention = proposal.mention(statement)
        in_run = "run" in proposal.rule.set
        last = joined[-1] if joined else None
        if last and in_run and ends_in_run and _JOINT.fullmatch(text, last.span.end, mention.span.start):
            joined[-1] = _run_of(last, mention, text)
        elif last and last.parts and mention.kind == "formula" and mention.span.start - last.span.end <= 1:
            joined[-1] = replace(last, span=mention.span, rule=mention.rule)  # …、一抓到底“五个一”工作机制: one, told in full
        elif not (last and text[last.span.end : mention.span.start] == "”"):  # “月调度、季通报”工作推进机制 is named already
            joined.append(mention)
        ends_in_run = in_run
    return joined


def _run_of(first: MechanismMention, second: MechanismMention, text: str) -> MechanismMention:
    parts = first.parts or (_bare(first, text),)
    return replace(first, span=Span(first.span.start, second.span.end), parts=(*parts, _bare(second, text)))


def _bare(mention: MechanismMention, text: str) -> Part:
    words = mention.span.cut(text)
    return Part(None, words, words)


def _without_repeats(mentions: list[MechanismMention], text: str) -> list[MechanismMention]:
    """Drop a second mention that only explains the first: 拿出项目台账的样本,看台账怎么建立."""
    kept: list[MechanismMention] = []
    for mention in mentions:
        twins = [other.span.cut(text) for other in kept if other.kind == mention.kind]
        if not any(_names_again(mention.span.cut(text), twin) for twin in twins):
            kept.append(mention)
    return kept


def _names_again(name: str, twin: str) -> bool:
    """Say whether one of two names is the end of the other, or both are of one ledger."""
    return twin.endswith(name) or name.endswith(twin) or (name[-2:] in twin and name[-2:] in _LEDGERS)
