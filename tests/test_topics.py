"""The policy field of a measure: its own words decide, its headings help; weights are only numbers."""

import subprocess
import sys
from pathlib import Path

import pytest

from speechmine import Document, analyse, load_rules
from speechmine.errors import SpeechmineError
from speechmine.judging.learned import Weights, read_weights, shipped_weights
from speechmine.judging.topics import features, topic_of

RULES = load_rules()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("各商场要逐层检查消防通道,消除火灾隐患", "安全生产"),
        ("对在建项目倒排工期,确保年底前竣工投产", "项目建设"),
        ("组织小分队赴外地招商,盯紧签约客商", "招商引资"),
        ("压减审批环节,让企业办事少跑腿", "营商环境"),
        ("抓好河湖清淤和污水收集,改善断面水质", "生态环保"),
        ("新建养老服务中心三所,扩大普惠幼儿园学位", "民生"),
        ("支持科研院所开展关键核心技术攻关", "科技创新"),
        ("严控新增隐性债务,硬化预算约束", "财政金融"),
        ("扩大高标准农田,稳定粮食种植面积", "农业农村"),
        ("党员干部要力戒形式主义、官僚主义", "党建"),
        ("办好国际旅游节,擦亮文化名片", "其他"),
    ],
)
def test_words_of_a_field_give_the_field(text: str, topic: str) -> None:
    assert topic_of(text, (), RULES) == topic


def test_a_heading_is_evidence_for_its_field_and_own_words_are_more() -> None:
    def score(text: str, *section: str) -> int:
        return shipped_weights("topics.json").scores(features(text, section, RULES))["生态环保"]

    silent = "坚持源头治理,完善长效机制"
    assert score(silent, "四、改善生态环境") > score(silent) + 50
    assert score(silent, "四、改善生态环境", "(一)强化措施") > score(silent) + 50, (
        "a heading that names no field hides none"
    )
    assert topic_of("各窗口要精简审批材料", ("四、改善生态环境",), RULES) == "营商环境"


def test_a_word_inside_a_longer_one_counts_with_it() -> None:
    named = features("改善农村公路", (), RULES)
    assert {"=农业农村", "=项目建设"} <= named
    assert "==安全生产" not in features("加强安全生产", (), RULES)


def test_features_do_not_depend_on_figures() -> None:
    assert features("新建水库12座", (), RULES) == features("新建水库3座", (), RULES)


def test_records_carry_the_topic() -> None:
    record = analyse(Document.of("各单位要立即开展消防安全大检查。\n各县区要加强招商引资。\n"), RULES)
    assert [measure.topic for measure in record.measures] == ["安全生产", "招商引资"]


def test_a_field_of_ones_own_weights_is_given() -> None:
    own = Weights(about="", labels=["a", "b"], bias=[0, 5], weights={"=安全生产": [9, 0]})
    assert topic_of("检查消防通道", (), RULES, own) == "a"
    assert topic_of("检查通道", (), RULES, own) == "b"


@pytest.mark.parametrize("name", ["topics.json", "frames.json"])
def test_shipped_weights_are_small_and_say_what_they_are(name: str) -> None:
    weights = shipped_weights(name)
    assert "trained" in weights.about or "judged by the others" in weights.about
    size = len((Path(__file__).parent.parent / "speechmine/judging" / name).read_bytes())
    assert size < 150_000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "no weights"),
        ('{"about":"","labels":["a"],"bias":[1,2],"weights":{}}', "one number for each label"),
        ('{"about":"","labels":["a"],"bias":[1],"weights":{"x":[1,2]}}', "one number for each label"),
        ('{"about":"","labels":["a"],"bias":[1],"weights":{"x":["1"]}}', "no weights"),
    ],
)
def test_what_is_no_weights_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SpeechmineError, match=message):
        read_weights(path)
    with pytest.raises(SpeechmineError, match="cannot be read"):
        read_weights(tmp_path / "missing.json")


def test_judging_needs_neither_the_learner_nor_pickle() -> None:
    code = (
        "import sys; from speechmine import Document, analyse, load_rules\n"
        "topic = analyse(Document.of('各单位要检查消防通道。'), load_rules()).measures[0].topic\n"
        "print(topic.encode('unicode_escape').decode(), [m for m in ('sklearn', 'numpy', 'scipy', 'joblib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split(maxsplit=1) == ["安全生产".encode("unicode_escape").decode(), "[]\n"]
    source = Path(__file__).parent.parent / "speechmine"
    assert not [path for path in source.rglob("*.py") if "import pickle" in path.read_text("utf-8")]
