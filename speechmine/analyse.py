"""The table of contents: one line for each step from a document to its record."""

from speechmine.assembling import Findings, assembled
from speechmine.cleaning import clean
from speechmine.finding.mechanisms import find_mechanisms
from speechmine.finding.quantities import find_quantities
from speechmine.judging.measures import judge_measures
from speechmine.judging.mechanisms import judge_mechanisms
from speechmine.judging.quantities import judge_quantities
from speechmine.judging.standing import standings
from speechmine.outline import outlined
from speechmine.reading import Document
from speechmine.records import Record
from speechmine.rules import RuleBook


def analyse(document: Document, rules: RuleBook) -> Record:
    """Find the mechanisms, numeric goals and measures of one document.

    A pure function: no clock, no network, no state; the same bytes give the same record everywhere.
    """
    cleaned = clean(document.text)
    outline = outlined(cleaned.aligned.text, rules)
    standing = standings(outline, rules)
    mechanisms = find_mechanisms(outline, rules)
    status = judge_mechanisms(mechanisms, outline, standing, rules)
    quantities = judge_quantities(find_quantities(outline, rules), outline, standing, rules)
    measures = judge_measures(outline, standing, rules)
    findings = Findings(list(zip(mechanisms, status, strict=True)), quantities, measures)
    return assembled(document, cleaned, outline, findings, rules)
