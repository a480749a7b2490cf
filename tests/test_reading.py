"""Every encoding of Chinese files is read, also when the text is short; what is no text is refused with advice."""

import codecs
import io
import os
import random
import sys
from pathlib import Path

import opencc
import pytest

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading import Document, Input, decode, inputs, read_bytes, read_file
from speechmine.reading.limits import LIMITS

SENTENCES = (
    "各位代表，现在我代表市人民政府向大会报告工作。",
    "要倒排工期、挂图作战，确保6月底前全部开工。",
    "一是落实领导包保，二是实行周调度、月通报。",
    "全年完成投资12.5亿元，同比增长8.6%，排全省第3位。",
    "对逾期未报的，由督查室予以通报批评并限期整改。",
    "农村公路养护率达到95%以上，惠及群众2.3万人。",
    "市里定的事要一抓到底，谁家的孩子谁抱走！",
    "请卫生、教育、交通等部门于周五前报送台账。",
)
TRADITIONAL = tuple(opencc.OpenCC("s2tw").convert(sentence) for sentence in SENTENCES)


def slices() -> list[str]:
    """Cut the sentences, in both scripts, into pieces of ten to sixty characters."""
    chance = random.Random(7)
    text = {script: "".join(sentences) * 3 for script, sentences in (("s", SENTENCES), ("t", TRADITIONAL))}
    starts = [(script, chance.randrange(150), chance.randrange(10, 61)) for script in "st" for _ in range(150)]
    return [text[script][start : start + size] for script, start, size in starts]


ENCODINGS = ("utf-8", "gbk", "gb18030", "big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_short_texts_are_read_in_every_encoding(encoding: str) -> None:
    for text in slices():
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:  # simplified text cannot be written in Big5
            continue
        decoded = decode(data)
        assert (decoded.text, decoded.warnings) == (text, ()), f"{text} in {encoding} was read as {decoded.encoding}"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_goes(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + SENTENCES[0].encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.warnings) == (SENTENCES[0], encoding, ())


def test_a_byte_order_mark_before_gbk_is_not_believed() -> None:
    decoded = decode(codecs.BOM_UTF8 + SENTENCES[0].encode("gbk"))
    assert (decoded.text, decoded.encoding) == (SENTENCES[0], "gb18030")


@pytest.mark.parametrize(
    "page",
    [
        '<meta charset="{}">{}',
        "<html><head><META http-equiv=Content-Type content='text/html; charset={}'></head>{}",
        '<?xml version="1.0" encoding="{}"?>{}',
    ],
)
@pytest.mark.parametrize(("declared", "written"), [("gb2312", "gb18030"), ("big5", "big5hkscs"), ("utf-8", "utf-8")])
def test_the_encoding_that_a_page_declares_is_read(page: str, declared: str, written: str) -> None:
    text = page.format(declared, TRADITIONAL[0])
    assert decode(text.encode(written)).text == text


@pytest.mark.parametrize("declared", ["utf-8", "klingon", "idna", "rot13", "utf-7"])
def test_a_wrong_declaration_is_not_believed(declared: str) -> None:
    text = f'<meta charset="{declared}">{SENTENCES[3]}'
    assert decode(text.encode("gbk")).text == text


def test_text_cut_inside_its_last_character_is_kept_with_a_warning() -> None:
    for encoding in ("utf-8", "gbk", "utf-16-be"):
        decoded = decode(SENTENCES[4].encode(encoding)[:-1])
        assert decoded.text == SENTENCES[4][:-1] + "\ufffd", encoding
        assert "ends in the middle of a character" in decoded.warnings[0]


def test_bytes_that_cannot_be_read_are_counted_and_placed() -> None:
    data = (SENTENCES[0] * 4).encode()
    broken = data[:30] + b"\xff" + data[30:60] + b"\xfe" + data[60:]
    decoded = decode(broken)
    assert decoded.text.replace("\ufffd", "") == SENTENCES[0] * 4
    assert decoded.warnings == ("2 places cannot be read as utf-8, the first at byte 30; they are read as U+FFFD.",)


def test_characters_lost_before_are_told_from_those_lost_now() -> None:
    decoded = decode(f"完成投资\ufffd亿元。{SENTENCES[0]}".encode())
    assert decoded.warnings == ("1 characters were lost before the file was written (they stand as U+FFFD).",)


def test_foreign_and_empty_texts_stay_utf8() -> None:
    for text in ("", "plain words", "café, naïve", "Привет, товарищи", "guān jiàn"):
        assert decode(text.encode()).text == text


def test_an_encoding_by_name() -> None:
    assert decode(SENTENCES[0].encode("gbk"), "GB2312").encoding == "gb18030"
    assert decode(codecs.BOM_UTF8 + b"abc", "utf-8").text == "abc"
    assert decode("各位".encode("utf-16"), "utf-16").text == "各位"
    assert decode("各位".encode("utf-16-be"), "utf-16-be").text == "各位"


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "", "utf\0"])
def test_an_encoding_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(SpeechmineError, match="there is no encoding named"):
        decode(b"abc", name)


