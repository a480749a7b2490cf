"""Metrics: what a number measures, in the document's own words.

The name stands before its number (固定资产投资10亿元) or, for counts, behind it (15个重点项目); a number without a
name of its own takes that of the number before it (同比增长32%).
"""

from collections.abc import Sequence

from speechmine.finding.around import Around
from speechmine.finding.memory import Memory
from speechmine.finding.mentions import QuantityMention
from speechmine.finding.names import Names, last_word
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.spans import Span
from speechmine.words import tagged

_LIST_AT_MOST, _CLAUSES_AT_MOST, _NAME_AT_MOST, _SHARE_AT_MOST = 12, 6, 60, 20
_LIST = compiled(r"、|和|与|以及|及")


class MetricReader:
    """Reads the numbers of a document in order, sentence by sentence."""

    def __init__(self, rules: RuleBook) -> None:
        self.rules, self.names, self.memory = rules, Names(rules), Memory()
        self._sentence: _Sentence | None = None

    def forget(self) -> None:
        """Begin a new passage: nothing is carried over."""
        self.memory = Memory()

    def read(self, text: str, mentions: Sequence[QuantityMention], holes: Sequence[Span]) -> list[str | None]:
        """Return the metric of each number of one sentence.

        Args:
            text: The sentence; all spans count its characters.
            mentions: Its numbers, in order.
            holes: Words that are no part of any name: dates and periods.
        """
        self._sentence = _Sentence(Around(text, mentions, holes), self)
        return [self._sentence.metric(number) for number in range(len(mentions))]

    def is_carried(self, number: int) -> bool:
        """Say whether a number of the sentence just read had no name of its own (同比增长32%)."""
        return self._sentence is not None and number in self._sentence.carried

    def is_class(self, number: int) -> bool:
        """Say whether a number of the sentence just read only tells a class of things: 亿元以上项目."""
        return self._sentence is not None and self._sentence.is_class(number)


