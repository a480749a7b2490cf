"""The parsers for any text: what numbers, quantities and dates give, and that spans count the text as given."""

import time
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import speechmine
from speechmine.finding.lunar import lunar_day, lunar_month, solar_term
from speechmine.rules import load_rules

RULES = load_rules()


def told(text: str) -> list[tuple[str, str, str | None, str]]:
    return [
        (text[m.span.start : m.span.end], f"{m.value.normalize():f}", m.unit, m.kind) for m in speechmine.numbers(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("两千四百五", ("两千四百五", "2450", None, "number"), "a lone digit after 百 counts tens"),
        ("三千 八百 九十六 万", ("三千 八百 九十六 万", "38960000", None, "number"), "blanks within a numeral"),
        ("5万4千6百", ("5万4千6百", "54600", None, "number"), "figures and characters mixed"),
        ("四万万", ("四万万", "400000000", None, "number"), "magnitudes multiply"),
        ("負四十五億", ("負四十五億", "-4500000000", None, "number"), "a minus in traditional script"),
        ("-1e1", ("-1e1", "-10", None, "number"), "an exponent"),
        ("2^-1", ("2^-1", "0.5", None, "number"), "a power"),
        ("40k", ("40k", "40000", None, "number"), "k is a thousand"),
        ("５，０００", ("５，０００", "5000", None, "number"), "full-width thousands"),
        ("十余萬", ("十余萬", "100000", None, "number"), "余 leaves the value"),
        ("五十千", ("五十", "50", None, "number"), "as much of an impossible numeral as is one"),
        ("五 分之 一", ("五 分之 一", "0.2", None, "fraction"), "a fraction with blanks"),
        ("三百 五又四分之一", ("三百 五又四分之一", "350.25", None, "fraction"), "a mixed fraction"),
        ("4 6/3", ("4 6/3", "6", None, "fraction"), "a mixed fraction in figures"),
        ("百分之2.4", ("百分之2.4", "2.4", "%", "share"), "a share behind 百分之"),
        ("千分之一", ("千分之一", "0.1", "%", "share"), "per mille in percent"),
        ("七成六", ("七成六", "76", "%", "share"), "tenths and hundredths"),
        ("五成半", ("五成半", "55", "%", "share"), "half a tenth more"),
        ("打对折", ("对折", "50", "%", "share"), "half price after 打"),
        ("八点五折", ("八点五折", "85", "%", "share"), "a discount tells what is paid"),
        ("二十五個百分點", ("二十五個百分點", "25", "个百分点", "share"), "points in traditional script"),
        ("50元6角三分", ("50元6角三分", "50.63", "元", "money"), "small money follows"),
        ("两美元又三美分", ("两美元又三美分", "2.03", "美元", "money"), "with 又"),
        ("三块五", ("三块五", "3.5", "块", "money"), "the last digit counts tenths"),
        ("人民币  50元", ("人民币  50元", "50", "人民币", "money"), "the name of the money stands before"),
        ("两米半", ("两米半", "2.5", "米", "measure"), "半 is half the unit"),
        ("两万两", ("两万两", "20000", "两", "measure"), "the last 两 weighs"),
        ("十打", ("十打", "120", "打", "count"), "a dozen is a number itself"),
        ("第二百五十", ("第二百五十", "250", None, "rank"), "an ordinal"),
    ],
)
def test_a_number_is_read(text: str, expected: tuple[str, str, str | None, str], why: str) -> None:
    assert told(text) == [expected], why


@pytest.mark.parametrize(
    "text",
    [
        "一切",
        "四川",
        "我一看你就笑",
        "收拾房间",
        "陆地",
        "队伍",
        "万",
        "五星红旗",
        "十分重要",
        "见 http://a.cn/?q=280%2D",
    ],
)
def test_what_looks_like_a_number_and_is_none(text: str) -> None:
    assert told(text) == []


