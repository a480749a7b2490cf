"""Judge speechmine.dates by the cases of Recognizers-Text and JioNLP: see peer_specs.py and docs/parsers.md."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import speechmine
from speechmine.finding.any_mentions import PeriodMention

_CHINA = timezone(timedelta(hours=8))
_LONG = {"date", "daterange"}
_MODS = {"before", "until", "since", "after"}
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_DATE_FILES = (
    ("DateTimeModel", "144/264", "0.600"), ("DateParser", "", ""), ("DatePeriodParser", "", ""), ("HolidayParser", "", ""),
    ("DateExtractor", "", ""), ("DatePeriodExtractor", "", ""), ("HolidayExtractor", "", ""),
)  # fmt: skip


@dataclass
class Tally:
    """What came out for one suite."""

    name: str
    peer: str
    target: str
    right: int = 0
    total: int = 0
    out: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, right: bool, text: str, expected: list[str]) -> None:
        self.total += 1
        self.right += right
        if not right:
            self.misses.append(f"{text} -> {', '.join(expected) or 'nothing'}")

    def line(self) -> str:
        share = self.right / self.total if self.total else 0
        out = ", ".join(f"{count} {why}" for why, count in sorted(self.out.items()))
        return f"{self.name:40} {self.right:>5}/{self.total:<4} {share:>7.3f} {self.target:>7}  {self.peer:12} {out}"


def recognizers_dates(folder: Path) -> list[Tally]:
    """Judge the suites of dates; results that are clock times, durations or recurring times are left out."""
    return [_recognizers(folder / f"{name}.json", Tally(f"DateTime/{name}", *told)) for name, *told in _DATE_FILES]


def _recognizers(path: Path, tally: Tally) -> Tally:
    for case in json.loads(path.read_text("utf-8-sig")):
        wanted = [want for want in case["Results"] if _kind(want) in _LONG]
        others = [want for want in case["Results"] if _kind(want) not in _LONG]
        if others and not wanted:
            tally.out[_kind(others[0])] += 1
            continue
        reference = case.get("Context", {}).get("ReferenceDateTime", "2020-01-01")[:10]
        found = speechmine.dates(case["Input"], reference)
        right = all(any(_meets(m, want) and _agrees(m, want) for m in found) for want in wanted)
        alone = path.stem.endswith("Extractor") or all(any(_meets(m, want) for want in case["Results"]) for m in found)
        tally.count(right and alone, f"{case['Input']} [{reference}]", [_told(want) for want in wanted])
    return tally


def _kind(want: dict) -> str:
    return (want.get("Type") or want["TypeName"]).removeprefix("datetimeV2.")


def _told(want: dict) -> str:
    return f"{want['Text']} {_values(want)}"


def _meets(mention: PeriodMention, want: dict) -> bool:
    end = want["End"] + 1 if "End" in want else want["Start"] + want["Length"]
    return mention.span.start < end and want["Start"] < mention.span.end


def _values(want: dict) -> list[tuple[str, str | None, str | None, str]]:
    """Return timex, first day, day after the last and modifier of each reading that a case allows."""
    if "Resolution" in want:
        return [
            (value["timex"], value.get("value") or value.get("start"), value.get("end"), value.get("Mod", ""))
            for value in want["Resolution"]["values"]
        ]
    if "Value" not in want:
        return []
    readings = [want["Value"][name] for name in ("FutureResolution", "PastResolution")]
    return [
        (want["Value"]["Timex"], read.get("date") or read.get("startDate"), read.get("endDate"), "")
        for read in readings
    ]


def _agrees(mention: PeriodMention, want: dict) -> bool:
    """Say whether a mention tells one of the readings; a case without values asks for the words alone, all of them."""
    values = _values(want)
    if not values:
        end = want["Start"] + want["Length"]
        return abs(mention.span.start - want["Start"]) <= 1 and abs(mention.span.end - end) <= 1
    return any(_is_reading(mention, *value) for value in values)


def _is_reading(mention: PeriodMention, timex: str, first: str | None, beyond: str | None, mod: str) -> bool:
    if timex[-3:-2] == "-" and timex[-2:] in _SEASONS:
        return mention.edtf == f"{timex[:4]}-{_SEASONS[timex[-2:]]}"
    if mod in _MODS:
        return mention.edtf == timex and (mention.start is None) == (mod in {"before", "until"})
    if first in {None, "not resolved"} or mention.start is None or mention.end is None:
        return False
    assert first is not None
    if beyond is None:
        return mention.start == mention.end == date.fromisoformat(first)
    return mention.start == date.fromisoformat(first) and date.fromisoformat(beyond) in _ends(mention.end)


def _ends(last: date) -> set[date]:
    """Return the ends by which the suite may mean our last day: it ends 2016年至2018年 with the first day of 2018."""
    ends = {last, last + timedelta(1)}
    if (last + timedelta(1)).day == 1:
        ends.add(last.replace(day=1))
    if (last.month, last.day) == (12, 31):
        ends.add(last.replace(month=1, day=1))
    return ends


def jionlp(path: Path) -> Tally:
    """Judge the time parser's cases that speak of a day or longer."""
    tally = Tally("JioNLP time_parser", "396/419", "0.800")
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if "time_parser" not in record["src"]:
            continue
        if "case" not in record:
            tally.out["with a base of code"] += 1
            continue
        text, base, wanted = (*record["case"][:2], record["case"][-1])
        now, until = _base(base)
        why = _out(wanted, now)
        if why:
            tally.out[why] += 1
            continue
        found = speechmine.dates(text, now.date().isoformat())
        right = len(found) == 1 and _same(found[0], wanted["time"], now, until)
        tally.count(right, f"{text} [{now:%Y-%m-%d}]", wanted["time"])
    return tally


