"""The outline of whole documents: what is text, what is furniture, who speaks when. All sentences are invented."""

from itertools import pairwise

import pytest

from speechmine.outline import Outline, outlined
from speechmine.rules import load_rules

RULES = load_rules()


def outline_of(text: str) -> Outline:
    return outlined(text, RULES)


def words(outline: Outline) -> list[str]:
    return [statement.text for statement in outline.statements if not statement.heading]


def furniture(outline: Outline) -> list[str]:
    return [span.cut(outline.text) for span in outline.furniture]


SPEECH = """在全县水利工作会议上的讲话
(2023年4月5日)
副县长 高一鸣
同志们:
一、认清形势。去年水库蓄水偏少。
二、抓好落实
(一)明确责任。一要包片到人。各乡镇要列出清单;水利局要每月通报。二要严格奖惩。
(二)强化保障。同时,要加强督查。
"""


def test_sections_run_from_the_outermost_heading_inwards() -> None:
    found = {statement.text: statement.section for statement in outline_of(SPEECH).statements}
    assert found["去年水库蓄水偏少"] == ("一、认清形势",)
    assert found["水利局要每月通报"] == ("二、抓好落实", "(一)明确责任")
    assert found["要加强督查"] == ("二、抓好落实", "(二)强化保障")


def test_a_numbered_lead_is_a_heading_and_a_pointed_lead_is_not() -> None:
    headings = [statement.text for statement in outline_of(SPEECH).statements if statement.heading]
    assert headings == ["同志们", "认清形势", "抓好落实", "明确责任", "强化保障"]
    assert "要包片到人" in words(outline_of(SPEECH))  # 一要… is a measure wherever it stands


def test_half_sentences_share_the_number_of_their_sentence() -> None:
    number = {statement.text: statement.sentence for statement in outline_of(SPEECH).statements}
    assert number["各乡镇要列出清单"] == number["水利局要每月通报"] != number["要包片到人"]


def test_the_head_names_title_speaker_and_day() -> None:
    outline = outline_of(SPEECH)
    assert outline.title == "在全县水利工作会议上的讲话"
    assert [(speaker.name, speaker.title) for speaker in outline.speakers] == [("高一鸣", "副县长")]
    assert (outline.genre, outline.published, outline.speeches[0].date) == ("speech", None, "2023-04-05")


PAGE = """青岭在线
首页
新闻
政务
视频
专题
论坛
当前位置:首页 > 新闻 > 正文
我市召开防汛工作会议
2022-05-11 08:20  来源:青岭日报  编辑:小林
5月10日,我市召开防汛工作会议。市委副书记、市长何远山出席会议并讲话。
何远山强调,要压实责任。各县区要备足物资,确保安全。
会上,三个县作了发言。
“汛期不等人。要把隐患当事故抓。”何远山说,市水利局要每天会商。
他指出,要严肃纪律。
上一篇:樱花节开幕
相关阅读
·十项举措惠企业!
·景区门票下调
版权所有 青岭在线 青ICP备20990012号
"""


def test_a_news_page_keeps_its_sentences_and_nothing_else() -> None:
    outline = outline_of(PAGE)
    assert words(outline)[0] == "5月10日,我市召开防汛工作会议"
    assert words(outline)[-1] == "要严肃纪律"
    assert "·十项举措惠企业!" in furniture(outline)
    assert (outline.genre, outline.title, outline.publisher) == ("news", "我市召开防汛工作会议", "青岭日报")
    assert (outline.published, outline.speeches[0].date) == ("2022-05-11", "2022-05-10")


def test_news_says_whose_words_each_statement_is() -> None:
    outline = outline_of(PAGE)
    speaker = {statement.text: statement.speaker for statement in outline.statements}
    assert speaker["要压实责任"] == speaker["各县区要备足物资,确保安全"] == "何远山"
    assert speaker["会上,三个县作了发言"] is None
    assert speaker["要把隐患当事故抓"] == "何远山"  # the quote stands before the name
    assert speaker["要严肃纪律"] == "何远山"
    assert [(person.name, person.title) for person in outline.speakers] == [("何远山", "市委副书记、市长")]


def test_a_speech_has_no_speaker_on_its_statements() -> None:
    assert all(statement.speaker is None for statement in outline_of(SPEECH).statements)


COMPILATION = """首页 > 范文 > 讲话稿
农村工作会议讲话稿(精选3篇)
时间:2021-06-30 10:00  来源:网友投稿
范文【一】
县长在全县农村工作会议上的讲话
同志们:
今年粮食要增产5%。
篇二:在春耕现场会上的发言
各位同事:
要备足种子。谢谢大家!讲话稿篇三:
同志们:
要管好水渠。
下一篇:主持词
"""


def test_a_compilation_falls_into_its_speeches_even_inside_a_line() -> None:
    outline = outline_of(COMPILATION)
    assert outline.genre == "compilation"
    titles = [part.title for part in outline.speeches]
    assert titles == ["县长在全县农村工作会议上的讲话", "在春耕现场会上的发言", None]
    speech = {statement.text: statement.speech for statement in outline.statements}
    assert [speech[text] for text in ("今年粮食要增产5%", "要备足种子", "要管好水渠")] == [0, 1, 2]
    assert [(person.name, person.title) for person in outline.speakers] == [(None, "县长"), (None, None), (None, None)]


