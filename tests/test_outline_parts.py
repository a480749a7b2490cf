"""The parts of the outline: pieces of a paragraph, openings, names, marks, dates. All sentences are invented."""

import pytest

from speechmine.outline.dating import dates_in, month_and_day_in
from speechmine.outline.marks import mark_of
from speechmine.outline.model import Speaker
from speechmine.outline.openings import opening_of
from speechmine.outline.people import full_name, person_in, title_before, voice_of
from speechmine.outline.pieces import pieces_of
from speechmine.outline.statements import trimmed
from speechmine.rules import load_rules

RULES = load_rules()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("要抓落实。要快。", ["要抓落实。", "要快。"]),
        ("要抓落实;要快。", ["要抓落实;", "要快。"]),
        ("解决1。3万户的住房。", ["解决1。3万户的住房。"]),
        ("要念好“快、准、稳。”三字经。", ["要念好“快、准、稳。”", "三字经。"]),
        ("弄清“谁来干?怎么干?”的问题。", ["弄清“谁来干?怎么干?”的问题。"]),
        ("“落实最重要。要实干。”他说。", ["“落实最重要。", "要实干。”", "他说。"]),
        ("指标(含甲;乙)要完成。", ["指标(含甲;乙)要完成。"]),
        ("今年要做到:一是快;二是准。", ["今年要做到:", "一是快;", "二是准。"]),
        ("各级干部一要学习。二要实干。", ["各级干部", "一要学习。", "二要实干。"]),
        ("统一要求。要抓落实。", ["统一要求。", "要抓落实。"]),
        ("产值居全国第二,第三产业增长5%。", ["产值居全国第二,第三产业增长5%。"]),
        ("做到首先计划周密,第二实施提前。", ["做到首先计划周密,第二实施提前。"]),
        ("要一抓到底,靠大家。", ["要一抓到底,靠大家。"]),
        ("主要有:(1)修渠;(2)建泵站。", ["主要有:", "(1)修渠;", "(2)建泵站。"]),
        ("完成改造65公里。(县水利局牵头)推进建设。", ["完成改造65公里。(县水利局牵头)", "推进建设。"]),
    ],
)
def test_where_a_paragraph_is_cut(text: str, pieces: list[str]) -> None:
    assert [text[piece.start : piece.end] for piece in pieces_of(text, RULES)] == pieces


@pytest.mark.parametrize(
    ("words", "rest", "reason"),
    [
        ("同时,要加强督查", "要加强督查", "a connective"),
        ("同时要加强督查", "要加强督查", "the same without a comma"),
        ("同志们,要加强督查", "要加强督查", "a vocative"),
        ("对此,各部门要重视", "各部门要重视", "a connective that points back"),
        ("对新开工项目,要做好准备", "对新开工项目,要做好准备", "a scope is kept"),
        ("今年,要做好准备", "今年,要做好准备", "a time is kept"),
        ("王大山强调,要加强督查", "要加强督查", "a frame of attribution"),
        ("他指出,要加强督查", "要加强督查", "a pronoun"),
        ("会议要求,要加强督查", "要加强督查", "a meeting"),
        ("市委、市政府要求,5月底前开工", "5月底前开工", "a body"),
        ("按照上级要求,抓好整改", "按照上级要求,抓好整改", "a basis is no frame"),
        ("对质量提出明确要求,我们照办", "对质量提出明确要求,我们照办", "nobody says it"),
        ("今年工作的总体要求是:坚持稳中求进", "坚持稳中求进", "what is required stands behind the colon"),
        ("实践证明,要抓项目", "要抓项目", "a judgement on the sentence"),
        ("本报讯 3月2日,会议召开", "3月2日,会议召开", "a dateline"),
        ("另将由建设局成立小组", "将由建设局成立小组", "另 joins"),
        ("另一方面要看到不足", "另一方面要看到不足", "另一方面 without a comma is scope"),
    ],
)
def test_what_a_statement_opens_with(words: str, rest: str, reason: str) -> None:
    assert words[opening_of(words, RULES).length :] == rest, reason


