"""Which period a number is of: the year it is set for or was reached in, or nothing that a year can be compared with."""

import re
from typing import Literal

import msgspec

from speechmine.following.wording import distance, is_rate, is_span, other_than_yearly
from speechmine.records import Deadline, DocumentInfo, Figure, Goal, Speech

YearFrom = Literal["speech", "reference date", "publication", "file name"]
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_WHOLE_YEAR = re.compile(r"^((?:19|20)\d\d)(?:-12(?:-31)?)?$")


class Period(msgspec.Struct, frozen=True):
    """The period of a number.

    Attributes:
        name: The year, a narrower date as EDTF, or None where no year can be compared with it.
        told_by: What says so: ``deadline``, ``heading`` or ``words``.
        why_not: Why there is none, for people; empty where there is one.
    """

    name: str | None
    told_by: str = ""
    why_not: str = ""


def speech_year(document: DocumentInfo, speech: Speech) -> tuple[int, YearFrom] | None:
    """Return the year of a speech and what says it, or None.

    The file's name counts last, and only where it names one year: ``report_2003.txt``.
    """
    stated: list[tuple[str | None, YearFrom]] = [
        (speech.date, "speech"),
        (document.reference_date, "reference date"),
        (document.published, "publication"),
    ]
    for date, told_by in stated:
        if date and (found := _YEAR.match(date)):
            return int(found[1]), told_by
    years = set(_YEAR.findall(re.split(r"[/\\]", document.source)[-1]))
    return (int(years.pop()), "file name") if len(years) == 1 else None


def period_of(number: Goal | Figure, year: int, around: str | None) -> Period:
    """Return the period of a number in a speech of a year.

    Args:
        number: A goal, or a figure reported as reached.
        year: The year of the speech.
        around: The text that leads up to the number, if it is at hand; it tells averages and sums over years.
    """
    for words in (number.metric or "", number.deadline.text if number.deadline else ""):
        if is_span(words) or is_rate(words):
            return Period(None, why_not="it is of several years")
    if number.deadline is None and around is None:
        # Above an average over years stands the heading of a year too: 一、2031年工作回顾 … 年均增长7.9%.
        return Period(None, why_not="the record gives no year for it")
    found = _by_deadline(number.deadline, year) or _by_heading(number, year)
    if found.name is not None and around is not None:
        why_not = other_than_yearly(around, found.name, isinstance(number, Goal), number.kind)
        return Period(None, why_not=why_not) if why_not else found
    return found


def _by_deadline(deadline: Deadline | None, year: int) -> Period | None:
    if deadline is None:
        return None
    if whole := _WHOLE_YEAR.match(deadline.edtf):
        return Period(whole[1], "deadline")
    if not deadline.edtf.startswith("XXXX"):
        return Period(deadline.edtf, "deadline")
    ahead = distance(deadline.text)
    return None if ahead is None else Period(str(year + ahead), "words")


def _by_heading(number: Goal | Figure, year: int) -> Period:
    """Take the year of the innermost heading that names one; two years or a span of years tell nothing."""
    for heading in reversed(number.section):
        if is_span(heading):
            return Period(None, why_not="its section is of several years")
        years = {int(found) for found in _YEAR.findall(heading)}
        ahead = distance(heading)
        years |= set() if ahead is None else {year + ahead}
        if len(years) == 1:
            return _fitting(number, years.pop(), year)
        if years:
            return Period(None, why_not="its heading names several years")
    return Period(None, why_not="the record gives no year for it")


def _fitting(number: Goal | Figure, found: int, year: int) -> Period:
    """Refuse a goal for a year that is over, and a result of a year to come."""
    if isinstance(number, Goal) == (found >= year):
        return Period(str(found), "heading")
    return Period(None, why_not="its heading names a year that does not fit")
