"""Extract a folder of texts and show what came out: counts by genre, frequent cadences and metrics, a sample to read.

    python benchmarks/archive_survey.py [FOLDER] [--sample 100] [--seed 1]

Without a folder: ../shared/archive/text. The sample is drawn evenly over the kinds of finding.
"""

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from speechmine import Record, analyse, load_rules, read
from speechmine.records import Figure, Goal, Measure, Mechanism

FINDING = Mechanism | Goal | Figure | Measure


def described(finding: FINDING) -> str:
    """Return one finding on one line."""
    quote = finding.evidence.quote.replace("\n", "⏎")[:70]
    if isinstance(finding, Mechanism):
        parts = " ".join(f"{part.every or ''}{part.action}" for part in finding.components)
        return f"mechanism {finding.kind} {finding.status} [{parts}] {quote}"
    if isinstance(finding, Measure):
        by = finding.deadline.edtf if finding.deadline else "-"
        return f"measure {finding.commitment} owner={'、'.join(finding.owner) or '-'} by={by} {quote}"
    role = f"goal {finding.commitment}" if isinstance(finding, Goal) else finding.role
    by = finding.deadline.edtf if finding.deadline else "-"
    return f"number {role} {finding.kind} {finding.metric} {finding.comparator}{finding.value}{finding.unit} by={by} {quote}"


def main() -> None:
    """Run the survey."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/archive/text"))
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rules = load_rules()
    records: list[Record] = []
    size, start = 0, time.perf_counter()
    for path in sorted(options.folder.glob("*.txt")):
        size += path.stat().st_size
        records.append(analyse(read(path), rules))
    seconds = time.perf_counter() - start
    print(f"{len(records)} documents, {size / 1e6:.1f} MB, {seconds:.1f} s, {size / 1e6 / seconds:.2f} MB/s\n")
    print(
        f"{'genre':12} {'documents':>9} {'mechanisms':>10} {'goals':>6} {'results':>8} {'context':>8} {'measures':>9}"
    )
    for genre, count in Counter(record.document.genre for record in records).most_common():
        part = [record for record in records if record.document.genre == genre]
        figures = Counter(figure.role for record in part for figure in record.figures)
        sums = [sum(len(getattr(record, kind)) for record in part) for kind in ("mechanisms", "goals", "measures")]
        print(f"{genre:12} {count:9} {sums[0]:10} {sums[1]:6} {figures['result']:8} {figures['context']:8} {sums[2]:9}")
    rhythms = Counter(
        f"{part.every} {part.action}"
        for record in records
        for m in record.mechanisms
        for part in m.components
        if part.every
    )
    metrics = Counter(goal.metric or "?" for record in records for goal in record.goals)
    print("\ncadences:", ", ".join(f"{name} {count}" for name, count in rhythms.most_common(20)))
    print("metrics: ", ", ".join(f"{name} {count}" for name, count in metrics.most_common(20)))
    drawn = random.Random(options.seed)
    kinds: list[list[tuple[str, FINDING]]] = [
        [(r.document.source, m) for r in records for m in r.mechanisms],
        [(r.document.source, g) for r in records for g in r.goals],
        [(r.document.source, f) for r in records for f in r.figures],
        [(r.document.source, m) for r in records for m in r.measures],
    ]
    print("\nsample:")
    for kind in kinds:
        for source, finding in drawn.sample(kind, min(options.sample // len(kinds), len(kind))):
            print(f"{source[:16]:16} {described(finding)}")


if __name__ == "__main__":
    main()
