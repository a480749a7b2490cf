"""Who gives a speech, by the head of the page: a label, a line of title and name, the title of the speech."""

import re
from itertools import zip_longest

from speechmine.outline.dating import dates_in
from speechmine.outline.layout import Layout
from speechmine.outline.lines import Line
from speechmine.outline.model import Speaker
from speechmine.outline.people import floor_speaker, person_in
from speechmine.rules import RuleBook

_LONGEST = 120
_LONGEST_CARD = 40
_LONGEST_NAME = 12


def speaker_of(text: str, layout: Layout, title: str | None, rules: RuleBook) -> Speaker | None:
    """Return who speaks: labelled, introduced, on a line of title and name, in a gazette, or by the title alone."""
    for line in layout.head:
        if speaker := _introduced(line, rules):
            return speaker
    for line, following in zip_longest(layout.head, layout.head[1:]):
        if speaker := _carded(line, rules) or (following and _carded_below(line, following, rules)):
            return speaker
    body = layout.body
    return (floor_speaker(body[0].text, text, rules) if body else None) or _of_title(title, rules)


def author_of(layout: Layout, title: str | None, rules: RuleBook) -> Speaker | None:
    """Return who wrote an article: a byline with the title in brackets, or with the name that the headline has."""
    for line in layout.furniture:
        found = rules.rule("byline.author").search(line.text[:_LONGEST])
        if found and (found["title"] or (title and found["name"] in title)):
            return Speaker(found["name"], found["title"])
    return None


def label_in(line: Line, name: str, rules: RuleBook) -> re.Match[str] | None:
    """Find one of the labels of a list in a line of the head, with its ``value`` (来源:某某日报)."""
    label = rf"(?:^|[ (|:\d]){rules.words(name).alternation()} ?[:丨|] ?(?P<value>[^ |:]{{2,30}})?"
    return re.search(label, line.text) or re.search(label, line.squeezed)


def _introduced(line: Line, rules: RuleBook) -> Speaker | None:
    """Read 报告人:县长 王小明 and 以下是局长王小明今日在会议上的发言."""
    label = label_in(line, "speaker.labels", rules)
    said = rules.rule("introduced.speaker").search(line.text)
    who = line.text.split(":")[-1] if label and label["value"] else said["who"] if said else ""
    return person_in(who.strip(), rules) if who else None


def _carded(line: Line, rules: RuleBook) -> Speaker | None:
    """Read a line that is a title and a name (省长 王小明) or has both in the occasion (…会议上省长王小明作报告)."""
    words = line.text
    if len(words) > _LONGEST:
        return None
    if len(words) <= _LONGEST_CARD and " " in words:
        left, _, name = words.rpartition(" ")
        title = left.split(":")[-1].replace(" ", "")
        if (speaker := person_in(f"{title} {name}", rules)) and speaker.title:
            return speaker
    if rules.rule("occasion.meeting").search(words) or next(dates_in(words), None):
        return _in_occasion(words, rules)
    return None


def _carded_below(line: Line, following: Line, rules: RuleBook) -> Speaker | None:
    """Read a title on one line and the name, often letter-spaced, on the next: 国务院总理, 李　明."""
    if len(line.text) > _LONGEST_CARD or len(following.squeezed) > _LONGEST_NAME:
        return None
    if not rules.rule("title.whole").search(line.squeezed):
        return None
    return person_in(line.squeezed + following.squeezed, rules)


def _in_occasion(words: str, rules: RuleBook) -> Speaker | None:
    for rule in rules.family("occasion"):
        found = rule.search(words)
        who = found["who"] if found and "who" in found.re.groupindex else None
        if who and (speaker := person_in(who.strip("—- "), rules)):
            return speaker
    return None


def _of_title(title: str | None, rules: RuleBook) -> Speaker | None:
    """Read 县委书记在…上的讲话: the title of the speaker is known, the name mostly not."""
    found = rules.rule("title.speaker").search(title or "")
    return Speaker(found["name"], found["title"]) if found and (found["name"] or found["title"]) else None
