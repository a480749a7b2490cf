"""Goals told from results and context, with metric, commitment and deadline: a sentence for each principle."""

import pytest
from msgspec.structs import replace

from speechmine import Document, analyse
from speechmine.cleaning import tidy
from speechmine.finding.quantities import find_quantities
from speechmine.judging.pairs import twins
from speechmine.judging.quantities import JudgedQuantity, judge_quantities
from speechmine.judging.standing import standings
from speechmine.outline import outlined
from speechmine.rules import load_rules

RULES = load_rules()


def judged(text: str, reference: str | None = None) -> tuple[str, list[JudgedQuantity]]:
    clean = tidy(text)
    outline = outlined(clean, RULES)
    outline = replace(outline, speeches=tuple(replace(speech, date=reference) for speech in outline.speeches))
    found = find_quantities(outline, RULES)
    return clean, judge_quantities(found, outline, standings(outline, RULES), RULES)


def the(words: str, text: str, reference: str | None = None) -> JudgedQuantity:
    """Return the judgement of the number whose words are given."""
    clean, found = judged(text, reference)
    matching = [quantity for quantity in found if quantity.mention.span.cut(clean) == words]
    assert matching, [quantity.mention.span.cut(clean) for quantity in found]
    return matching[0]


PLAN = "同志们:\n下一步,要抓好以下工作。\n"
REVIEW = "一、2030年工作回顾\n过去一年,我们主要做了以下工作。\n"


@pytest.mark.parametrize(
    ("words", "text", "metric", "why"),
    [
        ("10亿元以上", "今年要确保完成固定资产投资10亿元以上。", "固定资产投资", "verbs and modals are left off"),
        ("10亿元以上", "市发改委要在2026年6月底前完成投资10亿元以上。", "完成投资", "nor are the body that must act and its modal"),
        ("10亿元", "各县区要于6月底前完成投资10亿元。", "完成投资", "whatever leads to the date"),
        ("30家", "市统计局要在年底前新增企业30家。", "新增企业", "and whatever is counted"),
        ("10亿元以上", "市发改委6月底前要完成投资10亿元以上。", "完成投资", "or where the date stands"),
        ("10亿元以上", "开发区要在2021年确保固定资产投资10亿元以上。", "固定资产投资", "with 确保 as without"),
        ("32%", "固定资产投资完成10亿元,同比增长32%。", "固定资产投资", "a number without a name takes the one before"),
        ("15个", "今年要新开工15个重点项目。", "新开工重点项目", "what is counted stands behind the number"),
        ("160家", "培育高新技术企业160家。", "培育高新技术企业", "or before it"),
        ("8个", "新增省级龙头企业12家、示范平台8个。", "新增示范平台", "a list shares its verb"),
        ("5%", "苹果、食用菌、药材产量分别增长3%、5%、7%。", "食用菌产量", "分别 deals out the names"),
        ("7%", "城乡居民人均可支配收入分别增长5%和7%。", "农村居民人均可支配收入", "城乡 names two at once"),
        ("52%", "产业投资占全部投资比重达52%。", "产业投资占全部投资比重", "a share names both"),
        ("亿元以上", "引进亿元以上项目12个。", "项目投资", "a size that tells a class is that of the thing"),
        ("12个", "引进亿元以上项目12个。", "引进亿元以上项目", "and belongs to what is counted"),
        ("5亿元", "重点推进总投资5亿元的华丰纸业项目。", "华丰纸业项目总投资", "的 gives the size to the thing behind"),
        ("46亿元", "这批签约的9个项目总投资46亿元。", "项目总投资", "a total is of what was counted"),
        ("第3位", "智能算力达2000P、居全国第3位。", "智能算力", "a scope is no name of a rank"),
        ("9个百分点", "转化率35%,比全市平均水平低9个百分点。", "转化率", "nor is the base of a comparison"),
        ("43万亩", "新建高标准农田252万亩、改造43万亩。", "改造高标准农田", "another verb, the same thing"),
        ("六成", "招引项目年内落地率要达到六成。", "招引项目落地率", "a date inside a name is left out"),
        ("29.7%", "全院药占比29.7%。", "药占比", "占比 belongs to the name"),
        ("5%左右", "今年经济增长预期目标为5%左右。", "经济增长", "增长 belongs to 经济增长"),
        ("1100盏", "后巷照明:2031年9月底前累计安装1100盏。", "后巷照明", "a topic before a colon"),
        ("200家", "组织甲公司、乙公司等企业200家。", "企业", "等 sums up a list"),
        ("6%", "城镇、农村居民人均可支配收入分别增长6%、7%。", "城镇居民人均可支配收入", "a list shares all but its first word"),
        ("4%", "成交20亿笔、金额5万亿元,较上年分别增长3%、4%。", "成交金额", "分别 deals over the numbers before"),
        ("12个", "确定试点12个县(市、区)。", "县(市、区)", "what is in brackets belongs to the name"),
        ("40个", "建设40个“三通”示范项目。", "建设“三通”示范项目", "so does what is quoted"),
        ("30个", "建设30个具有带动作用的实训基地。", "建设实训基地", "of what sort a thing is stands before it"),
        ("85%以上", "85%以上农户参与产业化经营。", "农户参与产业化经营", "a share of those behind it"),
    ],
)  # fmt: skip
def test_metric(words: str, text: str, metric: str, why: str) -> None:
    assert the(words, PLAN + text).metric == metric, why


