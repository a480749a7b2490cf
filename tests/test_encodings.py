"""Files cut in the middle of a character, pages that misname their encoding, and text that was read wrongly before."""

# ruff: noqa: RUF001

import random

import opencc
import pytest

from speechmine.analysis import analyse
from speechmine.reading import Document, decode, read_bytes
from speechmine.rules import load_rules

TEXT = (
    "县里定了三条规矩：一是每周一调度，二是每月一通报，三是每季一观摩。\n"
    "今年要新修村道120公里，改造危房860户，入冬前全部完工，谁也不许拖到明年。\n"
    "水务局牵头，各乡镇配合，月底前把“问题清单”交上来——交不齐的，当场说明原因。\n"
)
TRADITIONAL = opencc.OpenCC("s2tw").convert(TEXT)
BOTH = pytest.mark.parametrize("text", [TEXT, TRADITIONAL], ids=["hans", "hant"])


def as_browsers_read(data: bytes) -> str:
    """Read bytes as windows-1252; five of them have no character there and become control characters."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)


@BOTH
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "cp950", "utf-16-le", "utf-16-be"])
def test_a_file_that_begins_inside_a_character_is_read_from_the_next_one_on(text: str, encoding: str) -> None:
    if encoding == "cp950" and text == TEXT:  # Big5 has no simplified characters
        return
    for cut in (1, 2) if encoding == "utf-8" else (1,):
        # The second byte of 縣 would be that of a letter: nobody could tell.
        decoded = decode(f"首先，{text}".encode(encoding)[cut:])
        assert (decoded.text, decoded.encoding) == (f"\ufffd先，{text}", encoding)
        assert decoded.warnings == ("The file begins in the middle of a character; it is read as U+FFFD.",)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_piece_out_of_the_middle_keeps_all_its_whole_characters(encoding: str) -> None:
    data = TEXT.encode(encoding)
    for start in range(1, 60):
        assert decode(data[start:-4]).text.strip("\ufffd") in TEXT, start


def test_where_a_text_is_in_big5_as_windows_writes_it_its_marks_are_those_of_windows() -> None:
    assert decode(f"﹑‧～{TRADITIONAL}".encode("cp950")).text == f"﹑‧～{TRADITIONAL}"
    assert decode(f"喺度嘅啲{TRADITIONAL}".encode("big5hkscs")).text == f"喺度嘅啲{TRADITIONAL}"


@pytest.mark.parametrize("text", ["\n\t93 \n\xa0\n", "  5\xa0\xa0%", "\u2003三月起"])
def test_blanks_of_web_pages_say_nothing_about_the_encoding(text: str) -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding)).text == text, encoding


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "shift_jis", "euc-kr", "big5", "utf-8"])
def test_a_declaration_that_makes_no_chinese_is_not_believed(declared: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head>{TEXT}'
    assert decode(page.encode("gb18030")).text == page


def test_so_few_characters_that_two_encodings_are_as_likely_are_read_with_a_warning() -> None:
    assert "uncertain" in decode(b'<font face="' + "標楷".encode("cp950")).warnings[0]


@BOTH
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("saved", ["utf-8", "utf-16"])
def test_what_was_read_as_latin_is_put_right_and_counted(text: str, encoding: str, saved: str) -> None:
    for mojibake in (text.encode(encoding).decode("latin-1"), as_browsers_read(text.encode(encoding))):
        decoded = decode(mojibake.encode(saved))
        assert (decoded.text, decoded.warnings) == (text, ())
        assert decoded.encoding.endswith(f" ({encoding} was read as cp1252)")
        assert [(repair.kind, repair.count) for repair in decoded.repairs] == [("mojibake", 3)]


def test_big5_that_was_read_as_gbk_or_as_latin_is_put_right() -> None:
    data = TRADITIONAL.encode("cp950")
    assert decode(data.decode("gb18030").encode()).text == TRADITIONAL
    assert decode(as_browsers_read(data).encode()).text == TRADITIONAL
    assert decode(TEXT.encode("gb2312", "ignore").decode("big5hkscs", "replace").encode()).encoding != "utf-8"


@BOTH
@pytest.mark.parametrize("wrong", ["gb18030", "gbk"])
def test_of_utf8_that_was_read_as_gbk_all_that_is_left_comes_back(text: str, wrong: str) -> None:
    decoded = decode(text.encode().decode(wrong, "replace").encode())
    rest = iter(text)
    assert all(char in rest for char in decoded.text if char != "\ufffd")
    lost = decoded.text.count("\ufffd")
    assert lost < len(text) / 5
    assert decoded.warnings == (f"{lost} characters were lost before the file was written (they stand as U+FFFD).",)
    assert [repair.kind for repair in decoded.repairs] == ["mojibake", "mojibake-flagged"]


def test_a_title_read_wrongly_among_sound_lines_is_put_right_and_the_rest_is_left() -> None:
    title = "全县重点工作推进会"
    for bad in (as_browsers_read(title.encode()), as_browsers_read(title.encode("gbk")), "鍏ㄥ幙閲嶇偣宸ヤ綔"):
        decoded = decode(f"{bad}\n{TEXT}".encode())
        assert decoded.text in {f"{title}\n{TEXT}", f"{title[:6]}\n{TEXT}"}
        assert decoded.encoding == "utf-8"


@pytest.mark.parametrize(
    "text",
    [
        "café, naïve, déjà vu, größer, Übergröße, coração, ação",
        "气温升高2℃±0.5°，×年×月“·”——……",
        "碧海蓝天、熠熠生辉、瑷珲、鄱阳、涓涓细流、锛子、鍏",
        "Привет, товарищи! Москва, Казань",
        "こんにちは、世界。ひらがなとカタカナ",
        "대한민국 만세",
    ],
)
def test_text_that_is_meant_as_it_stands_is_left(text: str) -> None:
    decoded = decode(f"{text}\n{TEXT}".encode())
    assert (decoded.text, decoded.repairs) == (f"{text}\n{TEXT}", ())
    assert decode(text.encode()).text == text


def test_any_bytes_are_read_whatever_they_are() -> None:
    chance = random.Random(5)
    for size in (1, 2, 3, 7, 60, 900):
        for _ in range(20):
            decode(chance.randbytes(size))


def test_a_record_counts_what_was_put_right_and_quotes_the_text_put_right() -> None:
    document = read_bytes(as_browsers_read(TEXT.encode()).encode(), "a.txt")
    record = analyse(document, load_rules())
    assert [repair.kind for repair in record.document.repairs] == ["mojibake"]
    assert record.document.encoding == "utf-8 (utf-8 was read as cp1252)"
    same = analyse(Document.of(TEXT), load_rules())
    assert [one.evidence for one in record.measures] == [one.evidence for one in same.measures]
