"""What words say by themselves, for a mark that a person added: the number and its unit, the rhythm, the owner."""

from speechmine.analysis import analyse
from speechmine.annotating.converting import findings_of, item_of
from speechmine.annotating.sheets import Item
from speechmine.finding.parsers import quantities
from speechmine.reading import Document
from speechmine.rules import load_rules
from speechmine.scoring import GoldMeasure, GoldMechanism, GoldQuantity


def worded(group: str, words: str) -> Item:
    """Say of words all that they say by themselves; what they leave open is said in the most common way.

    >>> item = worded("quantity", "不低于10亿元")
    >>> (item.value, item.unit, item.cmp, item.role)
    (10.0, '亿元', '>=', 'goal')
    """
    if group == "quantity":
        return _quantity(words)
    found = [item_of(one) for one in findings_of(analyse(Document.of(words), load_rules()))]
    plain: Item
    if group == "mechanism":
        plain = GoldMechanism(quote=words, kind="formula", status="required")
    else:
        plain = GoldMeasure(quote=words, commitment="must")
    same = [item for item in found if type(item) is type(plain)]
    return max(same, key=lambda item: len(item.quote), default=plain)


def _quantity(words: str) -> GoldQuantity:
    found = max(quantities(words), key=lambda one: one.span.end - one.span.start, default=None)
    if found is None:
        return GoldQuantity(quote=words, cmp="=", kind="level", role="goal")
    return GoldQuantity(
        quote=words,
        value=None if found.value is None else float(found.value),
        upper=None if found.upper is None else float(found.upper),
        unit=found.unit,
        cmp=found.comparator,
        kind=found.kind,
        role="goal",
    )
