"""Who says something: names by their structure, not by lists of persons."""

import re
from collections.abc import Container
from typing import Literal, NamedTuple

from speechmine.outline.model import Speaker
from speechmine.patterns import compiled
from speechmine.rules import RuleBook

_HAN = "\u4e00-\u9fff"


class Voice(NamedTuple):
    """Whose words a frame of attribution gives.

    Attributes:
        kind: ``person``, ``pronoun`` (他强调) or ``body`` (会议要求).
        speaker: The person, where one is named.
    """

    kind: Literal["person", "pronoun", "body"]
    speaker: Speaker | None = None


class _Patterns(NamedTuple):
    bare: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    short: re.Pattern[str]
    occasion: re.Pattern[str]
    body: re.Pattern[str]


_BOOKS: dict[str, _Patterns] = {}


def _patterns(rules: RuleBook) -> _Patterns:
    if rules.version not in _BOOKS:
        surname, title, after, false, never, strict = (
            rules.words(name).alternation()
            for name in ("surnames", "titles", "title.after", "names.false", "names.never", "names.strict")
        )
        plain = rf"(?:(?!{never})[{_HAN}])"
        name = rf"(?!{false}){surname}(?:(?!{strict})[{_HAN}]){{1,2}}"
        foreign = rf"{plain}{{2,6}}|{plain}{{1,8}}(?:·{plain}{{1,8}}){{1,3}}"
        _BOOKS[rules.version] = _Patterns(
            compiled(name),
            compiled(rf"(?P<title>.{{0,40}}{title}) ?(?P<name>{name}|{foreign})"),
            compiled(rf"(?P<name>{name}|{foreign})(?P<title>{after})"),
            compiled(rf"(?P<name>{surname})(?P<title>{after})"),
            compiled(
                rf"(?<=.)(?:(?:{rules.words('occasions').alternation()}).{{1,70}}|(?:\d{{1,2}}月)?\d{{1,2}}日[早晚]?)$"
            ),
            compiled(rf"(?:{rules.words('saying.bodies').alternation()})$"),
        )
    return _BOOKS[rules.version]


def voice_of(subject: str, rules: RuleBook, names: Container[str] = ()) -> Voice | None:
    """Read the subject of a verb of saying; None when nobody could be its subject.

    Args:
        subject: Its words, with title and occasion.
        rules: The rule book.
        names: Who spoke before: a foreign name without title is known only by that.

    >>> from speechmine.rules import load_rules
    >>> voice_of("市委书记王小明在会上", load_rules()).speaker
    Speaker(name='王小明', title='市委书记')
    """
    known = _patterns(rules)
    for who in (subject, known.occasion.sub("", subject, count=1)):
        if who in names:
            return Voice("person", Speaker(who, None))
        if who in rules.words("pronouns"):
            return Voice("pronoun")
        speaker = person_in(who, rules)
        if speaker:
            return Voice("person", speaker)
        if known.body.search(who):
            return Voice("body")
    return Voice("pronoun") if rules.rule("voice.elsewhere").search(subject) else None


def person_in(who: str, rules: RuleBook) -> Speaker | None:
    """Read a name with the title before or after it; of 薛处长 the name is the surname alone."""
    known = _patterns(rules)
    if found := known.short.fullmatch(who):
        return Speaker(found["name"], found["title"])
    if known.bare.fullmatch(who):
        return None if known.body.search(who) else Speaker(who, None)
    if found := known.before.fullmatch(who):
        return None if known.body.search(found["name"]) else Speaker(found["name"], _title(found["title"], rules))
    if (found := known.after.fullmatch(who)) and known.bare.fullmatch(found["name"]):
        return None if known.body.search(found["name"]) else Speaker(found["name"], found["title"])
    return None


def subject_in(words: str, text: str, rules: RuleBook) -> str | None:
    """Return the name that a sentence of the reporter begins with: 李小四围绕…作了讲授, then 她强调 is hers.

    Only a name that the text has more than once, so that 马上就 is none.
    """
    known = _patterns(rules)
    found = known.before.match(words[:60].split(",")[0])
    start = found.start("name") if found else 0
    for length in (3, 2):
        name = words[start : start + length]
        if known.bare.fullmatch(name) and text.count(name) > 1:
            return name
    return None


def _title(words: str, rules: RuleBook) -> str:
    """Take off what stands before a title: 应国家主席, 会议由市委书记."""
    return rules.rule("title.lead").without(words).strip()


def is_native(name: str, rules: RuleBook) -> bool:
    """Whether a name begins with a Chinese surname."""
    return _patterns(rules).bare.fullmatch(name) is not None


def full_name(speaker: Speaker, text: str, rules: RuleBook) -> Speaker:
    """Return 薛处长 under the full name with which the text introduces him: 处长薛小亚, 薛小亚处长."""
    if (
        speaker.name is None
        or speaker.title is None
        or not _patterns(rules).short.fullmatch(speaker.name + speaker.title)
    ):
        return speaker
    found = re.search(
        rf"{speaker.name}[{_HAN}]{{1,2}}(?={speaker.title})|(?<={speaker.title}){speaker.name}[{_HAN}]{{1,2}}", text
    )
    return Speaker(found[0] if found else None, speaker.title)


def floor_speaker(words: str, text: str, rules: RuleBook) -> Speaker | None:
    """Read the speaker of a gazette (张院长小明:); the house he heads is the one that the text names."""
    found = rules.rule("opening.gazette").search(words[:40])
    if found is None:
        return None
    title = found["title"]
    house = rules.rule("gazette.house").search(text[:20_000]) if title in rules.words("gazette.titles") else None
    return Speaker(found["surname"] + found["given"], (house["house"] if house else "") + title)


def title_before(name: str, text: str, rules: RuleBook) -> str | None:
    """Return the title that stands before the first mention of a name with one: 国家主席习近平."""
    after = None
    for found in re.finditer(re.escape(name), text):
        before = re.split(r"[,。;:!?“”\n()\[\]【】》]", text[max(0, found.start() - 40) : found.start()])[-1]
        title = _title(before, rules)
        if len(title) > 1 and rules.rule("title.whole").search(title):
            return title
        if after is None and (behind := rules.any_of("title.after").match(text, found.end())):
            after = behind[0]
    return after
