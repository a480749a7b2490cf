"""Learn from labelled examples: the only room that needs scikit-learn (`pip install 'speechmine[train]'`)."""

from speechmine.training.examples import Example, Recipe, Trained
from speechmine.training.frames import train_frames
from speechmine.training.report import as_json, told
from speechmine.training.roles import train_roles
from speechmine.training.sentences import train_sentences
from speechmine.training.tables import columns_of
from speechmine.training.topics import train_topics

__all__ = [
    "Example",
    "Recipe",
    "Trained",
    "as_json",
    "columns_of",
    "told",
    "train_frames",
    "train_roles",
    "train_sentences",
    "train_topics",
]
