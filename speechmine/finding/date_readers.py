"""From the words of a piece of time to a stretch of days: one reader for each way of telling it.

A reader takes the named groups of its rule, the stretch that the pieces before it tell (明年, of 明年九月), the day of the
speech and the rule book; it returns None where the words tell nothing, as 明天 does without the day of the speech.
"""

from datetime import date, timedelta

from speechmine.finding import stretches as days
from speechmine.finding.calendar import Groups
from speechmine.finding.date_context import Context, Reader
from speechmine.finding.stretches import Stretch


def _year(groups: Groups, context: Context) -> Stretch | None:
    return days.year_stretch(int(groups["year"]))


def _year_written(groups: Groups, context: Context) -> Stretch | None:
    if "thousand" in groups:
        rest = groups["thousand"].lstrip("两二千零")
        return days.year_stretch(2000 + (context.count(rest) if rest else 0))
    digits = "".join(context.rules.words("date_digits").values[char] for char in groups["written"])
    return _short(int(digits), context) if len(digits) == 2 else days.year_stretch(int(digits))


def _year_short(groups: Groups, context: Context) -> Stretch | None:
    return _short(int(groups["short"]), context)


def _short(digits: int, context: Context) -> Stretch:
    """Read 98年: the last such year that is not more than ten years ahead."""
    latest = (context.now.year or 2025) + 10
    return days.year_stretch(latest - (latest - digits) % 100)


def _year_roc(groups: Groups, context: Context) -> Stretch | None:
    words = groups.get("roc") or groups["digits"]
    return days.year_stretch(1911 + context.count(words))


def _year_era(groups: Groups, context: Context) -> Stretch | None:
    return days.year_stretch(context.value(groups["era"], "era_years") + context.count(groups["number"]))


def _year_near(groups: Groups, context: Context) -> Stretch | None:
    if "near" in groups:
        return days.this_year(context.now, context.value(groups["near"], "when_year"))
    first = context.value(groups["both"], "when_two_years")
    low, high = days.this_year(context.now, first), days.this_year(context.now, first + 1)
    return low.kept(low.first, high.last, "year")


def _plan(groups: Groups, context: Context) -> Stretch | None:
    last = days.year_stretch(context.value(groups.get("plan") or groups["whole"], "plan_years"))
    return last if "plan" in groups else last.kept(date(last.first.year - 4, 1, 1), last.last, "year")


