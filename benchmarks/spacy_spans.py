"""How good the span categoriser of pipelines/spacy.cfg is on documents it did not learn from, beside the rules.

    speechmine export spacy corpus/gold --gold --texts corpus/texts -o out/train.spacy --dev out/dev.spacy
    python -m spacy train pipelines/spacy.cfg --output out/spacy --paths.train out/train.spacy --paths.dev out/dev.spacy
    python benchmarks/spacy_spans.py out/spacy/model-best out/dev.spacy

A span counts as right only with exactly the gold's characters and label: stricter than `speechmine score`. The rules were
written with this gold at hand, the categoriser has not seen it.
"""

import sys

import spacy
from spacy.scorer import Scorer
from spacy.tokens import DocBin
from spacy.training import Example


def main(model: str, dev: str) -> None:
    nlp = spacy.load(model)
    gold = list(DocBin().from_disk(dev).get_docs(nlp.vocab))
    found = [nlp(doc.text) for doc in gold]
    for name, key in (("learned", "sc"), ("rules", "speechmine")):
        for doc in found:
            doc.spans["judged"] = doc.spans[key]
        for doc in gold:
            doc.spans["judged"] = doc.spans["sc"]
        examples = [Example(one, other) for one, other in zip(found, gold, strict=True)]
        scores = Scorer.score_spans(
            examples, "judged", getter=lambda doc, key: doc.spans[key], allow_overlap=True, labeled=True
        )
        print(f"{name:9}{_figures(scores['judged_p'], scores['judged_r'], scores['judged_f'])}")
        for label, figures in sorted(scores["judged_per_type"].items()):
            count = sum(span.label_ == label for doc in gold for span in doc.spans["judged"])
            print(f"  {label:11}{_figures(figures['p'], figures['r'], figures['f'])}  gold {count}")


def _figures(precision: float, recall: float, both: float) -> str:
    return f"p {precision:.2f}  r {recall:.2f}  f {both:.2f}"


if __name__ == "__main__":
    main(*sys.argv[1:3])
