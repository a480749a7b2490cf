"""What the head and foot of a page say of the document: title, dates, who speaks, where it comes from."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from speechmine.outline.dating import compact_date_in, dates_in
from speechmine.outline.layout import Layout
from speechmine.outline.lines import Line
from speechmine.outline.model import Speaker
from speechmine.outline.people import floor_speaker, person_in
from speechmine.rules import RuleBook

_LONGEST_TITLE = 90
_MEETING = re.compile(r"(?:会议?|论坛|仪式)[上的]")
_SITE = re.compile(r"(?:网|网站|频道|在线|政府|平台)$")
_BRACKETED = re.compile(r"^[(\[].*[)\]]$")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above (and below) the text.

    Attributes:
        title: The title, or None.
        speaker: Who speaks, from a line of name and title, a label or the title.
        author: Who wrote an article under his own title, or None.
        occasion: EDTF date on which the speech was given, if the head says so.
        published: EDTF date of publication, or None.
        publisher: Paper or site, or None.
    """

    title: str | None = None
    speaker: Speaker | None = None
    author: Speaker | None = None
    occasion: str | None = None
    published: str | None = None
    publisher: str | None = None


def head_of(text: str, layout: Layout, title: str | None, rules: RuleBook) -> Head:
    """Read the head and foot of a page; ``title`` where the page numbers its speeches and says it there."""
    title = title or _title(layout, rules)
    return Head(
        title=title,
        speaker=_speaker(layout, title, text, rules),
        author=_author(layout, title, rules),
        occasion=_occasion(layout, title, rules),
        published=_published(layout, title, rules),
        publisher=_publisher(layout, rules),
    )


def _title(layout: Layout, rules: RuleBook) -> str | None:
    """Choose the line of the head that looks most like a title."""
    best, best_score = None, 1
    texts = [line.squeezed for line in layout.lines[: layout.first]]
    for index, line in enumerate(layout.lines[: layout.first]):
        if (layout.rules[index] and index not in layout.cells) or len(_plain(line.text)) > _LONGEST_TITLE or _is_occasion(line):
            continue
        score = _title_score(index, layout, texts, rules)
        if score > best_score:
            best, best_score = _owner_of(index, layout, rules) + _words(line), score
    return best and _plain(best)


def _title_score(index: int, layout: Layout, texts: list[str], rules: RuleBook) -> int:
    words = texts[index]
    score = 3 * bool(rules.rule("title.noun").search(words)) + 2 * bool(rules.rule("title.meeting").search(words))
    following = layout.rules[index + 1] if index + 1 < len(layout.rules) else None
    score += 3 * (following is not None and following.id in ("furniture.byline", "furniture.date", "furniture.minutes"))
    score += 2 * words.startswith("#") + (texts.count(words) > 1) + (len(words) >= 10)
    score += 3 * any(line.text.startswith("——") for line in layout.lines[index + 1 : index + 3])
    score -= 4 * (len(words) < 5) + 3 * bool(_SITE.search(words)) + 2 * (_BRACKETED.search(words) is not None)
    return score


def _words(line: Line) -> str:
    """Return the words of a title; letter-spaced ones (会 议 纪 要) closed up, other blanks kept."""
    return line.squeezed if re.fullmatch(r"(?:\S {1,3})+\S", line.text) else line.text


def _owner_of(index: int, layout: Layout, rules: RuleBook) -> str:
    """Return the line before a title that begins with 关于: the body that gives the notice."""
    before = layout.lines[index - 1].text if index and layout.rules[index - 1] is None else ""
    opens = rules.rule("title.about").search(layout.lines[index].text)
    return before if opens and rules.rule("title.body").search(before) else ""


def _plain(title: str) -> str:
    """Take the marks of a page format off a title: # [title](address)."""
    title = re.sub(r"^(?:#+|[-·]) *", "", title)
    title = re.sub(r"^\[(.*)\]\([^)]*\)$", r"\1", title)
    title = re.sub(r" *\((?:只有中文|图|附图|全文|组图|多图)\)$", "", title)
    return re.sub(r" *[-_|] *(?:【[^】]*】|[^- ]*(?:网|新闻|频道|易购|资讯))$", "", title).strip()


def _is_occasion(line: Line) -> bool:
    return line.text.startswith(("——", "--")) or _occasion_date(line) is not None


def _occasion_date(line: Line) -> str | None:
    """Return the date in a line that says where a speech was given: ——2025年1月19日在…会议上."""
    if not _MEETING.search(line.text) or len(line.text) > 120:
        return None
    return next((date.edtf for date in dates_in(line.text) if len(date.edtf) > 4), None)


def _occasion(layout: Layout, title: str | None, rules: RuleBook) -> str | None:
    head = layout.lines[: layout.first]
    for line in head:
        if (date := _occasion_date(line)) is not None:
            return date
    minutes = title is not None and rules.rule("genre.minutes").search(title)
    for index, line in enumerate(head):
        rule = layout.rules[index]
        bare = rule is not None and rule.id == "furniture.date" and ":" not in line.text
        if bare or (minutes and rule is not None and _label(line, "published.labels", rules)):
            date = next((date.edtf for date in dates_in(line.squeezed)), None)
            if date and (minutes or _BRACKETED.search(line.text) or "民国" in line.text):
                return date
    return None


