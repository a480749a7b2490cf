"""Measures: what is one, where it begins, who must act, how firmly, by when."""

import pytest

from speechmine import Document, Record, analyse, load_rules

RULES = load_rules()


def record(text: str, date: str | None = None) -> Record:
    return analyse(Document.of(text), RULES, date)


def quotes(text: str) -> list[str]:
    return [measure.evidence.quote for measure in record(text).measures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a modal requires, whatever stands around it
        ("市农业局要加快高标准农田建设。", ["市农业局要加快高标准农田建设"]),
        ("严禁以任何名义摊派。", ["严禁以任何名义摊派"]),
        ("请各镇把名单核实清楚。", ["请各镇把名单核实清楚"]),
        ("我们将继续优化审批流程。", ["我们将继续优化审批流程"]),
        # 要 in 主要, 要素, 重要, 需要 is no modal
        ("主要任务是重要的要素保障。", []),
        ("企业需要资金。", []),
        # facts, thanks, forecasts and what others do are no measures
        ("要看到形势依然严峻。", []),
        ("谢谢大家的支持!", []),
        ("经济将持续回升向好。", []),
        ("省里将加大对我市的投入。", []),
        # what stands between quotation marks is a name
        ("今年以来全市围绕“经济要稳住”这个目标攻坚克难,投资增长8%。", []),
        # description before the first required clause is left out, condition and topic stay
        ("民间投资活力不足,要放宽准入。", ["要放宽准入"]),
        ("对新开工项目,要做好前期准备。", ["对新开工项目,要做好前期准备"]),
        ("对验收不合格的,不得交付使用。", ["对验收不合格的,不得交付使用"]),
        # a sentence whose only predicate is a figure is a goal
        ("能耗要控制在300吨以内。", []),
        ("要确保能耗控制在300吨以内。", ["要确保能耗控制在300吨以内"]),
        ("市财政局要盯紧已经到账的3亿元债券。", ["市财政局要盯紧已经到账的3亿元债券"]),
        ("三个县分别只有六成。", []),  # 别 in 分别 forbids nothing
        # works in building are forecast, 将 that only moves its object undertakes nothing
        ("新图书馆预计后年启用,将服务更多读者。", []),
        # a topic or case before the modal is kept, what others say is left out
        ("用户如需延期,须提前三天报备。", ["用户如需延期,须提前三天报备"]),
        ("同时,会议要求各学校开展自查。", ["各学校开展自查"]),
        ("让我们的河更清,要管住每个排污口。", ["要管住每个排污口"]),
    ],
)
def test_what_is_a_measure_and_where_it_begins(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


REPORT = """一、2023年工作回顾
过去一年,全县上下攻坚克难。
大力推进园区建设,建成标准厂房3万平方米。
二、2024年主要任务
今年要重点抓好以下工作。
{sentence}
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "大力推进园区建设,建成标准厂房3万平方米。",
        "每月最后一个周五召开项目碰头会。",
        "凡连续两季排名末位的单位,取消评优资格。",
        "整改方案原则上于6月底前完成。",
    ],
)
def test_a_bare_sentence_orders_in_a_plan_and_reports_in_a_review(sentence: str) -> None:
    found = quotes(REPORT.format(sentence=sentence))
    assert found == [sentence.rstrip("。")]


def test_a_list_of_targets_is_no_measure() -> None:
    assert quotes("今年发展主要预期目标是:地区生产总值增长6%左右;城镇新增就业3万人以上。") == []


def test_problems_are_told_not_ordered() -> None:
    text = "我们也清醒看到,发展中还存在不少问题:一是产业层次不高,转型步伐较慢。对此,各部门要采取有力措施加以解决。"
    assert quotes(text) == ["各部门要采取有力措施加以解决"]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("市统计局要加强监测。", ["市统计局"]),
        ("市应急管理局、市水利局要开展排查。", ["市应急管理局", "市水利局"]),
        ("发展改革部门要参与规划。", ["发展改革部门"]),
        ("各县（市、区）要足额落实配套资金。", ["各县（市、区）"]),
        ("开发区要抓紧落实。", ["开发区"]),
        ("开发区管委会要抓紧落实。", ["开发区管委会"]),
        ("检查组要抓紧核实。", ["检查组"]),
        ("我们要抓紧落实。", []),
        ("要督促企业抓紧整改。", []),
        ("请市财政局牵头落实。", ["市财政局"]),
        ("市上要确保高速公路按期建成;扎实推进一批产业项目建设。", ["市上"]),
    ],
)
def test_who_must_act(text: str, owner: list[str]) -> None:
    assert all(measure.owner == owner for measure in record(text).measures)
    assert record(text).measures


def test_a_body_before_the_first_point_governs_all_points() -> None:
    text = "各级领导干部一要熟悉政策。要深入研究规定。二要加快进度。\n各科室要配合。"
    assert [measure.owner for measure in record(text).measures] == [["各级领导干部"]] * 3 + [["各科室"]]


def test_a_closing_bracket_names_the_owners_of_what_stands_before_it() -> None:
    text = (
        "关于抓好重点工作的通知\n一、工作任务\n改造老旧小区30个，完成管网更新12公里。（市住建局牵头，市财政局配合）\n"
    )
    assert [measure.owner for measure in record(text).measures] == [["市住建局", "市财政局"]]


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("各部门要抓紧落实,力争早日见效。", "must"),
        ("力争年内建成两所学校。", "strive"),
        ("我们将健全机制,确保落实到位。", "plan"),
        ("不得以任何理由拖延。", "prohibit"),
        ("本局拟新建厂房两万平方米。", "plan"),
        ("坚持勤俭办事,严禁铺张浪费。", "must"),
    ],
)
def test_the_first_modal_says_how_firmly(text: str, commitment: str) -> None:
    context = REPORT.format(sentence=text)
    assert [measure.commitment for measure in record(context).measures] == [commitment]


@pytest.mark.parametrize(
    "text",
    [
        "如果我们不能补上短板,企业就会外迁,订单必须转走。",
        "成绩应该归功于全体同仁。",
        "沿线择要路段已于9月1日完工。",
    ],
)
def test_arguments_thanks_and_words_that_only_hold_a_modal_require_nothing(text: str) -> None:
    assert record(REPORT.format(sentence=text)).measures == []


def test_the_deadline_is_the_one_date_of_its_own_words() -> None:
    text = "各镇要在6月底前完成清查。各镇要在3月底前完成清查,6月底前完成整改。各镇要抓紧清查。"
    deadlines = [measure.deadline for measure in record(text, "2024").measures]
    assert [deadline.edtf if deadline else None for deadline in deadlines] == ["2024-06-30", None, None]


def test_a_measure_names_its_action_and_object() -> None:
    measure = record("市统计局要切实加强投资监测。").measures[0]
    assert (measure.action, measure.object) == ("加强", "投资监测")


def test_a_planned_figure_makes_no_plan_of_the_orders_after_it() -> None:
    lead = "一、今年主要任务\n"
    figure = record(lead + "今年拟安排资金3亿元。优化支出结构,盘活存量资金。\n").measures
    pledge = record(lead + "我们将改造老街区。优化支出结构,盘活存量资金。\n").measures
    assert [measure.commitment for measure in figure] == ["plan", "must"]
    assert [measure.commitment for measure in pledge] == ["plan", "plan"]


def test_who_is_told_to_act_goes_on_with_nobodys_pledge() -> None:
    found = record("一、今年主要任务\n我们将改造老街区。市商务局牵头办好购物节。\n").measures
    assert [(measure.owner, measure.commitment) for measure in found] == [([], "plan"), (["市商务局"], "must")]


def test_a_modal_right_behind_a_long_subject_is_the_first() -> None:
    assert record("各物业服务企业一律不得拖欠电费,整改问题。").measures[0].commitment == "prohibit"


@pytest.mark.parametrize(
    "sentence",
    [
        "对如期复工的企业,可返还一半费用。",
        "所需资金由教育专户列支。",
        "质量方针:精益求精,建一流工厂。",
        "保护水源就是保护生命。",
    ],
)
def test_permissions_slogans_and_topics_order_nothing_in_a_plan(sentence: str) -> None:
    assert sentence[:-1] not in quotes(REPORT.format(sentence=sentence))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市水利局要会同有关部门清查河道。", ["市水利局", "有关部门"]),
        ("各部门报送的年度方案,必须附有论证。", ["各部门"]),
        ("施工单位被通报两次的,半年内不得投标。", ["施工单位"]),
        ("国务院要按期公布清单。", ["国务院"]),
        ("希望学员们在比赛中多磨合。", ["学员们"]),
        ("不得变相要求商户缴费。", []),
        ("要抓紧开工。鼓励企业参与。(市商务局、市财政局负责。排在首位的牵头,后文相同)", ["市商务局", "市财政局"]),
    ],
)
def test_owners_that_are_joined_topical_or_bracketed(text: str, expected: list[str]) -> None:
    assert list(record(text).measures[-1].owner) == expected
