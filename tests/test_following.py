"""Goals meet the results of the next speech, and only those of the same place, bodies, metric and period."""

import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from speechmine.errors import SpeechmineError
from speechmine.following import Asked, Followed, Following, follow
from speechmine.following.families import families, families_of
from speechmine.following.periods import Period, period_of, speech_year
from speechmine.following.reached import reached
from speechmine.records import (
    Canonical,
    Comparator,
    Deadline,
    DocumentInfo,
    Evidence,
    Figure,
    Goal,
    Record,
    Speech,
)  # fmt: skip
from tests.following_samples import records, texts

HERE = Asked(at=(("*", "青澜市"),))


def words(quote: str, start: int = 0) -> Evidence:
    return Evidence(quote=quote, start=start, end=start + len(quote))


def goal(value: str | None, comparator: Comparator = "=", *, upper: str | None = None, metric: str = "地区生产总值",
         edtf: str | None = "2031", text: str = "今年", id: str = "g", owner: Sequence[str] = (), pair: str | None = None,
         section: Sequence[str] = (), kind: str = "growth", unit: str = "percent") -> Goal:  # fmt: skip
    made = figure(value, comparator, upper=upper, metric=metric, edtf=edtf, text=text, id=id, owner=owner, section=section,
                  kind=kind, unit=unit)  # fmt: skip
    return Goal(
        id=made.id, speech="s1", rule="r", evidence=made.evidence, metric=made.metric, kind=made.kind, value=made.value,
        upper=made.upper, unit=made.unit, comparator=made.comparator, canonical=made.canonical, deadline=made.deadline,
        owner=made.owner, section=made.section, pair=pair, commitment="plan",
    )  # fmt: skip


def figure(value: str | None, comparator: Comparator = "=", *, upper: str | None = None, metric: str = "地区生产总值",
           edtf: str | None = "2031", text: str = "去年", id: str = "f", owner: Sequence[str] = (), section: Sequence[str] = (),
           kind: str = "growth", unit: str = "percent", role: str = "result") -> Figure:  # fmt: skip
    number = None if value is None else Decimal(value)
    high = None if upper is None else Decimal(upper)
    assert kind in {"growth", "level", "count", "share", "rank"}
    assert role in {"result", "context"}
    return Figure(
        id=id, speech="s1", rule="r", evidence=words(f"{value}{unit}"), metric=metric, kind=kind,  # type: ignore[arg-type]
        value=number, upper=high, unit=unit, comparator=comparator, canonical=Canonical(value=number, upper=high, unit=unit),
        deadline=None if edtf is None else Deadline(text=text, edtf=edtf), owner=list(owner), section=list(section),
        role=role,  # type: ignore[arg-type]
    )  # fmt: skip


def speech(year: int, *numbers: Goal | Figure, place: str | None = "青澜市", source: str = "") -> Record:
    return Record(
        document=DocumentInfo(id=f"{place}{year}{source}", source=source or f"{place}-{year}.txt"),
        speeches=[Speech(id="s1", place=place, date=str(year), start=0, end=9)],
        goals=[number for number in numbers if isinstance(number, Goal)],
        figures=[number for number in numbers if isinstance(number, Figure)],
    )


def followed(*given: Record) -> list[Followed]:
    return follow(given, parts=["goals"]).goals


def outcome(*given: Record) -> str:
    (row,) = followed(*given)
    return row.outcome