def test_narration_before_a_frame_is_told_apart() -> None:
    words = "3月2日,我市召开会议,市委书记王大山在会上强调,要快"
    opening = opening_of(words, RULES)
    assert words[: opening.before] == "3月2日,我市召开会议,"
    assert opening.voice is not None and opening.voice.speaker == Speaker("王大山", "市委书记")


@pytest.mark.parametrize(
    ("subject", "kind", "name"),
    [
        ("王大山", "person", "王大山"),
        ("省委常委、市委书记欧阳明在总结讲话中", "person", "欧阳明"),
        ("李小江在肯定成绩、分析问题后", "person", "李小江"),
        ("欧盟委员会主席冯特莱恩", "person", "冯特莱恩"),
        ("某国总统卡斯特8日", "person", "卡斯特"),
        ("自治区主席阿依古丽·买买提", "person", "阿依古丽·买买提"),
        ("她", "pronoun", None),
        ("会议", "body", None),
        ("该国领导人", "body", None),
    ],
)
def test_who_speaks(subject: str, kind: str, name: str | None) -> None:
    voice = voice_of(subject, RULES)
    assert voice is not None and voice.kind == kind
    assert (voice.speaker.name if voice.speaker else None) == name


@pytest.mark.parametrize("subject", ["高度", "党员坐", "工作", "项目建设", "提出明确", ""])
def test_who_does_not_speak(subject: str) -> None:
    assert voice_of(subject, RULES) is None


def test_a_surname_with_title_is_found_under_its_full_name() -> None:
    short = person_in("薛处长", RULES)
    assert short is not None
    assert full_name(short, "采购管理处薛亚平处长传达了精神。", RULES) == Speaker("薛亚平", "处长")


def test_the_title_is_the_one_before_the_name() -> None:
    assert title_before("何远山", "会议由市委副书记、市长何远山主持。", RULES) == "市委副书记、市长"
    assert title_before("何远山", "何远山主持会议。", RULES) is None


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("一、总结", "一、"),
        ("(十二)保障", "(十二)"),
        ("第二要做实", "第二"),
        ("1.抓工期", "1."),
        ("1.5万亩", None),
        ("三、四季度要加力", None),
        ("第三产业增长", None),
        ("三是落实", "三是"),
        ("三要素齐备", None),
        ("——稳中向好", "——"),
        ("## 详细新闻", "## "),
    ],
)
def test_list_marks(words: str, mark: str | None) -> None:
    found = mark_of(words, RULES)
    assert (found.text if found else None) == mark


@pytest.mark.parametrize(
    ("text", "trim"),
    [
        ("“要实干。”", "要实干"),
        ("要念好“山水经”。", "要念好“山水经”"),
        ("要坚持‘一盘棋’”;", "要坚持‘一盘棋’"),
        ("要完成(含续建)。", "要完成(含续建)"),
        ("(((", ""),
    ],
)
def test_closing_marks_without_a_partner_are_left_out(text: str, trim: str) -> None:
    assert trimmed(text, 0, len(text)).cut(text) == trim


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("2021年3月11日", ["2021-03-11"]),
        ("2021-03-11 09:20", ["2021-03-11"]),
        ("二〇〇四年六月二十六日", ["2004-06-26"]),
        ("中华民国 114 年 4 月 21 日", ["2025-04-21"]),
        ("20xx年3月8日", []),
        ("2024年", ["2024"]),
        ("第13届第3次", []),
    ],
)
def test_dates(words: str, dates: list[str]) -> None:
    assert [date.edtf for date in dates_in(words)] == dates


@pytest.mark.parametrize(
    ("words", "published", "date"),
    [
        ("6月10日,会议召开", "2020-06-11", "2020-06-10"),
        ("12月30日,会议召开", "2021-01-02", "2020-12-30"),
        ("将于9月7日发布", "2011-09-02", None),
    ],
)
def test_a_day_without_a_year_takes_the_year_of_publication(words: str, published: str, date: str | None) -> None:
    assert month_and_day_in(words, published) == date
