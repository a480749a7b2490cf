"""Briefs of one document, read back by a Markdown reader and a browser's eyes: what was asked of whom by when."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from speechmine.exporting.brief import brief
from speechmine.exporting.brief_markdown import markdown
from speechmine.exporting.brief_page import page
from speechmine.exporting.tasks import goal_text
from speechmine.records import Deadline, Record
from tests.export_samples import HOSTILE, SPEECH, export, hostile_record, record_of, written

MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "# a",
    "1. b",
    "**c**",
    "|d|",
]


def evil() -> Record:
    record = record_of(SPEECH)
    measures = [
        replace(record.measures[0], id=f'"><b>{number}', text=text, owner=[text], topic=text, section=[text])
        for number, text in enumerate([*MARKUP, *HOSTILE])
    ]
    goals = [replace(goal, metric=MARKUP[0], owner=[MARKUP[1]]) for goal in record.goals]
    mechanisms = [replace(mechanism, name=MARKUP[2]) for mechanism in record.mechanisms]
    document = replace(record.document, title=MARKUP[0], publisher="<b>")
    return replace(record, measures=measures, goals=goals, mechanisms=mechanisms, document=document)


class Seen(HTMLParser):
    """What a page holds: tags, text, and the words within highlights."""

    def __init__(self, data: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.body = ""
        self._in: list[str] = []
        self.feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        told = dict(attrs)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.links += [told["href"] or ""] if "href" in told else []
        self._in.append(told.get("class") or tag) if tag == "div" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self._in.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.body += data if self._in == ["text"] else ""


def test_a_page_tells_who_must_do_what_by_when() -> None:
    record = record_of(SPEECH)
    seen = Seen(page(brief(record), SPEECH))
    for measure in record.measures:
        assert measure.text in seen.text
    assert "2024-06-30" in seen.text
    assert seen.body == SPEECH
    findings = {f"f-{one.id}" for one in (*record.measures, *record.goals, *record.mechanisms)}
    assert findings <= set(seen.ids)
    assert {link for link in seen.links if link.startswith("#f-")} <= {f"#{name}" for name in seen.ids}


def test_groups_begin_with_the_first_deadline() -> None:
    groups = brief(record_of(SPEECH)).groups
    assert [name for name, _ in groups][:2] == ["市发改委、市财政局", "市住建局"]
    assert groups[0][1][0].deadline is not None


def test_a_page_runs_nothing_and_asks_for_nothing() -> None:
    data = page(brief(evil()), SPEECH + "<script>alert(1)</script>")
    seen = Seen(data)
    assert not {"script", "img", "link", "iframe", "b"} & set(seen.tags)
    assert all(link.startswith("#") for link in seen.links)
    assert "default-src 'none'" in data
    assert MARKUP[0] in seen.text


def test_markdown_is_read_back_as_the_words() -> None:
    record = evil()
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(brief(record)))
    inline = [child for token in tokens for child in token.children or []]
    assert not {token.type for token in (*tokens, *inline)} & {"html_inline", "html_block", "link_open", "image"}
    words = "".join(child.content for child in inline if child.type in {"text", "text_special"})
    for text in MARKUP:
        assert text in words
    headings = [tokens[number + 1].content for number, token in enumerate(tokens) if token.type == "heading_open"]
    assert len(headings) == 1 + 3 + len(brief(record).groups)


def test_the_document_is_named_where_there_are_more(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", record_of(SPEECH, "a.txt"), record_of(SPEECH + "。", "b.txt"))
    result = export("markdown", records, "-o", tmp_path / "x.md")
    assert result.exit_code == 2
    assert "a.txt, b.txt" in result.output
    assert export("markdown", records, "-o", tmp_path / "x.md", "--document", "b.txt").exit_code == 0
    assert export("markdown", records, "-o", tmp_path / "x.md", "--document", "c.txt").exit_code == 2


@pytest.mark.parametrize("kept", [True, False])
def test_the_text_is_found_beside_the_records(tmp_path: Path, kept: bool) -> None:
    (tmp_path / "推进会.txt").write_text(SPEECH if kept else "另一篇", "utf-8")
    records = written(tmp_path / "r.jsonl", record_of(SPEECH))
    result = export("html", records, "-o", tmp_path / "x.html", "--texts", tmp_path)
    assert result.exit_code == 0
    assert ("without the text" in result.output) != kept
    assert Seen((tmp_path / "x.html").read_text("utf-8")).body == (SPEECH if kept else "")


def test_hostile_records_make_a_page_too() -> None:
    assert "=HYPERLINK(1)" in Seen(page(brief(hostile_record()), None)).text


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("固定资产投资", "固定资产投资增长12%（确保，全年）"),
        ("固定资产投资增速", "固定资产投资增速12%（确保，全年）"),
        ("居民消费价格涨幅", "居民消费价格涨幅12%（确保，全年）"),
    ],
)
def test_a_goal_says_once_that_it_is_a_change(metric: str, expected: str) -> None:
    goal = next(goal for goal in record_of(SPEECH).goals if goal.kind == "growth")
    deadline = Deadline(text="全年", edtf="2024")
    assert goal_text(replace(goal, metric=metric, comparator="=", deadline=deadline)) == expected
