"""Templates: the only door to Jinja2. Everything from a speech is escaped, and loses what a screen could obey."""

import functools
import re
from collections.abc import Mapping
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ufffe\uffff\ud800-\udfff]"
)


def shown(value: object) -> object:
    r"""Replace what cannot be seen but acts: control characters and those that turn the direction of writing.

    One character for one, so that marked words keep their places; a line end of two characters becomes one.

    >>> shown("a\u202eb\r\nc")
    'a�b\nc'
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSEEN.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    return value


def _source(name: str) -> str | None:
    file = resources.files("speechmine.web").joinpath("templates", name)
    return file.read_text("utf-8") if file.is_file() else None


@functools.cache
def environment() -> Environment:
    """Return the one environment: all output is escaped, and a name that is not given is an error."""
    return Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def rendered(template: str, values: Mapping[str, object]) -> str:
    """Fill a template."""
    return environment().get_template(template).render(values)
