"""Which numbers with a unit are quantities: not ordinals, not names, not counts that only announce a list."""

from speechmine.finding.amounts import Amount
from speechmine.finding.made import made
from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.spans import Span

_HOURS = 24
_LARGE = 10
_DOUBTLESS = 20


def refused(text: str, family: str, rules: RuleBook) -> list[Span]:
    """Return where in one sentence the rules of a family find what is no quantity: titles, rhythms, quoted names."""
    return [Span(*match.span()) for rule in rules.called(family, text) for match in rule.finditer(text)]


def plausible(text: str, amount: Amount, is_bounded: bool, rules: RuleBook) -> bool:
    """Say whether a number with a unit is a quantity by the words right around it."""
    return made(_Plausible, rules).plausible(text, amount, is_bounded)


def needs_company(text: str, amount: Amount, is_bounded: bool, rules: RuleBook) -> bool:
    """Say whether a small Chinese count (两个, 三家) is a quantity only beside other quantities."""
    return made(_Plausible, rules).needs_company(text, amount, is_bounded)


class _Plausible:
    def __init__(self, rules: RuleBook) -> None:
        def words(name: str) -> str:
            return rules.words(name).alternation()

        self._idiom = rules.any_of("numeral_idiom")
        self._announced = compiled(rf"(?:大|重|类)?{words('announced_thing')}")
        self._threshold = compiled(rf"{words('level_noun')}|元?(?:[,;。、)]|$)")
        self._counted = compiled(rf"(?![一“])[^,;。:、!?“”的\d]{{0,5}}?{words('counted_thing')}")
        self._cue = compiled(rf"{words('small_count_cue')}了?\s?$")
        self._remainder = compiled(rf"{words('remainder_cue')}\s?$")
        self._scored = compiled(rf"{words('score_cue')}$")
        self._frequency, self._concrete = rules.words("frequency_unit"), rules.words("concrete_unit")
        self._doubtful, self._unmasked = rules.words("doubtful_unit"), rules.words("unmasked_unit")
        self._pointing = compiled(
            r"[这那此该第每前后头上某各几末半整同另唯统之逐单专进任届]\s?$|[一二三四五六七八九廿卅]、$"
        )
        self._listed = compiled(r"、[^,;。:、!?\d]{1,10}$")

    def plausible(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        often = is_bounded and amount.unit in self._frequency
        is_bounded = is_bounded or amount.says == ">="
        head = text[max(0, amount.span.start - 12) : amount.span.start].rstrip()
        # 每千人 is part of a metric, the factor of a product of a formula.
        if head.endswith(("第", "每", "\u00d7")) or _tells_time(amount, head):
            return False
        if amount.group in {"share", "point"}:
            return is_bounded or not head.endswith("个")  # 六个100% is the name of a campaign
        # PM2.5, G8.5: a number glued to a letter counts nothing.
        if head[-1:].isascii() and head[-1:].isalpha() and amount.group not in {"money", "measure"}:
            return False
        # 被查处三次以上的, 不少于4次: how often, not how many.
        if often and amount.value is not None and amount.value < _LARGE:
            return False
        if amount.style == "masked":
            return amount.group != "place" and amount.unit not in self._unmasked
        if amount.style == "bare":
            return self._bare(text, amount, is_bounded)
        if amount.style == "digits":
            return True
        return self._chinese(text, amount, is_bounded)

    def _bare(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        """Judge 百亿, 千万吨, 亿元: 百亿企业 and 万户 are names; 过亿元, 百亿台阶 and 千万吨炼化 are sizes."""
        end = amount.span.end
        if amount.unit == "分" or "兆" in amount.magnitude:
            return False
        if is_bounded or amount.value is None or text.startswith("级", end):
            return True
        # 万米深井 and 亿元 alone need a bound.
        if amount.value == 1:
            return False
        if amount.group == "measure" and amount.magnitude:
            return True
        return amount.group in {"money", "large"} and self._threshold.match(text, end) is not None

    def _chinese(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        start, end = amount.span
        if self._idiom.match(text, start) or self._idiom.match(text, max(0, start - 1)):
            return False
        if amount.value == 0:  # 零部件, 零距离; 零事故 is a number word
            return False
        if amount.unit in self._doubtful:
            scored = amount.unit == "分" and self._scored.search(text, max(0, start - 5), start)
            return bool(scored) or (amount.value is not None and amount.value > _DOUBTLESS)
        if amount.group == "large":
            return is_bounded or amount.value is None or amount.value > 1
        if amount.value == 1 and not (amount.upper or amount.magnitude or is_bounded or amount.unit == "倍"):
            return self._remainder.search(text[max(0, start - 4) : start]) is not None
        if amount.group in {"money", "measure"} or is_bounded:
            return True
        return not self._announced.match(text, end) and not self._pointing.search(text[max(0, start - 3) : start])

    def needs_company(self, text: str, amount: Amount, is_bounded: bool) -> bool:
        if amount.style != "chinese" or amount.group not in {"count", "place"} or is_bounded or amount.says:
            return False
        head = text[max(0, amount.span.start - 14) : amount.span.start]
        # 财务科、审计科两个科室 only sums up; 累计三次 says how often.
        large = amount.value is None or amount.value >= _LARGE
        if amount.unit in self._frequency or (not large and self._listed.search(head)):
            return True
        certain = large or amount.unit in self._concrete
        counted = amount.group == "count" and self._counted.match(text, amount.span.end)
        return not (certain or counted or self._cue.search(head))


def _tells_time(amount: Amount, head: str) -> bool:
    """Say whether 分 or 点 tells the time: 9时30分, 上午9点."""
    if amount.unit == "点":
        return amount.value is None or amount.value <= _HOURS
    return amount.unit == "分" and head.endswith(("时", "点", ":"))
