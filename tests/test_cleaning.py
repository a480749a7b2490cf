"""Each repair mends its kind of damage, leads back to the words as read, and leaves ordinary text alone."""

# ruff: noqa: RUF001

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.cleaning import Cleaned, clean, script_of, tidy

GLOSSED = "關(guān)于項(xiàng)目建設(shè)和產(chǎn)業(yè)發(fā)展。"
SPOKEN = (
    "大伙儿静一静,今天不念稿子,就说两件事。先说拆迁,县里划的底线是3月31号前签完协议,4月15号前拆完腾空。"
    "全镇要动的一共112户,到昨天签了71户,拆了38户。各村要每周三上午清一次河道,支书带队,干部不许站在岸上看。"
    "水窖今年要修260口以上,争取300口,入夏前先修好80口。机井修好了31眼,剩下的由水利站盯着,月底都得出水。"
)


def repaired(text: str) -> str:
    return clean(text).aligned.text


def counts(cleaned: Cleaned) -> dict[str, int]:
    return {repair.kind: repair.count for repair in cleaned.repairs}


def wrapped(text: str, size: int) -> str:
    return "\n".join(text[start : start + size] for start in range(0, len(text), size))


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (GLOSSED, "关于项目建设和产业发展。"),
        (GLOSSED + "全面(miàn)推進，關（guān）鍵[jiàn]一招", "关于项目建设和产业发展。全面推进,关键[jiàn]一招"),
        (GLOSSED + "女(nǚ)工、戰略(lüè)、兒(ér)童", "关于项目建设和产业发展。女工、战略、儿童"),
        (GLOSSED + "由張(zhāng)古江負責(zé)，掛圖作戰(zhàn)", "关于项目建设和产业发展。由张古江负责,挂图作战"),
        (GLOSSED + "抓住關(guā\nn)鍵", "关于项目建设和产业发展。抓住关键"),
        (GLOSSED + "抓住關(guā", "关于项目建设和产业发展。抓住关"),
        (GLOSSED + "關(guān)鍵", "关于项目建设和产业发展。关键"),
        ("關(guan)于項(xiang)目建設(she)和產(chan)業(ye)發(fa)展", "关于项目建设和产业发展"),
    ],
)
def test_readings_in_pinyin_go(bad: str, good: str) -> None:
    assert repaired(bad) == good


@pytest.mark.parametrize(
    "text",
    [
        GLOSSED + "生产总值(GDP)、政府合作(PPP)、里程(km)、选项(a)、时长(min)、(三)强化督导",
        "亳(bó)州市、歙(shè)县的同志",  # two readings of rare names are no pattern
        "生产总值(GDP)、里程(km)、浓度(mg)、面积(ha)、时长(min)、选项(a)",
    ],
)
def test_brackets_that_hold_no_reading_stay(text: str) -> None:
    behind = text.removeprefix(GLOSSED)
    assert repaired(text).endswith(tidy(behind))


def test_a_quote_of_a_glossed_word_holds_its_readings() -> None:
    cleaned = clean(GLOSSED + "要做實(shí)一本臺(tái)賬")
    start = cleaned.aligned.text.index("台账")
    assert cleaned.aligned.to_source(start, start + 2).cut(cleaned.aligned.source) == "臺(tái)賬"
    assert counts(cleaned) == {"pinyin-gloss": 8}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("當(dāng)?shù)攸h委", "当地党委"),  # 地 B5D8: its first half went with the reading of 數 94B5
        ("因?yàn)檫@是保障措施", "因为这是保障措施"),
    ],
)
def test_characters_bitten_in_two_by_the_converter_are_joined(bad: str, good: str) -> None:
    cleaned = clean(GLOSSED + "數(shù)量和實驗(yàn)" + bad)
    assert cleaned.aligned.text.endswith(good)
    assert counts(cleaned)["shifted-gbk"] == 1


def test_a_bite_that_the_bytes_do_not_explain_is_flagged() -> None:
    cleaned = clean(GLOSSED + "當?shù)\n下一行")
    assert counts(cleaned)["shifted-gbk-flagged"] == 1
    assert "could not be read" in cleaned.warnings[0]


def shifted(text: str) -> str:
    """Lose the first byte and read on, as a damaged page does."""
    return text.encode("gbk")[1:].decode("gbk", "ignore")


