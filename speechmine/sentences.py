"""The role of every sentence of a text: what it requires, reports, complains of or only says.

Nothing of a record depends on it. It is for those who want to sort sentences rather than findings: the requirements of a
speech beside its results, or a text without its greetings and page furniture.
"""

import msgspec

from speechmine.cleaning import clean
from speechmine.judging.frames import frames
from speechmine.judging.sentences import SentenceRole, sentence_roles
from speechmine.judging.standing import standings
from speechmine.outline import outlined
from speechmine.rules import RuleBook, load_rules
from speechmine.spans import Span


class Sentence(msgspec.Struct, frozen=True):
    """One sentence, enumerated point, heading or piece of page furniture.

    Attributes:
        span: Its place, in characters of the text as read.
        role: What it does there.
        section: The headings it stands under, outermost first, clean.
    """

    span: Span
    role: SentenceRole
    section: tuple[str, ...] = ()


def sentences(text: str, rules: RuleBook | None = None) -> list[Sentence]:
    r"""Tell the role of every sentence of a document, in order of place.

    Args:
        text: A whole document, as read: a sentence alone lacks what tells a review from a plan.
        rules: A rule book of your own; else the shipped one.

    Returns:
        Sentences that are a ``requirement``, an ``undertaking``, a ``result``, a ``problem``, ``background``, ``ceremony``,
        a ``heading`` or ``furniture``. The judge is learned from sentences that readers labelled, with the rules' verdict
        as one of the things it sees; docs/learning.md says how well it does.

    >>> text = "同志们:\n今年以来,全县开工项目32个。\n下一步,要加快项目建设,确保年底前全部投产。\n"
    >>> [(text[one.span.start : one.span.end], one.role) for one in sentences(text)][-1]
    ('要加快项目建设,确保年底前全部投产', 'requirement')
    """
    book = rules or load_rules()
    cleaned = clean(text)
    outline = outlined(cleaned.aligned.text, book)
    roles = sentence_roles(outline, standings(outline, book), frames(outline, book))
    told = [
        Sentence(cleaned.aligned.to_source(*statement.span), role, statement.section)
        for statement, role in zip(outline.statements, roles, strict=True)
        if statement.text.strip()
    ]
    furniture = [Sentence(cleaned.aligned.to_source(*span), "furniture") for span in outline.furniture]
    return sorted([*told, *furniture], key=lambda sentence: sentence.span)
