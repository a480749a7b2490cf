"""Every command and every example of docs/annotation.md and docs/spacy.md does what the page says."""

import re
import shutil
from pathlib import Path

import pytest

from tests.docs_commands import ROOT, blocks, commands, run


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the corpus and the pipelines in it, as a reader of the docs has them."""
    for name in ("corpus", "pipelines"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for path in [*(tmp_path / "corpus/texts").iterdir(), *(tmp_path / "corpus/gold").iterdir()]:
        if not path.name.startswith(("s08", "s09", "s13", "s14", "s15")):
            path.unlink()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_for_annotation_tools(place: Path) -> None:
    scores = [run(line) for line in commands("annotation.md")][-1].stdout
    assert "documents_without_record  0" in scores
    for figures in re.findall(r"p (\S+) +r (\S+) +f1 (\S+)", scores):
        assert set(figures) == {"1.0000"}
    assert (place / "config.xml").exists()
    run("speechmine export doccano corpus/gold --gold --texts corpus/texts -o again.jsonl")
    run("speechmine import doccano again.jsonl --gold mygold2 --approved")
    assert '"reviewed": true' in (place / "mygold2" / "s09_minutes.json").read_text("utf-8")


def test_the_commands_for_spacy(place: Path) -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'speechmine[spacy]'")
    for line in commands("spacy.md"):
        run(line)
    assert (place / "model" / "model-last").is_dir()
    run("python -m spacy assemble pipelines/spacy.cfg model")


def test_the_examples_for_spacy_give_what_they_say() -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'speechmine[spacy]'")
    (example,) = blocks("spacy.md", "python")
    names: dict[str, object] = {}
    said = []
    for line in example.splitlines():
        code, _, value = line.partition("  # ")
        if value:
            said.append(repr(eval(code, names)) == value)
        else:
            exec(code, names)
    assert said == [True, True]