@pytest.mark.parametrize(
    "words",
    ["。或者叫做管理治理能力", "。一是经济社会全面发展", "。按照信息共享的机制开展交流", "。加强与港澳台交流合作"],
)
def test_passages_read_half_a_character_off_are_shifted_back(words: str) -> None:
    context = f"提高管理能力，推动经济社会发展，建立共享机制，开展交流合作{shifted(words)}。各地要落实责任。"
    cleaned = clean(context)
    assert tidy(words)[:6] in cleaned.aligned.text
    assert counts(cleaned)["shifted-gbk"] == 1
    start = cleaned.aligned.text.index(words[1:3])
    assert cleaned.aligned.to_source(start, start + 2).start == context.index(shifted(words)) + 1


@pytest.mark.parametrize(
    ("clause", "good"),
    [
        # The decoder drops a byte that makes no character with the next one, and is right again from there on.
        ("。推进矿山整治", "推进矿山整治"),
        ("。国内游客回升", "国内游客回升"),
        ("。健全生态补偿", "健全生态补偿"),  # the shifted characters need not be Chinese
        ("。激发数据活力", "激发数据活力"),
        ("。建成国家公园", "建成国家公园"),
    ],
)
def test_a_passage_that_comes_right_inside_a_clause_ends_where_the_characters_fit(clause: str, good: str) -> None:
    context = "。推进改革、国内市场、健全机制、激发活力、数据共享、建成学校、国家标准。\n或者叫做管理治理能力，"
    cleaned = clean(f"{tidy(context)}各村都报了数{shifted(clause)}。抓好落实{shifted('。或者叫做管理治理能力')}。")
    assert f"各村都报了数。{good}" in cleaned.aligned.text


def test_numbers_in_full_width_digits_are_no_shifted_passages() -> None:
    numbers = "棉花增长１７％，原煤增长２２％；１９８７年预算收入达到１９３０亿元，总计６６６．２８万吨"
    text = f"{numbers}。经济社会全面发展，{numbers}{shifted('。一是经济社会全面发展')}。{numbers}。"
    assert repaired(text).count(tidy(numbers)) == 3


@pytest.mark.parametrize(
    "clause", ["：永仁县以农业为主", "；资源约束趋紧", "；累计新增就业", "？开展得好不好", "推动Ａ级企业"]
)
def test_clauses_behind_a_mark_stay_in_a_text_that_is_shifted_elsewhere(clause: str) -> None:
    text = f"积累经验，化解风险，资源节约，或者叫做管理治理能力{shifted('。或者叫做管理治理能力')}。我们认为{clause}。"
    assert tidy(f"我们认为{clause}。") in repaired(text)


def test_what_a_shift_lost_is_flagged_and_not_made_up() -> None:
    cleaned = clean("做实一本台账;蛘呓凶龉芾碇卫砟芰。省里召开了会议。")
    assert cleaned.aligned.text == "做实一本台账。或者叫做管理治理能□。省里召开了会议。"
    assert counts(cleaned) == {"shifted-gbk": 1, "shifted-gbk-flagged": 1}


@pytest.mark.parametrize(
    "text",
    [
        "鞍钢鲅鱼圈基地、雅砻江流域、砥砺奋进、推诿扯皮、屠呦呦",
        "孙喆、游锡堃、魏崟指出",
        "推动Ａ級企業、Ｖ字型隊伍、５０人以上",
    ],
)
def test_rare_characters_and_full_width_letters_are_no_damage(text: str) -> None:
    assert counts(clean(text)) == {}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("计划再解决1。3万户住房", "计划再解决1.3万户住房"),
        ("合同引资87。4亿元，增长12。5％", "合同引资87.4亿元,增长12.5%"),
        ("占全县的34. 6%，投资2 .5亿元", "占全县的34.6%,投资2.5亿元"),
        ("上升1。2个百分点", "上升1.2个百分点"),
        ("比上年增长19·5%", "比上年增长19.5%"),
        ("民國1 0 1 年、完成 1 046 幢、參加 23 600 人次", "民国101年、完成 1046 幢、参加 23600 人次"),
        ("補助 2 萬 2,000 元，委託 34 間機構、4 間長照機構", "补助2万2,000元,委托34间机构、4间长照机构"),
    ],
)
def test_torn_numbers_are_mended(bad: str, good: str) -> None:
    assert repaired(bad) == good


