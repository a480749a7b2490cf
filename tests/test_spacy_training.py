"""The pipeline that learns spans from gold: it trains, it assembles, and what it proposes holds the gold."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from speechmine.annotating.sources import sheets_of_gold
from speechmine.cli import main
from tests.samples import CORPUS

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'speechmine[spacy]'")

from speechmine.integrations.spacy import TRAINED_KEY  # noqa: E402
from speechmine.integrations.stretches import stretches  # noqa: E402

ROOT = CORPUS.parent


@given(st.text(st.sampled_from("一二,。 \n"), max_size=12), st.integers(1, 4), st.integers(1, 3))
def test_stretches_hold_no_full_stop_and_no_blank_at_either_end(text: str, longest: int, clauses: int) -> None:
    found = stretches(list(text), longest, clauses)
    assert found == sorted(set(found))
    for span in found:
        words = span.cut(text)
        assert words.strip() == words != ""
        assert not set(words) & set("。\n")
        assert "," in words or len(words) <= longest or (text + "。")[span.end] in ",。\n "
        assert sum(bool(part.strip()) for part in words.split(",")) <= clauses


def test_most_of_the_gold_is_among_the_stretches() -> None:
    nlp, wanted, there = spacy.blank("zh"), 0, 0
    for sheet in sheets_of_gold(CORPUS / "gold", [CORPUS / "texts"]):
        doc = nlp.make_doc(sheet.text)
        places = {(doc[start].idx, doc[start:end].end_char) for start, end in stretches([t.text for t in doc], 16, 5)}
        wanted += len(sheet.marks)
        there += sum(tuple(mark.span) in places for mark in sheet.marks)
    assert there / wanted > 0.9


def test_the_pipeline_trains_on_gold_and_gives_spans(tmp_path: Path) -> None:
    train, dev = tmp_path / "train.spacy", tmp_path / "dev.spacy"
    gold = [str(CORPUS / "gold" / f"{name}.json") for name in ("s08_notice", "s09_minutes", "s13_dispatch_news")]
    for files, out in ((gold[:2], train), (gold[2:], dev)):
        words = ["export", "spacy", *files, "--gold", "--texts", str(CORPUS / "texts"), "-o", str(out)]
        assert CliRunner().invoke(main, words).exit_code == 0
    words = [
        sys.executable,
        "-m",
        "spacy",
        "train",
        str(ROOT / "pipelines" / "spacy.cfg"),
        "--output",
        str(tmp_path / "m"),
    ]
    steps = ["--training.max_steps", "2", "--training.eval_frequency", "1", "--components.spancat.threshold", "0.0"]
    paths = ["--paths.train", str(train), "--paths.dev", str(dev)]
    told = subprocess.run([*words, *paths, *steps], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    doc = spacy.load(tmp_path / "m" / "model-last")("各县区要坚持周调度,确保完成投资10亿元以上。")
    assert {span.label_ for span in doc.spans[TRAINED_KEY]} >= {"mechanism", "goal", "measure"}
    assert {span.label_ for span in doc.spans["speechmine"]} == {"mechanism", "goal", "measure"}


def test_the_pipeline_assembles(tmp_path: Path) -> None:
    words = ["assemble", str(ROOT / "pipelines" / "spacy.cfg"), str(tmp_path / "m")]
    told = subprocess.run([sys.executable, "-m", "spacy", *words], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    nlp = spacy.load(tmp_path / "m", exclude=["spancat"])
    assert len(nlp("各县区要坚持周调度。").spans["speechmine"]) == 2
