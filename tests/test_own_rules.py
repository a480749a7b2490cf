"""Rules and words of the user's own: what they can do, what is refused, and that no pattern can hang."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from speechmine import Document, Record, analyse, load_rules
from speechmine.errors import SpeechmineError
from speechmine.linear import compile_linear
from speechmine.rules import Rule, RuleBook
from speechmine.rules.proof import failures, touched, unread
from speechmine.rules.rule import Joined, quoted
from tests.samples import corpus_texts

SHIPPED = load_rules()
Load = Callable[[str], RuleBook]
PROOF = "examples = ['一【榜】']\ncounterexamples = ['没有']\n"
DOCS = Path(__file__).parent.parent / "docs" / "rules.md"


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(toml: str) -> RuleBook:
        path = tmp_path / "own.toml"
        path.write_text(toml, "utf-8")
        return load_rules(path)

    return loaded


def rule(
    name: str = "ledger.own", pattern: str = "榜", more: str = "set = { kind = 'ledger' }", proof: str = PROOF
) -> str:
    return f"[[rule]]\nid = '{name}'\nsays = 'Own.'\npattern = '{pattern}'\n{more}\n{proof}"


def found(text: str, book: RuleBook = SHIPPED) -> Record:
    return analyse(Document.of(text), book, explain=True)


def test_the_example_of_the_docs_proves_itself_and_is_used(load: Load) -> None:
    example = re.search(r"```toml\n(# own\.toml\n.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert example
    book = load(example[1])
    proved = touched(book, SHIPPED)
    assert {"ledger.own_board", "modal.own_hurry", "owner.own_asked", "cadence.run"} <= {each.id for each in proved}
    assert [failure for each in proved for failure in failures(each)] == []
    assert unread(book, SHIPPED) == []
    text = "各县区要建立项目龙虎榜，坚持双旬调度、月通报制度。审批上麻利点，这件事拜托县水利局牵头。"
    record = found(text, book)
    assert [(each.kind, each.evidence.quote) for each in record.mechanisms] == [
        ("ledger", "项目龙虎榜"),
        ("cadence", "双旬调度、月通报"),
    ]
    assert [part.every for part in record.mechanisms[1].components] == ["P20D", "P1M"]
    assert [measure.owner for measure in record.measures] == [["各县区"], ["县水利局"]]
    assert record != found(text)
    assert book.version != SHIPPED.version


def test_a_modal_of_ones_own_requires(load: Load) -> None:
    own = rule(
        "modal.own", "可得", "like = 'modal.must'", "examples = ['你们【可得】抓紧']\ncounterexamples = ['不得']\n"
    )
    text = "去年，全市完成投资30亿元。这件事大家可得上心。"
    assert found(text).measures == []
    assert [measure.commitment for measure in found(text, load(own)).measures] == ["must"]


def test_words_of_ones_own_pass_the_gate_of_the_rules_that_name_their_list(load: Load) -> None:
    book = load("[[words]]\nid = 'mechanism_care'\nextend = true\nlist = ['包靓']\n")
    text = "市里要落实县级领导包靓重点项目工作机制。"
    assert "县级领导包靓重点项目工作机制" in [each.evidence.quote for each in found(text, book).mechanisms]
    assert "县级领导包靓重点项目工作机制" not in [each.evidence.quote for each in found(text).mechanisms]


def test_words_added_to_a_list_are_in_the_lists_that_include_it(load: Load) -> None:
    book = load(
        "[[words]]\nid = 'own.some'\nsays = 'x'\nlist = ['甲']\n"
        "[[words]]\nid = 'own.all'\nsays = 'x'\ninclude = ['own.some']\nlist = ['戊', '己']\n"
        "[[words]]\nid = 'own.some'\nextend = true\nlist = ['丁', '戊', '甲']\n"
    )
    assert set(book.words("own.all")) == {"甲", "丁", "戊", "己"}


def test_not_after_and_not_before_drop_a_match_in_both_engines(load: Load) -> None:
    own = load(rule(more="set = { kind = 'ledger' }\nnot_after = ['落', '{body.pronoun}']\nnot_before = ['单']")).rule(
        "ledger.own"
    )
    shipped = Rule("a.b", "x", re.compile("榜"), (), (), not_after=("落", "我们"), not_before=("单",))
    for each in (own, shipped):
        assert [match.start() for match in each.finditer("落榜上榜榜单我们榜榜")] == [3, 9]
        assert each.search("落榜上榜") is not None
        assert each.search("落榜") is each.search("榜单") is each.match("榜单") is None
        assert each.match("上榜", 1) is not None
        assert each.without("上榜落榜") == "上落榜"


def test_a_rule_counts_only_where_the_groups_that_steps_read_take_part(load: Load) -> None:
    own = rule(
        "owner.own", "劳烦(?:(?P<quote>县.局)|大家)", "like = 'owner.asked'",
        "examples = ['劳烦【县水局】']\ncounterexamples = ['烦劳']\n",
    )  # fmt: skip
    joined = load(own).rule("owner.asked")
    assert [match["quote"] for match in joined.finditer("劳烦大家,劳烦县水局,请市财政局牵头")] == ["县水局", "市财政局"]


def test_an_unknown_family_loads_but_no_step_reads_it(load: Load) -> None:
    book = load(
        rule("weather.storm", "榜", "") + rule("ledger.own") + rule("weather.rain", "榜", "like = 'modal.must'")
    )
    assert [each.id for each in unread(book, SHIPPED)] == ["weather.storm"]


def test_every_shipped_rule_works_as_before_with_an_own_one_beside_it() -> None:
    for each in SHIPPED.rules:
        groups = "".join(f"(?P<{name}>Ж)" for name in each.pattern.groupindex)
        never = Rule("own", "x", compile_linear(groups or "Ж"), (), (), like=each.id)
        joined = Joined.of(each, [never])
        for text in (*(text for text, _ in each.examples), *each.counterexamples):
            assert [quoted(match) for match in joined.finditer(text)] == [
                quoted(match) for match in each.finditer(text)
            ]
            first = each.search(text)
            assert (joined.search(text) is None) == (first is None)


def test_own_rules_that_never_match_change_nothing(load: Load) -> None:
    families = {each.family: each for each in SHIPPED.rules if not each.pattern.groupindex}
    book = load("".join(rule(f"{name}.own", "Ж", f"like = '{each.id}'") for name, each in families.items()))
    for path in corpus_texts()[:4]:
        assert found(path.read_text("utf-8"), book) == found(path.read_text("utf-8"))


def test_an_edited_file_is_read_anew(load: Load) -> None:
    assert load(rule(pattern="榜")).rule("ledger.own").search("红榜")
    assert not load(rule(pattern="栏")).rule("ledger.own").search("红榜")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (rule(pattern="(?<!红)榜"), r"own.toml: ledger.own: .*RE2: .*\(\?<!.*not_after and not_before"),
        (rule(pattern="榜(?!单)"), "not_before"),
        (rule(pattern="(榜)\\1"), "RE2: invalid escape"),
        (rule(pattern="((榜{99}){99}){99}"), "RE2: "),
        (rule(pattern="|".join(f"{n}.{{1000}}" for n in range(999))), "RE2: pattern too large"),
        (rule(pattern="{surnames}" * 999), "too long with its word lists"),
        (rule(more=""), r'must say their kind. Write set = \{ kind = "ledger" \}'),
        (rule(more="set = { kind = 'board' }"), "kind = 'board', which no step reads"),
        (rule(more="set = { kind = 'ledger', rank = 'high' }"), "rank = 'high'"),
        (rule(more="set = { kind = 'ledger', not_with = 'nothing' }"), "not_with = 'nothing'"),
        (rule("cadence.own", more="set = { kind = 'cadence' }"), "a cadence needs its words"),
        (rule("modal.own", more=""), 'must say which shipped rule it counts as. Write like = "modal.must"'),
        (rule("modal.own", more="like = 'modal.own'"), "is no shipped rule"),
        (rule("modal.own", more="like = 'modal.must'\nset = { kind = 'x' }"), "has no set"),
        (rule("owner.own", more="like = 'owner.asked'"), "lacks the group quote"),
        (rule("year.own", more="like = 'year.western'"), "reads numbers from its groups"),
        (rule("modal.must", more="like = 'modal.must'"), "used twice"),
        (rule("Ledger own"), "the id of a rule is made of"),
        (rule(more="set = 'ledger'"), "set is not a table"),
        (rule(more="needs = '榜'\nset = { kind = 'ledger' }"), "needs is not a list of words"),
        (rule(more="needs = ['']\nset = { kind = 'ledger' }"), "needs is empty"),
        (rule(more="not_after = ['{no}']\nset = { kind = 'ledger' }"), "unknown word list {no}"),
        (rule(more="not_before = ['']\nset = { kind = 'ledger' }"), "is empty"),
        ("[[words]]\nid = 'cadence_units'\nsays = 'x'\nlist = ['双旬']", "write extend = true"),
        ("[[words]]\nid = 'no.list'\nextend = true\nlist = ['双旬']", "extends an unknown word list"),
        ("[[words]]\nid = 'cadence_units'\nextend = true\nlist = ['双旬']", "It has values such as 'P10D'"),
        ("[[words]]\nid = 'cadence_units'\nextend = true\nvalues = { often = ['双旬'] }", "'often' is no value"),
        ("[[words]]\nid = 'cadence_units'\nextend = true\nvalues = { P1Y = ['月'] }", "has another value already"),
        ("[[words]]\nid = 'task_words'\nextend = true\nvalues = { P1Y = ['月'] }", "It has a plain list"),
        ("[[words]]\nid = 'numeral_digit'\nextend = true\nvalues = { 7 = ['柒'] }", "closed list"),
        ("[[words]]\nid = 'bound_reach'\nextend = true\nlist = [',']", "no word inside a clause"),
        ("[[words]]\nid = 'Own list'\nsays = 'x'\nlist = ['双旬']", "the id of a word list"),
        ("[[words]]\nid = 'own'\nsays = 'x'\nlist = '双旬'", "list is not a list of words"),
        ("rule = 3", "rule is no list of tables"),
        ("a = " + "[" * 5000, "not valid TOML"),
        ("#" * 1_000_001, "larger than 1 MB"),
        ("".join(rule(f"ledger.own{n}") for n in range(1001)), "more than 1,000 rules"),
        (
            "[[words]]\nid = 'a'\nsays = 'x'\nlist = [" + ",".join(f"'{n}'" for n in range(9000)) + "]\n"
            + "".join(f"[[words]]\nid = 'a{'b' * n}'\nsays = 'x'\ninclude = ['a']\nlist = ['x']\n" for n in range(1, 99)),
            "more than 100,000 words",
        ),
    ],
    ids=lambda value: str(value)[-30:],
)  # fmt: skip
def test_what_no_step_could_use_is_refused_with_what_to_do(toml: str, message: str, load: Load) -> None:
    with pytest.raises(SpeechmineError, match=message):
        load(toml)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    for path, message in ((tmp_path, "is a folder"), (tmp_path / "none.toml", "no such file")):
        with pytest.raises(SpeechmineError, match=message):
            load_rules(path)
    (tmp_path / "gbk.toml").write_bytes("# 台账".encode("gbk"))
    with pytest.raises(SpeechmineError, match="in UTF-8"):
        load_rules(tmp_path / "gbk.toml")


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "(a|a?)+c", "a[^。]*b|a", "(x+x+)+y", "(?:a?){60}a{60}"]
)
def test_no_pattern_hangs(pattern: str, load: Load) -> None:
    book = load(rule(pattern=pattern))
    found("要抓好" + "a" * 30_000 + "!" + "x" * 3_000, book)  # with `re` this would not come back


def test_a_match_is_never_empty_and_matches_are_bounded() -> None:
    assert [match.span() for match in compile_linear("a*").finditer("baab")] == [(1, 3)]
    assert compile_linear("a*").search("b") is compile_linear("a*").match("b") is None
    assert len(list(compile_linear("a").finditer("a" * 5000))) == 1000


def test_a_linear_match_reads_like_one_of_re() -> None:
    pattern = "(?P<quote>.账)(?P<none>x)?"
    ours, theirs = compile_linear(pattern).search("建台账"), re.compile(pattern).search("建台账")
    assert ours
    assert theirs
    assert ours.groupdict() == theirs.groupdict()
    assert (ours[0], ours["quote"], ours["none"]) == (theirs[0], theirs["quote"], theirs["none"])
    assert (ours.span("quote"), ours.start(), ours.end("none")) == (theirs.span("quote"), theirs.start(), -1)
    assert (ours.string, ours.group()) == (theirs.string, theirs.group())
    assert ours.re.groupindex == dict(theirs.re.groupindex)
