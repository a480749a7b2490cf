"""Quantities: every number that says how much, how many, which share, which growth or which rank.

The order of the steps: numbers said in words and ranks by rule; numbers with a unit by grammar; the bound words around
both; what is no quantity is left out; then each is read as an amount, a count, a share or a change.
"""

import re
from dataclasses import replace
from decimal import Decimal

from speechmine.finding.amounts import Amount, amounts
from speechmine.finding.bounds import bounded, comparator, is_large
from speechmine.finding.change import clause_before, reading
from speechmine.finding.lists import in_list_context, with_money_supplied
from speechmine.finding.mentions import QuantityMention
from speechmine.finding.number_words import NumberWord, number_words
from speechmine.finding.plausible import needs_company, plausible, refused
from speechmine.outline import Outline
from speechmine.rules import RuleBook
from speechmine.spans import Span

_ANY_NUMBER = re.compile(r"[\d零一二两三四五六七八九十百千万亿兆几数半首榜倍番廿xX×*_%壹贰叁肆伍陆柒捌玖]|清零|归零|全覆盖|位数")


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
    >>> for found in quantities("确保新建标准厂房不少于3万平方米,能耗下降2%", load_rules()):
    ...     print(found.span.cut("确保新建标准厂房不少于3万平方米,能耗下降2%"), found.value, found.unit, found.comparator, found.kind)
    不少于3万平方米 3 万平方米 >= level
    2% -2 % = growth
    """
    if not _ANY_NUMBER.search(text):
        return []
    never = refused(text, rules)
    words = [word for word in number_words(text, rules) if not any(span.holds(word.span) for span in never)]
    mentions = [_of_word(text, word, rules) for word in words]
    small: list[QuantityMention] = []
    for amount in amounts(text, rules):
        if any(amount.span.overlaps(span) for span in never) or any(amount.span.overlaps(w.span) for w in words):
            continue
        bound = bounded(text, amount.span, is_large(amount), rules)
        is_bounded = bound.comparator is not None
        if not plausible(text, amount, is_bounded, rules):
            continue
        alone = needs_company(text, amount, is_bounded, rules)
        (small if alone else mentions).append(_of_amount(text, amount, rules))
    mentions += [mention for mention in small if _in_company(text, mention, mentions, rules)]
    return in_list_context(text, sorted(mentions, key=lambda mention: mention.span), rules)


def _of_amount(text: str, amount: Amount, rules: RuleBook) -> QuantityMention:
    bound = bounded(text, amount.span, is_large(amount), rules)
    read = reading(text, bound.span, amount.group, amount.unit, rules)
    says = bound.comparator or (">=" if amount.more else None)
    span = bound.span
    if text.startswith("级", span.end) and (amount.style == "bare" or amount.group == "large"):
        span, says = Span(span.start, span.end + 1), says or ">="  # 万亿级, 五百亿级
    value = None if amount.value is None else amount.value * read.sign
    upper = None if amount.upper is None else amount.upper * read.sign
    approximate = "~" if amount.value is None and amount.style != "masked" else "="
    rule = f"quantity.{'masked' if amount.style == 'masked' else amount.group}"
    return QuantityMention(
        span, _plain(value), _plain(upper), amount.unit or None, says or comparator(approximate), read.kind,
        amount.style == "masked", rule,
    )  # fmt: skip


def _of_word(text: str, word: NumberWord, rules: RuleBook) -> QuantityMention:
    if word.comparator is not None and word.kind == "rank":
        return QuantityMention(word.span, word.value, None, word.unit, word.comparator, word.kind, False, word.rule)
    bound = bounded(text, word.span, word.unit == "%" and word.value != 0, rules)
    kind, value = word.kind, word.value
    if kind == "share":
        read = reading(text, bound.span, "share", "%", rules)
        kind, value = read.kind, None if value is None else value * read.sign
    says = word.comparator or bound.comparator or "="
    return QuantityMention(bound.span, _plain(value), None, word.unit, says, kind, False, word.rule)


def _in_company(text: str, mention: QuantityMention, others: list[QuantityMention], rules: RuleBook) -> bool:
    """Say whether a small Chinese count stands beside another quantity (过5亿元的也就两个, 九条已动工,另外一条)."""
    if mention.unit in rules.words("frequency_unit"):
        return False
    for other in others:
        low, high = sorted((mention.span, other.span))
        between = text[low.end : high.start]
        if len(between) <= 8 and not re.search(r"[。;!?]", between):
            return "、" not in clause_before(text, mention.span.start)[-8:]
    return False


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else value + 0
