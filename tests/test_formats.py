"""Every format is known by its bytes and gives its text in order; what is not read is said, with what to do."""

import bz2
import gzip
import json
import lzma
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from speechmine.cli import main
from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading import Asked, Document, confining, read_bytes, recognition
from speechmine.reading.documents import documents
from speechmine.reading.html import visible_text
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Refused, Text
from speechmine.reading.stored import Stored
from tests import made_files as made

SPEECH = made.SPEECH
BIG5 = "各鄉鎮公所應落實周通報、旬會商制度。"


def found(data: bytes, name: str = "x", asked: Asked | None = None) -> list[tuple[str, str]]:
    """Return the source and text of every document in the bytes; ``-`` and the reason for what is skipped, ``!`` for faults."""
    return [
        (one.where, ("- " if isinstance(one, NotReadError) else "! ") + one.what)
        if isinstance(one, SpeechmineError)
        else (one.source, one.text)
        for one in documents(Stored(name, data=data), asked)
    ]


def only(data: bytes) -> Document:
    return read_bytes(data, "x")


# Word files


def test_paragraphs_cells_boxes_and_notes_of_a_word_file_come_in_order() -> None:
    p = made.paragraph
    inner = f"<w:tbl><w:tr><w:tc>{p('内一')}</w:tc><w:tc>{p('内二')}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr><w:tr><w:tc>{p('丙')}{p('丁')}</w:tc><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    anchored = f"<w:p><w:r><w:t>框前</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框后</w:t></w:r></w:p>"
    notes = {"word/footnotes.xml": made.notes("footnote", "注一"), "word/endnotes.xml": made.notes("endnote", "尾注")}
    text = only(made.docx(p(SPEECH) + table + p("表后") + anchored + p("文末"), parts=notes)).text
    assert text == f"{SPEECH}\n甲\t乙\n丙\n丁\n内一\t内二\n\n表后\n框前框后\n文末\n框内\n注一\n尾注"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>", "增"),
        ("<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>", "新处"),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>连</w:t></w:r></w:p>" + made.paragraph("起来"), "连起来"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p>", "见"),
        ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>不藏</w:t></w:r></w:p>', "不藏"),
        ("<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>", "一\t二\n三"),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>", "正文"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>页</w:t></w:r></w:p>", "页"),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>guān</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>关</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>", "关"),
        ("<w:sdt><w:sdtContent>" + made.paragraph("控件") + "</w:sdtContent></w:sdt>", "控件"),
    ],
)  # fmt: skip
def test_what_is_text_of_a_word_file_and_what_is_not(body: str, text: str) -> None:
    assert only(made.docx(body)).text == text


# PDF


def test_lines_and_pages_of_a_pdf_come_in_order() -> None:
    document = only(made.pdf([["一、落实周调度", "二、抓好项目"], ["三、严格考核"]]))
    assert (document.text, document.encoding, document.plain) == (
        "一、落实周调度\n二、抓好项目\n三、严格考核",
        "utf-8",
        False,
    )


def test_a_scanned_page_is_named_and_what_has_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    if recognition.is_installed():
        pytest.skip("text recognition is installed")
    assert found(made.pdf([[]], picture=True)) == [("x", "- scanned")]
    half = only(made.pdf([[SPEECH], []], picture=True))
    assert half.text == SPEECH + "\n"
    assert half.warnings == (f"Page 2 was scanned and not read. {recognition.HINT}",)
    for picture in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"BM\x36\0\0\0\0\0\0\0", b"RIFF\0\0\0\0WEBP"):
        assert found(picture) == [("x", "- scanned")]
    assert "pip install 'speechmine[ocr]'" in recognition.HINT


def test_a_scanned_page_is_recognised() -> None:
    if not recognition.is_installed():
        pytest.skip("text recognition is not installed: pip install 'speechmine[ocr]'")
    import pypdfium2

    page = pypdfium2.PdfDocument(made.pdf([["2021 PLAN 30"]]))[0]
    assert "30" in recognition.text_of(page.render(scale=3).to_pil())


# Web pages


def test_a_page_is_told_from_a_text_with_tags() -> None:
    assert only(made.page(SPEECH)).text == SPEECH
    for text in (f"<p>{SPEECH}</p>\n<b>要抓好</b>", f"{SPEECH * 3}\n<html><body>转载</body></html>"):
        assert (only(text.encode()).text, only(text.encode()).plain) == (text, True)
    for before in (
        "<!-- 存档 2021 <b> -->\n" * 400,
        '<?xml version="1.0"?>',
        '<%@ page import="java.util.*" %>\n',
        "<div>\n",
    ):
        assert only(before.encode() + made.page(SPEECH)).text == SPEECH


