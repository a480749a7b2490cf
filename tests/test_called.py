"""Which rules a text calls never changes what they find: it only spares asking those that cannot match."""

import random
import re
import warnings
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from speechmine.cleaning import tidied, tidy
from speechmine.literals import Literals
from speechmine.rules import Rule, load_rules
from speechmine.rules.called import Called
from speechmine.rules.kept import Kept
from speechmine.rules.required import required

RULES = load_rules()
PROVEN = [text for rule in RULES.rules for text in (*(text for text, _ in rule.examples), *rule.counterexamples)]
CORPUS = [
    sentence
    for file in sorted(Path("corpus/texts").glob("*.txt"))
    for sentence in tidy(file.read_text("utf-8")).split("。")
]


def ungated(rule: Rule) -> Rule:
    """Return a rule as its file has it: nothing but its own needed words stands before the pattern."""
    return next(each for each in RULES.rules if each.id == rule.id)


def spans(rule: Rule, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in rule.finditer(text)]


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_whatever_a_pattern_matches_holds_a_word_that_it_requires(rule: Rule) -> None:
    for text in PROVEN if rule.requires else ():
        if rule.pattern.search(text):
            assert any(word in text for word in rule.requires), text


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(PROVEN + CORPUS), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_called_rules_find_the_same(texts: list[str], chance: random.Random) -> None:
    """Pieces of sentences put together: each rule finds the same in a book that has read the text as alone."""
    pieces = [text[chance.randrange(len(text) + 1) :] for text in texts]
    text = "".join(pieces)
    RULES.calls.lend(text, pieces)
    for whole in RULES.rules:
        rule = RULES.rule(whole.id)
        for each in (text, *pieces):
            assert spans(rule, each) == spans(ungated(rule), each), (rule.id, each)


def test_a_book_finds_the_same_in_every_sentence_of_the_corpus() -> None:
    for text in CORPUS:
        called = {rule.id for rule in RULES.called(" ".join(rule.id for rule in RULES.rules), text)}
        for rule in RULES.rules:
            if rule.id not in called:
                assert not spans(rule, text), (rule.id, text)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("周调度", ("周调度",)),
        ("(?:要|须)抓", ("要抓", "须抓")),
        ("要{2,3}", ("要",)),
        ("要*抓?", ()),
        ("(?P<quote>台账).{0,3}(?=清单)", ("台账",)),
        ("[要须]", ("要", "须")),
        (r"\d年", ("年",)),
        ("[^要]", ()),
        ("[一-龥]", ()),
        ("台账|.", ()),
        ("(?<!台账)清单", ("清单",)),
        (r"\.抓", (".抓",)),
        (r"\u8981", ()),
        (r"\x{8981}抓|\N{DIGIT ONE}", ()),
        (r"(?P<a>要)抓(?P=a)", ()),
        ("(?i)GDP", ()),
        ("要(?:抓|(?:台|账)?)紧", ("要台紧", "要抓紧", "要紧", "要账紧")),
        ("", ()),
    ],
)
def test_what_patterns_require(pattern: str, words: tuple[str, ...]) -> None:
    assert required(pattern, {}) == words


@settings(max_examples=500)
@given(st.text("要抓台账(|)[]?*+{2}.^$\\d=!<:", max_size=14), st.text("要抓台账2d.", max_size=8))
@example("[^]要]抓", "台抓")
def test_a_required_word_stands_in_every_match(pattern: str, text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compiled = re.compile(pattern)
        except (re.error, OverflowError):
            return
    words = required(pattern, {})
    if words and compiled.search(text):
        assert any(word in text for word in words)


def test_long_texts_and_half_characters_are_read_whole() -> None:
    words = Literals(["台账", "清单"])
    assert words.standing_in("x" * 9_999 + "台账" + "x" * 20_000 + "清单") == {"台账", "清单"}
    assert words.standing_in("\ud800台账") == {"台账"}
    assert words.standing_in("") == set()
    assert Literals([]).standing_in("台账") == set()


def test_answers_are_made_once_and_forgotten_when_they_take_too_much_room() -> None:
    asked: list[str] = []

    def counted(text: str) -> int:
        asked.append(text)
        return len(text)

    kept = Kept(counted)
    assert [kept["周"], kept["周"]] == [1, 1] and asked == ["周"]
    for number in range(300):
        kept[f"{number:05}" * 2_000]
    assert sum(map(len, kept)) <= 1_010_000
    assert kept["周"] == 1


def test_a_part_calls_at_most_what_the_whole_calls() -> None:
    called = Called([["要"], ["台账"], []])
    called.lend("要建台账", ["台账"])
    assert called["台账"] == 0b111 and called["建台账"] == 0b110


def test_many_words_are_tidied_like_each_alone() -> None:
    words = ["臺賬", "９５％", "看著", "显著", "\u2028x", "a\nb", ""]
    assert tidied(words) == [tidy(word) for word in words]
    assert tidied([]) == []


def test_own_rules_are_called_by_their_own_words_alone() -> None:
    rule = replace(RULES.rule("modal.must"), requires=())
    assert rule.within({}, 1).needs == rule.needs
