"""Noun phrases around a number: the name before it, the counted thing after it.

A name is cut out of a clause by taking off, at both ends, the words that are no part of it: 全市固定资产投资累计完成
is 固定资产投资. Only the tags of function words are trusted: jieba often calls a noun a verb (预算, 整改率).
"""

import re
from collections.abc import Sequence
from functools import cached_property

from speechmine.patterns import compiled
from speechmine.rules import RuleBook
from speechmine.words import tagged

Token = tuple[str, str]

_NAME_LENGTH = 40  # no name is longer; a clause without commas may be
_FUNCTION = frozenset("pcuyr")  # prepositions, conjunctions, particles, pronouns
_VERB_SIZES = (5, 4, 3, 2)
_KEPT_MARKS = frozenset("“”‘’·()《》")
_CLOSERS = {"“": "”", "(": ")"}
_PARTNERS = (("“", "”"), ("(", ")"), ("‘", "’"), ("《", "》"))


class Names:
    """Cuts names out of clauses with the word lists of one rule book."""

    def __init__(self, rules: RuleBook) -> None:
        self.rules = rules
        self.tail = self._words("predicate", "manner")
        self.opening = self._words("opening", "manner")
        self.stop = self._words("not_thing")
        self.nouns = self._words("noun")
        self._attributed = rules.rule("metric.attributed")
        self._aside = rules.rule("metric.aside")
        self.moving = self._words("counted_verb", "other_verb")
        self._acted = rules.rule("metric.acted").pattern
        self._planned = rules.rule("metric.planned").pattern
        self._fused = rules.rule("metric.fused").pattern
        self.facilities = tuple(self._words("facility"))
        self.linking = self.tail - self.moving
        self.verbs = self.tail | self.opening | self.stop | self.moving

    def _words(self, *lists: str) -> frozenset[str]:
        return frozenset(word for name in lists for word in self.rules.words("metric." + name))

    @cached_property
    def _tail_pattern(self) -> re.Pattern[str]:
        """Words of the tail with at least two characters: jieba may fuse them (同比增加)."""
        long = sorted((word for word in self.tail if len(word) > 1), key=lambda word: (-len(word), word))
        return compiled("(?:" + "|".join(map(re.escape, long)) + ")[了到至为]?$")

    @cached_property
    def _shared(self) -> frozenset[str]:
        return self._words("counted_verb")

    def before(self, words: str) -> str | None:
        """Return the name that the words before a number end with.

        >>> from speechmine.rules import load_rules
        >>> names = Names(load_rules())
        >>> names.before("全市固定资产投资累计完成"), names.before("同比增长")
        ('固定资产投资', None)
        """
        words = self._aside.without(words)
        name = self._named(self._opened(self._core(words)))
        if name is not None and len(name) == 2 and name + "增长" in words:
            return name + "增长"
        return self._planned.sub("", name) if name is not None and len(name) > 1 else None

    def opening_of(self, words: str) -> str | None:
        """Return the name that a clause opens with, up to its predicate: XX项目部 of XX项目部最被动."""
        return self._named(self._run(self._opened(_merged(tagged(words[:_NAME_LENGTH])))))

    def thing(self, words: str) -> str | None:
        """Return the thing that a count before the words counts.

        >>> from speechmine.rules import load_rules
        >>> names = Names(load_rules())
        >>> names.thing("重大请求事项获国家支持"), names.thing("列入任务分解表")
        ('重大请求事项', None)
        """
        words = self._aside.without(self._attributed.without(words))
        tokens = _merged(tagged(words[:_NAME_LENGTH]))
        if not tokens or tokens[0][0] in self.stop or tokens[0][0] in "、)和":
            return None
        return self._named(self._run(tokens))

    def moved(self, words: str) -> str | None:
        """Return the verbs if the words before a number only tell what became of a thing: 续建 of 其中续建."""
        tokens = self._opened(self._core(words, self.linking))
        verbs = "".join(word for word, _ in tokens)
        return verbs if len(verbs) > 1 and all(word in self.moving for word, _ in tokens) else None

    def without_verbs(self, name: str) -> str:
        """Take the verbs off the front of a name: 项目 of 新签约项目."""
        tokens = tagged(name)
        start = next((n for n, (word, _) in enumerate(tokens) if word not in self.verbs), 0)
        return "".join(word for word, _ in tokens[start:])

    def shared_verb(self, name: str) -> str:
        """Return the verb at the front of a name that a list after it may share: 新增 of 新增企业."""
        return next((name[:size] for size in _VERB_SIZES if name[:size] in self._shared and size < len(name)), "")

    def closing_verb(self, words: str) -> str:
        """Return the verb that words before a count end with: 新建 of 全年新建了."""
        words = words.rstrip().removesuffix("了")
        return next((words[-size:] for size in _VERB_SIZES if words[-size:] in self._shared), "")

    def opens_with_verb(self, words: str) -> bool:
        """Say whether words begin with a verb of the lists."""
        return any(words[:size] in self.verbs for size in _VERB_SIZES)

    def _core(self, words: str, tail: frozenset[str] | None = None) -> list[Token]:
        """Return the tokens before a number without those that link it to its name."""
        words = self._acted.sub("", words[-_NAME_LENGTH:].strip("、和与及 "))
        if tail is None:
            while match := self._tail_pattern.search(words):
                words = words[: match.start()]
            words = self._fused.sub("", words)
        tokens = _merged(tagged(words))
        drop = self.tail if tail is None else tail
        while tokens and (tokens[-1][0] in drop or _is_function(tokens[-1])):
            tokens.pop()
        return tokens

    def _opened(self, tokens: Sequence[Token]) -> list[Token]:
        """Take off the words that open a clause before a name."""
        start = 0
        while start < len(tokens) and (tokens[start][0] in self.opening or _opens(tokens[start])):
            start += 1
        return list(tokens[start:])

    def _run(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the noun phrase that tokens begin with: known verbs may stand in it only before its first noun."""
        run: list[Token] = []
        seen, closer = False, ""
        for number, token in enumerate(tokens):
            word, tag = token
            if closer:  # what is quoted or in brackets is one piece: “两重”建设项目, 县(市、区)
                run.append(token)
                seen = seen or word == "”"
                closer = "" if word == closer else closer
            elif (
                word in _CLOSERS
                and (run or word == "“")
                and any(later == _CLOSERS[word] for later, _ in tokens[number + 1 :])
            ):
                run.append(token)
                closer = _CLOSERS[word]
            elif word in _KEPT_MARKS or (word == "、" and run and len(run[0][0]) == len(run) == 1):
                run.append(token)
            elif _is_function(token) or tag[0] in "mq" or (seen and self._stops(token, tokens[number + 1 :])):
                break
            else:
                seen = seen or not self._is_verb(token)
                run.append(token)
        while run and (run[-1][1] in ("a", "d", "b", "f") or run[-1][0] in "、(“‘"):
            run.pop()
        return run if seen else []

    def _stops(self, token: Token, rest: Sequence[Token]) -> bool:
        """Say whether a verb ends a noun phrase; between two nouns it may belong to it (铜冶炼项目, 专利培育中心)."""
        if token[0] in self.verbs:
            return not (token[0] in self.moving and rest and rest[0][0].endswith(self.facilities))
        return self._is_verb(token) and not (rest and rest[0][1][0] == "n" and rest[0][0] not in self.verbs)

    def _is_verb(self, token: Token) -> bool:
        word, tag = token
        return word in self.verbs or (tag == "v" and len(word) <= 2 and word not in self.nouns)

    def _named(self, tokens: Sequence[Token]) -> str | None:
        """Return the words of a phrase unless they are numbers and known verbs only."""
        if all(word in self.verbs or tag[0] in "mqx" for word, tag in tokens):
            return None
        return _tidied("".join(word for word, _ in tokens)) or None


def last_word(words: str) -> str:
    """Return the last word of a name: 产量 of 中药材产量."""
    tokens = tagged(words)
    return tokens[-1][0] if tokens else ""


def _merged(tokens: Sequence[Token]) -> list[Token]:
    """Put together what jieba takes apart: the noun 占比 at the end of 药占比."""
    if len(tokens) > 2 and tokens[-1][0] == "比" and tokens[-2][0] == "占" and tokens[-3][0] not in "、和与及":
        return [*tokens[:-3], (tokens[-3][0] + "占比", "n")]
    return list(tokens)


def _is_function(token: Token) -> bool:
    word, tag = token
    if word in _KEPT_MARKS:
        return False
    return (
        not word.strip()
        or tag[0] in _FUNCTION
        or (tag == "d" and len(word) == 1)
        or (tag == "x" and not word.isalnum())
    )


def _opens(token: Token) -> bool:
    """Say whether a function word opens a clause; a preposition must be known for one (用气量 begins with a noun)."""
    return _is_function(token) and token[1] != "p"


def _tidied(words: str) -> str:
    """Leave off blanks and marks without a partner."""
    for opener, closer in _PARTNERS:
        if words.count(opener) != words.count(closer):
            words = words.replace(opener, "").replace(closer, "")
    return re.sub(r"\s+", "", words).strip("、,·")
