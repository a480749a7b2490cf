"""What quantities of one text lend each other: kinds in paired lists, 至少 over a list, units left out."""

import re

from msgspec.structs import replace

from speechmine.finding.change import clause_before
from speechmine.finding.made import made
from speechmine.finding.mentions import QuantityMention
from speechmine.patterns import compiled
from speechmine.records import Comparator
from speechmine.rules import RuleBook

_AT_MOST: Comparator = "<="
_AT_LEAST: Comparator = ">="


def in_list_context(text: str, mentions: list[QuantityMention], rules: RuleBook) -> list[QuantityMention]:
    """Let each quantity of a sentence take over what stands before its metric or governs its list."""
    lists = made(_Lists, rules)
    found: list[QuantityMention] = []
    for mention in lists.inverted(text, mentions):
        found.append(lists.after(text, found[-1], mention) if found else mention)
    found = lists.governed(text, found)
    return lists.held(text, lists.paired(text, found))


def with_money_supplied(
    mentions: list[QuantityMention], text: str, paragraphs: list[int], rules: RuleBook
) -> list[QuantityMention]:
    """Write 亿元 for 亿 where 元 is left out and its paragraph speaks of money (过5亿元的两个,过十亿的没有).

    Args:
        mentions: In order of place.
        text: The text their spans count.
        paragraphs: Number of the paragraph of each statement.
        rules: The rule book.
    """
    money = {paragraphs[mention.statement] for mention in mentions if mention.rule == "quantity.money"}
    named, people = rules.any_of("level_noun"), tuple(rules.words("people_noun"))

    def supplied(mention: QuantityMention) -> QuantityMention:
        if mention.rule != "quantity.large" or mention.kind == "count":
            return mention
        if mention.kind == "level" and text.endswith(people, 0, mention.span.start):
            return replace(mention, kind="count")  # 入境游客111万
        leveled = text.endswith("级", mention.span.start, mention.span.end)  # 千亿级产业 names no unit
        if leveled or named.match(text, mention.span.end) or paragraphs[mention.statement] not in money:
            return mention
        return replace(mention, unit=f"{mention.unit}元")

    return [supplied(mention) for mention in mentions]


class _Lists:
    def __init__(self, rules: RuleBook) -> None:
        self._at_most, self._at_least = rules.rule("inverted.at_most"), rules.rule("inverted.at_least")
        self._joiners = rules.words("list_joiner")
        self._stretch = compiled(rf"[,、;]?{rules.words('stretch_verb').alternation()}")
        self._reach = rules.any_of("bound_reach")
        self._held = rules.any_of("bound_held")
        self._growth = rules.any_of("growth_noun")
        self._change = rules.any_of("growth_up growth_down")
        joiners = "|".join(map(re.escape, self._joiners))
        self._names = compiled(rf"{joiners}|,")
        self._respectively = rules.any_of("respectively")

    def inverted(self, text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
        """Apply the bounds that stand before a metric (不足全市的20%)."""
        upper = {match.end() for match in self._at_most.finditer(text)}
        lower = {match.end() for match in self._at_least.finditer(text)} - upper
        if not upper | lower:
            return mentions
        return [
            replace(mention, comparator=_AT_MOST if _opens(mention, upper) else _AT_LEAST)
            if mention.comparator == "=" and _opens(mention, upper | lower)
            else mention
            for mention in mentions
        ]

    def after(self, text: str, before: QuantityMention, mention: QuantityMention) -> QuantityMention:
        """Let a quantity go on from the one before it: 增长8%和10%, 增长5%,力争达到6%, 比上年增加3亿元和5亿元."""
        between = text[before.span.end : mention.span.start]
        goes_on = between in self._joiners or (mention.kind == "share" and self._stretch.fullmatch(between))
        if goes_on and before.kind == "growth" != mention.kind != "rank" and before.unit == mention.unit:
            return _as_growth(mention, before)
        return mention

    def governed(self, text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
        """Let 至少 govern the counts after it that open their clause (至少有一个…项目,5个…项目)."""
        reached = False
        for index, mention in enumerate(mentions):
            if reached and mention.comparator == "=" and mention.kind == "count":
                head = text[max(0, mention.span.start - 3) : mention.span.start].rstrip()
                if head.endswith((",", "、")) or mentions[index - 1].span.end == mention.span.start:
                    mentions[index] = replace(mention, comparator=_AT_LEAST)
            reached = reached or self._reach.match(text, mention.span.start) is not None
        return mentions

    def held(self, text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
        """Let the bound of 控制在5%和3%以内 govern both."""
        for index in range(len(mentions) - 1):
            one, two = mentions[index], mentions[index + 1]
            head = text[max(0, one.span.start - 4) : one.span.start]
            joined = text[one.span.end : two.span.start] in self._joiners
            if joined and one.comparator == "=" and two.comparator == _AT_MOST and self._held.search(head):
                mentions[index] = replace(one, comparator=_AT_MOST)
        return mentions

    def paired(self, text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
        """Give 5% and 3% in 失业率、价格涨幅分别控制在5%和3%以内 the kind of their own name, and all the bound before them."""
        for run in self._runs(text, mentions):
            clause = clause_before(text, mentions[run[0]].span.start)
            mark = self._respectively.search(clause)
            if mark is None:
                continue
            if mark.end() == len(clause):
                _share_bound(mentions, run)
            if self._change.search(clause, mark.end()):
                continue
            names = self._names.split(clause[: mark.start()])
            if len(names) < len(run):
                continue
            for index, name in zip(run, names[-len(run) :], strict=True):
                if mentions[index].unit == "%":
                    mentions[index] = replace(mentions[index], kind="growth" if self._growth.search(name) else "share")
        return mentions

    def _runs(self, text: str, mentions: list[QuantityMention]) -> list[list[int]]:
        runs: list[list[int]] = []
        for index, mention in enumerate(mentions):
            between = text[mentions[index - 1].span.end : mention.span.start] if index else ""
            if between in self._joiners or between == ",":
                runs[-1].append(index)
            else:
                runs.append([index])
        return [run for run in runs if len(run) > 1]


def _share_bound(mentions: list[QuantityMention], run: list[int]) -> None:
    """Let the bound of the first of a list govern all: 分别不少于60户、50户和40户."""
    bound = mentions[run[0]].comparator
    for index in run[1:]:
        if bound in (_AT_LEAST, _AT_MOST) and mentions[index].comparator == "=":
            mentions[index] = replace(mentions[index], comparator=bound)


def _opens(mention: QuantityMention, places: set[int]) -> bool:
    """Say whether a quantity begins at one of the places, a blank between them allowed."""
    return mention.span.start in places or mention.span.start - 1 in places


def _as_growth(mention: QuantityMention, before: QuantityMention) -> QuantityMention:
    """Make a change of a quantity; falling where the one before it falls."""
    falls = before.value is not None and before.value < 0 and mention.value is not None and mention.value > 0
    if not falls:
        return replace(mention, kind="growth")
    value, upper = (None if number is None else -number for number in (mention.value, mention.upper))
    return replace(mention, kind="growth", value=value, upper=upper)
