"""Owners: the bodies and people who must act, read from the subject of a clause or from a closing bracket."""

import re

from speechmine.rules import RuleBook


def acting_subject(clause: str, rules: RuleBook) -> str | None:
    """Return the body that a clause opens with, if it is the subject of an act.

    >>> from speechmine.rules import load_rules
    >>> acting_subject("市统计局要加强监测", load_rules())
    '市统计局'
    >>> acting_subject("加强对企业的服务", load_rules()) is None
    True
    """
    return rules.kept(_acting_subject)[clause]


def _acting_subject(clause: str, rules: RuleBook) -> str | None:
    verbal = rules.rule("owner.verbal").search(clause)
    if verbal:
        return verbal["quote"]
    if rules.rule("imperative.bare").search(clause):
        return None
    for name in ("owner.modal", "owner.act"):
        match = rules.rule(name).search(clause)
        if match and not _names_nobody(match["quote"], rules):
            return match["quote"]
    return None


def _names_nobody(words: str, rules: RuleBook) -> bool:
    if (
        words in rules.words("body.pronoun")
        or words in rules.words("body.not")
        or rules.any_of("owner.broken").search(words)
    ):
        return True
    return len(words) < 2 or words.endswith(tuple(word for word in rules.words("body.not") if len(word) > 1))


def asked_bodies(clause: str, rules: RuleBook) -> list[str]:
    """Return the bodies that 请, 责成 or 由 puts in charge inside a clause, in order."""
    named = (match["quote"] for match in rules.rule("owner.asked").finditer(clause))
    return [words for words in named if not rules.any_of("owner.broken").search(words)]


def joined_bodies(clause: str, rules: RuleBook) -> list[str]:
    """Return the bodies that 会同 joins to the one that acts: 市水利局要会同有关部门清查."""
    return [match["quote"] for match in rules.rule("owner.joined").finditer(clause)]


def topical_bodies(text: str, rules: RuleBook) -> list[str]:
    """Return the body whose doing is the topic of a requirement: 各部门报送的方案,必须附有论证."""
    match = rules.rule("owner.topical").search(text)
    return [match["quote"]] if match else []


def bracketed_owners(text: str, rules: RuleBook) -> list[str]:
    """Return the bodies that a bracket at the end of a statement names: (市发改委牵头,市财政局配合)."""
    match = rules.rule("owner.bracket").search(text)
    return bodies_on_duty(match["quote"], rules) if match else []


def bodies_on_duty(words: str, rules: RuleBook) -> list[str]:
    """Return the bodies in a list of duties, without the words for the duties.

    >>> from speechmine.rules import load_rules
    >>> bodies_on_duty("市发改委牵头,市财政局、市审计局配合", load_rules())
    ['市发改委', '市财政局', '市审计局']
    """
    bare = rules.any_of("duty").sub(",", words.partition("。")[0])  # (甲局、乙局负责。排在首位的牵头,后文相同)
    return [body for part in re.split("[,;、/]", bare) for body in split_bodies(part.strip(), rules)]


def split_bodies(words: str, rules: RuleBook) -> list[str]:
    """Split a list of bodies where every part is one.

    >>> from speechmine.rules import load_rules
    >>> split_bodies("市发改委、市统计局和各县区", load_rules())
    ['市发改委', '市统计局', '各县区']
    >>> split_bodies("党和国家机关", load_rules())
    ['党和国家机关']
    >>> split_bodies("各县(市、区)", load_rules())
    ['各县(市、区)']
    """
    ends = tuple(rules.words("body.end"))
    parts: list[str] = []
    start = 0
    for match in rules.any_of("body.joint").finditer(words):
        inside = words.count("(", start, match.start()) > words.count(")", start, match.start())
        if not inside and (match[0] == "、" or words[start : match.start()].endswith(ends)):
            parts.append(words[start : match.start()])
            start = match.end()
    parts.append(words[start:])
    return [part for part in parts if part]