REPORTED = {
    # place, metric, period: outcome, side, goal, result
    ("青澜市", "gdp", "2031"): ("met", "within", "6.5%左右", "6.3%"),
    ("青澜市", "gdp", "2032"): ("missed", "below", "6%以上", "5.4%"),
    ("青澜市", "gdp", "2033"): ("no speech", None, "5.5%左右", None),
    ("青澜市", "urban-jobs", "2031"): ("met", "within", "3万人以上", "3.1万人"),
    ("青澜市", "urban-jobs", "2032"): ("met", "within", "3万人以上", "3.2万人"),
    ("青澜市", "urban-jobs", "2033"): ("no speech", None, "3万人以上", None),
    ("青澜市", "consumer-prices", "2031"): ("missed", "above", "控制在3%以内", "3.4%"),
    ("青澜市", "consumer-prices", "2032"): ("met", "within", "3%左右", "2.9%"),
    ("青澜市", "trade", "2031"): ("met", "within", "4%—6%", "5.2%"),
    ("青澜市", "trade", "2032"): ("unreported", None, "5%", None),
    ("青澜市", "industry", "2031"): ("unreported", None, "7%", None),
    ("青澜市", "industry", "2032"): ("met", "above", "7%左右", "8.1%"),
    ("青澜市", "registered-unemployment", "2031"): ("unreported", None, "控制在4%以内", None),
    ("青澜市", "grain", "2031"): ("unreported", None, "200万吨以上", None),
    ("远川县", "gdp", "2031"): ("met", "within", "5%左右", "5.1%"),
    ("远川县", "gdp", "2032"): ("no speech", None, "5.5%左右", None),
    ("远川县", "grain", "2031"): ("met", "within", "60万吨以上", "61万吨"),
}


@pytest.mark.parametrize("traditional", [False, True])
@pytest.mark.parametrize("with_texts", [False, True])
def test_invented_reports_give_the_known_pairs(traditional: bool, with_texts: bool) -> None:
    given = texts(traditional)
    asked = Asked(text_of=lambda record: given[record.document.source]) if with_texts else Asked()
    found = {(row.place, row.metric, row.period): row for row in follow(records(traditional), asked, ["goals"]).goals}
    for key, (verdict, side, goal_words, result_words) in REPORTED.items():
        row = found.pop(key)
        assert (row.outcome, row.side) == (verdict, side), key
        simple = (row.goal.said.evidence.quote, row.result and row.result.said.evidence.quote)
        assert tuple(text and text.replace("萬", "万").replace("噸", "吨").replace("內", "内") for text in simple) == (
            goal_words, result_words,
        )  # fmt: skip
    assert {row.metric for row in found.values()} == {"新建公办幼儿园", "建设通用机场", "造林绿化面积"}
    assert all(row.outcome in {"unreported", "no speech"} for row in found.values())


def test_every_quote_stands_in_its_text_and_the_sentence_holds_it() -> None:
    given = texts()
    for row in follow(records(), Asked(text_of=lambda record: given[record.document.source]), ["goals"]).goals:
        for number in (row.goal, row.result, *row.others):
            if number is not None:
                evidence = number.said.evidence
                assert given[number.said.source][evidence.start : evidence.end] == evidence.quote
                assert number.said.around is not None
                assert evidence.quote in number.said.around


@pytest.mark.parametrize(
    ("asked", "result", "better", "verdict", "side"),
    [
        (goal("6"), figure("6"), None, "met", "within"),
        (goal("6"), figure("6.0"), None, "met", "within"),
        (goal("6"), figure("6.1"), "higher", "met", "above"),
        (goal("6"), figure("5.9"), "higher", "missed", "below"),
        (goal("6"), figure("6.1"), "lower", "missed", "above"),
        (goal("6"), figure("5.9"), "lower", "met", "below"),
        (goal("6"), figure("6.1"), None, "unclear", "above"),
        (goal("6", ">="), figure("5.9"), None, "missed", "below"),
        (goal("6", ">="), figure("60"), "lower", "met", "within"),
        (goal("3", "<="), figure("3.1"), "lower", "missed", "above"),
        (goal("3", "<="), figure("0.2"), None, "met", "within"),
        (goal("7.5", "~"), figure("7.4"), "higher", "met", "within"),
        (goal("8", "~"), figure("8.4"), None, "met", "within"),
        (goal("8", "~"), figure("8.41"), None, "unclear", "above"),
        (goal("8", "~"), figure("7.59"), "higher", "missed", "below"),
        (goal("6", upper="6.5"), figure("6.5"), None, "met", "within"),
        (goal("6", upper="6.5"), figure("6.6"), "higher", "met", "above"),
        (goal("6", upper="6.5"), figure("5.9"), "higher", "missed", "below"),
        (goal("-3", ">="), figure("-3.1"), "lower", "met", "within"),  # 下降3%以上
        (goal("-3", ">="), figure("-2.9"), "lower", "missed", "above"),
        (goal("-3", "~"), figure("-3.5"), "lower", "met", "below"),
        (goal("900", ">="), figure("1000", ">="), None, "met", "within"),  # 超过1000
        (goal("900", ">="), figure("800", ">="), None, "unclear", None),
        (goal("900", ">="), figure("800", "<="), None, "missed", "below"),
        (goal(None), figure("3"), "higher", "unclear", None),
    ],
)
def test_numbers_bounds_ranges_and_about_decide(
    asked: Goal, result: Figure, better: str | None, verdict: str, side: str | None
) -> None:
    assert better in {"higher", "lower", None}
    found = reached(asked, result, better)  # type: ignore[arg-type]
    assert (found.verdict, found.side) == (verdict, side)


