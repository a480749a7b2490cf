"""Cadences: the rhythm and the action of what is done again and again."""

import re

from speechmine.finding.mentions import Part
from speechmine.rules import Rule, RuleBook

_NEAR = 60  # characters before a frequency in which its action is looked for
_RUNS = ("cadence.run", "cadence.compact")
_PERIOD_LISTS = ("cadence_units", "cadence_each", "cadence_regular", "cadence_points")


def cadence_parts(rule: Rule, match: re.Match[str], rules: RuleBook) -> tuple[Part, ...]:
    """Read the components of one cadence.

    Args:
        rule: The rule that matched; ``every`` in its ``set`` overrides the words of the period.
        match: Its match in one statement.
        rules: For the lists of periods and actions.

    Returns:
        A part for each rhythm, or nothing where no action can be told: then the words are no cadence.
    """
    if rule.id in _RUNS:
        return _parts_of_run(match["quote"], rules)
    action = _action(rule, match, rules)
    rhythms = rule.set.get("every") or _rhythm(_group(match, "period", "each", "half"), rules)
    return tuple(Part(every, action, match["quote"]) for every in rhythms.split() if action)


def _parts_of_run(run: str, rules: RuleBook) -> tuple[Part, ...]:
    found = rules.rule("cadence.part").finditer(run)
    return tuple(Part(_rhythm(part["period"], rules), part["action"], part[0]) for part in found)


def _rhythm(period: str, rules: RuleBook) -> str:
    """Return the ISO 8601 durations (or ``regular``, ``irregular``) of a period as worded, blank between two.

    按月 and 逐月 are the rhythm of 月.
    """
    for words in (period, period[1:]):
        for name in _PERIOD_LISTS:
            if words in rules.words(name):
                return rules.words(name).values[words]
    return ""


def _action(rule: Rule, match: re.Match[str], rules: RuleBook) -> str:
    """Return the bare action: 集中调度 done 一次 is 调度, 发一条动态 is 发动态."""
    if rule.set.get("find") == "near":
        return _nearest_action(match, rules)
    return _group(match, "verb") + _group(match, "action", "what")


def _nearest_action(match: re.Match[str], rules: RuleBook) -> str:
    """Return the last action named before the frequency: 探访长者,每户一年最少两次."""
    before = list(rules.any_of("cadence_actions").finditer(match.string, max(0, match.start() - _NEAR), match.start()))
    return before[-1][0] if before else ""


def _group(match: re.Match[str], *names: str) -> str:
    """Return the first of the named groups that the rule has and that took part in the match."""
    known = (match[name] for name in names if name in match.re.groupindex)
    return next((words for words in known if words), "")
