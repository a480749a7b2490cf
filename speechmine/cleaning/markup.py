"""What is left of HTML, Markdown and JSON in a text: tags, entities, links, escapes."""

import html
import re

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found, found
from speechmine.cleaning.widths import folded
from speechmine.patterns import compiled

_ROWS = "table|thead|tbody|tfoot|tr"
_CELLS = "td|th"
_BLOCKS = (
    "p|div|br|hr|h[1-6]|ul|ol|li|dl|dt|dd|caption|section|article|header|footer|nav|aside|main|blockquote|pre|form|"
    "figure|figcaption|center|address|fieldset|legend|option|select|title|head|body|html|link|meta|!doctype"
)
_INLINE = (
    "a|abbr|b|big|button|cite|code|col|colgroup|em|embed|font|i|iframe|img|input|ins|del|label|mark|object|param|"
    "path|q|s|small|source|span|strike|strong|sub|sup|svg|textarea|tt|u|var|video|wbr|o:p"
)
# Only names that HTML knows: 印发<关于推进重点项目的意见> stays.
_TAG = rf"</?(?:{_ROWS}|{_CELLS}|{_BLOCKS}|{_INLINE})(?:[\s/][^<>]{{0,3000}})?>"
_TAGS = compiled(rf"{_TAG}(?:\s*{_TAG})*", re.I)
_ONE_TAG = compiled(_TAG, re.I)
_KINDS = tuple(
    (compiled(rf"</?(?:{names})[\s/>]", re.I), words)
    for names, words in ((_ROWS, "\n"), (_CELLS, " "), (_BLOCKS, "\n"))
)
_HIDDEN = compiled(r"<(?P<name>script|style)\b[^<>]{0,3000}>|<!--", re.I)
_ENTITY = compiled(r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_LINK = compiled(r"(?P<picture>!)?\[(?P<words>[^\[\]\n]{0,300})\]\([^()\s]{0,300}[./#:][^()\s]{0,600}\)")
_ESCAPE = compiled(r"""\\(?:u[0-9a-fA-F]{4}|[nrt"/])""")
_ESCAPED = {"\\n": "\n", "\\r": "", "\\t": " ", '\\"': '"', "\\/": "/"}
_FEWEST_ESCAPES = 3


def escapes(text: str) -> Found:
    r"""Read the escapes of JSON (\n, \u003cp\u003e), where a text holds at least three."""
    escapes = list(_ESCAPE.finditer(text)) if "\\" in text else []
    if len(escapes) < _FEWEST_ESCAPES:
        return NOTHING
    return found([Edit(*one.span(), _ESCAPED.get(one[0]) or folded(chr(int(one[0][2:], 16)))) for one in escapes])


def entities(text: str) -> Found:
    """Read the entities of HTML: &nbsp; &ldquo; &#8220; and, escaped twice, &amp;nbsp;."""
    edits: list[Edit] = []
    for entity in _ENTITY.finditer(text) if "&" in text else ():
        char = html.unescape(html.unescape(entity[0]))
        if char != entity[0]:
            edits.append(Edit(*entity.span(), folded(char)))
    return found(edits)


def hidden(text: str) -> Found:
    """Take out scripts, styles and comments with all that is in them."""
    edits: list[Edit] = []
    position = 0
    unclosed: set[str] = set()
    while opening := _HIDDEN.search(text, position):
        closing = f"</{opening['name'].lower()}>" if opening["name"] else "-->"
        # Once is enough to know that no end follows: a page of nothing but <script> must not take quadratic time.
        end = None if closing in unclosed else re.compile(closing, re.I).search(text, opening.end())
        position = end.end() if end else opening.end()
        if end:
            edits.append(Edit(opening.start(), position, "\n"))
        else:
            unclosed.add(closing)
    return found(edits)


def tags(text: str) -> Found:
    """Take out tags: a paragraph, heading, line or table row begins a new line, a table cell gets a blank."""
    edits: list[Edit] = []
    for run in _TAGS.finditer(text) if "<" in text else ():
        words = next((words for kind, words in _KINDS if kind.search(run[0])), None)
        if words is None:
            edits += [Edit(tag.start(), tag.end(), "") for tag in _ONE_TAG.finditer(text, *run.span())]
        else:
            edits.append(Edit(*run.span(), words))
    return found(edits)


def links(text: str) -> Found:
    """Put the words of a Markdown link in its place: [查看原文](https://…) is 查看原文; a picture goes."""
    return found([
        Edit(*link.span(), "" if link["picture"] else link["words"])
        for link in (_LINK.finditer(text) if "](" in text else ())
    ])
