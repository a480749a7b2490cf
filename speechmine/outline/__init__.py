"""What a document is made of: speeches, sections, statements, speakers, dates, and page furniture."""

from speechmine.outline.layout import layout_of
from speechmine.outline.lines import lines_of
from speechmine.outline.model import Outline, Speaker, SpeechPart, Statement
from speechmine.outline.statements import read_statements
from speechmine.rules import RuleBook
from speechmine.spans import Span

__all__ = ["Outline", "Speaker", "SpeechPart", "Statement", "outlined"]


def outlined(text: str, rules: RuleBook) -> Outline:
    """Outline a clean text."""
    layout = layout_of(tuple(lines_of(text)), rules)
    told = read_statements(text, layout, rules)
    furniture = tuple(
        Span(line.start, line.end)
        for index, line in enumerate(layout.lines)
        if layout.rules[index] or not layout.first <= index <= layout.last
    )
    return Outline(text, (SpeechPart(Span(0, len(text))),), tuple(each.statement for each in told), furniture)