def _published(layout: Layout, title: str | None, rules: RuleBook) -> str | None:
    """Return the date of publication: labelled, on the line of the source, or alone above or below the text."""
    minutes = title is not None and rules.rule("genre.minutes").search(title)
    outer = [*range(layout.first), *range(layout.last + 1, len(layout.lines))]
    stamps: list[tuple[int, str]] = []
    for index in outer:
        line, rule = layout.lines[index], layout.rules[index]
        if len(line.text) > 200 or _occasion_date(line) or (rule and rule.id in ("furniture.copyright", "furniture.minutes")):
            continue
        date = next((date.edtf for date in dates_in(line.text) if len(date.edtf) == 10), None)
        if date is None or (minutes and _label(line, "published.labels", rules)):
            continue
        if rule is None and len(line.text) > 40 or _BRACKETED.search(line.text) or "民国" in line.text:
            continue
        stamps.append((0 if _label(line, "published.labels", rules) or rule else 1, date))
    if stamps:
        return min(stamps, key=lambda stamp: stamp[0])[1]
    return (compact_date_in(title) if title else None) or _signed(layout, rules)


def _signed(layout: Layout, rules: RuleBook) -> str | None:
    """Return the date under the name of a body inside the text: a notice is signed before its annex."""
    for index in range(max(1, layout.first), layout.last + 1):
        rule, before = layout.rules[index], layout.lines[index - 1]
        if rule and rule.id == "furniture.date" and rules.rule("title.body").search(before.squeezed):
            return next((date.edtf for date in dates_in(layout.lines[index].squeezed)), None)
    return None


def _label(line: Line, name: str, rules: RuleBook) -> re.Match[str] | None:
    return re.search(rf"(?:^|[ (|:\d]){rules.words(name).alternation()} ?[:：丨] ?(?P<value>[^ |:]{{2,30}})?", line.squeezed)


def _publisher(layout: Layout, rules: RuleBook) -> str | None:
    for index, line in enumerate(layout.lines):
        if layout.rules[index] and (found := _label(line, "source.labels", rules)) and found["value"]:
            name = found["value"].strip("()[]。,")
            if name and name not in rules.words("source.nobody") and not name.startswith(("http", "www")):
                return name
    first = next((line.squeezed for line in layout.lines[:3] if re.search("网(?:站)?$", line.squeezed)), None)
    return first if first and len(first) <= 20 else None


def _speaker(layout: Layout, title: str | None, text: str, rules: RuleBook) -> Speaker | None:
    """Return who speaks: labelled, introduced, on a line of title and name, in a gazette, or by the title alone."""
    for line in layout.lines[: layout.first]:
        label = _label(line, "speaker.labels", rules)
        introduced = rules.rule("introduced.speaker").search(line.text)
        who = (label and label["value"] and line.text.split(":")[-1]) or (introduced and introduced["who"])
        if who and (speaker := person_in(who.strip(), rules)):
            return speaker
    head = layout.lines[: layout.first]
    for line, following in zip_longest(head, head[1:]):
        if speaker := _named(line, rules) or (following and _named_below(line, following, rules)):
            return speaker
    body = layout.body
    return (floor_speaker(body[0].text, text, rules) if body else None) or _of_title(title, rules)


def _author(layout: Layout, title: str | None, rules: RuleBook) -> Speaker | None:
    """Return who wrote an article: a byline with the title in brackets, or with the name that the headline has."""
    for line in layout.furniture:
        found = rules.rule("byline.author").search(line.text[:120])
        if found and (found["title"] or (title and found["name"] in title)):
            return Speaker(found["name"], found["title"])
    return None


def _named(line: Line, rules: RuleBook) -> Speaker | None:
    """Read a line that is a title and a name (省长 王小明), or has both after the occasion (…会议上省长王小明作报告)."""
    words = line.text
    if len(words) > 120:
        return None
    if len(words) <= 40 and " " in words:
        left, _, name = words.rpartition(" ")
        title = re.sub(r" +", "", left.split(":")[-1])
        if (speaker := person_in(f"{title} {name}", rules)) and speaker.title:
            return speaker
    if _MEETING.search(words) or dates_in(words):
        return _in_occasion(words, rules)
    return None


def _named_below(line: Line, following: Line, rules: RuleBook) -> Speaker | None:
    """Read a title on one line and the name, often letter-spaced, on the next: 国务院总理, 李　强."""
    if len(line.text) > 30 or len(following.squeezed) > 12 or not rules.rule("title.whole").search(line.squeezed):
        return None
    return person_in(line.squeezed + following.squeezed, rules)


def _in_occasion(words: str, rules: RuleBook) -> Speaker | None:
    after = _MEETING.split(words)[-1]
    stretch = re.split(r"作|的|所作|代表", after)[0]
    for who in (stretch, re.sub(r"^.*?日", "", words).split("在")[0]):
        speaker = person_in(who.strip("—- ").removesuffix("同志"), rules)
        if speaker:
            return speaker
    return None


def _of_title(title: str | None, rules: RuleBook) -> Speaker | None:
    """Read 县委书记在…上的讲话: the title of the speaker is known, the name is not."""
    found = re.match(rf"([^,。:在]{{0,20}}{rules.words('titles').alternation()})([\u4e00-\u9fff]{{2,3}})?(?:同志)?在", title or "")
    return Speaker(found[2], found[1]) if found else None
