"""Web pages: the visible text in the order of the page; navigation stays, for furniture is marked and not deleted.

The only door to resiliparse.
"""

import re
from collections.abc import Iterator

from speechmine.errors import SpeechmineError
from speechmine.patterns import compiled
from speechmine.reading.messages import Answer, Asked, Text
from speechmine.reading.stored import Stored

_START = 65_536
_TAG = compiled(r"<[^<>]{0,2000}>")
_STRAY = 20  # characters that may stand before a page: what an editor or a server left there
_PAGE = compiled(r"<(?:!doctype\s+html|html[\s>]|head>|body[\s>])", re.I)
_HIDDEN = ["template"]
# A line end between two Chinese characters is none of the text: browsers show nothing, or a blank.
_WRAPPED = compiled("(?<=[\u2e80-\u9fff\uff00-\uffef])[ \\t]*\r?\n[ \\t\r\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")
_SERVER = (("<?php", "?>"), ("<?=", "?>"), ("<%", "%>"))
_COMMENTS = (("<!--", "-->"), ("<?xml", "?>"))


def is_page(text: str) -> bool:
    """Say whether a text is the source of a web page, and not a text in which some tags are left.

    A text that has a whole page after some paragraphs is none: its lines would be lost.

    >>> is_page("<%@ page language='java' %><html><body>各位代表"), is_page("<p>各位代表</p>")
    (True, False)
    """
    start = text[:_START]
    page = _PAGE.search(start)
    if page is None:
        return False
    before = _without(start[: page.start()], (*_SERVER, *_COMMENTS))
    return len(_TAG.sub("", before).strip()) <= _STRAY


def read(stored: Stored, _: Asked) -> Iterator[Answer]:
    """Yield the text of a page whose source is given as UTF-8.

    Raises:
        SpeechmineError: There is no text in it.
    """
    text = visible_text(stored.data.decode("utf-8"))
    if not text.strip():
        raise SpeechmineError("a web page without a text", stored.source, "Its text may be loaded by a script.")
    yield Text(text)


def visible_text(source: str) -> str:
    r"""Return the text of a page: blocks on lines of their own, table cells in their order with tabs between them.

    >>> visible_text("<table><tr><td>周一</td><td>调度</td></tr></table><p>要<b>抓</b>好\n落实</p><script>x</script>")
    '周一\t\t调度\n\n要抓好落实'
    """
    from resiliparse.extract.html2text import extract_plain_text

    source = without_server_code(source)
    if "<pre" not in source.lower():
        source = _WRAPPED.sub("", source)
    # A surrogate cannot be handed on to the parser; NUL ends its strings.
    source = source.replace("\0", "")
    return extract_plain_text(
        source,
        preserve_formatting=True,
        main_content=False,
        list_bullets=False,
        alt_texts=False,
        links=False,
        form_fields=False,
        noscript=False,
        skip_elements=_HIDDEN,
    )


def without_server_code(source: str) -> str:
    """Take out what a server should have run: <% … %> of JSP and ASP, <?php … ?>.

    >>> without_server_code("<% if (a > b) { %>各位代表<?php echo $this->x ?>")
    '各位代表'
    """
    return _without(source, _SERVER)


def _without(source: str, marks: tuple[tuple[str, str], ...]) -> str:
    """Take out all that stands between such marks; in one pass for each, also where many are not closed."""
    for opening, closing in marks:
        pieces, position = [], 0
        while (start := source.find(opening, position)) >= 0:
            end = source.find(closing, start)
            if end < 0:
                break
            pieces.append(source[position:start])
            position = end + len(closing)
        source = "".join(pieces) + source[position:]
    return source
