"""Mechanisms: where a name begins and ends, what kind it is, what is none, and whether it is in force."""

import pytest

from speechmine.cleaning import tidy
from speechmine.finding.mechanisms import find_mechanisms, mechanisms_in
from speechmine.judging.mechanisms import judge_mechanisms
from speechmine.judging.standing import standings
from speechmine.outline import outlined
from speechmine.rules import load_rules

RULES = load_rules()


def names(text: str) -> list[str]:
    text = tidy(text)
    return [mention.span.cut(text) for mention in mechanisms_in(text, RULES)]


def kinds(text: str) -> list[tuple[str, str]]:
    text = tidy(text)
    return [(mention.span.cut(text), mention.kind) for mention in mechanisms_in(text, RULES)]


def rhythms(text: str) -> list[tuple[str | None, str]]:
    mentions = mechanisms_in(tidy(text), RULES)
    return [(part.every, part.action) for m in mentions if m.kind == "cadence" for part in m.parts]


@pytest.mark.parametrize(
    ("text", "quote", "parts"),
    [
        (
            "建立“日调度、周会商、月通报”制度",
            "日调度、周会商、月通报",
            [("P1D", "调度"), ("P1W", "会商"), ("P1M", "通报")],
        ),
        ("坚持三天一小查、十天一大查", "三天一小查、十天一大查", [("P3D", "小查"), ("P10D", "大查")]),
        ("做到日有巡查、月有考核", "日有巡查、月有考核", [("P1D", "巡查"), ("P1M", "考核")]),
        ("实行“日清周结”", "日清周结", [("P1D", "清"), ("P1W", "结")]),
        ("推行半月一督办", "半月一督办", [("P15D", "督办")]),
        ("对各组逐旬排名", "逐旬排名", [("P10D", "排名")]),
        ("坚持双月例会", "双月例会", [("P2M", "例会")]),
    ],
)
def test_a_run_is_one_cadence_without_its_marks(text: str, quote: str, parts: list[tuple[str, str]]) -> None:
    assert names(text) == [quote]
    assert rhythms(text) == parts


@pytest.mark.parametrize(
    ("text", "quote", "part"),
    [
        ("局务会每两周研究一次工程进度", "每两周研究一次工程进度", ("P2W", "研究")),
        ("每半年组织一次现场观摩活动,当场打分", "每半年组织一次现场观摩活动", ("P6M", "观摩活动")),
        ("各站每六个月向县政府报告一次", "每六个月向县政府报告一次", ("P6M", "报告")),
        ("隔周到工地检查", "隔周到工地检查", ("P2W", "检查")),
        ("值班员每两小时巡查一次", "每两小时巡查一次", ("PT2H", "巡查")),
        ("全年组织一次联合考评", "全年组织一次联合考评", ("P1Y", "考评")),
        ("分管领导定期听取汇报、解决问题", "定期听取汇报", ("regular", "听取汇报")),
        ("不定期对窗口进行暗访", "不定期对窗口进行暗访", ("irregular", "暗访")),
        ("护林员每天早晚巡两趟", "每天早晚巡", ("P1D", "早晚巡")),
        ("县长每季度听取一次专题汇报", "每季度听取一次专题汇报", ("P3M", "听取汇报")),
        ("从本月起,周调度改为三天一调度", "周调度改为三天一调度", ("P3D", "调度")),
        ("结果月底在公示栏公布", "月底在公示栏公布", ("P1M", "公布")),
        ("支部每月开一次夜话会", "每月开一次夜话会", ("P1M", "夜话会")),
        ("关爱队会探访长者,每户一年最少两次", "一年最少两次", ("P1Y", "探访")),
        ("安全例会由每季度一次改为每月一次", "安全例会由每季度一次改为每月一次", ("P1M", "例会")),
        ("连续8个季度召开项目推进会", "连续8个季度召开项目推进会", ("P3M", "推进会")),
    ],
)
def test_a_clause_is_quoted_from_the_period_to_the_action(text: str, quote: str, part: tuple[str, str]) -> None:
    assert names(text) == [quote]
    assert rhythms(text) == [part]


def test_both_rhythms_of_one_action_are_told() -> None:
    assert rhythms("医保办定期不定期飞行检查") == [("regular", "飞行检查"), ("irregular", "飞行检查")]


