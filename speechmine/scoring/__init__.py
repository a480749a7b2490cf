"""How good the records are: the figures of the annotation guide's judge, for gold of one's own."""

from speechmine.scoring.annotated import Annotated, read_gold
from speechmine.scoring.gold import GoldDocument, GoldMeasure, GoldMechanism, GoldQuantity
from speechmine.scoring.misses import Miss
from speechmine.scoring.predicted import extracted_records, read_records
from speechmine.scoring.report import as_json, figures_of, report, told_misses
from speechmine.scoring.scores import Scores, scored

__all__ = [
    "Annotated",
    "GoldDocument",
    "GoldMeasure",
    "GoldMechanism",
    "GoldQuantity",
    "Miss",
    "Scores",
    "as_json",
    "extracted_records",
    "figures_of",
    "read_gold",
    "read_records",
    "report",
    "scored",
    "told_misses",
]