@pytest.mark.parametrize(
    "text",
    [
        "销量全国第1。5G基站总量增长",  # an ordinal ends the sentence
        "实施期到2020。3亿元资金已到位",  # a year ends the sentence
        "工作组共5。3个项目开工",  # a count begins the next
        "1. 5亿元以上项目每月报送",  # a list number
        "“7·6”溃坝、3·15晚会",
        "完成投资XX亿元,20xx年增长***%,**同志出席",  # masked on purpose
        "增加1 家企业、2 家医院",  # twice is no pattern
        "1 总体要求\n2 主要任务 共 34 間、有 4 家、建 2 座".replace("間", "间"),
        "得分 3 2 1",
    ],
)
def test_sound_numbers_stay(text: str) -> None:
    assert repaired(text).startswith(text[:12])
    assert set(counts(clean(text))) <= {"stray-blank"}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("表示衷心的’感谢", "表示衷心的感谢"),
        ("镁质材料的.汇聚地，项目的`招商与建设", "镁质材料的汇聚地,项目的招商与建设"),
        ("限定招商时-6-限，如期完成。 -三是强化管理", "限定招商时限,如期完成。三是强化管理"),
        ("目标,,任务。,确保、、完成", "目标,任务。确保、完成"),
        ("会\u200b议\xad要\ufeff求", "会议要求"),
        ("交出一份人\n\u200b\n民满意的答卷", "交出一份人民满意的答卷"),
        ("国 务 院 工 作 规 则", "国务院工作规则"),
    ],
)
def test_noise_inside_words_goes(bad: str, good: str) -> None:
    assert repaired(bad) == good


@pytest.mark.parametrize(
    "text",
    [
        "强调要坚持‘川渝一盘棋’的思路,开展‘五未’处置",
        "推进'三步走'战略",
        "继续前进.同志们要努力",
        "艾尔肯.吐尼亚孜主持会议",
        "怎么办??等等……好!!",
        "12::30,1,,2",
        "项目从2020-6-限期",
        "李 明、王 芳",
        "开通2.5公里",
    ],
)
def test_marks_that_are_meant_stay(text: str) -> None:
    assert repaired(text) == text
    assert counts(clean(text)) == {}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("<p><strong>央视网消息</strong>：</p><p>会议要求</p>", "\n央视网消息:\n会议要求\n"),
        ("台账<br/>清单", "台账\n清单"),
        ("<table><tr><td>年</td><td>数</td></tr><tr><td>甲</td></tr></table>", "\n年 数\n甲\n"),
        ("投资&nbsp;12&ldquo;亿&rdquo;&amp;nbsp;元&#8212;", "投资 12“亿” 元—"),
        ("甲<script>var a = '<p>';</script>乙<!-- 注 -->丙", "甲\n乙\n丙"),
        ("[查看原文](https://a.cn/1.html)与![图](a.png)正文", "查看原文与正文"),
        (r"第一\n第二\u003cp\u003e第三\/", "第一\n第二\n第三/"),
    ],
)
def test_remains_of_markup_go(bad: str, good: str) -> None:
    assert repaired(bad) == good
    assert counts(clean(bad))["html-remains"] > 0


@pytest.mark.parametrize(
    "text", ["印发<关于推进重点项目的意见>", "a<b且b>c", "投入R&D经费;增长", "详见[附件](略)", "路径C:\\new", "**同志"]
)
def test_angles_and_brackets_of_the_text_stay(text: str) -> None:
    assert repaired(text) == text


def test_private_use_marks_become_ordinary_and_others_are_flagged() -> None:
    cleaned = clean("\ue686知識化\n\ue687公義化；\uf0b7其他\n沉\ue07a難除")
    assert cleaned.aligned.text == "①知识化\n②公义化;·其他\n沉\ue07a难除"
    assert counts(cleaned) == {"private-use": 3, "private-use-flagged": 1}


@pytest.mark.parametrize("size", [22, 25, 31, 40])
def test_lines_cut_at_a_width_are_joined_inside_sentences(size: int) -> None:
    cleaned = clean(wrapped(SPOKEN, size))
    # A line that happens to end with a sentence keeps its break: it may be a paragraph's.
    assert cleaned.aligned.text.replace("。\n", "。") == SPOKEN
    start = cleaned.aligned.text.index("机井修好了31眼")
    quote = cleaned.aligned.to_source(start, start + 8).cut(cleaned.aligned.source)
    assert quote.replace("\n", "") == "机井修好了31眼"


