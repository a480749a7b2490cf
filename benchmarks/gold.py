"""Extract annotated documents and score them: `python benchmarks/gold.py [GOLD TEXTS...] [--misses]`.

Without folders: the corpus of the project and, where it is present, the gold of ../shared. The figures are those of
`speechmine score`, which takes one folder of texts; this takes several.
"""

import sys
from pathlib import Path

from speechmine.scoring import as_json, extracted_records, read_gold, report, scored, told_misses

SHARED = Path("../shared")


def score(gold: Path, texts: list[Path], options: list[str]) -> None:
    annotated = read_gold(gold, texts)
    scores = scored(annotated, extracted_records(annotated))
    if "--json" in options:
        print(as_json(scores, "--misses" in options))
    else:
        print((told_misses(scores) if "--misses" in options else "") + report(scores), end="", flush=True)


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
