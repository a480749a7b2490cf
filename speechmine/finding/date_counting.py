"""Readers of dates that are counted or written in figures, and of festivals: 三天后, 近三年, 2018-10-07, 中秋节."""

import re
from datetime import date, timedelta

from speechmine.finding import stretches as days
from speechmine.finding.calendar import Groups
from speechmine.finding.date_context import Context, Reader
from speechmine.finding.lunar import lunar_day, lunar_month, solar_term
from speechmine.finding.stretches import Stretch

_FAR = 2500  # years
_HALF_MONTH = 15


def _numeric(groups: Groups, context: Context) -> Stretch | None:
    year = days.year_stretch(int(groups.get("year") or groups["y"]))
    month = days.month_in(year, int(groups.get("month") or groups["m"]))
    day = groups.get("day") or groups.get("d")
    return days.day_in(month, int(day)) if day else month


def _numeric_last(groups: Groups, context: Context) -> Stretch | None:
    """Read 1/2/2020 and 3-7-07 day first, 10/31/2018 month first, 27-7-3 year first."""
    first, second, third = (int(groups[name]) for name in "abc")
    if len(groups["c"]) < 4 and len(groups["a"]) == 2 and third <= 31 and groups["sign"] == "-":
        year, month, day = first, second, third
    else:
        year, month, day = third, second, first
    if month > 12:
        month, day = day, month
    if year < 100:
        latest = (context.now.year or 2025) + 20
        year = latest - (latest - year) % 100
    if not 1 <= month <= 12 or not 1000 <= year <= _FAR:
        return None
    return days.day_in(days.month_in(days.year_stretch(year), month), day)


def _gloss(groups: Groups, context: Context) -> Stretch | None:
    if "day" in groups:
        return days.day_in(context.month, int(groups["day"]))
    month = int(groups["month"])
    return context.part(days.month_in(context.year, month), groups.get("edge")) if 1 <= month <= 12 else None


def _festival(groups: Groups, context: Context) -> Stretch | None:
    year = context.year
    if "fixed" in groups:
        month, day = context.rules.words("fixed_day").values[groups["fixed"]].split("-")
        return days.day_in(days.month_in(year, int(month)), int(day))
    if "nth" in groups:
        month, weekday, nth = context.rules.words("nth_weekday").values[groups["nth"]].split("-")
        return days.weekday_in(days.month_in(year, int(month)), int(weekday), int(nth)) if year.year_known else None
    if not year.year_known:
        return None
    if "term" in groups:
        return _on(solar_term(year.first.year, context.value(groups["term"], "solar_term")))
    month, day = context.rules.words("moon_day").values[groups["moon"]].split("-")
    return _on(lunar_day(year.first.year, int(month), int(day), context.rules))


def _moon(groups: Groups, context: Context) -> Stretch | None:
    """Read 正月十五 and 农历十月; what has no day is the whole month."""
    words = groups.get("month") or groups.get("late") or groups["alone"]
    month = context.value(words, "moon_month") if words in context.rules.words("moon_month") else context.count(words)
    year, leap = context.year, "leap" in groups
    if not year.year_known or not 1 <= month <= 12:
        return None
    if "day" in groups:
        day = context.count(re.sub("^初", "", groups["day"]).replace("廿", "二十"))
        return _on(lunar_day(year.first.year, month, day, context.rules, leap))
    span = lunar_month(year.first.year, month, context.rules, leap)
    return Stretch(*span, "part") if span else None


def _on(day: date | None) -> Stretch | None:
    return Stretch(day, day, "day") if day else None


def _offset(groups: Groups, context: Context) -> Stretch | None:
    """Read 三天后 as a day, 三个月后 as a month, 三年后 as a year."""
    sign = 1 if groups.get("side") == "后" else -1
    unit, count, half = _length(groups, context)
    now = context.now
    if now.year is None or count > _FAR:
        return None
    if unit == "year" and not half:
        return days.this_year(now, sign * count) if abs(sign * count + now.year) < _FAR else None
    today = now.date()
    if unit in {"year", "month", "quarter", "half"} and not (half and unit == "month"):
        return days.this_month(now, sign * _months(unit, count, half))
    if today is None:
        return None
    return _on(_moved(today, unit, sign * count) + timedelta(sign * _HALF_MONTH * half))


def _within(groups: Groups, context: Context) -> Stretch | None:
    """Read 近三年 and 未来两个月: up to the day of the speech, or from the day after it."""
    unit, count, half = _length(groups, context)
    return _span(context, unit, count if "ahead" in groups else -count, half)


def _since(groups: Groups, context: Context) -> Stretch | None:
    """Read 三年来 and 两个半月以内; 三个多月以来 has begun with that month."""
    unit, count, half = _length(groups, context)
    if unit == "year" and "inside" in groups and not half:
        year = days.this_year(context.now, count)
        return year.kept(days.this_year(context.now).first, year.last, "year")
    span = _span(context, unit, count if "inside" in groups else -count, half)
    if span is None or "inside" in groups or not ("some" in groups or "more" in groups):
        return span
    first = span.first.replace(day=1) if unit in {"year", "month"} else span.first
    return span.kept(first.replace(month=1) if unit == "year" and not half else first, span.last, "part")


def _length(groups: Groups, context: Context) -> tuple[str, int, bool]:
    """Return unit, number and whether half a unit more is meant."""
    unit = context.rules.words("when_unit").values.get(groups["unit"], "half_month")
    words = groups.get("number", "").strip()
    half = "half" in groups or groups.get("more") == "半"
    if half and not words:  # 半年后
        return "half", 1, False
    return unit, context.count(words) if words else 1, half


def _span(context: Context, unit: str, count: int, half: bool) -> Stretch | None:
    """Return the days from so long ago up to the day of the speech, or from the day after it on."""
    today = context.now.date()
    if today is None or abs(count) > _FAR:
        return None
    end, sign = _moved(today, unit, count), 1 if count > 0 else -1
    if half and unit == "year":
        end = days.month_after(end, 6 * sign)
    elif half:
        end += timedelta(_HALF_MONTH * sign)
    first, last = (today + timedelta(1), end) if count > 0 else (end, today)
    return Stretch(first, last, "year" if unit == "year" else "part")  # 未来五年 ends with a year


def _moved(day: date, unit: str, count: int) -> date:
    if unit == "workday":
        return days.workday_after(day, count) if count > 0 else day
    if unit in {"day", "week", "half_month"}:
        return day + timedelta(count * {"day": 1, "week": 7, "half_month": _HALF_MONTH}[unit])
    return days.month_after(day, _months(unit, count, False))


def _months(unit: str, count: int, half: bool) -> int:
    return count * {"year": 12, "month": 1, "quarter": 3, "half": 6}[unit] + (6 if half else 0)


COUNTED: dict[str, Reader] = {
    "numeric": _numeric, "numeric_last": _numeric_last, "gloss": _gloss, "festival": _festival, "moon": _moon,
    "offset": _offset, "within": _within, "since": _since,
}  # fmt: skip
