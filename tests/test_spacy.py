"""The pipe of spaCy and the DocBin files: read by spaCy itself."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine import Document, Record, analyse, load_rules
from speechmine.annotating.labels import label_of
from speechmine.annotating.sources import sheets_of_gold
from speechmine.cli import main
from speechmine.errors import SpeechmineError
from tests.samples import CORPUS, hostile, speeches

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'speechmine[spacy]'")

from spacy import displacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

from speechmine.integrations.spacy import TRAINED_KEY  # noqa: E402

ROOT = CORPUS.parent
TEXT = (
    "𠮷县推进会\n\n\r\n 各县区要坚持周调度、月通报制度,<b>确保今年完成固定资产投资10亿元以上。\n"
    "截至6月底,已开工87家。市统计局要加强监测预警分析👍。"
)
RULES = """
[[rule]]
id = "supervision.lanterns"
says = "A watch that this county alone keeps."
pattern = "挂灯巡看"
set = { kind = "supervision" }
examples = ["各村要实行【挂灯巡看】。"]
counterexamples = ["各村要挂灯。"]
"""


def pipeline(**options: object) -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("speechmine", config=options)
    assert isinstance(nlp, Language)
    return nlp


def record_in(doc: Doc) -> Record:
    record = doc._.speechmine
    assert isinstance(record, Record)
    return record


def evidence(record: Record) -> set[tuple[str, str, int, int]]:
    found = [*record.mechanisms, *record.goals, *record.figures, *record.measures]
    return {(one.id, one.evidence.quote, one.evidence.start, one.evidence.end) for one in found}


def spans(doc: Doc, key: str = "speechmine") -> set[tuple[str, str, int, int]]:
    return {(span.id_, span.text, span.start_char, span.end_char) for span in doc.spans[key]}


def test_the_pipe_is_found_by_its_entry_point() -> None:
    code = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('speechmine'); print(nlp.pipe_names)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "['speechmine']\n"


def test_findings_are_spans_with_labels_and_ids() -> None:
    doc = pipeline(reference_date="2024")(TEXT)
    assert doc.text == TEXT
    assert record_in(doc).goals[0].deadline is not None
    assert [(span.text, span.label_) for span in doc.spans["speechmine.goals"]] == [("10亿元以上", "goal")]
    assert [(span.text, span.label_) for span in doc.spans["speechmine.figures"]] == [("87家", "result")]
    assert {span.label_ for span in doc.spans["speechmine.mechanisms"]} == {"mechanism"}
    assert {span.label_ for span in doc.spans["speechmine.measures"]} == {"measure"}
    assert sum(len(group) for name, group in doc.spans.items() if "." in name) == len(doc.spans["speechmine"])
    assert spans(doc) == evidence(record_in(doc))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.one_of(hostile(), speeches(), st.sampled_from(["𠮷", "👍", "\r\n\r\n", "　", "\u2028"]))).map(
        "\n\n".join
    )
)
def test_characters_keep_their_places_in_any_text(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    doc = NLP(text)
    assert doc.text == text
    record = record_in(doc)
    assert all(text[start:end] == quote for _, quote, start, end in evidence(record))
    assert {(name, start) for name, _, start, _ in spans(doc)} == {
        (name, start) for name, _, start, _ in evidence(record)
    }


NLP = pipeline()


def test_word_tokens_are_covered_whole_and_the_record_keeps_the_characters() -> None:
    words = ["各县区要", "坚持周", "调度", "、月通报制度", "。"]
    doc = Doc(NLP.vocab, words=words, spaces=[False] * len(words))
    doc = NLP.get_pipe("speechmine")(doc)
    (mechanism,) = record_in(doc).mechanisms
    assert mechanism.evidence.quote.startswith("周调度、月通报")
    (span,) = doc.spans["speechmine.mechanisms"]
    assert span.text == "坚持周调度、月通报制度"
    assert doc.text[mechanism.evidence.start : mechanism.evidence.end] == mechanism.evidence.quote


def test_jiebas_words_work_too() -> None:
    pytest.importorskip("jieba", reason="jieba is not installed")
    config = {"nlp": {"tokenizer": {"@tokenizers": "spacy.zh.ChineseTokenizer", "segmenter": "jieba"}}}
    nlp = spacy.blank("zh", config=config)
    nlp.add_pipe("speechmine")
    doc = nlp(TEXT)
    assert max(map(len, doc)) > 1
    assert doc.text == TEXT
    exact = {(name, start, end) for name, _, start, end in evidence(record_in(doc))}
    covered = {name: (start, end) for name, _, start, end in spans(doc)}
    assert all(covered[name][0] <= start < end <= covered[name][1] for name, start, end in exact)


def test_an_empty_text_has_empty_groups() -> None:
    doc = NLP("")
    assert len(doc.spans["speechmine"]) == 0
    assert evidence(record_in(doc)) == set()
    assert spacy.blank("zh").make_doc("各县区").has_extension("speechmine")
    assert spacy.blank("zh").make_doc("各县区")._.speechmine is None


def test_displacy_renders_the_spans_and_runs_no_script() -> None:
    doc = NLP("各县区要坚持周调度、月通报制度,确保完成投资10亿元以上。\n<img src=x onerror=alert(1)><script>")
    page = displacy.render(doc, style="span", options={"spans_key": "speechmine"}, jupyter=False)
    assert "<script" not in page
    assert "<img" not in page
    for label in ("goal", "measure", "mechanism"):
        assert label in page


def test_many_texts_one_after_the_other_or_at_once() -> None:
    texts = [TEXT, "", TEXT, "你好"]
    wanted = [evidence(record_in(NLP(text))) for text in texts]
    assert [evidence(record_in(doc)) for doc in NLP.pipe(texts)] == wanted
    assert [evidence(record_in(doc)) for doc in NLP.pipe(texts, n_process=2)] == wanted


def test_a_pipeline_goes_elsewhere_with_its_own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "own.toml"
    rules.write_text(RULES, "utf-8")
    nlp = pipeline(rules=[str(rules)], reference_date="2024", spans_key="found")
    text = f"{TEXT}各村要实行挂灯巡看。"
    wanted = spans(nlp(text), "found")
    assert "挂灯巡看" in {quote for _, quote, _, _ in wanted}
    nlp.to_disk(tmp_path / "pipe")
    data = nlp.to_bytes()
    rules.unlink()

    def refuse(*_: object) -> None:
        raise AssertionError("pickle")

    monkeypatch.setattr(pickle, "loads", refuse)
    monkeypatch.setattr(pickle, "load", refuse)
    loaded = spacy.load(tmp_path / "pipe")
    again = pipeline(spans_key="found").from_bytes(data)
    assert spans(loaded(text), "found") == spans(again(text), "found") == wanted
    assert record_in(loaded(text)) == record_in(nlp(text))


def test_what_goes_to_worker_processes_is_small() -> None:
    pipe = pipeline(reference_date="2024").get_pipe("speechmine")
    data = pickle.dumps(pipe)
    assert len(data) < 500
    assert record_in(pickle.loads(data)(NLP.make_doc(TEXT))).goals[0].deadline is not None


def test_own_rules_that_are_not_there_are_told(tmp_path: Path) -> None:
    nlp = pipeline(rules=[str(tmp_path / "none.toml")])
    with pytest.raises(SpeechmineError, match="there is no such file"):
        nlp(TEXT)


def test_a_doc_keeps_its_record_as_bytes() -> None:
    doc = NLP(TEXT)
    again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert record_in(again) == record_in(doc)
    assert spans(again) == spans(doc)


# DocBin


def export(tmp_path: Path, *words: object) -> bytes:
    told = CliRunner().invoke(main, ["export", "spacy", *map(str, words), "-o", str(tmp_path / "out.spacy")])
    assert told.exit_code == 0, told.output
    return (tmp_path / "out.spacy").read_bytes()


def docs_in(data: bytes) -> list[Doc]:
    return list(DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab))


def test_records_become_a_docbin(tmp_path: Path) -> None:
    path = CORPUS / "texts" / "s05_traditional_gloss.txt"
    CliRunner().invoke(main, ["extract", str(path), "-o", str(tmp_path / "r.jsonl")])
    (doc,) = docs_in(export(tmp_path, tmp_path / "r.jsonl", "--texts", path.parent))
    assert doc.text == path.read_bytes().decode()
    wanted = analyse(Document.of(doc.text, path.name), load_rules())
    assert spans(doc, TRAINED_KEY) == evidence(record_in(doc)) == evidence(wanted)


def test_gold_becomes_a_docbin_with_each_fifth_document_apart(tmp_path: Path) -> None:
    gold = (CORPUS / "gold", "--gold", "--texts", CORPUS / "texts")
    whole = export(tmp_path, *gold)
    assert export(tmp_path, *gold) == whole
    part = docs_in(export(tmp_path, *gold, "--dev", tmp_path / "dev.spacy"))
    fifth = docs_in((tmp_path / "dev.spacy").read_bytes())
    docs = docs_in(whole)
    assert [doc.text for doc in fifth] == [doc.text for doc in docs[4::5]]
    assert sorted(doc.text for doc in (*part, *fifth)) == sorted(doc.text for doc in docs)
    sheets = list(sheets_of_gold(CORPUS / "gold", [CORPUS / "texts"]))
    for doc, sheet in zip(docs, sheets, strict=True):
        found = {(span.label_, span.text, span.start_char) for span in doc.spans[TRAINED_KEY]}
        assert found == {(label_of(mark.item), mark.item.quote, mark.span.start) for mark in sheet.marks}


def test_the_same_docbin_whatever_the_hash_seed(tmp_path: Path) -> None:
    made = []
    for seed in ("0", "1"):
        out = tmp_path / seed
        words = ["export", "spacy", "corpus/gold/s09_minutes.json", "--gold", "--texts", "corpus/texts", "-o", str(out)]
        told = [sys.executable, "-m", "speechmine", *words]
        subprocess.run(told, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_without_spacy_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "speechmine.integrations.spacy", None)
    words = ["export", "spacy", str(CORPUS / "gold"), "--gold", "-o", str(tmp_path / "out.spacy")]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 2
    assert "pip install 'speechmine[spacy]'" in told.stderr


def test_spacy_is_imported_only_when_it_is_used() -> None:
    code = "import sys, speechmine.cli_annotation, speechmine.annotating.sources; print('spacy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
