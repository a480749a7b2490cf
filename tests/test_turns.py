"""Debates and press conferences: whose words are whose."""

import pytest

from speechmine import Document, analyse, load_rules, sentences
from speechmine.records import Record

RULES = load_rules()
DEBATE = """王委員小明：（10時30分）主席、各位同仁。請交通部於月底前提出橋梁檢測計畫。

主席：請李部長大文答復。

李部長大文：謝謝委員指教。本部會在9月底前完成檢測320座。

王委員小明：我要求每季公布一次進度。
"""


def record(text: str) -> Record:
    return analyse(Document.of(text), RULES)


def test_each_turn_is_a_speech_with_its_speaker() -> None:
    found = record(DEBATE)
    speakers = [(one.speaker.name, one.speaker.title) for one in found.speeches if one.speaker]
    assert speakers == [("王小明", "委员"), (None, "主席"), ("李大文", "部长"), ("王小明", "委员")]
    assert found.document.genre == "speech"


def test_findings_stand_in_the_turn_they_were_said_in() -> None:
    found = record(DEBATE)
    by_id = {one.id: one for one in found.speeches}
    goal = next(goal for goal in found.goals if goal.value == 320)
    speaker = by_id[goal.speech].speaker
    assert speaker is not None
    assert speaker.name == "李大文"


def test_turns_lie_in_order_and_hold_their_words() -> None:
    found = record(DEBATE)
    for before, after in zip(found.speeches, found.speeches[1:], strict=False):
        assert before.end <= after.start
    assert DEBATE[found.speeches[1].start : found.speeches[1].end].startswith("主席：")


@pytest.mark.parametrize(
    "text",
    [
        "張院長小明：（10時30分）主席、各位委員。本院將加強防災整備。\n今年要完成檢測320座。\n",  # one speaker only
        "同志们：\n一、抓进度：要实行周调度。\n二、抓质量：要严格验收。\n",  # a colon names nobody
        "责任单位：县水利局。\n完成时限：6月底。\n各镇要抓紧清淤。\n",  # labels are no people
    ],
)
def test_what_is_no_debate_stays_whole(text: str) -> None:
    assert len(record(text).speeches) == 1


def test_a_press_conference_has_its_host_and_reporters() -> None:
    text = "主持人：各位记者朋友，今天的新闻发布会介绍全市上半年稳就业的情况，先请几位负责同志回答大家关心的问题。\n记者：请问今年的就业目标是什么？\n副市长王小明：今年要新增就业8万人。\n"
    titles = [one.speaker.title for one in record(text).speeches if one.speaker]
    assert titles == ["主持人", "记者", "副市长"]


def test_roles_of_sentences_know_no_turns() -> None:
    assert len(sentences(DEBATE)) >= 5