@pytest.mark.parametrize(
    ("words", "text", "role", "why"),
    [
        ("30亿元", PLAN + "要完成技改投资30亿元。", "goal", "a modal in the clause"),
        ("160家", PLAN + "培育高新技术企业160家。", "goal", "a bare imperative in the plan part"),
        ("160家", REVIEW + "培育高新技术企业160家。", "result", "the same words in the review part"),
        ("87家", PLAN + "目前已签约企业87家,要抓紧开工。", "result", "已 reports, whatever is asked of it"),
        ("5.5%", "今年主要预期目标是:生产总值增长6%;城镇调查失业率5.5%;粮食产量240万吨。", "goal", "a list of targets"),
        ("3000万元以上", PLAN + "要新开工3000万元以上项目20个。", "context", "a size that only tells a class"),
        ("2.6亿元", PLAN + "要加快总投资2.6亿元的水厂项目建设。", "context", "the size of a project"),
        ("10万吨", PLAN + "扎实推进江华10万吨纸板项目建设。", "context", "the capacity in its name"),
        ("12%", PLAN + "要提高权重,考核权重由12%提高到15%。", "context", "the value from which something changes"),
        ("15%", PLAN + "要提高权重,考核权重由12%提高到15%。", "goal", "the value to which it is to change"),
        ("120个", "1—5月,120个重点项目完成投资69亿元。", "context", "those among whom others are counted"),
        ("22个", PLAN + "剩余的22个项目年底前全部开工。", "goal", "a stock that must all be dealt with"),
        ("10万元", PLAN + "对前三名的乡镇各奖励10万元。", "context", "a reward"),
        ("31家", PLAN + "各乡镇要盯紧已经到位的31家企业。", "result", "已…的 is there already"),
        ("3.3个百分点", "1—4月,达标率81%,与今年85%的目标还差3.3个百分点。", "result", "a gap to the target"),
        ("85%", "1—4月,达标率81%,与今年85%的目标还差3.3个百分点。", "goal", "the target named in a report"),
        ("42人", "某地发生火灾事故,造成42人死亡。", "context", "the victims of an accident"),
        ("95%以上", "到2032年,秸秆综合利用率达到95%以上。", "goal", "a date ahead"),
        ("95%以上", "到2029年,秸秆综合利用率达到95%以上。", "result", "a date behind"),
        ("不低于90%", "配套资金到位率不低于90%。", "goal", "不低于 sets a bound"),
        ("翻了一番", REVIEW + "十年来,经济总量翻了一番。", "result", "了 inside the number reports it"),
        ("5个百分点以上", PLAN + "各校要扩大宿舍,住校学生占比较上年提高5个百分点以上。", "goal", "a mark set against last year"),
        ("控制在2亿元以内", PLAN + "要建好管网,总投资控制在2亿元以内。", "goal", "a size that is to be kept within bounds"),
        ("10%以上", PLAN + "进度落后10%以上者,应提出补救计划。", "context", "者 tells a condition"),
        ("400家", REVIEW + "只走访了312家,落后于原定的400家。", "goal", "the plan named in a report"),
        ("25万人", PLAN + "要引育并重,新增各类人才25万人。", "goal", "才 of 人才 complains of nothing"),
    ],
)  # fmt: skip
def test_role(words: str, text: str, role: str, why: str) -> None:
    assert the(words, text, "2031-01-15").role == role, why


