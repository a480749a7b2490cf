"""Characters that nobody sees and that break words: zero-width blanks, soft hyphens, control characters."""

from speechmine.aligned import Edit
from speechmine.cleaning.found import NOTHING, Found, found
from speechmine.patterns import compiled

_UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
# A zero-width blank on a line of its own stands where a page put something invisible: 交出一份人⏎\u200b⏎民满意的答卷.
_ALONE = rf"(?<=[^\n。!?…:;])\n *[{_UNSEEN}][{_UNSEEN} ]*\n(?=[^\n ])"
_ANY = compiled(f"[{_UNSEEN}]")
_PATTERN = compiled(rf"{_ALONE}|[{_UNSEEN}]+")


def invisible(text: str) -> Found:
    """Take out characters that cannot be seen."""
    if not _ANY.search(text):
        return NOTHING
    return found([Edit(*match.span(), "") for match in _PATTERN.finditer(text)])