def _century(groups: Groups, context: Context) -> Stretch | None:
    words = groups["century"]
    if words[0] in context.rules.words("when_near"):
        first = ((context.now.year or 2001) // 100 + context.value(words[0], "when_near")) * 100
    else:
        first = (context.count(words) - 1) * 100
    return _edged(Stretch(date(max(first, 1), 1, 1), date(first + 99, 12, 31), "century"), groups.get("edge"), 20)


def _decade(groups: Groups, context: Context) -> Stretch | None:
    words = groups["decade"]
    tens = 0 if words == "零零" else context.count(words)
    if tens < 100:
        latest = (context.now.year or 2025) // 10 * 10
        century = context.around.first.year // 100 * 100 if context.around else (latest - (latest - tens) % 100) - tens
        tens += century
    return _edged(Stretch(date(tens, 1, 1), date(tens + 9, 12, 31), "decade"), groups.get("edge"), 3)


def _edged(stretch: Stretch, edge: str | None, years: int) -> Stretch:
    if edge == "初":
        return stretch.kept(stretch.first, date(stretch.first.year + years - 1, 12, 31), "year")
    if edge == "末":
        return stretch.kept(date(stretch.last.year - years + 1, 1, 1), stretch.last, "year")
    return stretch


def _half(groups: Groups, context: Context) -> Stretch | None:
    if "next" in groups:
        if context.now.month is None:
            return None
        index = (context.now.month - 1) // 6 + (1 if groups["next"] == "下" else -1)
        year = days.this_year(context.now, index // 2)
        return days.months_in(year, index % 2 * 6 + 1, index % 2 * 6 + 6, "half")
    return context.months(groups["half"], "half")


def _quarter(groups: Groups, context: Context) -> Stretch | None:
    year, first, last = context.year, 1, 4
    if "near" in groups:
        if context.now.month is None:
            return None
        index = (context.now.month - 1) // 3 + context.value(groups["near"], "when_near")
        year, first = days.this_year(context.now, index // 4), index % 4 + 1
        last = first
    elif "quarter" in groups:
        first = last = 4 if groups["quarter"] == "末" else context.count(groups["quarter"])
    elif "count" in groups:
        last = context.count(groups["count"])
    else:
        first = 5 - context.count(groups["last"])
    if "edge" in groups:
        return days.month_in(year, last * 3)
    return days.months_in(year, first * 3 - 2, last * 3, "quarter")


def _season(groups: Groups, context: Context) -> Stretch | None:
    if "school" in groups:
        return context.months(groups["school"], "part")
    return context.months(groups.get("season") or groups["alone"], "season")


def _edge(groups: Groups, context: Context) -> Stretch | None:
    """Read 年底 and its kin: the last two months of a year, the first two, June."""
    return context.months(groups.get("edge") or groups["sui"], "part")


def _whole(groups: Groups, context: Context) -> Stretch | None:
    return context.year


def _month(groups: Groups, context: Context) -> Stretch | None:
    return context.part(days.month_in(context.year, context.count(groups["month"])), groups.get("edge"))


def _months(groups: Groups, context: Context) -> Stretch | None:
    if "from" in groups:
        first, last = context.count(groups["from"]), context.count(groups["to"])
        return days.months_in(context.year, first, last, "part") if last <= 12 else None
    if "first" in groups:
        return days.months_in(context.year, 1, context.count(groups["first"]), "part")
    return days.months_in(context.year, 13 - context.count(groups["last"]), 12, "part")


def _month_near(groups: Groups, context: Context) -> Stretch | None:
    after = context.value(groups["near"], "when_near") if "near" in groups else 0
    month = days.this_month(context.now, after)
    if context.around is not None:  # 去年本月
        month = days.month_in(context.year, month.first.month)
    return context.part(month, groups.get("edge") or groups.get("tail"))


def _half_month(groups: Groups, context: Context) -> Stretch | None:
    return context.part(context.month, groups["half"])


def _week_near(groups: Groups, context: Context) -> Stretch | None:
    today = context.now.date()
    if today is None:
        return None
    week = days.week_of(today, context.value(groups["near"], "when_near"))
    return context.weekday(week, groups.get("weekday"))


def _weekday(groups: Groups, context: Context) -> Stretch | None:
    if context.around is not None and context.around.grain == "day":
        return context.around
    today = context.now.date()
    week = context.around if context.around and context.around.grain == "week" else today and days.week_of(today)
    return context.weekday(week, groups["weekday"]) if week else None


def _nth_week(groups: Groups, context: Context) -> Stretch | None:
    if context.around is None:
        return None
    nth = context.count(groups["nth"]) if "nth" in groups else -1
    if "weekday" not in groups:
        return days.week_in(context.around, nth)
    return days.weekday_in(context.around, context.value(groups["weekday"], "week_days"), nth)


def _day(groups: Groups, context: Context) -> Stretch | None:
    words = groups.get("day") or groups["later"]
    return days.day_in(context.month, context.count(words.replace("廿", "二十")))


def _days(groups: Groups, context: Context) -> Stretch | None:
    around = context.around
    if around is None:
        return None
    if "from" in groups:
        return days.days_in(context.month, context.count(groups["from"]), context.count(groups["to"]))
    if "nth" in groups:
        day = around.first + timedelta(context.count(groups["nth"]) - 1)
        return around.kept(day, day, "day") if day <= around.last else None
    length = context.count(groups["count"]) * (7 if "weeks" in groups else 1)
    if groups["side"] in {"前", "头"}:
        return around.kept(around.first, around.first + timedelta(length - 1), "part")
    return around.kept(around.last - timedelta(length - 1), around.last, "part")


def _day_near(groups: Groups, context: Context) -> Stretch | None:
    today = context.now.date()
    return _at(today + timedelta(context.value(groups["near"], "when_day"))) if today else None


def _at(day: date) -> Stretch:
    return Stretch(day, day, "day")


NAMED: dict[str, Reader] = {
    "year": _year, "year_written": _year_written, "year_short": _year_short, "year_roc": _year_roc,
    "year_era": _year_era, "year_near": _year_near, "plan": _plan, "century": _century, "decade": _decade,
    "half": _half, "quarter": _quarter, "season": _season, "edge": _edge, "whole": _whole, "month": _month,
    "months": _months, "month_near": _month_near, "half_month": _half_month, "week_near": _week_near,
    "weekday": _weekday, "nth_week": _nth_week, "day": _day, "days": _days, "day_near": _day_near,
}  # fmt: skip