@pytest.mark.parametrize(
    ("words", "text", "commitment", "why"),
    [
        ("36亿元", "到位资金要确保36亿元,冲刺40亿元。", "ensure", "确保"),
        ("40亿元", "到位资金要确保36亿元,冲刺40亿元。", "strive", "冲刺"),
        ("60公里", "本局将新建绿道60公里。", "plan", "the speaker's own body"),
        ("6%", "今年主要预期目标是:生产总值增长6%、力争7%;粮食产量240万吨。", "expect", "the lead expects"),
        ("7%", "今年主要预期目标是:生产总值增长6%、力争7%;粮食产量240万吨。", "strive", "力争 of the same list"),
        ("240万吨", "今年主要预期目标是:生产总值增长6%、力争7%;粮食产量240万吨。", "expect", "力争 ends before"),
        ("100户", "水窖今年要修260户,争取300户,入夏前先修完100户。", "ensure", "nor beyond its clause"),
        ("5个", "请各施工单位抓紧,首批5个项目争取月底封顶。", "strive", "the modal behind the number in its clause"),
        ("35个", "余下的35个黑点,须在年底前清零。", "ensure", "the modal behind in the statement"),
        ("160家", "培育高新技术企业160家。", "ensure", "an imperative without a modal"),
    ],
)  # fmt: skip
def test_commitment(words: str, text: str, commitment: str, why: str) -> None:
    found = the(words, PLAN + text, "2031-01-15")
    assert (found.role, found.commitment) == ("goal", commitment), why


@pytest.mark.parametrize(
    ("words", "text", "deadline", "why"),
    [
        ("80%", "今年上半年要达到50%、年底前要达到80%。", "2031-12-31", "its own clause"),
        ("70亿元", "今年招商要确保引资53亿元,力争70亿元。", "2031", "the nearest before it in the sentence"),
        ("12名", "请教育局选派教师12名,5月8日前到岗。", "2031-05-08", "one behind, when none stands before"),
        ("110个", "要实施项目110个,上半年开工率达到70%。", None, "but not one that belongs to the next number"),
        ("25所", "公厕翻新要每年完成25所,五年内合共125所。", None, "a rhythm is no date"),
        ("125所", "公厕翻新要每年完成25所,五年内合共125所。", "2036", "the next number has one"),
        ("11亿元", "10月、11月分别要完成产值10亿元、11亿元。", "2031-11", "分别 deals out the dates"),
        ("40亿元", "去年完成36亿元,要确保完成40亿元。", None, "a goal passes over the past"),
        ("6%", "公务用电要以2029年为基准减少6%。", None, "what it is measured against is no date"),
    ],
)  # fmt: skip
def test_deadline_of_goals(words: str, text: str, deadline: str | None, why: str) -> None:
    found = the(words, "同志们:\n我讲几点意见。\n" + text, "2031-01-15").deadline
    assert (found.edtf if found else None) == deadline, why