@pytest.mark.parametrize(
    "text",
    [
        "每年新增停车位500个",  # an amount
        "每人每月补贴300元",  # a benefit
        "年均增长8%,每年提高一个百分点",  # growth
        "三月通报的两个问题",  # March
        "叫周调度员把表拿来",  # a person
        "上周调度了三个项目",  # past
        "把每个项目都抓实",  # 每 that is no period
        "6月底公布结果",  # a date
        "下周五报送材料",  # a date
        "定期存款利率下调",  # a word of banking
        "常态化开展扫黑除恶斗争",  # a campaign
        "前三季度分析报告已经印发",  # a period under review
        "平均每天召开两场",  # an average
    ],
)
def test_what_only_looks_like_a_rhythm_is_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("落实县级领导包联企业工作机制", [("县级领导包联企业工作机制", "responsibility")]),
        ("全面推行“一把手”负责制", [("“一把手”负责制", "responsibility")]),
        ("县包乡、乡包村、村包户,一级抓一级", [("县包乡、乡包村、村包户", "responsibility")]),
        ("谁主管谁负责", [("谁主管谁负责", "responsibility")]),
        ("落实市领导联系、部门包干、园区代办", [("市领导联系、部门包干、园区代办", "responsibility")]),
        ("实行一个项目一个专班", [("一个项目一个专班", "responsibility")]),
        ("进度落后的亮黄灯,严重落后的亮红灯", [("进度落后的亮黄灯,严重落后的亮红灯", "supervision")]),
        ("成立由镇长任组长的整治工作组", [("整治工作组", "responsibility")]),
        ("列出时间表、路线图,挂图作战", [("时间表、路线图", "ledger"), ("挂图作战", "ledger")]),
        ("建立问题清单、责任清单", [("问题清单、责任清单", "ledger")]),
        ("干完一件销号一件", [("干完一件销号一件", "ledger")]),
        ("健全督导考核机制", [("督导考核机制", "assessment")]),
        ("要建立周调度机制", [("周调度", "cadence")]),  # 调度机制 is only its head
        ("推行“红黄绿灯”预警机制", [("红黄绿灯", "supervision")]),
        ("把消防纳入年度目标考核", [("纳入年度目标考核", "assessment")]),
        ("作为评先评优的重要依据", [("评先评优的重要依据", "assessment")]),
        ("建立全市信息共享机制", [("信息共享机制", "coordination")]),
        ("实行并联审批", [("并联审批", "coordination")]),
        ("对重大隐患挂牌督办", [("挂牌督办", "supervision")]),
        ("进度用红黄绿灯标示", [("红黄绿灯", "supervision")]),
        ("落实“五个到位”要求", [("“五个到位”要求", "formula")]),
        ("坚持一厂一策", [("一厂一策", "formula")]),
        ("建立一厂一档", [("一厂一档", "ledger")]),
        ("实行一厂一专班", [("一厂一专班", "responsibility")]),
    ],
)
def test_names_are_short_and_of_one_kind(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "完善工资正常增长机制和统计制度",  # economic and legal regimes
        "健全利益联结机制",
        "推广“公司+农户”模式",  # a business model
        "落实市场准入负面清单",  # a policy list
        "公布权力清单和责任清单",
        "健全制度机制",  # generic words
        "各地要建立相应工作机制",
        "健全绿色低碳发展机制",  # a policy field
        "弘扬“三牛”精神",  # a spirit
        "包保项目市领导逐一表态",  # persons
        "要加强考核,搞好督促",  # bare verbs
        "还没有形成现场办公机制",  # said not to exist
        "完善家庭联产承包责任制",
        "按照《责任追究办法》处理",  # the title of a document
        "“一图四清单”:重点行业转型场景图谱",  # an entry of a glossary
    ],
)
def test_what_is_no_arrangement_is_not_found(text: str) -> None:
    outline = outlined(tidy(text), RULES)
    assert [mention.span.cut(outline.text) for mention in find_mechanisms(outline, RULES)] == []


def test_arrangements_of_different_kinds_are_separate() -> None:
    assert kinds("健全工程定期调度、领导包联、工程督导考核工作机制") == [
        ("定期调度", "cadence"),
        ("领导包联", "responsibility"),
        ("督导考核工作机制", "assessment"),
    ]


def test_a_ledger_inside_a_rhythm_is_one_cadence() -> None:
    assert kinds("督查室每月更新催办台账") == [("每月更新催办台账", "cadence")]


def test_a_formula_told_in_full_is_what_it_tells() -> None:
    text = "推行一个项目、一名领导、一个专班“三个一”工作机制"
    (mention,) = mechanisms_in(text, RULES)
    assert (mention.span.cut(text), mention.kind) == ("“三个一”工作机制", "responsibility")
    assert [part.action for part in mention.parts] == ["一个项目", "一名领导", "一个专班"]


def test_a_second_mention_that_explains_is_none() -> None:
    assert names("先拿出项目台账的样本,讲清台账怎么建立") == ["项目台账"]


def test_traditional_words_give_the_same_arrangement() -> None:
    assert kinds("建立項目臺賬,定期調度,實行併聯審批".replace("併", "並")) == [
        ("项目台账", "ledger"),
        ("定期调度", "cadence"),
        ("并联审批", "coordination"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("各县区要坚持周调度制度。", "required"),
        ("我们将建立周调度制度。", "proposed"),
        ("承办商会引入计分制。", "proposed"),
        ("去年,我们建立了领导包联机制,进展顺利。", "in-force"),
        ("项目督导考核机制还不完善,管理不到位。", "in-force"),
        ("鉴于巡检簿有漏签现象,责成后勤科整改。", "in-force"),
        ("继续执行科主任负责制。", "required"),
    ],
)
def test_status_follows_the_nearest_cue(text: str, status: str) -> None:
    outline = outlined(tidy(text), RULES)
    mentions = find_mechanisms(outline, RULES)
    assert judge_mechanisms(mentions, outline, standings(outline, RULES), RULES) == [status]


def test_a_long_text_without_marks_costs_no_more_than_its_length() -> None:
    mentions = mechanisms_in("建立台账" * 20_000 + "每周" * 20_000, RULES)
    assert all(mention.kind == "ledger" for mention in mentions)


@pytest.mark.parametrize(
    "regime",
    ["环境影响评价制度", "节能评价制度", "产品质量评价机制", "标准地质量评价制度", "安全评价制度", "安全评价机制"],
)
def test_what_surveyors_judge_by_law_is_no_arrangement_of_work(regime: str) -> None:
    assert names(f"要健全{regime}。") == []
    assert names("要健全部门节能工作评价机制。") == ["部门节能工作评价机制"]


def test_who_sets_a_mechanism_up_does_not_say_what_regime_it_is() -> None:
    assert names("税务部门建立会商机制。") == ["会商机制"]
    assert names("健全税收会商机制。") == []
