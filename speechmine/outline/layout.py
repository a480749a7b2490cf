"""Which lines of a page are the text and which are its furniture."""

import re

import msgspec

from speechmine.outline.lines import Line
from speechmine.outline.marks import mark_of
from speechmine.outline.people import is_native, person_in
from speechmine.patterns import compiled
from speechmine.rules import Rule, RuleBook

_LONGEST_FURNITURE = 500
_SENTENCE = compiled(r"[。!?;]|,.*,")
_ANCHORS = frozenset({"furniture.related", "furniture.pager", "furniture.copyright", "furniture.disclaimer"})
_TITLE = "markdown1"
_SHORTEST_BODY = 10
_CELL = 16
_LONGEST_NAME = 36
_CELLS = 6
_ANYWHERE = frozenset({"furniture.abstract", "furniture.picture", "furniture.paywall"})


class Layout(msgspec.Struct, frozen=True):
    """The lines of a page, told apart.

    Attributes:
        lines: All lines with words.
        rules: For each line the furniture rule that it obeys, or None.
        first: Index of the first line of the text proper: what stands before it is the head of the page.
        last: Index of the last line of the text; what stands after it is the foot.
        cells: Lines that are furniture only because they stand in a run of short ones.
    """

    lines: tuple[Line, ...]
    rules: tuple[Rule | None, ...]
    first: int
    last: int
    cells: frozenset[int] = frozenset()

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines above the text."""
        return self.lines[: self.first]

    @property
    def body(self) -> list[Line]:
        """The lines of the text proper."""
        return [self.lines[i] for i in range(self.first, self.last + 1) if self.rules[i] is None]

    @property
    def furniture(self) -> list[Line]:
        """The lines that are not."""
        inside = range(self.first, self.last + 1)
        return [line for i, line in enumerate(self.lines) if i not in inside or self.rules[i] is not None]


def front_of(lines: tuple[Line, ...], rules: RuleBook) -> Layout:
    """Lay out what stands before the first speech of a compilation: all of it is head."""
    return Layout(lines, tuple(_rule_of(line, {}, rules) for line in lines), len(lines), len(lines) - 1)


def layout_of(lines: tuple[Line, ...], rules: RuleBook) -> Layout:
    """Find the furniture of a page."""
    known: dict[str, Rule | None] = {}
    obeyed = [_rule_of(line, known, rules) for line in lines]
    _spare_text(lines, obeyed)
    cells: set[int] = set()
    for start, end in _runs_of_cells(lines, obeyed, rules):
        cells.update(index for index in range(start, end) if obeyed[index] is None)
        obeyed[start:end] = [rule or rules.rule("furniture.site") for rule in obeyed[start:end]]
    for index, line in enumerate(lines):
        if obeyed[index] is None and (_is_signature(lines, obeyed, index, rules) or _is_name(line, rules)):
            obeyed[index] = rules.rule("furniture.signature")
    free = [index for index in range(len(lines)) if obeyed[index] is None]
    bodies = [index for index in free if _is_body(lines[index], rules)]
    bodies = bodies or [index for index in free if _SENTENCE.search(lines[index].text)]
    last = _last(lines, obeyed, bodies, rules)
    first = _first(lines, obeyed, bodies, rules)
    return Layout(lines, tuple(obeyed), min(first, len(lines)), last, frozenset(cells))


def _rule_of(line: Line, known: dict[str, Rule | None], rules: RuleBook) -> Rule | None:
    """Return the furniture rule that a line obeys; a long line of sentences obeys none."""
    if len(line.text) > _LONGEST_FURNITURE:
        return None
    if line.text not in known:
        known[line.text] = rules.first("furniture", line.squeezed)
    return known[line.text]


def _spare_text(lines: tuple[Line, ...], obeyed: list[Rule | None]) -> None:
    """Free long sentences that obey a rule in the midst of the text: to swallow text is the worst fault."""
    strong = [index for index, line in enumerate(lines) if obeyed[index] is None and _is_strong(line)]
    for index in range(strong[0], strong[-1]) if strong else ():
        rule = obeyed[index]
        if rule is not None and _is_strong(lines[index]) and rule.id not in _ANYWHERE:
            obeyed[index] = None


def _is_signature(lines: tuple[Line, ...], obeyed: list[Rule | None], index: int, rules: RuleBook) -> bool:
    """Whether the line is the name of a body over a date: who signs a notice, before its annex or at its end."""
    below = obeyed[index + 1] if index + 1 < len(lines) else None
    if below is None or below.id != "furniture.date":
        return False
    return rules.rule("title.body").search(lines[index].squeezed) is not None


def _is_name(line: Line, rules: RuleBook) -> bool:
    """Whether the line is nothing but a person with title: a caption or a signature."""
    if len(line.text) > _LONGEST_NAME or re.search(r"[。!?;:,]", line.text):
        return False
    person = person_in(line.squeezed, rules)
    return person is not None and person.title is not None and is_native(person.name or "", rules)


def _is_body(line: Line, rules: RuleBook) -> bool:
    if line.text.startswith("# "):
        return False
    if len(line.text) > 60:
        return not rules.rule("title.noun").search(line.squeezed)
    return len(line.text) >= _SHORTEST_BODY and bool(_SENTENCE.search(line.text))


def _is_strong(line: Line) -> bool:
    return len(line.text) >= 40 and "。" in line.text


def _first(lines: tuple[Line, ...], obeyed: list[Rule | None], bodies: list[int], rules: RuleBook) -> int:
    """Return where the text begins: at its salutation, else at its first sentence, headings before it included."""
    first = next((index for index in bodies if not _is_headline(lines, obeyed, index)), 0)
    for index, line in enumerate(lines[: first + 8]):
        if is_salutation(line, rules):
            return index
    while first and _leads_in(lines[first - 1], rules):
        first -= 1
    return first


def _leads_in(line: Line, rules: RuleBook) -> bool:
    """Whether a line before the first sentence belongs to it: a heading, or a lead (截至11月底,各项成果如下:)."""
    if line.text.endswith(":"):
        return rules.rule("introduces.all").search(line.text[:-1]) is not None
    mark = mark_of(line.text, rules)
    return mark is not None and mark.may_head and mark.style != _TITLE


def _is_headline(lines: tuple[Line, ...], obeyed: list[Rule | None], index: int) -> bool:
    """Whether a line with a stop in it is a headline all the same (热烈祝贺…!): the page is stamped below it."""
    below = obeyed[index + 1 : index + 3]
    stamped = any(rule is not None and rule.id in ("furniture.byline", "furniture.date") for rule in below)
    return stamped and len(lines[index].text) <= 60 and "。" not in lines[index].text


def _last(lines: tuple[Line, ...], obeyed: list[Rule | None], bodies: list[int], rules: RuleBook) -> int:
    """Return where the text ends; behind the head of a link list only long sentences count as text."""
    last = -1
    behind = False
    wanted = set(bodies)
    for index, line in enumerate(lines):
        rule = obeyed[index]
        behind = behind or (last >= 0 and rule is not None and rule.id in _ANCHORS)
        if index in wanted and (not behind or _is_strong(line)):
            last, behind = index, False
    while 0 <= last < len(lines) - 1 and obeyed[last + 1] is None and _continues(lines[last + 1], rules):
        last += 1
    return last if last >= 0 else len(lines) - 1


def _continues(line: Line, rules: RuleBook) -> bool:
    """Whether a short line under the last sentence is text too: an item of a list, or a sentence (谢谢大家!)."""
    return mark_of(line.text, rules) is not None or line.text[-1] in "。!?"


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
    if len(line.text) > _CELL or re.search(r"[。!?;:,]", line.text) or rules.rule("title.noun").search(line.squeezed):
        return False
    mark = mark_of(line.text, rules)
    return mark is None or mark.style == "bullet"