@pytest.mark.parametrize(
    ("words", "text", "deadline", "why"),
    [
        ("7家", "一、2030年工作回顾\n新增龙头企业7家。", "2030", "the heading names the year under review"),
        ("7家", "一、2030年工作回顾\n全年新增龙头企业7家。", "2030", "全年 in a review is that year"),
        ("6家", "二、2031年重点工作\n新增龙头企业6家。", "2031", "the heading that plans governs goals"),
        ("9%", "今年是“十五五”开局之年。\n主要目标是:工业增加值增长9%。", "2031", "the opening of the section"),
        ("5家", "截至3月底,新增企业5家;今年以来共培训12人次。", "2031-03-31", "the end that is reached"),
        ("12人次", "截至3月底,新增企业5家;今年以来共培训12人次。", "2031-03-31", "今年以来 takes that end"),
        ("8人", "自2030年9月至2031年2月止,共培训8人。", "2031-02-28", "a range ends with its last day"),
        ("8人", "自2月起至3月15日止,共培训8人。", "2031-03-15", "or the day it names"),
        ("3户", "一、2030年工作回顾\n全年新增企业90户,平均每天新增3户。", "2030", "what came at a rhythm has its period"),
        ("4%", "一季度投资增长8%。同时,外贸下降4%。", "2031-03-31", "同时 goes on with the period"),
        ("20户", "一、工作目标\n今年投资要达到6亿元。\n新增企业要达到20户。", "2031", "the year that opens a section of targets"),
        ("7家", "2031年1月全县工作会议上的讲话\n县里新增了龙头企业7家。", None, "the title governs nothing"),
    ],
)  # fmt: skip
def test_deadline_from_the_surroundings(words: str, text: str, deadline: str | None, why: str) -> None:
    found = the(words, text, "2031-04-15").deadline
    assert (found.edtf if found else None) == deadline, why


def test_base_and_stretch_name_each_other() -> None:
    _, found = judged(PLAN + "到位资金要确保36亿元,力争40亿元。", "2031")
    base, stretch = found
    assert (base.pair, stretch.pair) == (1, 0)


def test_pairs_need_one_metric_and_a_stretch() -> None:
    assert twins(["甲", "乙"], ["亿元", "亿元"], ["ensure", "strive"]) == [None, None]
    assert twins(["甲", "甲"], ["亿元", "%"], ["ensure", "strive"]) == [None, None]
    assert twins(["甲", "甲"], ["亿元", "亿元"], ["ensure", "plan"]) == [None, None]
    assert twins([], [], []) == []


def test_a_repeated_target_is_meant_as_before() -> None:
    text = "今年主要预期目标是:城镇调查失业率5.5%左右。\n城镇调查失业率5.5%左右,体现了稳就业的要求。"
    _, found = judged(text, "2031-03-05")
    assert [(quantity.role, quantity.commitment) for quantity in found] == [("goal", "expect")] * 2


def test_a_look_back_inside_a_plan_reports() -> None:
    text = (
        "二、2031年工作安排\n过去一年,我们的各项工作取得了很大成绩。粮食总产增长2%,控制物价涨幅1.3%。\n"
        "今年要稳住底盘,粮食总产增长1%。"
    )
    _, found = judged(text, "2031-03-05")
    told = [(quantity.role, quantity.deadline and quantity.deadline.edtf) for quantity in found]
    assert told == [("result", "2030"), ("result", "2030"), ("goal", "2031")]


def test_owner_of_a_goal_is_the_subject_of_its_clause() -> None:
    assert the("3处", PLAN + "市住建局、市水利局要新建泵站3处。", "2031").owner == ("市住建局", "市水利局")


def test_every_number_is_judged_once_in_order() -> None:
    _, found = judged(PLAN + "要新建学校3所,新增学位900个。\n" + "今年以来,已建成2所。", "2031-05-01")
    places = [quantity.mention.span for quantity in found]
    assert places == sorted(places)
    assert all(quantity.commitment is None or quantity.role == "goal" for quantity in found)
    assert all(quantity.deadline is None for quantity in found if quantity.role == "context")


def test_a_document_without_numbers() -> None:
    assert judged("同志们:大家好!")[1] == []


@pytest.mark.parametrize("words", ["新增企业3个、", "2031年底前建成3个", "3个和", "(“3个", "今年,3个,"])
def test_hostile_text_is_judged_to_its_end(words: str) -> None:
    _, found = judged(PLAN + words * 1500, "2031")
    assert len(found) <= 1600


def test_the_lead_of_one_speech_dates_no_goal_of_the_next() -> None:
    plan = "在{0}年工作会议上的讲话\n{0}年1月5日\n同志们:\n{1}"
    first = plan.format(2025, "2025年主要目标如下:\n工业投资要增长7%。\n")
    text = f"篇一:{first}篇二:{plan.format(2030, '固定资产投资要增长8%。')}"
    found = {
        goal.evidence.quote: goal.deadline and goal.deadline.edtf for goal in analyse(Document.of(text), RULES).goals
    }
    assert found == {"7%": "2025", "8%": None}