def test_ranges_and_conversion() -> None:
    (share,) = speechmine.numbers("在5-20%之间")
    assert (share.value, share.upper, share.unit) == (Decimal(5), Decimal(20), "%")
    (area,) = speechmine.numbers("387万亩")
    assert area.value == 3870000
    assert area.canonical is not None
    assert (area.canonical.value, area.canonical.unit) == (Decimal(2580000000), "m2")
    assert [found.canonical.unit for found in speechmine.numbers("5英镑、¥3") if found.canonical] == ["GBP", "CNY"]


def test_a_list_in_figures_is_no_thousands() -> None:
    assert [found.value for found in speechmine.numbers("20，300美元")] == [20, 300]


def test_quantities_leave_out_what_is_none() -> None:
    text = "二〇三一年，新建廠房不少於３萬平方米，服務三農"
    (found,) = speechmine.quantities(text)
    assert text[found.span.start : found.span.end] == "不少於３萬平方米"
    assert (found.value, found.unit, found.comparator) == (Decimal(3), "万平方米", ">=")


def resolved(text: str, reference: str | None = "2031-05-14") -> list[tuple[str, str, str]]:
    return [(found.edtf, str(found.start), str(found.end)) for found in speechmine.dates(text, reference)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("上周三", ("2031-05-07", "2031-05-07", "2031-05-07"), "14 May 2031 is a Wednesday"),
        ("下下週日", ("2031-06-01", "2031-06-01", "2031-06-01"), "two weeks on"),
        ("本周末", ("2031-05-18", "2031-05-17", "2031-05-18"), "Saturday and Sunday"),
        ("三天后", ("2031-05-17", "2031-05-17", "2031-05-17"), "counted in days"),
        ("两周前", ("2031-04-30", "2031-04-30", "2031-04-30"), "in weeks"),
        ("三年后", ("2034", "2034-01-01", "2034-12-31"), "years are told as years"),
        ("半年后", ("2031-11", "2031-11-01", "2031-11-30"), "months as months"),
        ("上个月15号", ("2031-04-15", "2031-04-15", "2031-04-15"), "a day of a month told from now"),
        ("上季度末", ("2031-03", "2031-03-01", "2031-03-31"), "the last month of a quarter"),
        ("下个季度", ("2031-09-30", "2031-07-01", "2031-09-30"), "the next quarter"),
        ("去年同期", ("2030", "2030-01-01", "2030-12-31"), "a base of comparison is a date too"),
        ("今明两年", ("2032", "2031-01-01", "2032-12-31"), "two years"),
        ("90年代", ("199X", "1990-01-01", "1999-12-31"), "a decade"),
        ("上世纪七十年代", ("197X", "1970-01-01", "1979-12-31"), "of a century"),
        ("十九世纪", ("18XX", "1800-01-01", "1899-12-31"), "a century"),
        ("今年夏天", ("2031-22", "2031-06-01", "2031-08-31"), "a season by its EDTF number"),
        ("十月的第一周", ("2031-10-12", "2031-10-06", "2031-10-12"), "the week of the first Monday"),
        ("6月第三个星期日", ("2031-06-15", "2031-06-15", "2031-06-15"), "the nth weekday"),
        ("去年的前10天", ("2030-01-10", "2030-01-01", "2030-01-10"), "the first days of a year"),
        ("2016年一月十日到十二日", ("2016-01-12", "2016-01-10", "2016-01-12"), "the upper end takes year and month"),
        ("三月和九月之间", ("2031-09-30", "2031-03-01", "2031-09-30"), "之间 makes a range"),
        ("8月至2月", ("2032-02-29", "2031-08-01", "2032-02-29"), "over the turn of the year"),
        ("2010年之后2018年之前", ("2018", "2010-01-01", "2018-12-31"), "two open ends close each other"),
        ("年底前", ("2031-12-31", "None", "2031-12-31"), "a limit has no beginning"),
        ("截至2030年底", ("2030-12-31", "None", "2030-12-31"), "so has what is reached"),
        ("从去年9月起", ("2030-09", "2030-09-01", "None"), "what begins has no end"),
        ("近三年", ("2031", "2028-05-14", "2031-05-14"), "up to now"),
        ("未来7天", ("2031-05-21", "2031-05-15", "2031-05-21"), "from tomorrow on"),
        ("15个工作日内", ("2031-06-04", "2031-05-15", "2031-06-04"), "working days"),
        ("春节", ("2031-01-23", "2031-01-23", "2031-01-23"), "the Chinese calendar"),
        ("去年八月十五", ("2030-09-12", "2030-09-12", "2030-09-12"), "a Chinese day without 日"),
        ("八月十五日", ("2031-08-15", "2031-08-15", "2031-08-15"), "with 日 it is a common one"),
        ("母亲节", ("2031-05-11", "2031-05-11", "2031-05-11"), "the second Sunday of May"),
        ("2018/1/10-2018/7/10", ("2018-07-10", "2018-01-10", "2018-07-10"), "figures"),
        ("98年4月", ("1998-04", "1998-04-01", "1998-04-30"), "a short year before a month"),
        ("民國113年12月底", ("2024-12-31", "2024-12-25", "2024-12-31"), "the Republic of China"),
        ("康熙三年五月", ("1664-05", "1664-05-01", "1664-05-31"), "a reign"),
        ("明年第九个月", ("2032-09", "2032-09-01", "2032-09-30"), "the nth month"),
    ],
)
def test_a_date_is_resolved(text: str, expected: tuple[str, str, str], why: str) -> None:
    assert resolved(text) == [expected], why


