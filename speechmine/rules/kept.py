"""Answers about texts, kept for as long as they are likely to be asked again."""

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_ROOM = 1_000_000  # characters of the texts whose answers are kept


class Kept(dict[str, _T]):
    """Answers by text: each is made when it is first asked for. When they take too much room, all are forgotten.

    >>> lengths = Kept(len)
    >>> lengths["周调度"], lengths["周调度"]
    (3, 3)
    """

    def __init__(self, make: Callable[[str], _T]) -> None:
        super().__init__()
        self._make = make
        self._room = _ROOM

    def __missing__(self, text: str) -> _T:
        """Make the answer and keep it."""
        answer = self._make(text)
        self._room -= len(text) + 16
        if self._room < 0:
            self.clear()
            self._room = _ROOM - len(text)
        self[text] = answer
        return answer