def test_a_named_encoding_that_does_not_fit_is_refused_with_the_place_and_a_better_one() -> None:
    with pytest.raises(SpeechmineError) as caught:
        read_bytes(b"2021: " + SENTENCES[0].encode("gbk"), "a.txt", "utf-8")
    assert str(caught.value) == "a.txt: not UTF-8 (byte 0xB8 at 6). Leave --encoding out, or try --encoding gb18030."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty: nothing to read"),
        (b" \r\n\t\0\0", "empty: nothing to read"),
        ("\ufeff\u3000\u200b\n".encode(), "empty: nothing to read"),
        (b"%PDF-1.4\n%\xe2\xe3", "a damaged PDF"),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml word/document.xml",
            "a damaged zip archive (its list of files cannot be read)",
        ),
        (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", "an Excel file (xlsx)"),
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "a damaged zip archive (its list of files cannot be read)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "no text in a file of old Office form"),
        (b"\x1f\x8b\x08\0\0\0", "damaged from its beginning on"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a sound or film"),
        (b"MZ\x90\0\x03\0\0\0", "a program"),
        (b"Rar!\x1a\x07\0", "a RAR archive"),
        (bytes(range(256)) * 4, "binary content, not text"),
    ],
)
def test_what_is_no_text_is_named_and_refused(data: bytes, what: str) -> None:
    with pytest.raises(SpeechmineError) as caught:
        read_bytes(data, "a.txt")
    assert caught.value.what == what
    assert caught.value.hint


def test_text_that_only_begins_like_something_else_is_read() -> None:
    for text in ("BM25 排序说明", "MZ 世代消费报告", "PK 赛规则：依次发言", "ID30 号文件", "第1项\0完成，第2项"):
        assert read_bytes(text.encode(), "a.txt").text == text


def test_line_ends_and_identity_are_those_of_the_bytes() -> None:
    document = read_bytes(b"\xef\xbb\xbfa\r\nb\rc\n", "a.txt")
    assert document.text == "a\r\nb\rc\n"
    assert document.id != Document.of("a\r\nb\rc\n").id
    assert read_bytes("同志们:".encode(), "a.txt").id == Document.of("同志们:").id


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, text = tmp_path / "pipe", tmp_path / "a.txt"
    os.mkfifo(pipe)
    text.write_text("同志们", "utf-8")
    missing = tmp_path / "no.txt"
    for path, reason in ((tmp_path, "a folder, not"), (missing, "there is no such file"), (pipe, "not a regular file")):
        with pytest.raises(SpeechmineError, match=reason):
            read_file(path)
    with pytest.raises(SpeechmineError, match="cannot be read"):
        read_file("a\0b")

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SpeechmineError, match=r"a\.txt: cannot be read \(permission denied\)"):
        read_file(text)


def test_a_folder_that_cannot_be_opened_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)
    (found,) = (outcome for item in inputs([tmp_path]) for outcome in item.documents())
    assert isinstance(found, SpeechmineError)
    assert not isinstance(found, NotReadError)
    assert str(found).startswith(".: cannot be opened (permission denied). Ask its owner")


def test_a_folder_is_listed_in_order_with_the_reason_for_all_that_is_skipped(tmp_path: Path) -> None:
    for name in (
        "2021/b.txt",
        "2021/a.md",
        "10.txt",
        "9.txt",
        "2021.3.10讲话",
        ".git/x.txt",
        "t.xlsx",
        "p.JPG",
        "p.js",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("同志们", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "same.txt").symlink_to(tmp_path / "9.txt")
    os.mkfifo(tmp_path / "pipe")
    found = [(one.source, one.skipped) for one in inputs([tmp_path])]
    assert found == [
        (".git", "hidden"),
        ("10.txt", ""),
        ("2021/a.md", ""),
        ("2021/b.txt", ""),
        ("2021.3.10讲话", ""),
        ("9.txt", ""),
        ("gone.txt", "a broken link"),
        ("loop", "a link to a folder"),
        ("p.JPG", ""),
        ("p.js", ".js is the suffix of a program"),
        ("pipe", "not a regular file"),
        ("same.txt", ""),
        ("t.xlsx", ""),
    ]


def test_files_by_name_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.dat"
    path.write_text("同志们", "utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("各位代表".encode("gbk"))))
    named, stdin, missing = inputs([path, "-", tmp_path / "no.txt"])
    assert (named.source, *texts(named)) == ("报告.dat", "同志们")
    assert (stdin.source, *texts(stdin)) == ("stdin", "各位代表")
    assert texts(missing) == ["no.txt: there is no such file. Check the path."]


def test_too_much_on_standard_input_is_refused_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"PK\x03\x04" + b" " * LIMITS.document_bytes)))
    (stdin,) = inputs(["-"])
    assert texts(stdin) == ["stdin: more than 20 MB. Give it as a file, or split it into its documents."]


def texts(given: Input) -> list[str]:
    """Return the texts in an input, and what is said of the rest."""
    return [str(found) if isinstance(found, SpeechmineError) else found.text for found in given.documents()]


def test_a_file_name_in_gbk_is_read_like_a_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("市长讲话稿全文.txt".encode("gbk"))).write_text("同志们", "utf-8")
    assert [one.source for one in inputs([tmp_path])] == ["市长讲话稿全文.txt"]
