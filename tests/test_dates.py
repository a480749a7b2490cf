"""Dates and periods: what they resolve to, what is none, what is only a beginning."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine.cleaning import tidy
from speechmine.finding.calendar import Reference, written
from speechmine.finding.dates import find_dates, find_periods
from speechmine.rules import load_rules

RULES = load_rules()


def edtf(text: str, reference: str | None) -> list[str]:
    return [date.edtf for date in find_dates(tidy(text), reference, RULES)]


@pytest.mark.parametrize(
    ("text", "reference", "expected", "why"),
    [
        ("到2031年建成两座桥", None, ["2031"], "a year of four digits"),
        ("2031年3月11日前完成", None, ["2031-03-11"], "a whole date"),
        ("二〇三一年五月二十日", None, ["2031-05-20"], "a year digit by digit, month and day with 十"),
        ("二○○四年元月", None, ["2004-01"], "元月 is January; ○ is a digit"),
        ("今年底前完工", "2031-03-11", ["2031-12-31"], "今年 and 年底 share their 年"),
        ("年底前完工", None, ["XXXX-12-31"], "the year cannot be known"),
        ("年内开工", "2031", ["2031"], "年内 is 今年"),
        ("明年4月底前竣工", "2031-05-02", ["2032-04-30"], "the last day of the month"),
        ("2032年2月底", None, ["2032-02-29"], "a leap year"),
        ("上半年完成六成,下半年完成四成", "2031", ["2031-06-30", "2031-12-31"], "halves end with their last day"),
        ("实现首季开门红", "2031-01-05", ["2031-03-31"], "首季 is the first quarter"),
        ("2031年第三季度末", None, ["2031-09-30"], "quarters too"),
        ("前三季度增长两成", "2031-10-09", ["2031-09-30"], "前三季度 ends with the third"),
        ("1—5月份投产", "2031-06-09", ["2031-05-31"], "a range of months ends with its last day"),
        ("元至五月份投产", None, ["XXXX-05-31"], "the same with 元"),
        ("前5个月投产", "2031", ["2031-05-31"], "前N个月 ends with that month"),
        ("2026—2031年投产", None, ["2031"], "a range of years ends with its last year"),
        ("2031-32财政年度预留", None, ["2031"], "a financial year is the one in which it begins"),
        ("2031年第一季或之前清零", None, ["2031-03-31"], "或之前 changes nothing"),
        ("目标是2031年年中回落", None, ["2031-06-30"], "the middle of the year"),
        ("到“十五五”末翻一番", None, ["2030"], "a five-year plan ends with its last year"),
        ("民国113年12月底止", None, ["2024-12-31"], "years of the Republic of China"),
        ("114年度推动减纸", None, ["2025"], "without 民国, three digits"),
        ("九十一年度总预算", None, ["2002"], "and in Chinese numerals"),
        ("98年底开放", "2010-02-23", ["2009-12-31"], "two digits are read against the day of the speech"),
        ("将于明(115)年完工", "2025-05-01", ["2026"], "the figure in the bracket is the year"),
        ("本(1)月底前提出", "2031-01-09", ["2031-01-31"], "and the month"),
        ("月底前报送", "2031-05-02", ["2031-05-31"], "the month of the speech"),
        ("本月内扫尾", "2031", ["2031-XX"], "a month that cannot be known"),
        ("清明前干完", "2031-03-06", ["2031-04-04"], "a festival with a fixed day"),
        ("三年内增设六间", "2031-10-21", ["2034"], "counted from the year of the speech"),
        ("今后五年投入百亿", "2031", ["2036"], "so is 今后五年"),
        ("今明两年开工", "2031", ["2032"], "two years end with the second"),
        ("20xx年完成", "2031", ["XXXX"], "a masked year is not known"),
        ("过去一年完成", "2031-10-21", ["2030"], "the year before the speech"),
        ("到昨天晚上签了七户", "2031-03-06", ["2031-03-05"], "a day counted from that of the speech"),
        ("两周后逐项回头看", "2031-04-10", ["2031-04-24"], "weeks too"),
        ("责成后勤科当周完成整改", "2031-04-09", ["2031-04-13"], "当周 ends on Sunday"),
        ("2031年5月开工,9月底完工", "2033", ["2031-05", "2031-09-30"], "a month takes the year named before it"),
    ],
)
def test_dates_resolve(text: str, reference: str | None, expected: list[str], why: str) -> None:
    assert edtf(text, reference) == expected, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5个工作日内答复", "a duration"),
        ("15年来持续增长", "a duration with 来"),
        ("连续12个季度增长", "a number of quarters"),
        ("对照2022年版标准自查", "an edition is a name"),
        ("落实2030议程", "so is an agenda"),
        ("印发《2031年工作要点》", "a date inside a title"),
        ("每年12月评选一次", "a rhythm"),
        ("每月底通报", "a rhythm"),
        ("比去年少1项", "the base of a comparison"),
        ("较2020年底增加一倍", "the base of a comparison"),
        ("与上年持平", "the base of a comparison told behind"),
        ("占全年一半", "the whole that a share is of"),
        ("完成全年预算的24%", "the plan that a share is of"),
        ("今年以来新开工7个", "an open period has no end"),
        ("自8月起提高标准", "nor has what begins in August"),
        ("从今年初开始实施", "nor what begins with the year"),
        ("五一节后启动招标", "nor what follows a festival"),
        ("五万以上年轻人返乡", "以上年轻 is no 上年"),
        ("目前年产5万吨", "目前年产 is no 前年"),
        ("今后年均增长5%", "今后年均 is no 后年"),
        ("2024年中国经济回升".replace("2024年", ""), "年中 of 年中国"),
        ("全年龄段友好", "全年龄 is no 全年"),
        ("半月一查、一月一晒", "一月一晒 is a rhythm"),
        ("春节前慰问", "a festival of the moon is not resolved"),
    ],
)
def test_what_looks_like_a_date_and_is_none(text: str, why: str) -> None:
    assert edtf(text, "2031-05-10") == [], why


@pytest.mark.parametrize(
    ("text", "sense"),
    [("今年以来", "open"), ("截至5月底", "reached"), ("2月28日止", "reached"), ("去年", "past"), ("年底前", "date")],
)
def test_periods_tell_their_sense(text: str, sense: str) -> None:
    (period,) = find_periods(text, "2031-06-10", RULES)
    assert period.sense == sense


def test_limits_are_told_from_other_dates() -> None:
    ends, plain = (find_periods(text, "2031-01-10", RULES)[0] for text in ("6月底前", "6月"))
    assert (ends.limit, ends.ahead, plain.limit) == (True, True, False)


def test_spans_hold_the_words_of_the_date() -> None:
    text = tidy("余下的35个黑点,須在 2031 年第一季或之前清零")
    (date,) = find_dates(text, None, RULES)
    assert date.span.cut(text) == "2031 年第一季或之前"


@pytest.mark.parametrize("reference", [None, "2031", "2031-02", "2031-02-30", "2031-XX", "", "unknown"])
def test_odd_references_do_no_harm(reference: str | None) -> None:
    assert len(edtf("本月底前、今年、到明天、两周后", reference)) >= 2


@given(
    st.text(
        alphabet="年月日号底前初内末0123456789一二十前后今明去至—~(),、自从起以来每比《》xX季度上下半全周", max_size=40
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_spans_without_overlap(text: str) -> None:
    clean = tidy(text)
    found = find_periods(clean, "2031-05-10", RULES)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
    assert all(period.words == period.span.cut(clean) and period.words for period in found)


@pytest.mark.parametrize("words", ["年", "1", "自从", "《", "前年", "20", "至12月", "每", "今年底"])
def test_hostile_text_is_read_to_its_end(words: str) -> None:
    text = words * (60_000 // len(words))
    assert all(period.span.end <= len(text) for period in find_periods(text, None, RULES))


def test_reference_and_written() -> None:
    assert Reference.of("2031-03-10").year_after(1) == "2032"
    assert Reference.of(None).year_after(1) == "XXXX"
    assert written("XXXX", "02", "end") == "XXXX-02-28"
    assert written("2031", "XX", "") == "2031-XX"


def test_what_opens_the_next_date_is_no_tail() -> None:
    found = find_periods("年底前年", "2031-05-10", RULES)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
