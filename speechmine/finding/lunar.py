"""The Chinese calendar: days of the moon and the turns of the sun, as days of the common calendar."""

import math
from datetime import date, datetime, timedelta

from speechmine.rules import RuleBook

_J2000 = datetime(2000, 1, 1, 20)  # the epoch of astronomers, in Beijing time


def lunar_day(year: int, month: int, day: int, rules: RuleBook, leap: bool = False) -> date | None:
    """Return the day of a Chinese date; day 0 is the last of the month; None outside 1900 to 2098.

    >>> from speechmine.rules import load_rules
    >>> lunar_day(2024, 1, 1, load_rules()), lunar_day(2023, 8, 15, load_rules())
    (datetime.date(2024, 2, 10), datetime.date(2023, 9, 29))
    """
    span = lunar_month(year, month, rules, leap)
    if span is None:
        return None
    found = span[1] if day == 0 else span[0] + timedelta(day - 1)
    return found if found <= span[1] else None


def lunar_month(year: int, month: int, rules: RuleBook, leap: bool = False) -> tuple[date, date] | None:
    """Return the first and last day of a Chinese month, or of the leap month that follows it."""
    code = rules.words("lunar_year").values.get(str(year))
    if code is None:
        return None
    new_year, leap_code, bits = code.split()
    leap_month, first = int(leap_code, 16), date.fromisoformat(f"{year}-{new_year}")
    if leap and month != leap_month:
        return None
    count = 13 if leap_month else 12
    lengths = [29 + (int(bits, 16) >> (count - 1 - index) & 1) for index in range(count)]
    index = month - 1 + (bool(leap_month) and (month > leap_month or leap))
    start = first + timedelta(sum(lengths[:index]))
    return start, start + timedelta(lengths[index] - 1)


def solar_term(year: int, longitude: int) -> date:
    """Return the day on which the sun reaches a longitude (0 春分, 15 清明, 270 冬至), by the formula of low precision.

    >>> solar_term(2024, 270), solar_term(2025, 15)
    (datetime.date(2024, 12, 21), datetime.date(2025, 4, 4))
    """
    moment = datetime(year, 3, 20, 12) + timedelta((longitude if longitude < 280 else longitude - 360) * 365.2422 / 360)
    for _ in range(4):
        moment += timedelta(((longitude - _sun(moment) + 180) % 360 - 180) * 365.2422 / 360)
    return moment.date()


def _sun(moment: datetime) -> float:
    """Return the apparent longitude of the sun in degrees."""
    centuries = (moment - _J2000).total_seconds() / 86400 / 36525
    mean = 280.46646 + 36000.76983 * centuries
    anomaly = math.radians(357.52911 + 35999.05029 * centuries)
    center = (1.914602 - 0.004817 * centuries) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    node = math.radians(125.04 - 1934.136 * centuries)
    return mean + center + 0.00029 * math.sin(3 * anomaly) - 0.00569 - 0.00478 * math.sin(node)