def test_paragraphs_headings_and_signatures_of_a_wrapped_text_keep_their_lines() -> None:
    text = (
        f"全镇干部大会讲话\n{wrapped(SPOKEN, 25)}\n一、拆迁\n{wrapped(SPOKEN, 25)}\n(一)规矩改一改\n"
        f"{wrapped(SPOKEN, 25)}\n\n散会!\n(党政办 王小霞整理)\n2025年3月6日"
    )
    lines = repaired(text).split("\n")
    assert {"全镇干部大会讲话", "一、拆迁", "(一)规矩改一改", "散会!", "(党政办 王小霞整理)", "2025年3月6日"} <= set(
        lines
    )
    assert "".join(lines).count(SPOKEN) == 3


def test_indented_paragraphs_of_a_wrapped_text_keep_their_starts() -> None:
    text = "　　" + wrapped(SPOKEN, 28) + "\n　　" + wrapped(SPOKEN, 28)
    assert [line for line in repaired(text).split("\n") if line.startswith("  ")] != []
    assert repaired(text).replace("。\n", "。").count(SPOKEN[:-1]) == 2


@pytest.mark.parametrize(
    "text",
    [
        # Titles of a menu, with and without commas: no sentence ends inside a line.
        "全市重点项目推进会召开\n市长调研工业园区建设\n我市举行集中开工仪式\n副市长主持安全专题会\n政协视察民生工程",
        "推进会召开,市长出席并讲话强调落实\n集中开工仪式举行,总投资二百亿元\n市领导调研园区,强调要素保障\n安全会议召开,部署工作",
        # Labels.
        "时 间:2023年4月10日15:00—17:40\n地 点:门诊楼七楼第一会议室\n主 持:院长裴文清\n出 席:韩立、尚晓梅、乔志刚",
        "责任单位:市发展改革委、市财政局\n完成时限:2025年6月底前,长期坚持\n责任人:张三、李四、王五、赵六等",
        # Points of a list.
        "一、加快项目建设,确保按时\n二、强化要素保障,提升水平\n三、优化营商环境,降低成本\n四、严格督查,兑现奖惩",
        "● 加快项目建设,确保按时\n● 强化要素保障,提升水平\n● 优化营商环境,降低成本\n● 严格督查,兑现奖惩",
        # Verse, a table, a signature, paragraphs that stand on a line each.
        "东风浩荡春潮急,\n万众一心奔小康。\n抓项目,\n促投资,\n开新局。",
        "项目名称  总投资  责任单位\n甲项目  12,000  发改局\n乙项目  8,500  工信局",
        "各县区要认真贯彻会议精神,抓好落实。\n市人民政府办公室\n2025年3月10日",
        f"{SPOKEN}\n{SPOKEN[:60]}。\n{SPOKEN[20:]}",
        "完成目标任务,实现首季开门红。(市发改委牵头,各县区政府配合)\n项目7:行人路维修,达标率不低于92%。(路政署)",
        "一、总结过去,成绩斐然,为全年各项目标任务的完成打下了坚实基础\n今年以来,全市上下认真贯彻落实部署。",
    ],
)
def test_lines_of_ordinary_texts_stay(text: str) -> None:
    assert repaired(text) == text
    assert counts(clean(text)) == {}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (
            "今天会议的任务是研究部署下一步工作。下边结合大家的发言，我来讲几点我的\n意见和建议。",
            "我来讲几点我的意见和建议。",
        ),
        (
            "眼下全县用电紧张的压力还在加大，各地各部门都在想尽一切办法稳住投资，\n我省也不例外。",
            "稳住投资,我省也不例外。",
        ),
        ("制定并颁布了《\n公务员法\n》，实施《\n信访条例\n》的准备工作。", "《公务员法》,实施《信访条例》的准备工作。"),
        (
            "各项工作取得新进展。污染防治得到进一步加强，重点地区细颗粒物（PM\n2.5\n）浓度继续下降。",
            "细颗粒物(PM2.5)浓度继续下降。",
        ),
    ],
)
def test_sentences_torn_by_a_page_are_joined(bad: str, good: str) -> None:
    assert repaired(bad).endswith(good)


