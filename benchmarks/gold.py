"""Extract annotated documents and score them with the judge: `python benchmarks/gold.py [GOLD TEXTS]... [--misses]`.

Without folders: the corpus of the project and, where it is present, the gold of ../shared.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from speechmine.analysis import analyse
from speechmine.exporting.jsonl import json_line
from speechmine.reading import Document
from speechmine.rules import load_rules

SHARED = Path("../shared")


def score(gold: Path, texts: list[Path], options: list[str]) -> None:
    wanted = {path.stem for path in gold.glob("*.json")}
    rules = load_rules()
    with tempfile.TemporaryDirectory() as work:
        copies = Path(work, "texts")
        copies.mkdir()
        with Path(work, "records.jsonl").open("wb") as out:
            for folder in texts:
                for path in sorted(folder.glob("*.txt")):
                    if path.stem in wanted:
                        (copies / path.name).write_bytes(path.read_bytes())
                        text = path.read_bytes().decode("utf-8-sig")
                        out.write(json_line(analyse(Document.of(text, path.name), rules)) + b"\n")
        judge = [sys.executable, SHARED / "tools/score.py", "score", gold, copies, Path(work, "records.jsonl")]
        subprocess.run([*judge, *options], check=True)


def main() -> None:
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    if folders:
        score(folders[0], folders[1:], options)
        return
    print("corpus", flush=True)
    score(Path("corpus/gold"), [Path("corpus/texts")], options)
    if SHARED.exists():
        print("\nshared gold", flush=True)
        score(SHARED / "gold", [SHARED / "seeds", SHARED / "dev"], options)


if __name__ == "__main__":
    main()
