"""Train the weights of `judging/frames.json`: is a sentence of a report review or plan?

    python benchmarks/train_frames.py FOLDER... [--exclude STEM]... [-o FILE]

The labels come from the reports themselves: what stands under a heading of review (工作回顾) is review, what stands under
a heading of tasks (工作安排, 主要任务) is plan. Needs scikit-learn; prints accuracy on documents left out (5 folds).
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from speechmine.cleaning import tidy
from speechmine.judging.frames import features

NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")
REVIEW = re.compile(r"回顾|工作情况|完成情况")
PLAN = re.compile(r"安排|任务|总体要求|部署|建议|重点工作|自身建设|目标")
LEAST = 30


def labelled(path: Path) -> list[tuple[str, int]]:
    """Return the sentences of one report with 1 for plan and 0 for review; none if it has not both parts."""
    label, rows = None, []
    for line in tidy(path.read_text("utf-8-sig")).splitlines():
        line = line.strip()
        if len(line) < 45 and NUMBERED.match(line):
            if REVIEW.search(line):
                label = 0
            elif PLAN.search(line):
                label = 1
            continue
        if label is not None:
            rows += [(sentence, label) for sentence in re.split("(?<=[。!?;])", line) if len(sentence) >= 12]
    return rows if len({label for _, label in rows}) == 2 else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--exclude", action="append", default=[])
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    paths = [p for folder in options.folders for p in sorted(folder.glob("*.txt"))]
    paths = [p for p in paths if not any(stem in p.name for stem in options.exclude)]
    documents = [rows for rows in map(labelled, paths) if rows]
    rows = [features(sentence) for document in documents for sentence, _ in document]
    labels = np.array([label for document in documents for _, label in document])
    groups = np.array([number for number, document in enumerate(documents) for _ in document])
    counts = Counter(word for row in rows for word in row)
    kept = {word for word, count in counts.items() if count >= LEAST}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(row & kept, 1) for row in rows])

    def model() -> LogisticRegression:
        return LogisticRegression(C=0.1, max_iter=500, class_weight="balanced")

    right = 0
    for train, test in GroupKFold(5).split(matrix, labels, groups):
        right += (model().fit(matrix[train], labels[train]).predict(matrix[test]) == labels[test]).sum()
    accuracy = round(right / len(labels), 4)
    print(f"{len(documents)} reports, {len(labels)} sentences, {len(kept)} words, left-out accuracy {accuracy}")
    if options.output:
        fitted = model().fit(matrix, labels)
        weights = zip(vectorizer.feature_names_, fitted.coef_[0], strict=True)
        about = (
            f"Logistic regression, plan (+) against review (-), trained on {len(labels)} sentences of {len(documents)} "
            f"government work reports by the headings they stand under; left-out accuracy {accuracy}."
        )
        content = {
            "about": about,
            "bias": round(float(fitted.intercept_[0]), 3),
            "weights": {word: round(float(weight), 2) for word, weight in weights if abs(weight) >= 0.05},
        }
        options.output.write_text(json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