def test_the_tolerance_is_stated_and_can_be_set() -> None:
    assert reached(goal("7.5", "~"), figure("7.1"), "higher").verdict == "missed"
    assert reached(goal("7.5", "~"), figure("7.1"), "higher", Decimal(10)).verdict == "met"


@given(st.decimals("-1000", "1000", places=3), st.decimals("-1000", "1000", places=3))
def test_a_difference_is_exact(one: Decimal, other: Decimal) -> None:
    found = reached(goal(str(one)), figure(str(other)), "higher")
    assert found.difference == other - one
    assert (found.verdict == "met") == (other >= one)


NEXT = speech(2032, figure("6"))


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (NEXT, "met"),
        (speech(2032, figure("6", metric="人均地区生产总值")), "unreported"),
        (speech(2032, figure("6", edtf="2030")), "unreported"),
        (speech(2032, figure("6", edtf=None)), "unreported"),
        (speech(2032, figure("6", text="“十四五”时期")), "unreported"),
        (speech(2032, figure("6", text="五年来")), "unreported"),
        (speech(2032, figure("6", metric="年均地区生产总值")), "unreported"),
        (speech(2032, figure("6", owner=["开发区"])), "unreported"),
        (speech(2032, figure("6", kind="level", unit="CNY")), "unreported"),
        (speech(2032, figure("6", unit="percentage-point")), "unreported"),
        (speech(2032, figure("6", role="context")), "unreported"),
        (speech(2032, figure("6", edtf="XXXX", text="去年")), "met"),
        (speech(2032, figure("6", edtf="2031-12-31", text="年末")), "met"),
        (speech(2032, figure("6", edtf="2031-06", text="上半年")), "unreported"),
        (speech(2032, figure("6", edtf=None, section=["一、2031年工作回顾"])), "unreported"),
        (speech(2032, figure("6", edtf="XXXX", text="全年")), "unreported"),
        (speech(2032, figure("6", edtf="XXXX", text="全年", section=["一、去年工作回顾"])), "met"),
        (speech(2032, figure("6", edtf="XXXX", text="全年", section=["一、2031年工作回顾"])), "met"),
        (speech(2032, figure("6", edtf="XXXX", text="全年", section=["一、2033年工作回顾"])), "unreported"),
        (speech(2032, figure("6", edtf="XXXX", text="全年", section=["一、过去五年工作回顾"])), "unreported"),
        (speech(2032, figure("6", edtf="XXXX", text="全年", section=["2031年回顾和2032年安排"])), "unreported"),
        (speech(2032, figure("6"), place="远川县"), "no speech"),
        (speech(2033, NEXT.figures[0]), "met"),
        (speech(2033, figure("6", edtf="2032")), "no speech"),
        (speech(2032, figure("6"), figure("65", id="f2")), "unclear"),
        (speech(2032, figure("6"), figure("5", ">=", id="f2")), "met"),
    ],
)  # fmt: skip
def test_only_a_result_of_the_same_place_bodies_metric_and_period_is_met(later: Record, expected: str) -> None:
    assert outcome(speech(2031, goal("6", ">=")), later) == expected


def test_speeches_of_unknown_place_are_never_paired_until_somebody_says_the_place() -> None:
    given = [
        speech(2031, goal("6"), place=None, source="a1.txt"),
        speech(2032, figure("6"), place=None, source="a2.txt"),
    ]
    nothing = follow(given, parts=["goals"])
    assert (nothing.goals, [(left.what, left.count) for left in nothing.left]) == ([], [("speech", 2)])
    assert [row.outcome for row in follow(given, HERE, ["goals"]).goals] == ["met"]
    assert follow(given, Asked(at=(("b*", "青澜市"),)), ["goals"]).goals == []