@pytest.mark.parametrize(
    "mark", ["16\n\n=== 第 20 頁 ===", "— 2 —", "- 6 -", "第 3 页 共 10 页", "第3页", "· 4 ·", "Page 3 of 10", "p. 7"]
)
def test_a_page_mark_inside_a_sentence_goes_with_its_line_breaks(mark: str) -> None:
    cleaned = clean(
        f"县里抽调干部，编成六个驻外组，每个月回一次\n{mark}\n娘家，向县长汇报。\n{mark}\n招商经费要专账管理。"
    )
    assert cleaned.aligned.text == "县里抽调干部,编成六个驻外组,每个月回一次娘家,向县长汇报。\n招商经费要专账管理。"
    assert counts(cleaned)["page-mark"] >= 2


def test_bare_numbers_are_page_marks_only_where_they_count_up_through_the_text() -> None:
    pages = "".join(f"{SPOKEN}{SPOKEN[:30]}\n{page}\n{SPOKEN[30:]}" for page in (7, 8, 9))
    assert repaired(pages) == SPOKEN * 6
    table = "序号\n1\n项目名称\n2\n总投资\n3\n责任单位"
    assert repaired(table) == table


def test_line_ends_of_every_system_are_one() -> None:
    cleaned = clean("一、目标\r\n二、任务\r三、要求\n")
    assert cleaned.aligned.text == "一、目标\n二、任务\n三、要求\n"
    assert counts(cleaned) == {}
    assert cleaned.aligned.to_source(5, 9).cut(cleaned.aligned.source) == "二、任务"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("考覈、視爲、衞生、裏面、啓動、羣衆、說明、綫上", "考核、视为、卫生、里面、启动、群众、说明、线上"),
        ("靑年、汚染、復甦、毎年、值値", "青年、污染、复苏、每年、值值"),
        ("⼯作⼈⺠、⻓期、樂", "工作人民、长期、乐"),
        ("①２０２５年，「周調度」〔２０２３〕９５％", "①2025年,“周调度”(2023)95%"),
        ("看著、著作、顯著、乾淨、皇后、後天", "看着、著作、显著、干净、皇后、后天"),
        ("显著、专著、著称、卓著；專著；沿着、理論著眼", "显著、专著、著称、卓著;专著;沿着、理论着眼"),
        ("10²、½、㎡、①", "10²、½、㎡、①"),
    ],
)
def test_variants_fold_one_for_one(text: str, plain: str) -> None:
    assert tidy(text) == plain
    assert len(plain) == len(text)


def test_the_script_is_told_by_its_own_characters() -> None:
    assert script_of("關於推動產業發展的會議") == "hant"
    assert script_of("关于推动产业发展的会议") == "hans"
    assert script_of("關於推動產業發展關於推動 关于推动产业发展关于会议") == "mixed"
    assert script_of("") == "hans"


@given(st.text(st.sampled_from("的’`.。,、;(guān)項 \n\r\t1２%万<p>&nbsp;\u200b\ue686蛘呓Ｒ皇?=第頁《》")))
def test_any_text_is_cleaned_and_leads_back_to_itself(text: str) -> None:
    aligned = clean(text).aligned
    spans = [aligned.to_source(at, at + 1) for at in range(len(aligned.text))]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(before.start <= after.start and before.end <= after.end for before, after in pairwise(spans))


@given(st.text())
def test_tidy_keeps_the_length(text: str) -> None:
    assert len(tidy(text)) == len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "推进",
        "1。1万",
        "的’",
        "<p",
        "<script>",
        "&nbsp;",
        "關(guān)",
        "\n",
        " ",
        "12\n",
        "《\n",
        "Ｒ皇蔷",
        "蛘",
        "1 ",
        "[a](b",
        "\ue686",
    ],
)
def test_hostile_text_is_cleaned_to_its_end(unit: str) -> None:
    text = unit * (80_000 // len(unit))
    assert clean(text).aligned.source == text


def test_a_repaired_text_needs_no_repair() -> None:
    chance = random.Random(3)
    damaged = "".join(char + chance.choice(["", "", "", "\u200b"]) for char in wrapped(SPOKEN, 25))
    once = repaired(damaged)
    assert repaired(once) == once
