"""What quantities of one sentence lend each other: kinds in paired lists, 至少 over a list, units left out."""

import re
from dataclasses import replace
from decimal import Decimal

from speechmine.finding.bounds import comparator
from speechmine.finding.change import clause_before
from speechmine.finding.mentions import QuantityMention
from speechmine.rules import RuleBook

_JOINERS = frozenset({"、", "和", "及", "与", "以及"})
_STRETCH = re.compile(r"[,、;]?(?:并|再|还)?(?:力争|争取|冲刺|努力|奋力)(?:达到|达|实现|完成|突破|增长到?)?")


def in_list_context(text: str, mentions: list[QuantityMention], rules: RuleBook) -> list[QuantityMention]:
    """Let each quantity take over what the one before it in a list says."""
    found: list[QuantityMention] = []
    upper_ends = [match.end() for match in rules.rule("inverted.at_most").finditer(text)]
    lower_ends = [match.end() for match in rules.rule("inverted.at_least").finditer(text)]
    for mention in mentions:
        if mention.comparator == "=" and mention.span.start - 1 <= max(
            (end for end in upper_ends if end <= mention.span.start), default=-9
        ):
            mention = replace(mention, comparator=comparator("<="))
        if mention.comparator == "=" and mention.span.start - 1 <= max(
            (end for end in lower_ends if end <= mention.span.start), default=-9
        ):
            mention = replace(mention, comparator=comparator(">="))
        found.append(_after(text, found, mention, rules) if found else mention)
    return _held(text, _paired(text, found, rules), rules)


def _after(text: str, found: list[QuantityMention], mention: QuantityMention, rules: RuleBook) -> QuantityMention:
    before = found[-1]
    between = text[before.span.end : mention.span.start]
    if before.unit == mention.unit and before.kind == "growth" and mention.kind == "share":
        if between in _JOINERS or _STRETCH.fullmatch(between):
            sign = Decimal(-1) if before.value is not None and before.value < 0 else Decimal(1)
            mention = replace(mention, kind="growth", value=_times(mention.value, sign), upper=_times(mention.upper, sign))
    elif before.unit == mention.unit and before.kind == "growth" and mention.kind != "rank" and between in _JOINERS:
        # 比上年增加2.8平方米和5.5平方米
        sign = Decimal(-1) if mention.value and before.value and before.value < 0 < mention.value else Decimal(1)
        mention = replace(mention, kind="growth", value=_times(mention.value, sign), upper=_times(mention.upper, sign))
    if mention.comparator == "=" and mention.kind == "count" and _governed(text, found, mention):
        mention = replace(mention, comparator=comparator(">="))
    return mention


def _governed(text: str, found: list[QuantityMention], mention: QuantityMention) -> bool:
    """Say whether 至少 earlier in the sentence governs this count too: it must open its clause."""
    reach = [other for other in found if other.comparator == ">=" and text[other.span.start : other.span.start + 2] == "至少"]
    head = text[: mention.span.start].rstrip()
    return bool(reach) and (head.endswith((",", "、")) or found[-1].span.end == len(head))


def with_money_supplied(
    mentions: list[QuantityMention], text: str, paragraphs: list[int], rules: RuleBook
) -> list[QuantityMention]:
    """Write 亿元 for 亿 where a threshold leaves 元 out and its paragraph has it (过5亿元的两个,过十亿的没有)."""
    written = {(paragraphs[mention.statement], mention.unit) for mention in mentions}
    named = rules.any_of("level_noun")
    return [
        replace(mention, unit=f"{mention.unit}元")
        if mention.rule == "quantity.large"
        and mention.comparator in {">=", "<="}
        and (paragraphs[mention.statement], f"{mention.unit}元") in written
        and not named.match(text, mention.span.end)
        else mention
        for mention in mentions
    ]


def _held(text: str, mentions: list[QuantityMention], rules: RuleBook) -> list[QuantityMention]:
    """In 控制在5%和3%以内 the bound governs both."""
    held = rules.any_of("bound_held")
    for index in range(len(mentions) - 1):
        one, two = mentions[index], mentions[index + 1]
        between = text[one.span.end : two.span.start]
        head = text[max(0, one.span.start - 4) : one.span.start]
        if between in _JOINERS and two.comparator == "<=" and one.comparator == "=" and held.search(head):
            mentions[index] = replace(one, comparator=comparator("<="))
    return mentions


def _paired(text: str, mentions: list[QuantityMention], rules: RuleBook) -> list[QuantityMention]:
    """In 失业率、价格涨幅分别控制在5%和3%以内 the second number belongs to the second name."""
    noun, verb = rules.any_of("growth_noun"), rules.any_of("growth_up growth_down")
    for run in _runs(text, mentions):
        clause = clause_before(text, mentions[run[0]].span.start)
        names = re.split(r"[、和及与]", clause.partition("分别")[0]) if "分别" in clause else []
        if len(names) < len(run):
            continue
        if verb.search(clause.partition("分别")[2]):
            continue
        for index, name in zip(run, names[-len(run) :], strict=True):
            if mentions[index].unit == "%":
                mentions[index] = replace(mentions[index], kind="growth" if noun.search(name) else "share")
    return mentions


def _runs(text: str, mentions: list[QuantityMention]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index, mention in enumerate(mentions):
        joined = index and text[mentions[index - 1].span.end : mention.span.start] in {"、", "和", "及", "与", ",", "以及"}
        if joined:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [run for run in runs if len(run) > 1]


def _times(value: Decimal | None, sign: Decimal) -> Decimal | None:
    return None if value is None else value * sign

