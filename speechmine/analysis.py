"""The table of contents: one line for each step from a document to its record."""

import msgspec

from speechmine.assembling import Assembler, Findings
from speechmine.cleaning import clean
from speechmine.finding.mechanisms import find_mechanisms
from speechmine.finding.quantities import find_quantities
from speechmine.judging.measures import judge_measures
from speechmine.judging.mechanisms import judge_mechanisms
from speechmine.judging.quantities import judge_quantities
from speechmine.judging.refusals import refusals
from speechmine.judging.standing import standings
from speechmine.outline import outlined, with_reference_date
from speechmine.reading import Document
from speechmine.records import Record
from speechmine.reprints import Fingerprint, fingerprint
from speechmine.rules import RuleBook


class Study(msgspec.Struct, frozen=True):
    """What one document gives: all that a run needs of it, and small enough to come back from another process.

    Attributes:
        record: Its record; ``reprint_of`` is None, for one document alone does not say.
        fingerprint: What an earlier document with nearly the same text is recognised by.
    """

    record: Record
    fingerprint: Fingerprint | None


def analyse(document: Document, rules: RuleBook, reference_date: str | None = None, explain: bool = False) -> Record:
    """Find the mechanisms, numeric goals and measures of one document.

    A pure function: no clock, no network, no state; the same bytes give the same record everywhere.

    Args:
        document: The text as read.
        rules: The rule book, as `load_rules` gives it.
        reference_date: EDTF date against which 今年 resolves in speeches that do not date themselves.
        explain: Also list what was seen and refused, with rule and reason; nothing else changes.

    Returns:
        The record; its offsets count the characters of ``document.text``.
    """
    return study(document, rules, reference_date, explain).record


def study(document: Document, rules: RuleBook, reference_date: str | None = None, explain: bool = False) -> Study:
    """Do what `analyse` does, and take the fingerprint of the text it worked on."""
    cleaned = clean(document.text)
    outline = with_reference_date(outlined(cleaned.aligned.text, rules), reference_date)
    standing = standings(outline, rules)
    mechanisms = find_mechanisms(outline, rules)
    status = judge_mechanisms(mechanisms, outline, standing, rules)
    quantities = judge_quantities(find_quantities(outline, rules), outline, standing, rules)
    measures = judge_measures(outline, standing, rules)
    findings = Findings(list(zip(mechanisms, status, strict=True)), quantities, measures)
    refused = refusals(outline, standing, measures, rules) if explain else None
    record = Assembler(document, cleaned, outline, rules).record(findings, refused)
    return Study(record, fingerprint(outline.text, outline.furniture))