@pytest.mark.parametrize(
    "text",
    [
        "两年",
        "每年12月",
        "下午三点",
        "888-000-9999",
        "印发《2031年工作要点》",
        "目前年产5万吨",
        "年中国",
        "标准普尔指数",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert resolved(text) == []


def test_without_the_day_of_the_speech() -> None:
    assert resolved("今年、明年4月底前、本月底、明天、下周", None) == [
        ("XXXX", "None", "None"),
        ("XXXX-04-30", "None", "None"),
        ("XXXX-XX", "None", "None"),
    ]


def test_a_month_takes_the_year_named_before_it() -> None:
    assert [edtf for edtf, *_ in resolved("2029年5月开工，9月底完工")] == ["2029-05", "2029-09-30"]


def test_spans_count_the_text_as_given() -> None:
    text = "本縣於１１３年１２月底前完成，明年３月驗收"
    words = [text[m.span.start : m.span.end] for m in speechmine.dates(text, "2024-05-01")]
    assert words == ["１１３年１２月底前", "明年３月"]
    twin = speechmine.dates("本县于113年12月底前完成,明年3月验收", "2024-05-01")
    assert speechmine.dates(text, "2024-05-01") == twin


def test_the_chinese_calendar() -> None:
    assert lunar_day(2020, 5, 5, RULES) == date(2020, 6, 25)
    assert lunar_month(2020, 4, RULES, leap=True) == (date(2020, 5, 23), date(2020, 6, 20))
    assert lunar_month(2020, 5, RULES, leap=True) is None
    assert lunar_day(2023, 12, 0, RULES) == date(2024, 2, 9)
    assert lunar_day(1800, 1, 1, RULES) is None
    assert [solar_term(2021, degrees) for degrees in (285, 315, 15, 270)] == [
        date(2021, 1, 5), date(2021, 2, 3), date(2021, 4, 4), date(2021, 12, 21),
    ]  # fmt: skip


@given(
    st.text(
        alphabet="年月日号周天半前后上下去今明0123456789一二十百千万亿两点分之又成折元角%-/.,， 到至和间(《》",
        max_size=40,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_spans_without_overlap(text: str) -> None:
    for found in (speechmine.numbers(text), speechmine.dates(text, "2031-05-10")):
        spans = [mention.span for mention in found]
        assert all(first.end <= second.start for first, second in pairwise(spans))
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "words", ["一", "1", "分之", "1/", "万", " 一", "一 ", "年", "前一", "上周", "1-", "到2月", "《", "19", "-1", "点"]
)
def test_hostile_text_costs_no_more_than_its_length(words: str) -> None:
    text = words * (40_000 // len(words))
    begun = time.perf_counter()
    speechmine.numbers(text)
    speechmine.dates(text, "2031-05-10")
    assert time.perf_counter() - begun < 6
