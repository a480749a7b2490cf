"""What a document is made of: speeches, sections, statements, speakers, dates, and page furniture."""

import re

from speechmine.outline.model import Outline, Speaker, SpeechPart, Statement
from speechmine.rules import RuleBook
from speechmine.spans import Span

__all__ = ["Outline", "Speaker", "SpeechPart", "Statement", "outlined"]


def outlined(text: str, rules: RuleBook) -> Outline:
    """Outline a clean text (first sketch: a statement per sentence)."""
    statements = []
    paragraph = 0
    for number, match in enumerate(re.finditer(r"[^。!?;\n]+[。!?;]?", text)):
        paragraph += 1
        words = match[0].strip().rstrip("。!?;")
        if not words:
            continue
        start = match.start() + match[0].find(words)
        span = Span(start, start + len(words))
        statements.append(Statement(span, Span(*match.span()), words, number, paragraph, 0))
    return Outline(text, (SpeechPart(Span(0, len(text))),), tuple(statements))
