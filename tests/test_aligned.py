"""Every character of an edited text leads back to the words it was read from, whatever the edits."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.aligned import AlignedText, Edit
from speechmine.spans import Span

SOURCE = "關(guān)鍵一招,1。3万户"


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Draw edits in order and without overlap: deletions, replacements, insertions."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=12)))
    words = draw(st.lists(st.text("甲乙丙", max_size=3), min_size=len(cuts), max_size=len(cuts)))
    return [Edit(*cut, word) for cut, word in zip(zip(cuts[::2], cuts[1::2], strict=False), words, strict=False)]


@st.composite
def edited_texts(draw: st.DrawFn) -> AlignedText:
    """Draw a text that went through several rounds of edits."""
    aligned = AlignedText.of(draw(st.text("关键一招", max_size=30)))
    for _ in range(draw(st.integers(1, 4))):
        aligned = aligned.edited(draw(edits(len(aligned.text))))
    return aligned


def applied(text: str, changes: Sequence[Edit]) -> str:
    for edit in reversed(changes):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text


@given(st.data())
def test_edits_do_what_replacing_from_the_end_does(data: st.DataObject) -> None:
    text = data.draw(st.text("关键一招", max_size=30))
    changes = data.draw(edits(len(text)))
    assert AlignedText.of(text).edited(changes).text == applied(text, changes)


@given(edited_texts(), st.data())
def test_ranges_lie_in_the_source_and_keep_its_order(aligned: AlignedText, data: st.DataObject) -> None:
    start, end, later = sorted(data.draw(st.integers(0, len(aligned.text))) for _ in range(3))
    near, far = aligned.to_source(start, end), aligned.to_source(end, later)
    assert 0 <= near.start <= near.end <= len(aligned.source)
    assert near.start <= far.start
    assert later == end or near.end <= far.end


@given(edited_texts())
def test_a_wider_range_holds_the_ranges_of_its_characters(aligned: AlignedText) -> None:
    parts = [aligned.to_source(at, at + 1) for at in range(len(aligned.text))]
    if parts:
        assert aligned.to_source(0, len(parts)) == Span(parts[0].start, parts[-1].end)


@given(edited_texts())
def test_a_character_that_no_edit_touched_leads_back_to_itself(aligned: AlignedText) -> None:
    for piece in aligned.pieces:
        if not piece.whole:
            source = aligned.source[piece.source_start : piece.source_end]
            assert aligned.text[piece.start : piece.end] == source


@given(st.data())
def test_the_whole_replaced_range_stands_behind_every_new_character(data: st.DataObject) -> None:
    text = data.draw(st.text("关键", min_size=1, max_size=20))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    word = data.draw(st.text("甲乙", min_size=1, max_size=4))
    aligned = AlignedText.of(text).edited([Edit(start, end, word)])
    # Edited once more inside the new words, the rest of them still stands for everything that was replaced.
    again = aligned.edited([Edit(start, start + 1, "")])
    for at in range(start, start + len(word) - 1):
        assert again.to_source(at, at + 1) == Span(start, end)


def test_a_quote_spans_what_vanished_inside_it_and_not_what_vanished_beside_it() -> None:
    aligned = AlignedText.of("重点⏎项目’建设").edited([Edit(2, 3, ""), Edit(5, 6, "")])
    assert aligned.text == "重点项目建设"
    assert aligned.to_source(0, 4).cut(aligned.source) == "重点⏎项目"
    assert aligned.to_source(4, 6).cut(aligned.source) == "建设"


def test_repairs_compose() -> None:
    aligned = AlignedText.of(SOURCE).edited([Edit(0, 7, "關")])
    aligned = aligned.edited([Edit(aligned.text.index("。"), aligned.text.index("。") + 1, ".")])
    aligned = aligned.with_same_length(aligned.text.replace("關", "关").replace("鍵", "键"))
    assert aligned.text == "关键一招,1.3万户"
    assert [aligned.to_source(*at).cut(SOURCE) for at in ((0, 2), (5, 10))] == ["關(guān)鍵", "1。3万户"]


def test_an_empty_range_is_a_place() -> None:
    aligned = AlignedText.of("甲乙丙").edited([Edit(1, 2, "")])
    assert [aligned.to_source(at, at) for at in range(3)] == [Span(0, 0), Span(2, 2), Span(3, 3)]
    assert AlignedText.of("").to_source(0, 0) == Span(0, 0)
    assert AlignedText.of("甲").edited([Edit(0, 1, "")]).text == ""


@pytest.mark.parametrize("changes", [[Edit(3, 2, "")], [Edit(0, 99, "")], [Edit(2, 4, ""), Edit(3, 5, "")]])
def test_edits_out_of_order_or_out_of_range_are_refused(changes: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order or out of range"):
        AlignedText.of(SOURCE).edited(changes)


def test_another_length_cannot_be_the_same_characters() -> None:
    with pytest.raises(ValueError, match="cannot stand for"):
        AlignedText.of("关键").with_same_length("关")


def test_many_edits_take_time_in_proportion() -> None:
    text = "的’" * 100_000
    aligned = AlignedText.of(text).edited(Edit(at, at + 1, "") for at in range(1, len(text), 2))
    assert aligned.text == "的" * 100_000
    assert aligned.to_source(99_999, 100_000) == Span(199_998, 199_999)


def test_words_put_in_between_characters_of_one_range_keep_the_order() -> None:
    halves = AlignedText.of("一").edited([Edit(0, 1, "甲乙丙丁")]).edited([Edit(1, 3, "戊")])
    put_in = halves.edited([Edit(2, 2, "己")])
    ranges = [put_in.to_source(place, place + 1) for place in range(len(put_in.text))]
    assert put_in.text == "甲戊己丁"
    assert ranges == [Span(0, 1)] * 4
