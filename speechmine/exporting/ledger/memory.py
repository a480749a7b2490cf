"""What a ledger remembers of itself on a hidden sheet: which finding each row came from, and what was written there.

That tells people's words from ours: a cell that differs from what was written is theirs.
"""

import hashlib
import json
from collections.abc import Mapping

import msgspec

from speechmine.exporting.ledger.tables import Row, Sheet, told

MEMORY = "speechmine"
MEMORY_HEAD = ("表", "编号", "记录编号", "文件编号", "来源", "情况", "词句", "校验")
GONE, REMOVED = "讲话中已无", "已由人删除"
MARKS = "变更栏"
"""What stands for the state in the line that remembers the heading of our column of marks."""
UNKNOWN = "?"
"""The mark of a cell of which nobody knows what was written there: equal to that of no text."""


class Known(msgspec.Struct, frozen=True):
    """A row as it was written last.

    Attributes:
        sheet: The sheet it stands on.
        key: Its number, which never changes.
        record: The id of the finding it tells now: another one after the speech was revised.
        document: The id of the document.
        source: Where the document came from.
        state: Empty, `GONE` or `REMOVED`.
        words: The words by which it is found again.
        marks: A digest of each cell that was written.
    """

    sheet: str
    key: str
    record: str
    document: str
    source: str
    state: str = ""
    words: str = ""
    marks: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def line(self) -> tuple[str, ...]:
        """The row as the hidden sheet holds it."""
        marks = json.dumps(dict(self.marks), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return (self.sheet, self.key, self.record, self.document, self.source, self.state, self.words, marks)

    @classmethod
    def of(cls, line: tuple[str, ...]) -> "Known":
        """Read what `line` gave.

        Raises:
            ValueError: It is something else.
        """
        sheet, key, record, document, source, state, words, marks = line
        read = json.loads(marks)
        if not isinstance(read, dict):
            raise ValueError(marks)
        return cls(sheet, key, record, document, source, state, words, {str(name): str(read[name]) for name in read})


def remembered(sheet: Sheet, row: Row, key: str | None = None) -> Known:
    """Return what is to be remembered of a row, which may have kept an earlier number."""
    marks = {name: mark(told(cell)) for name, cell in row.cells.items()}
    words = told(" ".join(told(row.cells.get(name, "")) for name in sheet.words))
    return Known(sheet.name, key or row.key, row.key, row.document, told(row.source), "", words, marks)


def mark(text: str) -> str:
    """Return the digest of a cell's text; of nothing, nothing."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""
