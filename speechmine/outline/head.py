"""What the head and foot of a page say of the document: title, dates, who speaks, where it comes from."""

import msgspec

from speechmine.outline.bylines import author_of, label_in, speaker_of
from speechmine.outline.dating import compact_date_in, dates_in
from speechmine.outline.layout import Layout
from speechmine.outline.lines import Line
from speechmine.outline.model import Speaker
from speechmine.outline.titles import is_occasion, occasion_date, title_of
from speechmine.patterns import compiled
from speechmine.rules import RuleBook

_LONGEST_STAMP = 200
_LONGEST_BARE = 40
_BRACKETED = compiled(r"^[(\[].*[)\]]$")
_DAY = len("2025-01-31")


class Head(msgspec.Struct, frozen=True):
    """What stands above (and below) the text.

    Attributes:
        title: The title, or None.
        speaker: Who speaks, from a line of name and title, a label or the title.
        author: Who wrote an article under the own name, or None.
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
    title = title or title_of(layout, rules)
    return Head(
        title=title,
        speaker=speaker_of(text, layout, title, rules),
        author=author_of(layout, title, rules),
        occasion=_occasion(layout, title, rules),
        published=_published(layout, title, rules),
        publisher=_publisher(layout, rules),
    )


def _are_minutes(title: str | None, rules: RuleBook) -> bool:
    """Whether 时间: is when they met; on other pages it is when the page was published."""
    return title is not None and rules.rule("genre.minutes").search(title) is not None


def _occasion(layout: Layout, title: str | None, rules: RuleBook) -> str | None:
    """Return when the speech was given: in the line of the occasion, or alone in brackets under the title."""
    for line in layout.head:
        if (date := occasion_date(line, rules)) is not None:
            return date
    minutes = _are_minutes(title, rules)
    for line, rule in zip(layout.head, layout.rules, strict=False):
        bare = rule is not None and rule.id == "furniture.date" and _is_of_speech(line, rules)
        if bare or (minutes and label_in(line, "published.labels", rules)):
            return next((date.edtf for date in dates_in(line.squeezed)), None)
    return None


def _is_of_speech(line: Line, rules: RuleBook) -> bool:
    """Whether a date alone on its line is of the speech: in brackets under the title, or a year of the Republic."""
    return ":" not in line.text and (
        _BRACKETED.search(line.text) is not None or rules.rule("date.republic").search(line.text) is not None
    )


def _published(layout: Layout, title: str | None, rules: RuleBook) -> str | None:
    """Return the date of publication: labelled, on the line of the source, or alone above or below the text."""
    stamps: list[tuple[bool, str]] = []
    for index in [*range(layout.first), *range(layout.last + 1, len(layout.lines))]:
        date = _stamp(index, layout, rules)
        labelled = label_in(layout.lines[index], "published.labels", rules) is not None
        if date and not (labelled and _are_minutes(title, rules)):
            stamps.append((not labelled and layout.rules[index] is None, date))
    if stamps:
        return min(stamps, key=lambda stamp: stamp[0])[1]
    return (compact_date_in(title) if title else None) or _signed(layout, rules)


def _stamp(index: int, layout: Layout, rules: RuleBook) -> str | None:
    """Return the day in a line of the head or foot that may be the stamp of the page."""
    line, rule = layout.lines[index], layout.rules[index]
    if len(line.text) > _LONGEST_STAMP or (rule is None and len(line.text) > _LONGEST_BARE):
        return None
    if rule is not None and rule.id in ("furniture.copyright", "furniture.minutes"):
        return None
    if is_occasion(line, rules) or _is_of_speech(line, rules):
        return None
    labelled = label_in(line, "published.labels", rules) is not None
    return next((date.edtf for date in dates_in(line.text, labelled) if len(date.edtf) == _DAY), None)


def _signed(layout: Layout, rules: RuleBook) -> str | None:
    """Return the date under the name of a body inside the text: a notice is signed before its annex."""
    for index in range(max(1, layout.first), layout.last + 1):
        rule, before = layout.rules[index], layout.lines[index - 1]
        if rule and rule.id == "furniture.date" and rules.rule("title.body").search(before.squeezed):
            return next((date.edtf for date in dates_in(layout.lines[index].squeezed)), None)
    return None


def _publisher(layout: Layout, rules: RuleBook) -> str | None:
    """Return the paper or site: the labelled source, else the name of the site above all."""
    for line, rule in zip(layout.lines, layout.rules, strict=True):
        found = label_in(line, "source.labels", rules) if rule else None
        name = (found["value"] or "").strip("()[]。,") if found else ""
        if name and name not in rules.words("source.nobody") and not name.startswith(("http", "www")):
            return name
    return next((line.squeezed for line in layout.lines[:3] if rules.rule("site.name").search(line.squeezed)), None)
