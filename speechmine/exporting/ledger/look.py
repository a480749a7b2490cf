"""How the ledger looks, in Excel's own formulas: the colours follow the day on which it is opened, its bytes do not."""

from collections.abc import Iterable

import msgspec

from speechmine.exporting.ledger.tables import CLOSED
from speechmine.exporting.table import display_width

FONT = "宋体"
SIZE = 10
HEADER_FILL = "1F4E79"
HEADER_FONT = "FFFFFF"
LINE = "BFBFBF"
DATE = "yyyy-mm-dd"
LINK = "0563C1"
LAST_ROW = 1_048_576


_LINE_POINTS, _MARGIN, _TALLEST = 13.5, 5.0, 409.0


def height(texts: Iterable[tuple[str, int]]) -> float:
    """Return how high a row must be, in points, for texts in columns of so many characters.

    >>> height([("周调度、月通报", 8), ("完成", 8)])
    32.0
    """
    lines = max((sum(_lines(part, width) for part in text.split("\n")) for text, width in texts), default=1)
    return min(_TALLEST, lines * _LINE_POINTS + _MARGIN)


def _lines(text: str, width: int) -> int:
    return max(1, -(-display_width(text) // max(1, width - 1)))


class Colour(msgspec.Struct, frozen=True):
    """What a cell is coloured by, in the columns of one sheet."""

    column: str
    formula: str
    fill: str
    font: str


def colours(letters: dict[str, str], row: int) -> list[Colour]:
    """Return the colours of the task sheet; the first that holds counts.

    Args:
        letters: The letter of each column.
        row: The first row of data.
    """
    due, start = f"${letters['完成时限']}{row}", f"${letters['起始时间']}{row}"
    progress, state = f"${letters['进展情况']}{row}", f"${letters['状态']}{row}"
    still = f"ISNUMBER({due})," + ",".join(f'{state}<>"{name}"' for name in CLOSED)
    begun = f"IF(ISNUMBER({start}),{start},DATE(YEAR({due}),1,1))"
    elapsed = f"MIN(1,(TODAY()-{begun})/MAX(1,{due}-{begun}))"
    behind = f"IFERROR(AND({still},{_share(progress)}<{elapsed}),FALSE)"
    red, yellow, green, grey = ("FFC7CE", "9C0006"), ("FFEB9C", "7F6000"), ("C6EFCE", "006100"), ("EDEDED", "7F7F7F")
    return [
        Colour("完成时限", f"AND({still},{due}<TODAY())", *red),
        Colour("完成时限", f"AND({still},{due}<=TODAY()+3)", *yellow),
        Colour("进展情况", behind, *yellow),
        Colour("状态", f'{state}="已完成"', *green),
        Colour("状态", f'{state}="已销号"', *grey),
        Colour("状态", f'{state}="延期"', *red),
        Colour("状态", f'{state}="进行中"', "DDEBF7", "1F4E79"),
    ]


def _share(cell: str) -> str:
    """Return the formula for the share done: a number as it is, else the number before the first % of the words."""
    before = f'LEFT({cell},FIND("%",SUBSTITUTE({cell},"％","%"))-1)'
    number = f"VALUE(RIGHT({before},1))"
    for digits in range(2, 6):
        number = f"IFERROR(VALUE(RIGHT({before},{digits})),{number})"
    return f"IF(ISNUMBER({cell}),IF({cell}>1,{cell}/100,{cell}),{number}/100)"
