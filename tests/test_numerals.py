"""Numerals are worth what they say, in units of the magnitude that stays with the unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.finding.numerals import numerals
from speechmine.rules import load_rules

READER = numerals(load_rules())


@pytest.mark.parametrize(
    ("numeral", "magnitude", "value", "why"),
    [
        ("10", "亿", "10", "the last magnitude belongs to the unit"),
        ("1.4", "万亿", "1.4", "万亿 is one magnitude"),
        ("", "亿", "1", "亿元以上 without a digit is one 亿元"),
        ("百", "亿", "100", "百亿 is a hundred 亿"),
        ("千", "万", "1000", "千万吨 is a thousand 万吨"),
        ("1,046", "", "1046", "commas group thousands"),
        ("23 600", "", "23600", "so do blanks in Hong Kong"),
        ("1。3", "", "1.3", "a damaged decimal point"),
        ("2 万 4,000", "", "24000", "mixed figures are one quantity"),
        ("1万2,000", "", "12000", "without blanks too"),
        ("1兆200.5", "亿", "10200.5", "兆 is counted in the last unit"),
        ("1万2千", "亿", "12000", "亿 takes in all before it"),
        ("三十六亿五千", "万", "365000", "the last unit written is 万"),
        ("一百零一万一千", "", "1011000", "each magnitude takes what stands before it"),
        ("一七.六八", "亿", "17.68", "digit by digit with a point"),
        ("二、一二三", "亿", "2123", "old gazettes group Chinese digits with 、"),
        ("六〇·三", "", "60.3", "and write a middle dot as point"),
        ("七点二", "", "7.2", "点 is a point"),
        ("三百五", "", "350", "a lone digit after 百 counts tens"),
        ("三百零五", "", "305", "unless 零 stands before it"),
        ("三万五", "", "35000", "a lone digit after 万 counts thousands"),
        ("廿三", "", "23", "廿 is twenty"),
        ("两百八十", "", "280", "两 is two"),
        ("5千", "", "5000", "千 after digits belongs to the number"),
        ("4千6百", "", "4600", "steps add up"),
    ],
)
def test_a_numeral_is_worth(numeral: str, magnitude: str, value: str, why: str) -> None:
    assert READER.read(numeral, magnitude).value == Decimal(value), why


@pytest.mark.parametrize(
    ("numeral", "low", "high"),
    [("七八", "7", "8"), ("三四百", "300", "400"), ("二三十", "20", "30"), ("十七八", "17", "18")],
)
def test_two_digits_in_order_are_a_span(numeral: str, low: str, high: str) -> None:
    read = READER.read(numeral)
    assert (read.value, read.upper) == (Decimal(low), Decimal(high))


def test_two_digits_are_one_number_where_the_text_writes_digit_by_digit() -> None:
    assert READER.read("四五", "亿", by_digit=True).value == 45
    assert READER.by_digit.search("分别为一〇五亿元和四五亿元")
    assert not READER.by_digit.search("二〇二五年完成四五亿元"), "a year says nothing about the others"


@pytest.mark.parametrize("numeral", ["数", "几十", "数百"])
def test_a_vague_numeral_has_no_value(numeral: str) -> None:
    assert READER.read(numeral).value is None


def test_a_run_of_digits_too_long_for_anybody_is_no_number() -> None:
    assert READER.read("1" * 10_000).value is None


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_written_in_chinese_reads_as_itself(number: int) -> None:
    assert READER.read(in_chinese(number)).value == number


@given(st.integers(min_value=1, max_value=10**15))
def test_thousands_marks_change_nothing(number: int) -> None:
    assert READER.read(f"{number:,}").value == READER.read(str(number)).value == number


def in_chinese(number: int) -> str:
    """Write a number below 10^8 the plain way: 10203 → 一万零二百零三."""
    high, low = divmod(number, 10_000)
    if not high:
        return _below_ten_thousand(low)
    gap = "零" if 0 < low < 1000 else ""
    return _below_ten_thousand(high) + "万" + (gap + _below_ten_thousand(low) if low else "")


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            words += ("零" if gap and words else "") + "一二三四五六七八九"[digit - 1] + name
        gap = digit == 0
    return words
