"""Quantities: what is one, where its words begin and end, what they say; invented sentences, each with a reason."""

from decimal import Decimal

import pytest

from speechmine.cleaning import tidy
from speechmine.finding.mentions import QuantityMention
from speechmine.finding.quantities import find_quantities, quantities
from speechmine.finding.units import canonical
from speechmine.outline import outlined
from speechmine.rules import load_rules

RULES = load_rules()


def found(text: str) -> list[QuantityMention]:
    return quantities(tidy(text), RULES)


def said(text: str) -> list[str]:
    """Return each quantity in short: quote|value|unit|comparator|kind."""
    clean = tidy(text)
    return [
        "|".join([
            mention.span.cut(clean),
            "?"
            if mention.value is None
            else str(mention.value) + ("" if mention.upper is None else f"~{mention.upper}"),
            mention.unit or "-",
            mention.comparator,
            mention.kind,
        ])
        for mention in quantities(clean, RULES)
    ]


@pytest.mark.parametrize(
    ("text", "wanted", "why"),
    [
        ("总投资不低于3000万元", ["不低于3000万元|3000|万元|>=|level"], "bounds before belong to the quote"),
        ("建成10万平方米以上", ["10万平方米以上|10|万平方米|>=|level"], "and bounds after"),
        ("药费占比控制在28%以内", ["控制在28%以内|28|%|<=|share"], "控制在 with its bound is quoted whole"),
        ("每人补助以5,000元为上限", ["5,000元为上限|5000|元|<=|level"], "a ceiling told as a noun"),
        ("实施项目650个左右,约20个在建", ["650个左右|650|个|~|count", "约20个|20|个|~|count"], "about"),
        ("签约102个项目", ["102个|102|个|=|count"], "约 of 签约 bounds nothing"),
        ("引进过亿元项目", ["过亿元|1|亿元|>=|level"], "no digit: one"),
        ("产值突破千亿大关", ["突破千亿|1000|亿|>=|level"], "a bare threshold"),
        ("首次迈上千亿台阶", ["千亿|1000|亿|>=|level"], "迈上 bounds from outside the quote"),
        ("打造万亿级产业", ["万亿级|1|万亿|>=|level"], "级 is part of a class size"),
        ("吸引上万人参加", ["上万人|1|万人|>=|count"], "上 bounds a large number"),
        ("剩三百来户,七八十户没签", ["三百来户|300|户|~|count", "七八十户|70~80|户|~|count"], "about as much"),
        ("最低也得九成五", ["最低也得九成五|95|%|>=|share"], "short words between bound and number"),
        (
            "改造4千户、2千万元",
            ["4千户|4|千户|=|count", "2千万元|2000|万元|=|level"],
            "千 before the unit goes with it",
        ),
        ("安装 1 2 8 处", ["1 2 8 处|128|处|=|count"], "digits set apart"),
        ("扣了八分,表示十分重视", ["八分|8|分|=|level"], "a score, an adverb"),
        ("开过3次会", ["3次|3|次|=|count"], "过 after a verb bounds nothing"),
        ("拆了三百多处,十余个未动", ["三百多处|300|处|>=|count", "十余个|10|个|>=|count"], "多 and 余 say more"),
        ("比全市低9个多百分点", ["9个多百分点|-9|个百分点|>=|growth"], "多 inside the unit; lower is a fall"),
        ("惠及3万多户、2000余家", ["3万多户|3|万户|>=|count", "2000余家|2000|家|>=|count"], "多 after 万"),
        ("减税3万多亿元", ["3万多亿元|3|万亿元|>=|level"], "多 inside a magnitude"),
        ("数万群众受益,数百家企业参展", ["数万|?|万|~|count", "数百家|?|家|~|count"], "vague"),
        ("增长6%—8%,新建5至7个", ["6%—8%|6~8|%|=|growth", "5至7个|5~7|个|=|count"], "ranges"),
        ("奖1-2万元,力争8%到10%", ["1-2万元|1~2|万元|=|level", "8%到10%|8~10|%|=|share"], "units on one end or both"),
        ("从5%到10%", ["5%|5|%|=|share", "10%|10|%|=|share"], "a road, not a range"),
        ("完成投资XX亿元,惠及X户", ["XX亿元|?|亿元|=|level", "X户|?|户|=|count"], "masked"),
        ("投资20xx万元以上", ["20xx万元以上|?|万元|>=|level"], "a year mask gone astray"),
        ("覆盖率达到.%,要完成套安置房建设", [".%|?|%|=|level", "套|?|套|=|count"], "lost digits"),
        ("设备更新6.5万台(套)", ["6.5万台(套)|6.5|万台(套)|=|count"], "brackets in a unit"),
        ("含碳40微克/立方米", ["40微克/立方米|40|微克/立方米|=|level"], "units with a stroke"),
        ("增速为-3.2%", ["-3.2%|-3.2|%|=|growth"], "minus"),
        ("修路两公里半", ["两公里半|2.5|公里|=|level"], "half"),
        ("总产1 046幢,补助1万2,000元", ["1 046幢|1046|幢|=|count", "1万2,000元|12000|元|=|level"], "blanks and mixed"),
        (
            "分别提高11.1、11.2个百分点",
            ["11.1|11.1|个百分点|=|growth", "11.2个百分点|11.2|个百分点|=|growth"],
            "shared unit",
        ),
    ],
)
def test_numbers_with_units(text: str, wanted: list[str], why: str) -> None:
    assert said(text) == wanted, why


