"""From the elements of a Word file to its text."""

from speechmine.errors import SpeechmineError
from speechmine.reading.limits import LIMITS

# Not text of the document: what was deleted or moved away, the second form of a drawing, glosses above characters.
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "rt"})
_NOTES = frozenset({"footnote", "endnote"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})


class DocxText:
    """Collects the text while the elements pass by.

    A paragraph is a line; the cells of a table row share a line, with a tab between them, as long as each is one
    paragraph. Text boxes come after the body, then notes.
    """

    def __init__(self) -> None:
        self.body: list[str] = []
        self.boxes: list[str] = []
        self.outer: list[tuple[list[str], str]] = []
        self.out = self.body
        self.path: list[str] = []
        self.before = ""
        self.left_out = 0
        self.hidden = self.joined = self.first_cell = False
        self.length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the beginning of an element."""
        name = name.rpartition(" ")[2]
        self.path.append(name)
        # <w:del/> inside the properties of a paragraph says that its end was deleted.
        if name in _LEFT_OUT and not self._is_property():
            self.left_out += 1
        elif name == "p":
            self.hidden = False
            self._put(self.before)
            self.before = "\n"
        elif name == "tr":
            self.before = "\n" if self.out else ""
            self.first_cell = True
        elif name == "tc":
            self.before = self.before if self.first_cell else "\t"
            self.first_cell = False
        elif name == "txbxContent":
            self.outer.append((self.out, self.before))
            self.out, self.before = self.boxes, "\n"
        elif name in _NOTES and _value(attributes, "type"):  # the lines that part notes from the body
            self.left_out += 1
            self.path[-1] = "del"
        else:
            self._start_inside(name, attributes)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "vanish" and self.path[-2:-1] == ["rPr"] and self.path[-3:-2] == ["r"]:
            self.hidden = _value(attributes, "val") not in _OFF
        elif name in {"del", "moveFrom"}:
            self.joined = self.path[-3:-2] == ["pPr"]
        elif name in _SIGNS and self.path[-2:-1] == ["r"]:
            self._put(_SIGNS[name])

    def end(self, name: str) -> None:
        """Note the end of an element."""
        name = name.rpartition(" ")[2]
        if self.path[-1] in _LEFT_OUT and not self._is_property():
            self.left_out -= 1
        elif name == "r":
            self.hidden = False
        elif name == "p" and self.joined:
            self.before, self.joined = "", False
        elif name == "tbl":
            self.before = "\n"
        elif name == "txbxContent":
            self.out, self.before = self.outer.pop()
        self.path.pop()

    def characters(self, text: str) -> None:
        """Take the words that stand in a text element."""
        if self.path[-1:] == ["t"]:
            self._put(text)

    def end_part(self) -> None:
        """Put the text boxes after the part that holds them."""
        self.before = "\n"
        self.body += self.boxes
        self.boxes.clear()

    def refuse_long(self, source: str) -> None:
        """Refuse a text that is too long.

        Raises:
            SpeechmineError: It is.
        """
        if self.length > LIMITS.text_length:
            raise SpeechmineError(
                f"more than {LIMITS.text_length:,} characters", source, "Split it into its documents."
            )

    def text(self) -> str:
        """Return all that was collected."""
        return "".join(self.body)

    def _put(self, text: str) -> None:
        if text and not self.left_out and not self.hidden:
            self.out.append(text)
            self.length += len(text)

    def _is_property(self) -> bool:
        return self.path[-2:-1] in (["rPr"], ["trPr"], ["tblPr"], ["pPr"])


def _value(attributes: dict[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), None)
