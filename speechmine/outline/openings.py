"""What a piece opens with that is no part of its words: vocatives, connectives, frames of attribution."""

import re
from collections.abc import Container
from typing import NamedTuple

from speechmine.outline.people import Voice, voice_of
from speechmine.patterns import compiled
from speechmine.rules import Rule, RuleBook

_SEARCHED = 240
_MOST_STEPS = 4
_LONGEST_SUBJECT = 90
_LONGEST_VOCATIVE = 60
_DROPPED = "opening.vocative opening.dateline opening.reporter opening.gazette opening.besides"
_SAID = compiled("[,:。]")
_PAUSE = compiled(r"[,:;。!?)]|(?<=[。!?])”")


class Opening(NamedTuple):
    """How much of a piece comes before its words.

    Attributes:
        length: Number of characters to leave out.
        voice: Who says the words, or None.
        before: Length of the narration that stands before the subject (6月10日,全市召开会议,市委书记…强调,).
    """

    length: int
    voice: Voice | None = None
    before: int = 0


class _Words(NamedTuple):
    joining: re.Pattern[str]
    saying: re.Pattern[str]
    verbs: tuple[str, ...]
    bases: re.Pattern[str]
    goals: Rule
    opinion: Rule


_BOOKS: dict[str, _Words] = {}


def _words(rules: RuleBook) -> _Words:
    if rules.version not in _BOOKS:
        any_of = {name: rules.any_of(name).pattern for name in
                  ("connectives", "connectives.paused", "saying", "saying.manner", "saying.bases")}  # fmt: skip
        _BOOKS[rules.version] = _Words(
            compiled(rf"(?:{any_of['connectives']}(?:也|还)?,?|{any_of['connectives.paused']}[,:]) ?"),
            compiled(rf"{any_of['saying.manner']}{{0,2}}{any_of['saying']}{{1,2}}[,:。]"),
            tuple(rules.words("saying")),
            compiled(any_of["saying.bases"]),
            rules.rule("opening.goals"),
            rules.rule("opening.opinion"),
        )
    return _BOOKS[rules.version]


def opening_of(words: str, rules: RuleBook, names: Container[str] = ()) -> Opening:
    """Return what the words of a piece open with; ``names`` are of those who have spoken before.

    >>> from speechmine.rules import load_rules
    >>> words = "同时,王小明强调,要抓落实"
    >>> words[opening_of(words, load_rules()).length :]
    '要抓落实'
    """
    start, voice, before = 0, None, 0
    for _ in range(_MOST_STEPS):
        rest = words[start : start + _SEARCHED]
        rules.calls.lend(words, (rest, rest[:_LONGEST_VOCATIVE]))
        step = _dropped(rest, rules)
        if not step:
            frame = _frame(rest, rules, names)
            if frame is None:
                break
            step = frame.length
            if frame.before:
                before = start + frame.before
            voice = frame.voice or voice
        start += step
    return Opening(start, voice, before)


def _dropped(words: str, rules: RuleBook) -> int:
    """Return the length of a vocative, dateline or connective at the head of the words."""
    found = _words(rules).joining.match(words)
    if found is None:
        head = words[:_LONGEST_VOCATIVE]
        found = next((match for rule in rules.called(_DROPPED, head) if (match := rule.search(head))), None)
    return found.end() if found else 0


def _may_say(words: str, verbs: tuple[str, ...]) -> bool:
    """Say whether a verb of saying stands before a pause: far cheaper than to look for the whole frame."""
    return any(words.endswith(verbs, 0, pause.start()) for pause in _SAID.finditer(words))


def _frame(words: str, rules: RuleBook, names: Container[str]) -> Opening | None:
    """Return the frame that the words stand in: who says them, or what list of goals they open."""
    known, head = _words(rules), words[:_SEARCHED]
    if goals := known.goals.search(head):
        return Opening(goals.end())
    for verb in known.saying.finditer(head) if _may_say(head, known.verbs) else ():
        begin = max((pause.end() for pause in _PAUSE.finditer(head, 0, verb.start())), default=0)
        subject = head[begin : verb.start()].strip("“” ")
        voice = voice_of(subject, rules, names) if len(subject) <= _LONGEST_SUBJECT else None
        if voice and not known.bases.match(subject):
            return Opening(verb.end(), voice, begin)
    own = known.opinion.search(head)
    return Opening(own.end(), Voice("body")) if own else None