def test_a_stated_place_is_stronger_than_one_given() -> None:
    given = [speech(2031, goal("6"), place="远川县"), speech(2032, figure("6"), place=None, source="a2.txt")]
    assert [row.outcome for row in follow(given, HERE, ["goals"]).goals] == ["no speech"]


def test_base_and_stretch_are_two_goals() -> None:
    twins = goal("6", ">=", id="base", pair="stretch"), goal("8", ">=", id="stretch", pair="base")
    rows = followed(speech(2031, *twins), speech(2032, figure("7")))
    assert {row.goal.said.id: row.outcome for row in rows} == {"base": "met", "stretch": "missed"}


def test_rival_numbers_are_unclear_and_repeated_ones_are_one_goal() -> None:
    rivals = followed(speech(2031, goal("6", id="a"), goal("8", id="b")), NEXT)
    assert [row.outcome for row in rivals] == ["unclear", "unclear"]
    (row,) = followed(speech(2031, goal("6", id="a"), goal("6", id="b", metric="经济增长")), NEXT)
    assert (row.outcome, [again.said.id for again in row.again]) == ("met", ["b"])


@pytest.mark.parametrize(
    ("far", "expected"),
    [
        (goal("100", edtf="2035", text="2035年"), []),  # 比2030年翻一番 is no growth of the year 2035
        (goal("60", edtf="2035", text="2035年", kind="count", unit="item"), []),
        (goal("60", edtf="2035", text="2035年", kind="share"), []),  # a share of the product is not the product
        (goal("60", edtf="2035", text="2035年", kind="level", unit="CNY"), ["no speech"]),
        (goal("6", edtf="2030", text="2030年"), []),
        (goal("6", edtf="2032", text="明年"), ["no speech"]),
    ],
)
def test_goals_of_several_years_and_of_years_that_are_over_are_not_yearly_goals(far: Goal, expected: list[str]) -> None:
    assert [row.outcome for row in followed(speech(2031, far), NEXT)] == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("2031年，全市生产总值增长", "2031"),
        ("过去五年，面貌大变。全市生产总值增长", None),
        ("2031年是收官之年。这五年，面貌大变。生产总值增长", None),
        ("“十四五”时期，生产总值增长", None),
        ("2031年是实施“十五五”规划的第一年。生产总值增长", "2031"),
        ("2031年，生产总值年均增长", None),
        ("過去五年，面貌大變。全市生產總值增長", None),
        ("2031年，提前三年建成电站，生产总值增长", "2031"),
        ("2031年，我们提前三年达到规划的生产总值", "2031"),
        ("2031年，生产总值平均每年增长", None),
        ("2031年，生产总值比2026年增长", None),
        ("2031年，生产总值比2030年增长", "2031"),
        ("五年来成绩很大。2031年，生产总值比上年增长", "2031"),
        ("一年来，成绩很大。生产总值增长", "2031"),
        ("提前完成“十四五”目标任务，为“十五五”良好开局打牢基础。生产总值增长", "2031"),
        ("出台产业发展五年规划，水质创九年来新高。高速公路提前三年贯通。生产总值增长", "2031"),
        ("粮食产量创近十年新高、生产总值增长", "2031"),
        ("近三年生产总值增长", None),
        ("过去五年，我市面貌大变。从2026年的三万亿元起步，生产总值增长", None),
        ("过去五年，我市面貌大变。2031年，生产总值增长", "2031"),
    ],
)
def test_the_words_before_a_number_tell_sums_and_averages_from_years(before: str, expected: str | None) -> None:
    assert period_of(figure("6"), 2032, before).name == expected


def test_a_heading_dates_a_number_only_where_its_words_can_be_read() -> None:
    bare = figure("6", edtf=None, section=["一、2031年工作回顾"])
    assert period_of(bare, 2032, None).name is None
    assert period_of(bare, 2032, "生产总值增长").name == "2031"
    assert period_of(bare, 2032, "五年来，生产总值增长").name is None