@pytest.mark.parametrize(
    ("text", "wanted", "why"),
    [
        ("达标率≥95%,误差≤2%", ["≥95%|95|%|>=|share", "≤2%|2|%|<=|share"], "signs bound too"),
        ("最高可申请15万元", ["15万元|15|万元|<=|level"], "a ceiling before the verb"),
        ("经济增长7%以上、力争达到8%", ["7%以上|7|%|>=|growth", "8%|8|%|=|growth"], "the stretch is growth too"),
        ("能耗下降3%左右", ["3%左右|-3|%|~|growth"], "a fall is negative"),
        ("完工率提高到80%", ["80%|80|%|=|share"], "what is reached is no change"),
        ("赤字率比上年提高1个百分点", ["1个百分点|1|个百分点|=|growth"], "points are always a change"),
        ("规模3万亿元、比上年增加5000亿元", ["3万亿元|3|万亿元|=|level", "5000亿元|5000|亿元|=|growth"], "money"),
        ("新增建设用地15平方公里", ["15平方公里|15|平方公里|=|level"], "新增 is no change of the amount itself"),
        ("项目34项,比去年少1项", ["34项|34|项|=|count", "1项|-1|项|=|growth"], "fewer"),
        ("失业率、价格涨幅分别控制在5%和3%以内", ["5%|5|%|<=|share", "3%以内|3|%|<=|growth"], "each to its name"),
        ("实现5%的增长,出现3%的降幅", ["5%|5|%|=|growth", "3%|-3|%|=|growth"], "the noun may follow"),
        ("提出“年底前达到80%”的目标", ["80%|80|%|=|share"], "a figure in a short quotation"),
        ("企业税负3500亿元", ["3500亿元|3500|亿元|=|level"], "负 of 税负 is no minus"),
        ("增长预期目标为5%左右", ["5%左右|5|%|~|growth"], "the noun tells growth"),
        ("消费对经济增长的贡献率达到60%", ["60%|60|%|=|share"], "a rate of contribution is a share"),
        ("较高峰减少一半", ["一半|-50|%|=|growth"], "half as a change"),
        ("分别比上年增加2.8亩和5.5亩", ["2.8亩|2.8|亩|=|growth", "5.5亩|5.5|亩|=|growth"], "a list goes on"),
        ("年产3万辆,4万头肉制品加工", ["3万辆|3|万辆|=|level", "4万头|4|万头|=|level"], "capacities"),
        ("惠及1.6亿学生,投资20亿", ["1.6亿|1.6|亿|=|count", "20亿|20|亿|=|level"], "who is counted"),
        ("位次前移3位", ["3位|3|位|=|growth"], "a move"),
    ],
)
def test_kind_and_sign(text: str, wanted: list[str], why: str) -> None:
    assert said(text) == wanted, why


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("完成不到四成", ["不到四成|40|%|<=|share"]),
        ("六成出头签了约", ["六成出头|60|%|>=|share"]),
        ("合格率百分之八十九点五", ["百分之八十九点五|89.5|%|=|share"]),
        ("占三分之一以上", ["三分之一以上|33.33|%|>=|share"]),
        ("完成千分之三", ["千分之三|3|‰|=|share"]),
        ("超过半数开工,产值过半", ["超过半数|50|%|>=|share", "过半|50|%|>=|share"]),
        ("收入翻两番,总量翻一番", ["翻两番|300|%|=|growth", "翻一番|100|%|=|growth"]),
        ("养老机构实现全覆盖", ["全覆盖|100|%|=|share"]),
        ("债务全部清零,全年零死亡", ["清零|0|-|=|count", "零死亡|0|-|=|count"]),
        ("保持两位数以上增长,三公经费“零”增长", ["两位数以上|10|%|>=|growth", "“零”增长|0|%|=|growth"]),
        ("过十亿的一个没有", ["过十亿|10|亿|>=|level", "一个没有|0|个|=|count"]),
        ("致3死5伤", ["3死|3|人|=|count", "5伤|5|人|=|count"]),
        ("火点必须是零", ["零|0|-|=|count"]),
        ("一个人三百八,不贵", ["三百八|380|元|=|level"]),
        ("先搬的每户奖两千,不多发", ["两千|2000|元|=|level"]),
    ],
)
def test_numbers_in_words(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("总量居全国第3位", ["第3位|3|位|=|rank"]),
        ("由全市第九前移到第六", ["第九|9|-|=|rank", "第六|6|-|=|rank"]),
        ("风电成为第一大电源", ["第一大|1|-|=|rank"]),
        ("目标是进前五", ["前五|5|-|<=|rank"]),
        ("头一名的村、综合排名前两名的县", ["头一名|1|名|=|rank", "前两名|2|名|<=|rank"]),
        ("前三名奖2万元", ["前三名|3|名|<=|rank", "2万元|2|万元|=|level"]),
        ("实绩排在全市首位", ["首位|1|位|=|rank"]),
    ],
)
def test_ranks(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


def test_at_least_governs_the_list_that_follows() -> None:
    text = "每县至少要有一个过亿元项目,5个开工项目,其他4个县另议"
    assert said(text) == [
        "至少要有一个|1|个|>=|count",
        "过亿元|1|亿元|>=|level",
        "5个|5|个|>=|count",
        "4个|4|个|=|count",
    ]


def test_a_bound_before_the_metric_reaches_the_number() -> None:
    assert [mention.comparator for mention in found("不足全市新开项目的20%,产出达不到每亩200万元")] == ["<=", "<="]


@pytest.mark.parametrize(
    ("text", "wanted", "why"),
    [
        ("开工的项目只有两个", ["两个"], "只有 makes a small Chinese count one"),
        ("三人一组包五户", ["三人", "五户"], "people and households can be pointed at"),
        ("有两个乡镇落后", ["两个"], "and so can townships"),
        ("十四个乡镇里排第十一", ["十四个", "第十一"], "ten and more count"),
        ("九处已动工,另外一处地权不清", ["九处", "一处"], "the last one beside others"),
        ("财务科、审计科两个科室", [], "sums up names just given"),
        ("统筹两个大局,抓好三项工作,讲四点意见", [], "announce what follows"),
        ("这三个项目、每两家企业", [], "point back or share out"),
        ("累计三次暂停处方权", [], "how often"),
        ("每季度走访不少于2次", [], "a rhythm"),
        ("今年走访4次", ["4次"], "what was done counts"),
        ("被查处三次以上的,全年不少于4次的", [], "thresholds of how often"),
        ("成立三个督查组,攒两张黄牌", ["三个", "两张"], "things on site"),
    ],
)
def test_small_chinese_counts(text: str, wanted: list[str], why: str) -> None:
    assert [mention.span.cut(tidy(text)) for mention in found(text)] == wanted, why


@pytest.mark.parametrize(
    "text",
    [
        "2025年3月10日上午9点30分,会期两天半",
        "3个工作日内答复,压缩到15个工作日,用时6个多月",
        "国办发(2019)3号,第十四届第三次会议,第一季度,第一产业,第三方",
        "落实“四个一”机制,开展“千名干部进百企”,推进“4+4”产业",
        "三重一大、5G、8.6代线、G318、5A级景区、一带一路、双随机一公开",
        "培育百亿企业和百强县,百花齐放、千家万户、四面八方",
        "一事一议、一抓到底、一手抓项目一手抓环境,一批项目、一系列举措",
        "比例为1:4,0-6岁儿童,24小时值守,2024学年",
        "按照第十、十一条办理,见第5条",
        "落实《稳经济33条措施》",
        "安全第一、预防为主;第一,要抓早",
        "时间过半,倍增效应明显,实施倍增计划,坚持动态清零",
        "健全覆盖城乡的体系,开展全覆盖检查",
        "大陆台商和队伍人数",
        "零部件、零距离,一一对应",
        "落实“6个100%”,推进“两个200万亩”,建设“10个样板”",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert said(text) == []


def test_spans_count_the_document_and_headings_hold_nothing() -> None:
    text = "关于2025年工作的讲话\n\n同志们:\n今年新开工5个项目。总投资30亿元,另有过十亿的2个。\n"
    outline = outlined(text, RULES)
    mentions = find_quantities(outline, RULES)
    assert [mention.span.cut(text) for mention in mentions] == ["5个", "30亿元", "过十亿", "2个"]
    assert all(not outline.statements[mention.statement].heading for mention in mentions)
    assert mentions[2].unit == "亿元", "30亿元 in the paragraph makes 元 certain"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("投资3.5亿元", "350000000", "CNY"),
        ("出口5万美元", "50000", "USD"),
        ("补助2万港元", "20000", "HKD"),
        ("奖每村两万块", "20000", "CNY"),
        ("建成3亩", "2000", "m2"),
        ("绿化2平方公里", "2000000", "m2"),
        ("铺设1.2万公里", "12000000", "m"),
        ("产粮2亿斤", "100000", "t"),
        ("装机600万千瓦", "6000000000", "W"),
        ("发电3亿千瓦时", "300000000", "kWh"),
        ("就业85万人", "850000", "person"),
        ("搬迁1.3万户", "13000", "household"),
        ("新建12个", "12", "item"),
        ("提高0.5个百分点", "0.5", "percentage-point"),
        ("不良率2‰", "0.2", "percent"),
        ("比上年减少300亿元", "-30000000000", "CNY"),
    ],
)
def test_canonical_units(text: str, value: str, unit: str) -> None:
    converted = canonical(found(text)[0], RULES)
    assert converted is not None
    assert (converted.value, converted.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["居全国第3位", "价格3元/吨", "惠及20余万农民", "债务清零"])
def test_no_canonical_unit(text: str) -> None:
    assert canonical(found(text)[0], RULES) is None


def test_a_range_converts_at_both_ends() -> None:
    converted = canonical(found("奖1-2万元")[0], RULES)
    assert converted is not None
    assert (converted.value, converted.upper) == (Decimal(10000), Decimal(20000))


@pytest.mark.parametrize("unit", ["5个", "1,", "三分之", "1-2个", "第一、", "至少", "亿"])
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    # How long it takes is measured in benchmarks/hostile.py; here a step that tries everything would not come back.
    text = unit * (40_000 // len(unit))
    assert all(mention.span.end <= len(text) for mention in quantities(text, RULES))
