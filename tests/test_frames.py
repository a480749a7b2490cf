"""Review or plan: headings and leads decide, words where they are silent."""

import pytest

from speechmine.cleaning import clean
from speechmine.judging.frames import frames, plan_logit
from speechmine.outline import outlined
from speechmine.rules import load_rules

RULES = load_rules()


def frames_of(text: str) -> list[str]:
    return [str(frame) for frame in frames(outlined(clean(text).aligned.text, RULES), RULES)]


def test_headings_turn_the_frame_and_hold_it() -> None:
    text = "一、去年工作回顾\n(一)产业。推进园区建设。\n(二)民生。推进学校建设。\n二、今年主要任务\n(一)产业。推进园区建设。\n"
    found = frames_of(text)
    turn = found.index("orders")
    assert set(found[:turn]) == {"review"}
    assert set(found[turn:]) == {"orders"}


@pytest.mark.parametrize(
    ("plan", "review"),
    [
        ("加快推进重点项目建设,力争年内开工。", "重点项目建设加快推进,全年新开工项目达到120个,创历史新高。"),
        ("深入实施乡村振兴行动,确保粮食安全。", "粮食产量达到58万吨,连续五年增产。"),
    ],
)
def test_words_alone_lean_the_right_way(plan: str, review: str) -> None:
    assert plan_logit(plan) > plan_logit(review)


def test_the_weights_say_what_they_were_trained_on() -> None:
    from importlib import resources

    text = resources.files("speechmine.judging").joinpath("frames.json").read_text("utf-8")
    assert "trained on" in text
    assert len(text) < 60_000


def test_a_section_of_bare_points_before_a_council_is_a_programme() -> None:
    points = "推动城乡风貌改造。\n改善第3期步道。\n办理校舍补强。\n提升图书服务。\n强化山区通讯。\n"
    told = "本府向贵会报告如下。\n一、建设\n" + points + "兴建泵站2座。\n" + points
    assert set(frames_of(told)[2:]) == {"plan"}
