"""The outline of a whole document."""

from msgspec.structs import replace

from speechmine.outline.adverts import without_adverts
from speechmine.outline.attribution import attributed, voices_of
from speechmine.outline.dating import dates_in, month_and_day_in, plan_year, year_in, year_of_dates, year_of_headings
from speechmine.outline.genre import genre_of, is_complete
from speechmine.outline.head import Head, head_of
from speechmine.outline.layout import Layout, front_of, layout_of
from speechmine.outline.lines import lines_of
from speechmine.outline.model import Outline, Speaker, SpeechPart
from speechmine.outline.places import place_in
from speechmine.outline.speeches import Chunk, chunks_of
from speechmine.outline.statements import Told, read_statements
from speechmine.outline.turns import in_turns
from speechmine.records import Genre
from speechmine.rules import RuleBook
from speechmine.spans import Span

_OPENING, _HEAD_LINES, _BODY_LINES = 60, 12, 2  # where a place may be named: characters of a line, lines


def outlined(text: str, rules: RuleBook) -> Outline:
    """Outline a clean text."""
    lines, adverts = without_adverts(lines_of(text), rules)
    chunks = chunks_of(lines, rules)
    several = len(chunks) > 1
    layouts = [
        (front_of if several and not number else layout_of)(chunk.lines, rules) for number, chunk in enumerate(chunks)
    ]
    heads = [head_of(text, layout, chunk.title, rules) for chunk, layout in zip(chunks, layouts, strict=True)]
    told = read_statements(text, layouts, rules)
    page = heads[0]
    genre: Genre = "compilation" if several else genre_of(page.title, layouts[0], told, rules)
    dates = [
        _date(text, layout, head, None if several else page, genre, rules)
        for layout, head in zip(layouts, heads, strict=True)
    ]
    if not several and dates[0] is None and genre != "news":
        headings = [each.statement.text for each in told if each.statement.heading]
        dates[0] = year_of_headings(headings, rules) or year_of_dates(text)
    parts = tuple(
        _part(layout, head, date, rules)
        for layout, head, date in list(zip(layouts, heads, dates, strict=True))[several:]
    )
    statements = attributed(text, told, rules) if genre == "news" else tuple(each.statement for each in told)
    if genre == "speech" and len(parts) == 1 and statements:
        parts, statements = in_turns(text, parts[0], statements, rules)
    speakers = _speakers(text, parts, told, genre, rules)
    if genre == "news" and speakers:  # a report gives several people's words; the first named is the one it is about
        parts = tuple(replace(part, speaker=part.speaker or speakers[0]) for part in parts)
    return Outline(
        text=text,
        speeches=parts,
        statements=statements,
        furniture=_furniture(chunks, layouts, adverts),
        genre=genre,
        title=page.title,
        published=page.published,
        publisher=page.publisher,
        speakers=speakers,
        complete=not adverts and is_complete(text, layouts, told, rules),
    )


def _part(layout: Layout, head: Head, date: str | None, rules: RuleBook) -> SpeechPart:
    body = layout.body
    first = layout.lines[0].start if layout.lines else 0
    span = Span(first, body[-1].end) if body else Span(first, first)
    opening = (line.text[:_OPENING] for line in (*layout.head[:_HEAD_LINES], *body[:_BODY_LINES]))
    return SpeechPart(span, head.title, head.speaker or head.author, place_in([head.title, *opening], rules), date)


def _date(text: str, layout: Layout, head: Head, page: Head | None, genre: Genre, rules: RuleBook) -> str | None:
    """Return the date against which 今年 resolves: of the speech, else of publication, else the year a plan fixes."""
    if head.occasion:
        return head.occasion
    body = layout.body
    if genre in {"news", "minutes"}:  # 2024年5月13日上午,市长主持召开第18次办公会议
        for line in body[:2]:
            first = line.text[:60]
            full = next((date.edtf for date in dates_in(first) if len(date.edtf) == 10), None)
            date = full or (month_and_day_in(first, page.published) if page and page.published else None)
            if date:
                return date
    if page and page.published:
        return page.published
    inside = text[body[0].start : body[-1].end] if body else ""
    return plan_year(inside, rules) or year_in(head.title or "")


def _furniture(chunks: list[Chunk], layouts: list[Layout], adverts: tuple[Span, ...]) -> tuple[Span, ...]:
    spans = [Span(line.start, line.end) for layout in layouts for line in layout.furniture]
    return tuple(sorted([*spans, *adverts, *(chunk.mark for chunk in chunks if chunk.mark)]))


def _speakers(
    text: str, parts: tuple[SpeechPart, ...], told: list[Told], genre: Genre, rules: RuleBook
) -> tuple[Speaker, ...]:
    """Return everybody whose words the document gives; a speech without a name still has its speaker."""
    if genre in ("minutes", "plan"):
        return ()
    voices = voices_of(text, told, genre == "news", rules)
    if genre == "news":
        return voices
    unnamed = [] if genre == "report" else [Speaker(None, None)]
    speakers = [speaker for part in parts for speaker in ([part.speaker] if part.speaker else unnamed)]
    if genre == "speech":  # the chair of a debate opens many turns
        known = [speaker for speaker in speakers if speaker.name or speaker.title]
        speakers = list(dict.fromkeys(known or speakers))
    return (*speakers, *(voice for voice in voices if voice.name not in {speaker.name for speaker in speakers}))
