"""Findings go to annotation tools and come back as gold: what nobody touched is the same, what was touched is as left."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from speechmine.annotating.doccano import from_doccano
from speechmine.annotating.label_studio import from_tasks
from speechmine.annotating.sheets import Sheet, sheet_of_gold, sheet_of_marks
from speechmine.annotating.shown import CodeUnits, Shown
from speechmine.annotating.sources import sheets_of_gold
from speechmine.annotating.writing import gold_bytes
from speechmine.scoring import GoldMechanism, GoldQuantity, extracted_records, read_gold, scored
from speechmine.spans import Span
from tests.samples import CORPUS, corpus_texts, hostile
from tests.tool_samples import Doccano, LabelStudio, no_doubt, sheet_of, sheets

TEXT = "𠮷县要坚持周调度、月通报制度。\r\n市发改委要确保今年完成固定资产投资10亿元以上,力争年底前达到80%。\r\n"


def through_doccano(sheet: Sheet) -> Sheet:
    return Doccano(sheet).returned(approved=True)


def through_label_studio(sheet: Sheet) -> Sheet:
    return LabelStudio(sheet).returned()


THROUGH = pytest.mark.parametrize("through", [through_doccano, through_label_studio])


def reviewed(sheet: Sheet) -> bytes:
    return gold_bytes(Sheet(replace(sheet.gold, reviewed=True), sheet.text, sheet.marks))


@given(hostile())
def test_a_text_is_shown_without_control_characters_and_can_be_put_back(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    shown = Shown.of(text)
    assert shown.restored() == text
    assert all(character in "\t\n" or ord(character) >= 32 for character in shown.text)
    for place in range(len(text)):
        span = Span(place, place + 1)
        assert shown.source(shown.shown(span)).holds(span)


@given(st.text(st.sampled_from("一a𠮷👍\n"), max_size=30), st.data())
def test_code_units_are_what_utf_16_counts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    counted = CodeUnits.of(text).counted(span)
    assert text.encode("utf-16-le")[counted.start * 2 : counted.end * 2].decode("utf-16-le") == span.cut(text)
    assert CodeUnits.of(text).characters(counted) == span


@THROUGH
@settings(deadline=None, max_examples=60)
@given(sheet=sheets())
def test_what_nobody_touched_comes_back_untouched(through: object, sheet: Sheet) -> None:
    assert callable(through)
    assert gold_bytes(through(sheet)) == reviewed(sheet)


@THROUGH
def test_gold_goes_round_without_a_change(through: object) -> None:
    assert callable(through)
    for sheet in sheets_of_gold(CORPUS / "gold", [CORPUS / "texts"]):
        first = through(sheet)
        assert first.gold.mechanisms == sheet.gold.mechanisms
        assert first.gold.quantities == sheet.gold.quantities
        assert first.gold.measures == sheet.gold.measures
        assert gold_bytes(through(first)) == gold_bytes(first)


@THROUGH
def test_records_that_went_round_score_perfectly(through: object, tmp_path: Path) -> None:
    assert callable(through)
    for path in corpus_texts()[:4]:
        sheet = sheet_of(path.read_bytes().decode(), path.name)
        (tmp_path / f"{path.stem}.json").write_bytes(gold_bytes(through(sheet)))
    gold = read_gold(tmp_path, [CORPUS / "texts"])
    assert sum(len(one.quantities) for one in gold) > 50
    assert scored(gold, extracted_records(gold)).misses == []
    for one in gold:
        assert gold_bytes(sheet_of_gold(one)) == (tmp_path / f"{Path(one.name).stem}.json").read_bytes()


def test_crlf_and_astral_characters_keep_their_places() -> None:
    sheet = sheet_of(TEXT)
    quotes = [mark.item.quote for mark in sheet.marks]
    assert "10亿元以上" in quotes
    doccano, studio = Doccano(sheet), LabelStudio(sheet)
    assert "\r" not in doccano.text
    start = doccano.text.index("10亿元以上")
    # doccano counts the 𠮷 twice, Label Studio once.
    assert (start + 1, start + 7, "goal:ensure") in doccano.spans
    (region,) = (mark.id for mark in sheet.marks if mark.item.quote == "10亿元以上")
    assert studio.field(region, "label")["start"] == start


# What people do


@settings(deadline=None, max_examples=60)
@given(sheets(), st.data())
def test_label_studio_edits_are_what_comes_back(sheet: Sheet, data: st.DataObject) -> None:
    studio, shown = LabelStudio(sheet), Shown.of(sheet.text)
    wanted = {}
    places = st.integers(0, len(shown.text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, min(start + 9, len(shown.text))))
    )
    for mark in sheet.marks:
        match data.draw(st.sampled_from(["keep", "delete", "move"])):
            case "keep":
                wanted[mark.group, mark.span] = mark.item
            case "delete":
                studio.delete(mark.id)
            case _:
                start, end = data.draw(places)
                span = shown.source(Span(start, end))
                if any((mark.group, span) in taken for taken in (wanted, {(m.group, m.span) for m in sheet.marks})):
                    studio.delete(mark.id)
                    continue
                studio.move(mark.id, start, end)
                wanted[mark.group, span] = mark.item
    back = studio.returned()
    assert {(mark.group, mark.span) for mark in back.marks} == set(wanted)
    for mark in back.marks:
        meant = wanted[mark.group, mark.span]
        assert mark.item == replace(meant, quote=mark.item.quote, nth=mark.item.nth)
        assert mark.span.cut(sheet.text) == mark.item.quote


@settings(deadline=None, max_examples=60)
@given(sheets(), st.data())
def test_doccano_edits_are_what_comes_back(sheet: Sheet, data: st.DataObject) -> None:
    doccano, shown = Doccano(sheet), Shown.of(sheet.text)
    labels = {"goal": "quantity", "measure:strive": "measure", "cadence": "mechanism"}
    kept = [mark for mark in sheet.marks if data.draw(st.booleans())]
    doccano.spans = Doccano(sheet_of_marks(sheet.gold, sheet.text, kept)).spans
    wanted = {(mark.group, mark.span) for mark in kept}
    for label in data.draw(st.lists(st.sampled_from(sorted(labels)), max_size=3)):
        start = data.draw(st.integers(0, len(shown.text) - 1))
        end = data.draw(st.integers(start + 1, len(shown.text)))
        place = (labels[label], shown.source(Span(start, end)))
        if place not in wanted and not any((mark.group, mark.span) == place for mark in sheet.marks):
            wanted.add(place)
            doccano.add(start, end, label)
    back = doccano.returned()
    assert {(mark.group, mark.span) for mark in back.marks} == wanted
    items = {(mark.group, mark.span): mark.item for mark in back.marks}
    assert all(items[mark.group, mark.span] == mark.item for mark in kept)


def test_a_new_mark_says_what_its_label_and_its_words_say() -> None:
    text = "会议强调,项目建设要实行半月一会商,新增就业30万人左右。"
    bare = sheet_of_marks(sheet_of(text).gold, text, ())
    doccano, studio = Doccano(bare), LabelStudio(bare)
    for label, words in {"mechanism:cadence:proposed": "半月一会商", "goal:expect": "30万人左右"}.items():
        at = text.index(words)
        doccano.add(at, at + len(words), label)
        studio.add(f"new{at}", at, at + len(words), label.split(":")[0])
    for back in (doccano.returned(), studio.returned()):
        rhythm, number = (mark.item for mark in back.marks)
        assert isinstance(rhythm, GoldMechanism)
        assert isinstance(number, GoldQuantity)
        assert (rhythm.kind, rhythm.components) == ("cadence", [("P15D", "会商")])
        assert (number.role, number.value, number.unit, number.cmp) == ("goal", 30, "万人", "~")
    rhythm, number = (mark.item for mark in doccano.returned().marks)
    assert isinstance(rhythm, GoldMechanism)
    assert isinstance(number, GoldQuantity)
    assert (rhythm.status, number.commitment) == ("proposed", "expect")


def test_a_span_drawn_anew_in_doccano_keeps_what_its_words_do_not_say() -> None:
    sheet = sheet_of("市发改委要确保今年完成固定资产投资10亿元以上。")
    doccano = Doccano(sheet)
    (goal,) = (span for span in doccano.spans if span[2] == "goal:ensure")
    doccano.spans.remove(goal)
    doccano.spans.append((goal[0], goal[1] - 2, goal[2]))
    old, new = (one.gold.quantities[0] for one in (sheet, doccano.returned()))
    assert (old.quote, old.cmp, new.quote, new.cmp) == ("10亿元以上", ">=", "10亿元", "=")
    assert (new.metric, new.deadline, new.commitment) == (old.metric, old.deadline, "ensure")


def test_another_label_in_doccano_changes_that_field_alone() -> None:
    sheet = sheet_of("市发改委要确保今年完成固定资产投资10亿元以上。各县区要建立项目台账。")
    doccano = Doccano(sheet)
    swaps = {
        "goal:ensure": "result",
        "mechanism:ledger:required": "mechanism:cadence:in-force",
        "measure:must": "measure:plan",
    }
    doccano.spans = [(start, end, swaps.get(label, label)) for start, end, label in doccano.spans]
    back = doccano.returned()
    assert back.gold.quantities == [replace(sheet.gold.quantities[0], role="result", commitment=None)]
    changed = replace(sheet.gold.mechanisms[0], kind="cadence", status="in-force", components=[])
    assert back.gold.mechanisms == [changed]
    assert {measure.commitment for measure in back.gold.measures} == {"plan"}


def test_fields_edited_in_label_studio_change_and_the_others_stay() -> None:
    sheet = sheet_of("市发改委要确保今年完成固定资产投资10亿元以上。各县区要坚持周调度、月通报制度。")
    goal = next(mark for mark in sheet.marks if mark.group == "quantity")
    rhythm = next(mark for mark in sheet.marks if mark.group == "mechanism")
    studio = LabelStudio(sheet)
    studio.field(goal.id, "quantity_value")["number"] = 12.5
    studio.field(goal.id, "quantity_commitment")["choices"] = ["strive"]
    studio.field(rhythm.id, "mechanism_components")["text"] = ["P1W 调度\nP3M 通报"]
    studio.results = [result for result in studio.results if result["from_name"] != "quantity_metric"]
    back = studio.returned()
    assert isinstance(goal.item, GoldQuantity)
    assert back.gold.quantities == [replace(goal.item, value=12.5, commitment="strive", metric=None)]
    assert back.gold.mechanisms[0].components == [("P1W", "调度"), ("P3M", "通报")]


def test_older_label_studio_counted_utf_16_and_is_understood() -> None:
    sheet = sheet_of(TEXT)
    studio = LabelStudio(sheet)
    units = CodeUnits.of(studio.text)
    for result in studio.results:
        start, end = result["value"]["start"], result["value"]["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        counted = units.counted(Span(start, end))
        result["value"].update({"start": counted.start, "end": counted.end})
    assert gold_bytes(studio.returned()) == reviewed(sheet)


def test_a_region_that_stands_elsewhere_than_it_quotes_is_told_of() -> None:
    sheet = sheet_of(TEXT)
    studio = LabelStudio(sheet)
    goal = next(mark for mark in sheet.marks if mark.group == "quantity")
    studio.field(goal.id, "label")["text"] = "不在这里"
    said: list[str] = []
    list(from_tasks(studio.exported(studio.submitted()), "export.json", said.append))
    assert [message.count("不在这里") for message in said] == [1]


# Who has looked at it


def test_only_what_a_person_submitted_or_approved_is_reviewed() -> None:
    sheet = sheet_of(TEXT)
    studio, doccano = LabelStudio(sheet), Doccano(sheet)
    assert sheet.gold.reviewed is False
    (untouched,) = from_tasks(studio.exported(), "e.json", no_doubt)
    (skipped,) = from_tasks(studio.exported(studio.submitted(was_cancelled=True)), "e.json", no_doubt)
    assert untouched == skipped == sheet
    assert studio.returned().gold.reviewed
    assert doccano.returned().gold.reviewed is False
    doccano.meta["annotation_approver"] = "admin"
    assert doccano.returned().gold.reviewed
    (related,) = from_doccano(doccano.exported(relations=True), "all.jsonl", False)
    assert related == doccano.returned()


def test_of_several_annotations_the_ground_truth_counts_else_the_last() -> None:
    studio = LabelStudio(sheet_of(TEXT))
    empty, full = {**studio.submitted(), "result": []}, studio.submitted()

    def marks(*annotations: dict[str, object]) -> int:
        (sheet,) = from_tasks(studio.exported(*annotations), "e.json", no_doubt)
        return len(sheet.marks)

    assert marks(full, empty) == 0 < marks(empty, full)
    assert marks({**full, "ground_truth": True}, empty) == marks(empty, full)
    assert marks({**full, "updated_at": "2024-05-02"}, {**empty, "updated_at": "2024-05-01"}) == marks(full)