@pytest.mark.parametrize("depth", [300, 5_000])
def test_deep_html_gives_its_text(depth: int) -> None:
    page = "<html><body>" + "<div><b>" * depth + SPEECH + "</b></div>" * depth
    assert only(page.encode()).text.strip() == SPEECH


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<nav>首页 | 新闻</nav><p>正文</p><footer>版权</footer>", "首页 | 新闻\n\n正文\n\n版权"),
        ("<body><script>x</script><style>y</style><noscript>z</noscript><!-- c --><template>t</template>正文", "正文"),
        ("<p>要抓好\n  项目建设，\n确保</p>", "要抓好项目建设，确保"),
        ("<p>GDP\ngrowth</p>", "GDP growth"),
        ("<pre>一\n二</pre>", "一\n二"),
        ("<p>一<br>二&nbsp;三&#8220;四</p>", "一\n二\u00a0三“四"),
        ('<%@ page language="java" %><% if (a > b) { %><p>正文<% } %></p>', "正文"),
        ("<?php foreach ($a as $b): ?><p>正文</p><?php endforeach; ?>", "正文"),
        ("<table><tr><th>项目</th><td>周一</td></tr><tr><td>甲</td></tr></table>", "项目\t\t周一\n甲"),
    ],
)
def test_the_visible_text_of_a_page(source: str, text: str) -> None:
    assert visible_text(source).strip() == text


def test_a_page_is_decoded_like_a_text() -> None:
    page = f'<html><meta charset="gb2312"><body>{SPEECH}'.encode("gb18030")
    assert (only(page).text, only(page).encoding) == (SPEECH, "gb18030")
    assert only(f"<!DOCTYPE html><p>{SPEECH}".encode("utf-16")).text == SPEECH
    assert found(b"<html><script>load()</script></html>") == [("x", "! a web page without a text")]


# Archives


def test_members_of_archives_in_archives_are_read_by_what_they_are() -> None:
    inner = made.zipped({"讲话.docx": made.docx(made.paragraph(SPEECH)), "a.mp3": b"ID3\x03"})
    archive = made.zipped({
        "in.zip": inner,
        "big5.txt": BIG5.encode("big5"),
        "__MACOSX/._a": "x",
        "p.htm": made.page(SPEECH),
    })
    assert found(archive, "out.zip") == [
        ("out.zip/in.zip/讲话.docx", SPEECH),
        ("out.zip/in.zip/a.mp3", "- a sound or film"),
        ("out.zip/big5.txt", BIG5),
        ("out.zip/__MACOSX/._a", "- hidden"),
        ("out.zip/p.htm", SPEECH),
    ]


def test_a_word_file_in_a_zip_that_does_not_compress_is_no_word_file() -> None:
    archive = made.zipped({"a.docx": made.docx(made.paragraph(SPEECH))}, zipfile.ZIP_STORED)
    assert found(archive, "a.zip") == [("a.zip/a.docx", SPEECH)]


