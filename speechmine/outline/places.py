"""Where a speech was given: the first administrative unit that the head of the page or the first lines name."""

from collections.abc import Iterable

from speechmine.rules import RuleBook


def place_in(lines: Iterable[str | None], rules: RuleBook) -> str | None:
    """Return the first named place in some clean lines, or None; 全市 and 我县 name none.

    >>> from speechmine.rules import load_rules
    >>> place_in([None, "2031年青澜市政府工作报告"], load_rules())
    '青澜市'
    >>> place_in(["在全市重点项目调度会上的讲话"], load_rules()) is None
    True
    """
    rule = rules.rule("place.named")
    found = (match["quote"] for line in lines if line for match in rule.finditer(line))
    return next(found, None)
