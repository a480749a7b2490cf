"""The parsers for any Chinese text: numbers, the quantities of speeches, dates.

They take text as it is, in either script and width, and their spans count its characters. `analyse` does not need them:
they are there for those who want only a number or a date.
"""

from speechmine.cleaning import tidy
from speechmine.finding import any_dates, any_numbers
from speechmine.finding import quantities as of_speeches
from speechmine.finding.any_mentions import NumberMention, PeriodMention
from speechmine.finding.mentions import QuantityMention
from speechmine.patterns import compiled
from speechmine.rules import RuleBook, load_rules

_LIST = compiled("(?<=[0-9])，(?=[0-9])")  # 20，300 are two numbers, 20,300 and ２０，３００ one


def numbers(text: str, rules: RuleBook | None = None) -> list[NumberMention]:
    """Find every number in a text, with its full value and what it counts, in order of place.

    Args:
        text: Any Chinese text.
        rules: A rule book of your own; else the shipped one.

    Returns:
        Numbers, fractions, shares in percent, money, measures, counts and ranks; each with its value in the unit as
        written and, where the unit is known, in the one of its dimension (CNY, m2, t). Dates give their numbers too.

    >>> for found in numbers("負三千五百萬、打七五折、５０元６角、兩米半、三分之一"):
    ...     print(found.value, found.unit, found.kind)
    -35000000 None number
    75 % share
    50.6 元 money
    2.5 米 measure
    0.3333333333333333333333333333 None fraction
    """
    return any_numbers.any_numbers(tidy(_LIST.sub("、", text)), rules or load_rules())


def quantities(text: str, rules: RuleBook | None = None) -> list[QuantityMention]:
    """Find what a speech would count in a text: amounts, growth, shares and ranks, with their bounds.

    Numbers that state no quantity (dates, ordinals, names as 三农) are left out; `numbers` gives all.

    Args:
        text: Any Chinese text; one sentence at a time is best.
        rules: A rule book of your own; else the shipped one.

    Returns:
        Mentions with value, upper end, unit as written, comparator and kind; a fall has a negative value.

    >>> text = "新建廠房不少於３萬平方米，能耗下降２％"
    >>> [(text[m.span.start : m.span.end], str(m.value), m.unit, m.comparator, m.kind) for m in quantities(text)]
    [('不少於３萬平方米', '3', '万平方米', '>=', 'level'), ('２％', '-2', '%', '=', 'growth')]
    """
    return of_speeches.quantities(tidy(text), rules or load_rules())


def dates(text: str, reference_date: str | None = None, rules: RuleBook | None = None) -> list[PeriodMention]:
    """Find every date and period in a text, resolved, in order of place.

    Clock times, durations (两年) and recurring times (每年12月) are not among them.

    Args:
        text: Any Chinese text.
        reference_date: EDTF date (``2021-03-10``, ``2021-03``, ``2021``) against which 今年, 上周三 and 三天后 are read,
            or None when it is not known; what needs the day to be known is then left out.
        rules: A rule book of your own; else the shipped one.

    Returns:
        Dates with EDTF, first and last day; an unknown year is ``XXXX`` and leaves the days None, an end that the words
        leave open is None.

    >>> for found in dates("今年上半年達到50%，年底前達到80%，明年春節到元宵節、下週三", "2023-05-10"):
    ...     print(found.edtf, found.start, found.end)
    2023-06-30 2023-01-01 2023-06-30
    2023-12-31 None 2023-12-31
    2024-02-24 2024-02-10 2024-02-24
    2023-05-17 2023-05-17 2023-05-17
    >>> [found.edtf for found in dates("民國113年12月底；明年4月底前")]
    ['2024-12-31', 'XXXX-04-30']
    """
    return any_dates.any_dates(tidy(text), reference_date, rules or load_rules())