def test_names_in_gbk_are_read() -> None:
    archive = made.zipped({"jianghua.txt": SPEECH}).replace(b"jianghua", "市长讲话".encode("gbk"))
    assert found(archive, "a.zip") == [("a.zip/市长讲话.txt", SPEECH)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_compressed_is_read_by_what_it_is(pack: "type[bytes]") -> None:
    compress = pack
    assert found(compress(SPEECH.encode()), "a.txt.gz") == [("a.txt.gz", SPEECH)]
    assert found(compress(made.tarred({"a/b.txt": SPEECH.encode()})), "a.tgz") == [("a.tgz/a/b.txt", SPEECH)]
    assert found(compress(made.docx(made.paragraph(SPEECH))), "a.gz") == [("a.gz", SPEECH)]
    rows = json.dumps({"text": SPEECH}).encode() + b"\n"
    assert found(compress(rows * 2), "a.gz") == [("a.gz#1", SPEECH), ("a.gz#2", SPEECH)]


def test_a_compressed_file_that_is_cut_off_gives_what_there_is() -> None:
    text = "".join(f"第{number}项工作要抓好落实。\n" for number in range(9_000))
    for packed in (gzip.compress(text.encode()), bz2.compress(text.encode(), 1), lzma.compress(text.encode())):
        document = only(packed[: len(packed) * 3 // 4])
        assert text.startswith(document.text.rstrip("\ufffd"))
        assert len(document.text) > 20_000
        assert "damaged after" in document.warnings[0]


def test_a_damaged_tar_gives_what_comes_before() -> None:
    archive = made.tarred({"a.txt": SPEECH.encode(), "b.txt": SPEECH.encode() * 90})
    cut = found(archive[:2_600], "a.tar")
    assert cut[0] == ("a.tar/a.txt", SPEECH)
    assert "! a damaged tar archive: what follows file 2 is lost" in cut[-1][1]


def test_archives_that_hold_nothing_are_counted() -> None:
    assert found(made.zipped({}), "a.zip") == [("a.zip", "- holds no files")]
    assert found(made.tarred({"a/x": b""})[:0] + made.tarred({"only.txt": b"x"}), "a.tar") == [("a.tar/only.txt", "x")]


# Web archives


def crawl() -> list[bytes]:
    pages = [made.warc_record(f"http://a.cn/{number}", made.page(f"{SPEECH}{number}")) for number in range(4)]
    return [made.any_record("warcinfo", "", b"software: x"), *pages]


def test_pages_of_a_web_archive_come_under_their_addresses() -> None:
    records = [
        *crawl(),
        made.warc_record("http://a.cn/gone", b"x", status=404),
        made.warc_record("http://a.cn/p.png", b"x", "image/png"),
        made.warc_record("http://a.cn/zip", made.page(SPEECH), encoding="gzip"),
        made.warc_record("http://a.cn/a.docx", made.docx(made.paragraph(SPEECH)), "application/octet-stream"),
        made.any_record("resource", "file:///a.txt", SPEECH.encode("gbk")),
        made.any_record("request", "http://a.cn/0", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    ]
    expected = [
        *((f"http://a.cn/{number}", f"{SPEECH}{number}") for number in range(4)),
        ("http://a.cn/gone", "- not fetched (HTTP status 404)"),
        ("http://a.cn/p.png", "- not a page (image/png)"),
        *((address, SPEECH) for address in ("http://a.cn/zip", "http://a.cn/a.docx", "file:///a.txt")),
    ]
    assert found(b"".join(records), "a.warc") == expected
    assert found(b"".join(map(gzip.compress, records)), "a.warc.gz") == expected
    assert found(gzip.compress(b"".join(records)), "a.warc.gz") == expected


def test_a_cut_web_archive_gives_what_is_there_and_says_what_is_missing() -> None:
    for data in (b"".join(crawl())[:-90], b"".join(map(gzip.compress, crawl()))[:-40]):
        *whole, last = documents(Stored("a.warc", data=data))
        assert [one.text for one in whole if isinstance(one, Document)] == [f"{SPEECH}{number}" for number in range(3)]
        assert "The record is damaged: " in (last.warnings[0] if isinstance(last, Document) else last.hint)


def test_records_before_and_after_damage_are_recovered_and_the_loss_is_counted() -> None:
    records = crawl()
    sizes = [len(record) for record in records]
    packed = list(map(gzip.compress, records))
    spoilt = [*packed[:2], packed[2][:30] + b"\0" * 40 + packed[2][70:], *packed[3:]]
    for data, lost in (
        (b"".join([*records[:2], b"\0" * sizes[2], *records[3:]]), sizes[2]),
        (b"".join(spoilt), None),
        (b"".join([*packed[:2], b"\0" * 100_000, *packed[3:]]), 100_000),
    ):
        texts = found(data, "a.warc")
        assert [text for _, text in texts if text.startswith(SPEECH)] == [f"{SPEECH}{number}" for number in (0, 2, 3)]
        assert any(text.startswith("! damaged: ") for _, text in texts)
        assert lost is None or ("a.warc", f"! damaged: {lost:,} bytes of it are lost") in texts


def test_a_record_whose_length_is_wrong_does_not_swallow_the_next() -> None:
    records = crawl()
    records[2] = records[2].replace("周通报".encode(), b"")
    texts = found(b"".join(records), "a.warc")
    assert [text[-1] for _, text in texts] == ["0", "1", "2", "3"]


# Tables


def test_rows_of_tables_are_documents() -> None:
    lines = [{"title": "讲话", "content": SPEECH}, {"content": " "}, {"title": "无"}, {"content": "完"}]
    data = "\n".join(json.dumps(line) for line in lines) + '\n{"content": "cu'
    assert found(data.encode(), "a.jsonl") == [
        ("a.jsonl#1", SPEECH),
        ("a.jsonl#2", "- a row without a text"),
        ("a.jsonl#3", "- a row without a text"),
        ("a.jsonl#4", "完"),
        ("a.jsonl#5", "! not JSON (Input data was truncated)"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding(encoding: str) -> None:
    data = f'编号,正文\r\n1,"{SPEECH}\r\n第二段,同上"\r\n2,第二篇讲话内容\r\n'.encode(encoding)
    assert found(data, "a.csv") == [("a.csv#1", f"{SPEECH}\r\n第二段,同上"), ("a.csv#2", "第二篇讲话内容")]


def test_the_column_of_texts_may_be_named() -> None:
    data = f"编号\t发言\t时间\n1\t{SPEECH}\t\n2\t完\t\n3\t另\t\n".encode()
    assert found(data, "a.tsv") == [("a.tsv", "- a table without a column of texts")]
    assert found(data, "a.tsv", Asked(column="发言"))[0] == ("a.tsv#1", SPEECH)


@pytest.mark.parametrize(
    "text",
    [
        "同志们，大家好：\n今天，我们开会。\n",
        "各位代表,\n现在,我报告工作,\n请审议,\n",
        '{"code": 0, "data": {"正文": "各位代表"}}',
        '{\n  "a": 1\n}',
        "会议议程\t张三\n各位代表，现在报告工作。\t李四\n请审议\t王五\n",
        "序号,项目\n",
    ],
)
def test_texts_that_look_a_little_like_tables_stay_texts(text: str) -> None:
    assert (only(text.encode()).text, only(text.encode()).plain) == (text, True)


# Old office files


@pytest.mark.parametrize("kind", ["rtf", "doc"])
def test_old_office_files_are_read_where_a_program_for_them_is_installed(kind: str) -> None:
    rtf = b"{\\rtf1\\ansi\\uc1 " + "".join(f"\\u{ord(char)}?" for char in SPEECH).encode() + b"\\par second\\par}"
    if shutil.which("soffice") is None:
        assert found(rtf, "a.rtf") == [("a.rtf", "- no reader for rtf files is installed")]
        pytest.skip("LibreOffice is not installed")
    if kind == "rtf":
        assert only(rtf).text.split() == [SPEECH, "second"]
    else:
        assert (
            "damaged doc file" in found(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))[0][1]
        )


def test_old_excel_files_are_named() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "Workbook".encode("utf-16-le")
    assert found(data) == [("x", "- an old Excel file")]


# The worker


def test_a_reader_that_hangs_is_killed_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr(confining, "LIMITS", replace(LIMITS, seconds=1))
    (refused,) = confining.answers("zipped", Stored("pipe", pipe), Asked())
    assert isinstance(refused, Refused)
    assert refused.what == "not read in 1 seconds"
    assert only(made.docx(made.paragraph(SPEECH))).text == SPEECH


def test_a_reader_that_dies_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = made.zipped({"a.txt": SPEECH, "b.txt": "b" * 9_000_000, "c.txt": "c"}, zipfile.ZIP_STORED)
    confining.close()
    started: list[confining._Worker] = []
    start = confining._Worker

    def noted() -> confining._Worker:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(confining, "_Worker", noted)
    reading = documents(Stored("a.zip", data=archive))
    first = next(reading)
    assert isinstance(first, Document)
    (worker,) = started
    worker.process.kill()
    rest = list(reading)
    assert isinstance(rest[-1], SpeechmineError)
    assert rest[-1].what == "its reader broke down over it"
    assert only(made.docx(made.paragraph(SPEECH))).text == SPEECH


def test_the_folder_of_a_worker_goes_with_it() -> None:
    (text,) = confining.answers("docx", Stored("x", data=made.docx(made.paragraph(SPEECH))), Asked())
    assert isinstance(text, Text)
    folders = [Path(worker.folder) for worker in confining._idle]
    assert all(folder.is_dir() for folder in folders)
    confining.close()
    assert folders
    assert not any(folder.exists() for folder in folders)


# The run


def test_texts_that_no_file_holds_are_stored_as_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    (tmp_path / "b.docx").write_bytes(
        made.docx(made.paragraph("一、目标") + made.paragraph("今年完成投资30亿元以上。"))
    )
    (tmp_path / "c.zip").write_bytes(made.zipped({"d.txt": f"{SPEECH}\r\n"}))
    inside = CliRunner().invoke(main, ["extract", str(tmp_path), "--texts", str(tmp_path / "texts")])
    assert (inside.exit_code, "lies in what is read" in inside.stderr) == (2, True)
    texts = tmp_path.with_name("texts") / "here"
    result = CliRunner().invoke(main, ["extract", str(tmp_path), "--texts", str(texts)])
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert "3 inputs: 3 ok, 0 degraded, 0 skipped, 0 failed" in result.stderr
    assert {path.stem for path in texts.iterdir()} == {record["document"]["id"] for record in records[1:]}
    for record in records[1:]:
        text = (texts / f"{record['document']['id']}.txt").read_bytes().decode()
        for group in ("mechanisms", "goals", "figures", "measures"):
            for item in record[group]:
                evidence = item["evidence"]
                assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert (texts / f"{records[2]['document']['id']}.txt").read_bytes() == f"{SPEECH}\r\n".encode()


def test_a_file_of_several_documents_is_not_read_as_one() -> None:
    with pytest.raises(SpeechmineError, match="holds several documents"):
        read_bytes(made.zipped({"a.txt": "甲", "b.txt": "乙"}), "a.zip")
    assert read_bytes(made.zipped({"a.txt": "甲"}), "a.zip").source == "a.zip/a.txt"