def test_a_level_may_come_from_an_earlier_one() -> None:
    before = "赤字率从2028年的2.8%降到去年的"
    assert period_of(figure("1.5", kind="share"), 2032, before).name == "2031"
    assert period_of(figure("1.5"), 2032, before).name is None


def test_a_level_in_prices_of_another_year_is_not_compared() -> None:
    level = goal("55", edtf="2035", text="2035年", kind="level", unit="CNY")
    assert period_of(level, 2031, "按2030年价格计算，2035年生产总值将超过").name is None
    assert period_of(figure("6"), 2032, "2031年，生产总值按可比价格计算增长").name == "2031"


def test_a_goal_that_tells_of_the_year_before_is_none() -> None:
    told = period_of(goal("10", edtf="2032"), 2032, "2032年任务很重。过去一年，成绩很大。生产总值增长")
    assert told == Period(None, why_not="the words before it speak of the year before")
    assert period_of(goal("10", edtf="2032"), 2032, "今年目标：比去年，生产总值增长").name == "2032"
    assert period_of(goal("10", edtf="2032"), 2032, "补助标准从去年的40元提高到").name == "2032"


@pytest.mark.parametrize(
    ("info", "date", "expected"),
    [
        (DocumentInfo(id="d", source="2029/a.txt"), "2031-01-02", (2031, "speech")),
        (DocumentInfo(id="d", source="a.txt", reference_date="2031"), None, (2031, "reference date")),
        (DocumentInfo(id="d", source="a.txt", published="2031-03"), None, (2031, "publication")),
        (DocumentInfo(id="d", source="x/report_2031.txt"), None, (2031, "file name")),
        (DocumentInfo(id="d", source="2031-2035.txt"), None, None),
        (DocumentInfo(id="d", source="a120312.txt"), None, None),
        (DocumentInfo(id="d", source="a.txt"), "XXXX-03", None),
    ],
)
def test_the_year_of_a_speech(info: DocumentInfo, date: str | None, expected: tuple[int, str] | None) -> None:
    assert speech_year(info, Speech(id="s1", date=date, start=0, end=1)) == expected


def test_families_prove_themselves_and_refuse_what_does_not() -> None:
    assert len({family.id for family in families().by_name.values()}) > 15
    good = '[[family]]\nid = "a"\nsays = "x"\nnames = ["甲"]\nexamples = ["甲增速"]\ncounterexamples = ["乙"]\n'
    head = 'scope = ["全年"]\ntails = ["增速"]\n'
    assert families_of(head + good).family("全年甲增速") is not None
    for broken in (
        good.replace('["甲增速"]', '["乙增速"]'),
        good.replace('["乙"]', '["全年甲"]'),
        good.replace('["乙"]', "[]"),
        good + good.replace('"a"', '"b"'),
        good.replace("says", "said"),
        "]",
    ):
        with pytest.raises(SpeechmineError):
            families_of(head + broken)


def everything(given: Sequence[Record]) -> Following:
    return follow(given, parts=["goals", "mechanisms"])


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(chance: random.Random) -> None:
    shuffled = list(records())
    chance.shuffle(shuffled)
    assert everything(shuffled) == everything(records())


def test_reprints_and_records_given_twice_count_once() -> None:
    assert everything([*records(), *records()]).goals == everything(records()).goals


def test_a_reprint_counts_where_its_first_printing_is_absent() -> None:
    reprints = [replace(one, document=replace(one.document, reprint_of="0" * 16)) for one in records()]
    assert everything(reprints).goals == everything(records()).goals
    copies = [
        replace(one, document=replace(one.document, id="f" * 16, reprint_of=one.document.id)) for one in records()
    ]
    assert everything([*copies, *records()]).goals == everything(records()).goals


@given(
    st.text(max_size=8),
    st.text(max_size=8),
    st.text(max_size=8),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
)
def test_whatever_the_record_says_following_ends(metric: str, text: str, heading: str, value: Decimal) -> None:
    odd = goal("1", metric=metric, edtf=None, section=[heading])
    result = figure(str(value), metric=metric, edtf=text, text=text, section=[heading])
    found = follow([speech(2031, odd, result), speech(2032, result)], parts=["goals"])
    assert len(found.goals) + sum(left.count for left in found.left if left.what == "goal") == 1
