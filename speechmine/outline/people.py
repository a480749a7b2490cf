"""Who says something: names by their structure, not by lists of persons."""

import re
from typing import Literal, NamedTuple

from speechmine.outline.model import Speaker
from speechmine.rules import RuleBook

_HAN = "\u4e00-\u9fff"


class Voice(NamedTuple):
    """Whose words a frame of attribution gives.

    Attributes:
        kind: ``person``, ``pronoun`` (他强调), ``body`` (会议要求) or ``given`` (a person known by the given name only).
        speaker: The person, where one is named.
    """

    kind: Literal["person", "pronoun", "body"]
    speaker: Speaker | None = None


class _Patterns(NamedTuple):
    bare: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    occasion: re.Pattern[str]
    body: re.Pattern[str]


_BOOKS: dict[str, _Patterns] = {}


def _patterns(rules: RuleBook) -> _Patterns:
    if rules.version not in _BOOKS:
        surname, title, after = (rules.words(name).alternation() for name in ("surnames", "titles", "title.after"))
        name = rf"{surname}[{_HAN}]{{1,2}}"
        _BOOKS[rules.version] = _Patterns(
            re.compile(rf"{name}"),
            re.compile(rf"(?P<title>.{{0,40}}{title}) ?(?P<name>{name}|[{_HAN}]{{2,5}}|[{_HAN}]{{1,8}}(?:·[{_HAN}]{{1,8}}){{1,3}})"),
            re.compile(rf"(?P<name>{name}|[{_HAN}]{{2,5}}|[{_HAN}·]{{3,14}}?)(?P<title>{after})"),
            re.compile(rf"(?<=.)(?:{rules.words('occasions').alternation()}).{{1,70}}$"),
            re.compile(rf"{rules.words('saying.bodies').alternation()}$"),
        )
    return _BOOKS[rules.version]


def voice_of(subject: str, rules: RuleBook) -> Voice | None:
    """Read the subject of a verb of saying; None when nobody could be its subject.

    >>> from speechmine.rules import load_rules
    >>> voice_of("市委书记王小明在会上", load_rules()).speaker
    Speaker(name='王小明', title='市委书记')
    """
    known = _patterns(rules)
    for who in (subject, known.occasion.sub("", subject, count=1)):
        if who in rules.words("pronouns"):
            return Voice("pronoun")
        speaker = person_in(who, rules)
        if speaker:
            return Voice("person", speaker)
        if known.body.search(who):
            return Voice("body")
    return None


def person_in(who: str, rules: RuleBook) -> Speaker | None:
    """Read a name with the title before or after it."""
    known = _patterns(rules)
    if known.bare.fullmatch(who) and not known.body.search(who):
        return Speaker(who, None)
    found = known.before.fullmatch(who)
    if found and not known.body.search(found["name"]):
        return Speaker(found["name"], found["title"].strip() or None)
    found = known.after.fullmatch(who)
    if found and known.bare.fullmatch(found["name"]):
        return Speaker(found["name"], found["title"])
    return None


def title_before(name: str, text: str, rules: RuleBook) -> str | None:
    """Return the title that stands before the first mention of a name with one: 国家主席习近平."""
    for found in re.finditer(re.escape(name), text):
        before = re.split(r"[,。;:!?“”\n()]", text[max(0, found.start() - 40) : found.start()])[-1]
        who = re.split(r"[由和与及同给向]", before)[-1]
        if re.search(rf"{rules.words('titles').alternation()}$", who) and len(who) > 1:
            return who.strip()
        after = re.match(rules.words("title.after").alternation(), text[found.end() : found.end() + 6])
        if after and after[0] not in ("同志", "先生", "女士"):
            return after[0]
    return None
