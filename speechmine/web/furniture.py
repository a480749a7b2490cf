"""Which parts of a stored text are page furniture. Records do not say, so the same rules look at the same text again."""

import functools

from speechmine.cleaning import clean
from speechmine.outline import outlined
from speechmine.rules import RuleBook, load_rules
from speechmine.spans import Span

_LONGEST = 200_000
"""Characters; longer texts are shown without looking: that would take seconds."""


@functools.cache
def _rules() -> RuleBook:
    return load_rules()


def prepare() -> None:
    """Read the rules now, which takes half a second, and not while the first reader waits."""
    _rules()


@functools.lru_cache(maxsize=64)
def furniture_of(text: str) -> tuple[Span, ...]:
    r"""Return the navigation, adverts and page marks of a text as read, as the shipped rules see them.

    >>> text = "首页 > 新闻中心 > 正文\n同志们:要抓好项目。\n【打印】【关闭】"
    >>> [text[span.start : span.end] for span in furniture_of(text)]
    ['首页 > 新闻中心 > 正文', '【打印】【关闭】']
    """
    if len(text) > _LONGEST:
        return ()
    cleaned = clean(text)
    outline = outlined(cleaned.aligned.text, _rules())
    return tuple(cleaned.aligned.to_source(span.start, span.end) for span in outline.furniture)
