"""Which lines of a page are the text and which are its furniture."""

import re
from dataclasses import dataclass

from speechmine.outline.lines import Line
from speechmine.outline.marks import mark_of
from speechmine.rules import Rule, RuleBook

_LONGEST_FURNITURE = 500
_SENTENCE = re.compile(r"[。!?;]|,.*,")
_ANCHORS = frozenset({"furniture.related", "furniture.pager", "furniture.copyright", "furniture.disclaimer"})
_CELL = 16
_CELLS = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page, told apart.

    Attributes:
        lines: All lines with words.
        rules: For each line the furniture rule that it obeys, or None.
        first: Index of the first line of the text proper: what stands before it is the head of the page.
        last: Index of the last line of the text; what stands after it is the foot.
    """

    lines: tuple[Line, ...]
    rules: tuple[Rule | None, ...]
    first: int
    last: int

    @property
    def body(self) -> list[Line]:
        """The lines of the text proper."""
        return [self.lines[i] for i in range(self.first, self.last + 1) if self.rules[i] is None]

    @property
    def furniture(self) -> list[Line]:
        """The lines that are not."""
        inside = range(self.first, self.last + 1)
        return [line for i, line in enumerate(self.lines) if i not in inside or self.rules[i] is not None]


def layout_of(lines: tuple[Line, ...], rules: RuleBook) -> Layout:
    """Find the furniture of a page."""
    obeyed = [_rule_of(line, rules) for line in lines]
    for start, end in _runs_of_cells(lines, obeyed, rules):
        obeyed[start:end] = [rules.rule("furniture.site")] * (end - start)
    bodies = [index for index, line in enumerate(lines) if obeyed[index] is None and _is_body(line)]
    last = _last(lines, obeyed, bodies, rules)
    first = _first(lines, bodies, rules)
    return Layout(lines, tuple(obeyed), min(first, len(lines)), last)


def _rule_of(line: Line, rules: RuleBook) -> Rule | None:
    if len(line.text) > _LONGEST_FURNITURE:
        return None
    return rules.first("furniture", line.squeezed)


def _is_body(line: Line) -> bool:
    return len(line.text) >= 10 and bool(_SENTENCE.search(line.text)) or len(line.text) > 60


def _is_strong(line: Line) -> bool:
    return len(line.text) >= 40 and "。" in line.text


def _first(lines: tuple[Line, ...], bodies: list[int], rules: RuleBook) -> int:
    """Return where the text begins: at its salutation, else at its first sentence, headings before it included."""
    first = bodies[0] if bodies else 0
    for index, line in enumerate(lines[: first + 8]):
        if is_salutation(line, rules):
            return index
    while first and (mark := mark_of(lines[first - 1].text, rules)) and mark.may_head:
        first -= 1
    return first


def _last(lines: tuple[Line, ...], obeyed: list[Rule | None], bodies: list[int], rules: RuleBook) -> int:
    """Return where the text ends: link lists after it may look like sentences, so behind their heads only long ones count."""
    last = -1
    behind = False
    wanted = set(bodies)
    for index, line in enumerate(lines):
        rule = obeyed[index]
        behind = behind or (last >= 0 and rule is not None and rule.id in _ANCHORS)
        if index in wanted and (not behind or _is_strong(line)):
            last, behind = index, False
    while 0 <= last < len(lines) - 1 and obeyed[last + 1] is None and mark_of(lines[last + 1].text, rules):
        last += 1
    return last if last >= 0 else len(lines) - 1


def is_salutation(line: Line, rules: RuleBook) -> bool:
    """Whether the line addresses the audience and does nothing else."""
    return len(line.text) <= 80 and rules.first("salutation", line.squeezed) is not None


def _runs_of_cells(lines: tuple[Line, ...], obeyed: list[Rule | None], rules: RuleBook) -> list[tuple[int, int]]:
    """Return runs of very short lines without punctuation: cells of a table, links of a menu."""
    runs = []
    start = 0
    for index, line in enumerate([*lines, None]):
        if line is not None and (obeyed[index] or _is_cell(line, rules)):
            continue
        if index - start >= _CELLS:
            runs.append((start, index))
        start = index + 1
    return runs


def _is_cell(line: Line, rules: RuleBook) -> bool:
    if len(line.text) > _CELL or re.search(r"[。!?;:,]", line.text):
        return False
    mark = mark_of(line.text, rules)
    return mark is None or mark.style == "bullet"
