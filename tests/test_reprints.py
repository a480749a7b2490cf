"""Reprints: what is one, what is none, and that nothing but the texts and their order decides."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine import Document, analyse, load_rules
from speechmine.analysis import study
from speechmine.extracting import Options, Outcomes, extracted
from speechmine.reprints import Fingerprint, ReprintIndex, fingerprint
from speechmine.reprints.fingerprint import MARKS, SHORTEST
from speechmine.reprints.index import ALIKE, likeness
from speechmine.reprints.postings import MOST, Postings
from speechmine.spans import Span
from tests.samples import corpus_texts

RULES = load_rules()
REPORT = next(path for path in corpus_texts() if path.stem.startswith("s02")).read_text("utf-8")
NAVIGATION = "首页\n新闻中心\n政务公开\n领导之窗\n互动交流\n专题专栏\n当前位置：首页 > 新闻中心 > 要闻\n"
FOOT = (
    "【字体：大 中 小】 打印本页 关闭窗口\n分享到：微信 微博 QQ空间\n责任编辑：王小明\n相关链接\n全县召开防汛工作部署会\n"
    "上一篇：县政府召开常务会议\n版权所有 某某县人民政府办公室 京ICP备12345678号\n"
)

# Formulas that stand in the report of every year, and what each year says for itself.
FORMULAS = (
    "我代表县人民政府向大会报告工作，请予审议，并请各位委员和列席人员提出意见。",
    "面对错综复杂的形势，我们在县委的坚强领导下，坚持稳中求进工作总基调，统筹推进各项工作。",
    "在看到成绩的同时，我们也清醒地认识到，全县发展还存在一些困难和问题，必须认真加以解决。",
    "让我们紧密团结起来，凝心聚力、真抓实干，为建设美好家园而努力奋斗。",
)
YEARS = {
    2031: (
        "全年新建标准化厂房十二万平方米，引进装备制造项目二十七个，到位资金三十六亿元。",
        "改造老旧小区四十三个，惠及居民九千多户，主城区供热管网换新六十公里。",
        "河湖长制全面落实，清理河道垃圾八千吨，国控断面水质优良比例保持百分之百。",
        "县人民医院新院区投入使用，新增床位五百张，乡镇卫生院标准化率达到九成。",
        "今年要抓好高铁新区开发，启动站前大道建设，年底前完成路基工程。",
        "深化农村集体产权制度改革，培育家庭农场二百家，新增高标准农田五万亩。",
    ),
    2032: (
        "粮食总产连续六年稳定增长，设施蔬菜面积扩大到八万亩，三个农产品获得地理标志。",
        "开通城乡公交线路十五条，所有行政村实现村村通客车，群众出行更加便捷。",
        "财政收入首次突破四十亿元，税收占比提高三个百分点，企业纳税千万元以上的达到三十户。",
        "新建改扩建中小学九所，增加学位六千个，大班额问题得到化解。",
        "今年要实施数字县城工程，建成城市运行管理平台，打通部门数据壁垒。",
        "推进国有企业重组整合，盘活闲置资产，组建文化旅游投资集团。",
    ),
}


def yearly_report(year: int) -> str:
    own = YEARS[year]
    return "\n".join((*FORMULAS[:3], *own, FORMULAS[3]))


def print_of(text: str) -> Fingerprint:
    mark = study(Document.of(text), RULES).fingerprint
    assert mark is not None
    return mark


def found_again(first: str, second: str) -> bool:
    """Whether the second text is found to be a reprint of the first."""
    seen = ReprintIndex()
    assert seen.first_like(print_of(first), "00000000000000aa") is None
    return seen.first_like(print_of(second), "00000000000000bb") == "00000000000000aa"


def traditional(text: str) -> str:
    return str(opencc.OpenCC("s2tw").convert(text))


def glossed(text: str) -> str:
    pairs = zip(text, opencc.OpenCC("s2t").convert(text), strict=True)
    return "".join(new if new == old else f"{new}(guān)" for old, new in pairs)


def wrapped(text: str) -> str:
    return "\n".join(line[at : at + 30] for line in text.split("\n") for at in range(0, max(len(line), 1), 30))


def on_a_page(text: str) -> str:
    return NAVIGATION + text + "\n" + FOOT


def without_its_end(text: str) -> str:
    return text[: len(text) * 9 // 10]


@pytest.mark.parametrize("twin", [traditional, glossed, wrapped, on_a_page, without_its_end])
@pytest.mark.parametrize("path", corpus_texts(), ids=lambda path: path.stem[:3])
def test_a_twin_is_found(path: Path, twin: Callable[[str], str]) -> None:
    text = path.read_text("utf-8")
    assert found_again(text, twin(text))
    assert found_again(twin(text), text)


def test_a_twin_damaged_in_every_way_at_once_is_found() -> None:
    assert found_again(REPORT, on_a_page(wrapped(glossed(without_its_end(REPORT)))))


def test_reports_of_two_years_with_the_same_formulas_are_two_documents() -> None:
    first, second = yearly_report(2031), yearly_report(2032)
    assert likeness(print_of(first), print_of(second)) > 0.1  # they do have something in common
    assert not found_again(first, second)


def test_the_same_form_with_other_figures_is_another_document() -> None:
    def bulletin(month: int, chance: random.Random) -> str:
        fields = (
            "工业增加值",
            "固定资产投资",
            "社会消费品零售总额",
            "进出口总额",
            "一般公共预算收入",
            "用电量",
            "货运量",
        )
        told = (
            f"{field}{chance.randrange(100, 999)}亿元，同比增长{chance.randrange(20, 99) / 10}%；" for field in fields
        )
        return f"{month}月份全市经济运行情况如下：" + "".join(told) + "总体平稳、稳中有进。"

    chance = random.Random(4)
    assert not found_again(bulletin(4, chance), bulletin(5, chance))


@pytest.mark.parametrize("turned", [False, True])
def test_a_compilation_is_no_reprint_of_a_speech_that_it_holds(turned: bool) -> None:
    other = next(path for path in corpus_texts() if path.stem.startswith("s11")).read_text("utf-8")
    pair = (REPORT, f"{REPORT}\n\n{other}")
    assert not found_again(*(reversed(pair) if turned else pair))


def test_all_the_samples_are_different_documents() -> None:
    seen = ReprintIndex()
    for number, path in enumerate(corpus_texts()):
        assert seen.first_like(print_of(path.read_text("utf-8")), f"{number:016x}") is None


def test_a_short_text_is_like_another_only_if_it_is_the_same() -> None:
    notice = "请各单位于本周五前报送防汛值班表，逾期不报的通报批评。"
    assert len(notice) < SHORTEST
    assert found_again(notice, f"  {traditional(notice).replace('，', ',')}\n")
    assert not found_again(notice, notice.replace("周五", "周四"))


def test_a_text_without_han_characters_has_no_fingerprint_and_is_no_reprint() -> None:
    assert fingerprint("... --- !\n") is None
    assert ReprintIndex().first_like(None, "00000000000000aa") is None


def test_furniture_does_not_count_even_where_its_spans_overlap() -> None:
    body = "各镇要压实责任抓好秋收。"
    text = "首页新闻" + body + "分享打印"
    assert fingerprint(text, [Span(0, 3), Span(2, 4), Span(16, 20)]) == fingerprint(body)


def changed(fingerprint: Fingerprint, count: int) -> Fingerprint:
    """Return a fingerprint with other marks in ``count`` bins from the last on."""
    kept = MARKS - count
    return Fingerprint(fingerprint.size, fingerprint.marks[:kept] + tuple(m ^ 1 for m in fingerprint.marks[kept:]))


def made(chance: random.Random, size: int = 3000) -> Fingerprint:
    return Fingerprint(size, tuple(chance.randrange(2, 2**32 - 1) for _ in range(MARKS)))


def test_the_order_of_the_inputs_decides_and_a_reprint_of_a_reprint_names_the_first() -> None:
    first = made(random.Random(1))
    copy = changed(first, 25)
    copy_of_copy = changed(copy, 10)
    for order in ((first, copy, copy_of_copy), (copy_of_copy, first, copy)):
        seen = ReprintIndex()
        answers = [seen.first_like(each, f"{number:016x}") for number, each in enumerate(order)]
        assert answers == [None, f"{0:016x}", f"{0:016x}"]
        assert len(seen) == 1


def test_of_several_like_documents_the_first_is_named_not_the_likest() -> None:
    middle = made(random.Random(2))
    early, late = (
        changed(middle, 30),
        Fingerprint(middle.size, tuple(m ^ 1 for m in middle.marks[:30]) + middle.marks[30:]),
    )
    assert likeness(early, late) < ALIKE < likeness(early, middle)
    seen = ReprintIndex()
    assert [seen.first_like(early, "a" * 16), seen.first_like(late, "b" * 16)] == [None, None]
    assert seen.first_like(middle, "c" * 16) == "a" * 16


def test_formulas_that_every_document_has_hide_no_reprint_and_fill_no_memory() -> None:
    chance = random.Random(3)
    formulas = made(chance).marks[:24]
    documents = [Fingerprint(3000, formulas + made(chance).marks[24:]) for _ in range(300)]
    seen = ReprintIndex()
    assert {seen.first_like(each, f"{number:016x}") for number, each in enumerate(documents)} == {None}
    for number, each in enumerate(documents):
        assert seen.first_like(changed(each, 20), "f" * 16) == f"{number:016x}"
    assert max(len(seen._postings.of(mark)) for mark in formulas) == MOST


def test_memory_grows_with_the_documents_and_no_faster() -> None:
    chance = random.Random(5)
    seen = ReprintIndex()
    for number in range(6000):
        seen.first_like(made(chance), f"{number:016x}")
    assert len(seen) == 6000
    assert seen.nbytes / 6000 < 600


@given(st.lists(st.integers(0, 9) | st.integers(0, 2**32 - 1), max_size=300))
def test_postings_are_what_a_dict_of_lists_would_be(marks: list[int]) -> None:
    postings, expected = Postings(bits=2), dict[int, list[int]]()
    for number, mark in enumerate(marks):
        postings.add(mark, number)
        expected.setdefault(mark, []).append(number)
    assert all(sorted(postings.of(mark)) == numbers for mark, numbers in expected.items())
    assert postings.of(2**31 + 11) == expected.get(2**31 + 11, [])


def test_marks_are_the_same_on_every_machine() -> None:
    counted = "".join(line for line in YEARS[2031])
    mark = fingerprint(counted)
    assert mark is not None
    assert (mark.size, mark.marks[:4]) == (191, (1420703454, 2009140325, 4275430159, 36100171))


def test_analyse_knows_one_document_and_says_nothing_of_reprints() -> None:
    document = Document.of(REPORT, "a.txt")
    studied = study(document, RULES)
    assert studied.record == analyse(document, RULES)
    assert studied.record.document.reprint_of is None


def test_a_run_names_the_first_and_keeps_the_findings_of_the_reprint(tmp_path: Path) -> None:
    texts = {"1": yearly_report(2031), "2": REPORT, "3": "\0", "4": on_a_page(traditional(REPORT)), "5": REPORT}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    records = list(extracted([tmp_path], Options(), Outcomes(), lambda _: None))
    ids = [record.document.id for record in records]
    assert [record.document.reprint_of for record in records] == [None, None, ids[1], ids[1]]
    assert ids[3] == ids[1]  # the same bytes are the same document: the second names itself
    assert len(records[2].measures) == len(records[1].measures) > 0


@pytest.mark.parametrize("seed", ["0", "4321"])
def test_the_hash_seed_does_not_show(seed: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    (tmp_path / "b.txt").write_text(on_a_page(wrapped(traditional(REPORT))), "utf-8")
    (tmp_path / "c.txt").write_text(yearly_report(2031), "utf-8")
    command = [sys.executable, "-m", "speechmine", "extract", str(tmp_path)]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    out = subprocess.run(command, check=True, env=environment, capture_output=True).stdout
    documents = [json.loads(line)["document"] for line in out.splitlines()]
    assert [each["reprint_of"] for each in documents] == [None, documents[0]["id"], None]
    script = (
        "from speechmine.reprints import fingerprint; import sys; print(fingerprint(sys.stdin.buffer.read().decode()))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], input=REPORT.encode(), check=True, env=environment, capture_output=True
    )
    assert printed.stdout.decode().strip() == str(fingerprint(REPORT))