class _Sentence:
    """The metrics of one sentence, read from left to right."""

    def __init__(self, around: Around, reader: MetricReader) -> None:
        self.around, self.names, self.memory, self.rules = around, reader.names, reader.memory, reader.rules
        self.mentions = around.mentions
        self.found: list[str | None] = []
        self.carried: set[int] = set()
        self.classes: dict[int, bool] = {}

    def metric(self, number: int) -> str | None:
        """Return the metric of one number; those before it have been read."""
        own = self._own(number) or (self._behind(number) if number == 0 else None)
        if own is None:
            self.carried.add(number)
        name = self.rules.rule("metric.dealt").without(own or self._carried(number) or "")
        metric = name[-_NAME_AT_MOST:] or None
        self.found.append(metric)
        if metric is not None:
            self.memory.keep(self.mentions[number], metric)
        return metric

    def _own(self, number: int) -> str | None:
        kind = self.mentions[number].kind
        if self.is_class(number):
            return self._of_class(number)
        if kind == "rank" and self.around.right(number).startswith("的"):
            return self._ranked(number)
        thing = self._thing(number) if kind in ("count", "level", "rank") else None
        if thing is not None:
            return self.names.closing_verb(self.around.left(number)) + thing
        return self._distributed(number) or self._before(number) or self._share_of(number)

    def _behind(self, number: int) -> str | None:
        """Return the name behind a share or growth that has none before it: 提出8%左右的经济增长目标."""
        words = self.around.right(number)
        return self.names.thing(words[1:]) if words.startswith("的") else None

    def _share_of(self, number: int) -> str | None:
        """Return what a share that opens its clause is of, told behind it: 85%以上农户参与产业化经营."""
        words = self.around.right(number)
        if self.mentions[number].kind != "share" or self.around.left(number).strip() or self.names.thing(words) is None:
            return None
        return words.strip()[:_SHARE_AT_MOST]

    def _ranked(self, number: int) -> str | None:
        """Return what those in front are ranked by: 年终考核前三名的乡镇, else what they are: 前三名的乡镇."""
        name = self.names.before(self.around.left(number))
        thing = self.names.thing(self.around.right(number)[1:])
        return name or (None if thing is None else thing + "排名")

    # ---- the name before a number

    def _before(self, number: int) -> str | None:
        words = self._trimmed(number)
        if turned := self.rules.rule("metric.turned").search(words):
            return turned["verb"] + turned["thing"]
        if number and self.is_class(number - 1) and self.around.next_start(number - 1) is not None:
            return self._after_class(number, words)
        before = self.found[-1] if self.found else self.memory.last
        verbs = self.names.moved(words)
        if verbs is not None and before is not None:
            grown = number > 0 and self.mentions[number - 1].kind == "growth"  # 企业增长24%,每天新增2万户
            like = None if grown else self.memory.like(self.mentions[number])
            return verbs + self.names.without_verbs(like or before)
        if words.startswith("占") and before is not None and not words.startswith("占比"):
            self.carried.add(number)
            return before + words.rstrip("的")
        name = self.names.before(words)
        if name is None:
            return None
        bare = next((word for word in self.rules.words("metric.bare") if name.endswith(word)), None)
        if name == bare or (bare is not None and self.around.right(number).startswith("的")):
            return self._whose(bare, number, words)
        if (
            words.lstrip()[:1] in "、和与及"
            and self.found
            and self.found[-1]
            and not self.names.opens_with_verb(words.strip("、和与及 "))
        ):
            return self.names.shared_verb(self.found[-1]) + name
        return name.replace("占了", "占").replace("占到", "占")

    def _trimmed(self, number: int) -> str:
        """Return the words before a number without what only compares, ranks, conditions or leads to it."""
        words = self.around.left(number)
        kind = self.mentions[number].kind
        if kind == "growth" and (match := self.rules.rule("metric.compared").search(words)):
            words = words[: match.start()]
        if match := self.rules.rule("metric.origin").search(words):
            words = words[: match.start()]
        if kind == "rank" and self.rules.rule("metric.ranked").search(words):
            return ""
        if self.rules.rule("metric.condition").search(words):
            return ""
        for rule in ("metric.actor", "metric.before_event", "metric.found"):
            if match := self.rules.rule(rule).search(words):
                words = words[match.end() :]
        return self._last_part(words)

    def _last_part(self, words: str) -> str:
        """Return the last of several predicates (建立机制、完成投资), and what 等 sums up (甲公司、乙公司等企业)."""
        head, _, tail = words.rpartition("、")
        if head and len(tail) > 2 and tail[:2] in self.names.verbs:
            return tail
        head, mark, tail = words.rpartition("等")
        if mark and len(tail) > 1 and "、" in head:
            return self.names.shared_verb(head.lstrip("、")) + tail
        return words

    def _whose(self, name: str, number: int, words: str) -> str:
        """Put before 总投资 what it is of: the thing behind it (总投资5亿元的厂房), else what was counted last."""
        after = self.around.right(number)
        if after.startswith("的"):
            return (self._through(after[1:], number) or "") + name
        if words.endswith("完成" + name):
            name = "完成" + name
        before = self.found[-1] if name.endswith(("增速", "增幅")) and self.found else self._counted_before(number)
        thing = self.names.opening_of(self._clause_head(number, words)) or before or ""
        return name if name in thing else thing + name

    def _clause_head(self, number: int, words: str) -> str:
        """Return what stands in the clause before its last predicate."""
        return self.rules.rule("metric.actor").without(self.around.left(number)).removesuffix(words)

    def _counted_before(self, number: int) -> str | None:
        """Return the metric of the last number of the sentence that counts or measures."""
        kinds = zip(self.found, self.mentions, strict=False)
        counted = [metric for metric, mention in kinds if metric and mention.kind in ("count", "level")]
        return counted[-1] if counted else None

    # ---- the thing behind a number

    def _thing(self, number: int) -> str | None:
        """Return the thing counted, which stands behind the number."""
        words, after = self.around.right(number), self.around.next_start(number)
        if after is not None and self.is_class(number + 1):
            rest = self.around.right(number + 1)
            if after == self.mentions[number].span.end:
                kind = self.names.thing(rest.removeprefix("的")) or self.memory.thing or ""
                return self.mentions[number + 1].span.cut(self.around.text) + kind
            if words and rest.startswith("的"):
                return self._remembered(self.names.thing(rest[1:]))
        if words.startswith("的"):
            name = self.names.before(self.around.left(number))
            return None if name else self.names.thing(words[1:])
        thing = self.names.thing(words)
        if thing is not None and after is not None and words.rstrip().endswith(thing):
            thing = self._without_next(thing)
        return self._remembered(thing)

    def _through(self, words: str, number: int) -> str | None:
        """Return a thing with another number inside: 总投资5亿元的华丰公司3万吨纸板项目."""
        thing = self.names.thing(words)
        after = self.around.next_start(number)
        if thing is not None and after is not None and words.endswith(thing):
            return thing + (self.names.thing(self.around.right(number + 1)) or "")
        return thing

    def _remembered(self, thing: str | None) -> str | None:
        if thing is not None:
            self.memory.thing = thing
        return thing

    def _without_next(self, thing: str) -> str:
        """Leave to the next number what is its own: 12个项目总投资46亿元, 216个项目开工率达到100%."""
        rate = last_word(thing)
        if rate.endswith("率") and rate != thing:
            return thing.removesuffix(rate)
        for word in sorted(self.rules.words("metric.after_count"), key=len, reverse=True):
            if thing.endswith(word) and thing != word:
                return thing.removesuffix(word)
        return thing

    # ---- sizes that only tell a class of things (亿元以上项目)

    def is_class(self, number: int) -> bool:
        if number not in self.classes:
            self.classes[number] = self._tells_class(number)
        return self.classes[number]

    def _tells_class(self, number: int) -> bool:
        mention = self.mentions[number] if number < len(self.mentions) else None
        if mention is None or mention.kind != "level" or mention.comparator == "=":
            return False
        if not self.rules.rule("metric.class_bound").search(mention.span.cut(self.around.text)):
            return False
        words = self.around.right(number)
        thing = self.names.thing(words.removeprefix("的"))
        if thing is None:
            return words.startswith("的")
        return not thing.endswith(tuple(self.rules.words("metric.money")))

    def _of_class(self, number: int) -> str | None:
        words, name = self.around.right(number), self.names.before(self.around.left(number))
        thing = self._remembered(self.names.thing(words.removeprefix("的")))
        if thing is None and name is not None and name not in self.rules.words("metric.bare"):
            return name
        counted = self._without_next(thing or self.memory.thing or "")
        if not counted:
            return name
        return counted + "投资" if counted.endswith(tuple(self.rules.words("metric.investment"))) else name or counted

    def _after_class(self, number: int, words: str) -> str | None:
        """Return the metric of 25个 in 亿元以上项目25个, and of 2个 in 10亿元以上的2个."""
        here = self.mentions[number - 1].span
        name = self.names.before(words)
        if name is None or words.strip().startswith("的"):
            return here.cut(self.around.text) + (name or self.memory.thing or "")
        verb = self.names.closing_verb(self.around.left(number - 1))
        return verb + here.cut(self.around.text) + name

    # ---- lists

    def _distributed(self, number: int) -> str | None:
        """Return this number's part of a list of names to which a list of numbers is dealt out (分别增长5%、6%)."""
        first = last = number
        while first > max(0, number - _LIST_AT_MOST) and self.around.joined(first - 1):
            first -= 1
        while last + 1 < min(len(self.mentions), number + _LIST_AT_MOST) and self.around.joined(last):
            last += 1
        if first == last:
            return None
        words = self.around.left(first)
        if self.mentions[number].kind == "growth":
            words = self.rules.rule("metric.compared").without(words)
        name = self.names.before(words)
        if name is None:
            return self._dealt_again(number, first, last)
        for both, two in self.rules.words("metric.paired").values.items():
            if both in name and last - first == 1 and "分别" in self.around.left(first):
                return name.replace(both, two.split()[number - first])
        parts = [part for part in _LIST.split(name) if part]
        if len(parts) == last - first + 1:
            return self._with_head(parts[number - first], parts[-1])
        return name

    def _dealt_again(self, number: int, first: int, last: int) -> str | None:
        """Return the name of the number to which a list of changes deals one: 成交20笔、金额5亿元,分别增长3%、4%.

        今年、明年分别新增6000个、8000个 deals over the years, not over numbers before.
        """
        count, here = last - first + 1, self.mentions[first].span.start
        start = self.around.clause_start(here)
        if first < count or any(start <= hole.start < here for hole in self.around.holes):
            return None
        before = self.mentions[first - count : first]
        grew = all(m.kind == "growth" for m in self.mentions[first : last + 1]) and all(
            m.kind != "growth" for m in before
        )
        return self.found[number - count] if grew or "分别" in self.around.left(first) else None

    def _with_head(self, part: str, last: str) -> str:
        """Give a member of a list the last word that all share: 苹果、食用菌产量."""
        heads, words = self.rules.words("metric.head"), [word for word, _ in tagged(last)]
        if len(words) < 2 or words[-1] not in heads or last_word(part) in heads:
            return part
        # 城镇和农村居民人均收入 shares all but the first word, 一、二、三产增加值 all but the first character.
        whose = (
            word for word in self.rules.words("metric.whose") if words[0].endswith(word) and not part.endswith(word)
        )
        shared = next(whose, "")
        own = 1 if len(part) == 1 else len(words[0].removesuffix(shared)) or len(words[0])
        return part + (last[own:] if len(part) == own else words[-1])

    # ---- names carried over

    def _carried(self, number: int) -> str | None:
        """Return the nearest name before the number: of a number, of a clause, of the passage."""
        around, mention = self.around, self.mentions[number]
        floor = self.mentions[number - 1].span.end if number else 0
        end = around.clause_start(mention.span.start)
        for _ in range(_CLAUSES_AT_MOST):
            start = around.clause_start(end - 1) if end > floor else -1
            if start < floor:
                break
            words = around.without_holes(start, end - 1)
            name = self.names.before(words) if around.text[end - 1] == ":" else self.names.opening_of(words)
            if name is not None and len(name) > 1 and not name.endswith(tuple(self.rules.words("metric.body"))):
                return name
            end = start
        alone = around.left(number).strip() in ("", *self.rules.words("metric.target"))  # 增长16%,突破8700万人次
        none_of = mention.span.cut(around.text).startswith("零")  # 工伤事故率控制在0.5‰以内,力争零事故
        if number and (
            none_of or alone or mention.kind != "count" or self.mentions[number - 1].kind not in ("share", "growth")
        ):
            return self.found[number - 1]
        return self.memory.like(mention)