def test_a_mark_of_a_part_needs_its_row() -> None:
    text = "同志们:\n要写好新时代的第一篇文章。\n篇二:另有文件。\n要抓落实。"
    assert len(outline_of(text).speeches) == 1


@pytest.mark.parametrize(
    ("text", "complete", "reason"),
    [
        ("同志们:\n要抓落实。", True, "nothing is missing"),
        ("同志们:\n要抓落实。对于其\n......试读结束......", False, "a paywall"),
        ("同志们:\n要抓……(某某网省略764字,会员可完整阅读)……落实。", False, "an omission inside the text"),
        ("同志们:\n要抓落实,要在新的征程上跑出", False, "the last sentence is cut"),
        ("各位代表:\n二是动能增强。三是城乡提升。", False, "the list begins with its second point"),
        ("各位代表:\n重点做好9个方面工作:\n(一)扩大内需。要抓项目。", False, "nine were announced and one follows"),
        ("政府工作报告(节选)\n各位代表:\n要抓落实。", False, "it says itself that it is an excerpt"),
        ("各位代表:\n一是动能增强。二是城乡提升。", True, "the list is whole"),
    ],
)
def test_what_shows_that_text_is_missing(text: str, complete: bool, reason: str) -> None:
    assert outline_of(text).complete is complete, reason


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("某县人民政府\n关于做好防汛工作的通知\n各乡镇人民政府:\n要备足物资。", "plan"),
        ("办公会会议纪要\n时间:2024年5月6日\n会议决定:\n由财务科牵头整改。", "minutes"),
        ("各位代表:\n现在,我代表县人民政府,向大会报告工作,请予审议。", "report"),
        ("同志们:\n今天会议的任务是部署防汛。", "speech"),
        ("本报讯 3月2日,全市召开会议。会议要求,要抓落实。", "news"),
        ("张院长大明:(十时五分)主席、各位委员。本院将提出草案。", "speech"),
    ],
)
def test_genre(text: str, genre: str) -> None:
    assert outline_of(text).genre == genre


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("同志们:\n今年是“十四五”规划的收官之年,要抓落实。", "2025"),
        ("同志们:\n今年是“十三五”开局之年,要抓落实。", "2016"),
        ("县政府施政报告\n中华民国 114 年 4 月 21 日\n主席、各位议员:\n要抓落实。", "2025-04-21"),
        ("工作报告\n——2024年1月9日在某县人民代表大会上\n各位代表:\n要抓落实。", "2024-01-09"),
        ("专题会纪要\n县政府办公室  2024年5月20日\n时间:2024年5月16日下午\n会议决定:\n要抓落实。", "2024-05-16"),
        ("同志们:\n今年要抓落实。", None),
    ],
)
def test_the_date_against_which_this_year_resolves(text: str, date: str | None) -> None:
    assert outline_of(text).speeches[0].date == date


def test_a_notice_is_dated_where_it_is_signed_before_its_annex() -> None:
    text = (
        "关于印发工作方案的通知\n各县人民政府:\n现将方案印发给你们,请认真执行。\n某市人民政府\n2019年1月24日\n"
        "(此件公开发布)\n工作方案\n一、总体要求。要抓落实。\n"
    )
    outline = outline_of(text)
    assert outline.published == "2019-01-24"
    assert "某市人民政府" in furniture(outline)


def test_a_table_of_contents_is_no_text() -> None:
    contents = "目录\n一、总结成绩........1\n二、部署任务........5\n"
    text = contents + "同志们:\n一、总结成绩\n去年增长5%。\n二、部署任务\n要抓落实。"
    assert words(outline_of(text)) == ["去年增长5%", "要抓落实"]


def test_list_items_at_the_end_stay_text_without_full_stops() -> None:
    assert words(outline_of("同志们:\n今年要办三件事。\n1.修好渠道\n2.建成泵站"))[-2:] == ["修好渠道", "建成泵站"]


def test_statements_stand_in_order_and_outside_the_furniture() -> None:
    for text in (SPEECH, PAGE, COMPILATION):
        outline = outline_of(text)
        spans = [statement.span for statement in outline.statements]
        assert spans == sorted(spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        for statement in outline.statements:
            assert statement.whole.holds(statement.span)
            assert statement.text == statement.span.cut(outline.text)
            assert not any(span.overlaps(statement.span) for span in outline.furniture)


@pytest.mark.parametrize("text", ["", "\n", " ", "。", "(", "“", "篇一", "要", "同志们:"])
def test_next_to_nothing_has_an_outline(text: str) -> None:
    assert outline_of(text).text == text


@pytest.mark.parametrize(
    "unit",
    [
        "发展",
        "发展,",
        "(",
        "“",
        "“发展",
        "1",
        "一、",
        "一是",
        ",一是发",
        "强调",
        "王小明强调,",
        "。",
        "第二,",
        "《",
        "①",
        "今年是",
    ],
)
def test_hostile_text_is_outlined_to_its_end(unit: str) -> None:
    text = unit * (80_000 // len(unit))
    assert all(statement.whole.end <= len(text) for statement in outline_of(text).statements)