def _base(base: object) -> tuple[datetime, datetime]:
    """Return the moment a case counts from and the last moment of it: the base [2019, 9] lasts the whole month."""
    if isinstance(base, (int, float)):
        now = datetime.fromtimestamp(int(base), _CHINA).replace(tzinfo=None)
        return now, now
    if isinstance(base, dict):
        base = [base[name] for name in ("year", "month", "day", "hour", "minute") if name in base]
    parts = list(base) if isinstance(base, list) else [2020]
    now = datetime(*[*parts, 1, 1][: max(3, len(parts))])
    if len(parts) > 3:
        return now, now
    year, month = divmod(now.year * 12 + now.month - 1 + (12 if len(parts) == 1 else 1), 12)
    after = datetime(year, month + 1, 1) if len(parts) < 3 else now + timedelta(1)
    return now, after - timedelta(seconds=1)


def _out(wanted: dict, now: datetime) -> str | None:
    """Say why a case is left out: it is a duration, recurs, or names a time of day."""
    if wanted["type"] == "time_delta":
        return "duration"
    if wanted["type"] == "time_period":
        return "set"
    first, last = wanted["time"]
    if first == last or not (_is_day(first, "00:00:00", now) and _is_day(last, "23:59:59", now)):
        return "time"
    return None


def _is_day(moment: str, clock: str, now: datetime) -> bool:
    return moment in {"inf", "-inf"} or moment.endswith(clock) or moment.endswith(f"{now:%H:%M:%S}")


def _same(mention: PeriodMention, wanted: list[str], now: datetime, until: datetime) -> bool:
    """Say whether both ends agree; from now on and without beginning are the same to us, so are up to now and without end."""
    first, last = wanted
    starts = {None} if first == "-inf" else {_day(first)}
    if first in {"-inf", str(now)}:
        starts |= {None, now.date(), now.date() + timedelta(1)}
    ends = {None} if last == "inf" else {_day(last)}
    if last in {"inf", str(now), str(until)}:
        ends |= {None, now.date()}
    return mention.start in starts and mention.end in ends


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])
