"""Properties of the whole: what must hold for any text, and for every sample speech."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import opencc
import pytest
from hypothesis import assume, given, settings

from speechmine import Document, Record, analyse, load_rules
from speechmine.exporting.jsonl import json_line, json_schema
from tests.samples import CORPUS, corpus_texts, hostile, speeches

RULES = load_rules()
WIDE = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "%": "％"} | {str(n): chr(ord("０") + n) for n in range(10)}
)


def found(text: str) -> Record:
    return analyse(Document.of(text, "a.txt"), RULES, explain=True)


def places(record: Record, shift: int = 0) -> list[tuple[object, ...]]:
    """Return what was found and where, without what the script or width of the text changes."""
    rows: list[tuple[object, ...]] = []
    for mechanism in record.mechanisms:
        rhythm = tuple(part.every for part in mechanism.components)
        rows.append((
            "mechanism",
            mechanism.evidence.start,
            mechanism.evidence.end,
            mechanism.kind,
            mechanism.status,
            rhythm,
        ))
    rows += [
        ("number", number.evidence.start, number.evidence.end, number.value, number.comparator, number.kind)
        for number in [*record.goals, *record.figures]
    ]
    for measure in record.measures:
        rows.append(("measure", measure.evidence.start, measure.evidence.end, measure.commitment, len(measure.owner)))
    return sorted((row[0], int(str(row[1])) + shift, int(str(row[2])) + shift, *row[3:]) for row in rows)


def quotes(record: Record) -> Iterator[tuple[str, int, int]]:
    for finding in [*record.mechanisms, *record.goals, *record.figures, *record.measures]:
        yield finding.evidence.quote, finding.evidence.start, finding.evidence.end
    assert isinstance(record.skipped, list)
    for skipped in record.skipped:
        yield skipped.quote, skipped.start, skipped.end


@settings(max_examples=120, deadline=None)
@given(hostile())
def test_every_quote_is_the_text_as_read(text: str) -> None:
    document = Document.of(text)
    record = found(text)
    for quote, start, end in quotes(record):
        assert document.text[start:end] == quote
    json_line(record)


@pytest.mark.parametrize("path", corpus_texts(), ids=lambda path: path.stem)
def test_quotes_of_the_sample_speeches(path: Path) -> None:
    text = path.read_text("utf-8")
    for quote, start, end in quotes(found(text)):
        assert text[start:end] == quote
        assert start < end


@settings(max_examples=40, deadline=None)
@given(speeches())
def test_the_traditional_twin_says_the_same(text: str) -> None:
    twin = opencc.OpenCC("s2t").convert(text)
    assume(len(twin) == len(text))
    assert places(found(twin)) == places(found(text))


@settings(max_examples=40, deadline=None)
@given(speeches())
def test_the_full_width_twin_says_the_same(text: str) -> None:
    assert places(found(text.translate(WIDE))) == places(found(text))


@settings(max_examples=40, deadline=None)
@given(speeches(), speeches())
def test_concatenation_shifts_findings(first: str, second: str) -> None:
    joined = places(found(first + "\n" + second))
    assert joined == sorted([*places(found(first)), *places(found(second), len(first) + 1)])


def test_ids_are_unique_and_stable() -> None:
    for path in corpus_texts():
        text = path.read_text("utf-8")
        first, second = found(text), found(text)
        assert json_line(first) == json_line(second)
        findings = [*first.mechanisms, *first.goals, *first.figures, *first.measures]
        assert len({finding.id for finding in findings}) == len(findings)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_hash_seed_locale_and_clock_do_not_show(seed: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Pacific/Auckland"}
    command = [sys.executable, "-m", "speechmine", "extract", str(CORPUS / "texts"), "-o", str(out)]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    lines = [json_line(analyse(Document.of(path.read_text("utf-8"), path.name), RULES)) for path in corpus_texts()]
    assert out.read_bytes() == b"".join(line + b"\n" for line in lines)


def test_every_record_follows_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(json_schema()))
    for path in corpus_texts():
        record = json.loads(json_line(found(path.read_text("utf-8"))))
        assert not list(validator.iter_errors(record))


def test_links_between_findings_lead_somewhere() -> None:
    for path in corpus_texts():
        record = found(path.read_text("utf-8"))
        goals = {goal.id for goal in record.goals}
        mechanisms = {mechanism.id for mechanism in record.mechanisms}
        speeches_given = {speech.id for speech in record.speeches}
        for measure in record.measures:
            assert set(measure.goals) <= goals
            assert set(measure.mechanisms) <= mechanisms
            assert measure.speech in speeches_given
        assert all(goal.pair in goals for goal in record.goals if goal.pair)


def test_a_reference_date_from_outside_dates_only_the_undated() -> None:
    undated = "各县区要确保今年完成投资30亿元。"
    assert analyse(Document.of(undated), RULES, "2022").document.reference_date == "2022"
    assert analyse(Document.of(undated), RULES).document.reference_date is None


def test_explaining_changes_nothing_else() -> None:
    for path in corpus_texts()[:3]:
        document = Document.of(path.read_text("utf-8"))
        plain, explained = analyse(document, RULES), analyse(document, RULES, explain=True)
        assert json.loads(json_line(plain)) == {
            key: value for key, value in json.loads(json_line(explained)).items() if key != "skipped"
        }
