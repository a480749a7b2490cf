"""Quantities: every number that says how much, how many, which share, which growth or which rank.

The order of the steps: numbers said in words and ranks by rule; numbers with a unit by grammar; the bound words around
both; what is no quantity is left out; then each is read as an amount, a count, a share or a change.
"""

from msgspec.structs import replace

from speechmine.finding.amounts import Amount, amounts
from speechmine.finding.bounds import Bounded, bounded, is_large
from speechmine.finding.change import Reading, clause_before, reading
from speechmine.finding.closed import Closed
from speechmine.finding.lists import in_list_context, with_money_supplied
from speechmine.finding.mentions import QuantityMention
from speechmine.finding.number_words import NumberWord, number_words
from speechmine.finding.plausible import needs_company, plausible, refused
from speechmine.outline import Outline
from speechmine.rules import RuleBook
from speechmine.spans import Span

_COMPANY_REACH = 8


def find_quantities(outline: Outline, rules: RuleBook) -> list[QuantityMention]:
    """Find every quantity in the statements of a document, in order of place."""
    found: list[QuantityMention] = []
    for index, statement in enumerate(outline.statements):
        if not statement.heading:
            shift = statement.span.start
            for mention in quantities(statement.text, rules):
                span = Span(mention.span.start + shift, mention.span.end + shift)
                found.append(replace(mention, span=span, statement=index))
    return with_money_supplied(found, outline.text, [statement.paragraph for statement in outline.statements], rules)


def quantities(text: str, rules: RuleBook) -> list[QuantityMention]:
    """Find every quantity in a clean text (one sentence is best), in order of place.

    Args:
        text: Simplified script, folded widths: what `speechmine.cleaning.tidy` returns.
        rules: The rule book.

    Returns:
        Mentions with value, upper end, unit, comparator and kind; a fall has a negative value.

    >>> from speechmine.rules import load_rules
    >>> text = "新建厂房不少于3万平方米,能耗下降2%,位次由第九前移到全市前三"
    >>> for found in quantities(text, load_rules()):
    ...     print(found.span.cut(text), found.value, found.unit, found.comparator, found.kind)
    不少于3万平方米 3 万平方米 >= level
    2% -2 % = growth
    第九 9 None = rank
    前三 3 None <= rank
    """
    never, quoted = refused(text, "not_quantity", rules), refused(text, "quoted", rules)
    said, counted = number_words(text, rules), amounts(text, rules)
    if not said and not counted:
        return []
    names = Closed(quoted)
    taken = Closed(never)
    words = [w for w in said if not taken.meets(w.span) and not names.meets(w.span)]
    mentions = [_of_word(text, word, rules) for word in words]
    small: list[QuantityMention] = []
    closed = Closed([*never, *(word.span for word in words)])
    for amount in counted:
        if closed.meets(amount.span):
            continue
        bound = bounded(text, amount.span, is_large(amount), rules)
        is_bounded = bound.comparator is not None
        if names.meets(amount.span) and not (is_bounded or _speaks(text, amount)):
            continue
        if plausible(text, amount, is_bounded, rules):
            waits = needs_company(text, amount, is_bounded, rules)
            (small if waits else mentions).append(_of_amount(text, amount, bound, rules))
    near = Closed(Span(m.span.start - _COMPANY_REACH, m.span.end + _COMPANY_REACH) for m in mentions)
    mentions += [mention for mention in small if near.meets(mention.span) and _may_join(text, mention, rules)]
    return in_list_context(text, sorted(mentions, key=lambda mention: mention.span), rules)


def _speaks(text: str, amount: Amount) -> bool:
    """Say whether a number is a quantity even inside a short quotation: “年底前达到80%”, not “六个一”."""
    if text.endswith("个", 0, amount.span.start):  # “两个200万亩” names a campaign
        return False
    return amount.style in {"digits", "masked"} and amount.group in {"share", "point", "money", "measure"}


def _of_amount(text: str, amount: Amount, bound: Bounded, rules: RuleBook) -> QuantityMention:
    read = reading(text, bound.span, amount.group, amount.unit, rules)
    if amount.group == "share" and amount.value is not None and amount.value < 0:
        read = Reading("growth")  # 增速为-3.2%
    span, says = bound.span, bound.comparator or amount.says or "="
    if text.startswith("级", span.end) and (amount.style == "bare" or amount.group == "large"):
        span, says = Span(span.start, span.end + 1), ">="  # 万亿级, 五百亿级
    masked = amount.style == "masked"
    return QuantityMention(
        span=span,
        value=None if amount.value is None else amount.value * read.sign,
        upper=None if amount.upper is None else amount.upper * read.sign,
        unit=amount.unit or None,
        comparator=says,
        kind=read.kind,
        masked=masked,
        rule="quantity.masked" if masked else f"quantity.{amount.group}",
    )


def _of_word(text: str, word: NumberWord, rules: RuleBook) -> QuantityMention:
    kind, value, span, says = word.kind, word.value, word.span, word.comparator
    if kind != "rank":
        bound = bounded(text, span, word.unit == "%" and word.value != 0, rules)
        span, says = bound.span, says or bound.comparator or "="
    if kind == "share":
        read = reading(text, span, "share", "%", rules)
        kind, value = read.kind, None if value is None else value * read.sign
    return QuantityMention(span, value, None, word.unit, says or "=", kind, False, word.rule)


def _may_join(text: str, mention: QuantityMention, rules: RuleBook) -> bool:
    """Say whether a small Chinese count near another quantity is one itself (过5亿元的也就两个, 九条已动工,另外一条).

    Not after a list, which it would only sum up (甲、乙两个科室), and not where it tells how often.
    """
    summed_up = "、" in clause_before(text, mention.span.start)[-_COMPANY_REACH:]
    return not summed_up and mention.unit is not None and mention.unit not in rules.words("frequency_unit")
