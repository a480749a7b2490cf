"""speechmine inside other frameworks; one file, and one door, for each (docs/spacy.md)."""
