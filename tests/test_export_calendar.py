"""The calendar, read by icalendar and expanded by dateutil: the days are those the rhythm means."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from speechmine.exporting.ics import Wishes, calendar
from speechmine.exporting.recurrence import recurrence
from speechmine.records import Deadline, Record
from tests.export_samples import HOSTILE, SPEECH, export, hostile_record, record_of, written

USUAL = Wishes()
SPOKEN = date(2024, 2, 7)  # a Wednesday


def events(data: bytes) -> list[icalendar.Event]:
    return [part for part in icalendar.Calendar.from_ical(data).walk("VEVENT") if isinstance(part, icalendar.Event)]


def begins(event: icalendar.Event) -> date:
    start = event.DTSTART
    assert isinstance(start, date)
    return start


def with_rhythm(every: str, text: str = "调度") -> Record:
    record = record_of(SPEECH)
    mechanism = next(one for one in record.mechanisms if one.components)
    part = replace(mechanism.components[0], every=every, text=text)
    speeches = [replace(speech, date=SPOKEN.isoformat()) for speech in record.speeches]
    only = replace(mechanism, components=[part, replace(part, every=None)])
    return replace(record, speeches=speeches, mechanisms=[only], goals=[], measures=[])


def days(record: Record, count: int, wishes: Wishes = USUAL) -> list[str]:
    (event,) = events(calendar([record], wishes).data)
    start = begins(event)
    (rule_text,) = re.findall(r"(?m)^RRULE:(.*?)\r$", event.to_ical().decode())
    rule = rrulestr(rule_text, dtstart=datetime(start.year, start.month, start.day))
    return [f"{day:%m-%d}" for day, _ in zip(rule, range(count), strict=False)]


@pytest.mark.parametrize(
    ("every", "text", "expected"),
    [
        ("P1D", "日调度", ["02-07", "02-08", "02-09"]),
        ("P3D", "三天一调度", ["02-07", "02-10", "02-13"]),
        ("P1W", "周调度", ["02-11", "02-18", "02-25"]),
        ("P1W", "每周五调度", ["02-09", "02-16", "02-23"]),
        ("P1W", "每周一调度", ["02-11", "02-18", "02-25"]),
        ("P1W", "每周一上午调度", ["02-12", "02-19", "02-26"]),
        ("P2W", "双周调度", ["02-11", "02-25", "03-10"]),
        ("P10D", "旬调度", ["02-10", "02-20", "02-29", "03-10"]),
        ("P15D", "半月调度", ["02-15", "02-29", "03-15"]),
        ("P1M", "月调度", ["02-29", "03-31", "04-30"]),
        ("P1M", "每月25日召开协调会", ["02-25", "03-25"]),
        ("P1M", "每月五号前报送", ["03-05", "04-05"]),
        ("P1M", "每月二十五日召开协调会", ["02-25", "03-25"]),
        ("P1W", "每週三調度", ["02-07", "02-14"]),
        ("P1W", "每周三份简报", ["02-11", "02-18"]),
        ("P1W", "每周五天工作", ["02-11", "02-18"]),
        ("P1W", "每周三项目调度", ["02-07", "02-14"]),
        ("P1W", "每周一、三、五调度", ["02-07", "02-09", "02-12"]),
        ("P1W", "每周二和周四会商", ["02-08", "02-13", "02-15"]),
        ("P10D", "每10天调度", ["02-07", "02-17", "02-27"]),
        ("P15D", "每15天调度", ["02-07", "02-22"]),
        ("P1M", "每月5日、15日、25日报送", ["02-15", "02-25", "03-05"]),
        ("P1M", "每月10日、25日报送", ["02-10", "02-25", "03-10"]),
        ("P1M", "每月30日报送", ["02-29", "03-30", "04-30"]),
        ("P1M", "每月29日报送", ["02-29", "03-29", "04-29"]),
        ("P1M", "每月31日报送", ["02-29", "03-31", "04-30"]),
        ("P1M", "每月15日、30日报送", ["02-15", "02-29", "03-15", "03-30"]),
        ("P2M", "双月调度", ["02-29", "04-30", "06-30"]),
        ("P3M", "季调度", ["03-31", "06-30", "09-30", "12-31"]),
        ("P6M", "半年调度", ["06-30", "12-31", "06-30"]),
        ("P1Y", "年考核", ["12-31", "12-31"]),
    ],
)
def test_a_rhythm_falls_on_its_days(every: str, text: str, expected: list[str]) -> None:
    assert days(with_rhythm(every, text), len(expected)) == expected


@pytest.mark.parametrize("every", ["regular", "irregular", "PT2H"])
def test_what_no_calendar_holds_is_counted(every: str) -> None:
    made = calendar([with_rhythm(every)])
    assert (made.cadences, made.irregular, events(made.data)) == (0, 1, [])


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(1, 40), st.sampled_from("DWMY"))
def test_no_rhythm_begins_before_the_speech(spoken: date, count: int, unit: str) -> None:
    rule = recurrence(f"P{count}{unit}", spoken)
    assert rule is not None
    assert rule.start >= spoken


def test_an_end_can_be_given() -> None:
    assert days(with_rhythm("P1M"), 9, Wishes(until=date(2024, 4, 30))) == ["02-29", "03-31", "04-30"]


def test_speeches_without_a_date_are_counted() -> None:
    record = with_rhythm("P1W")
    speeches = [replace(speech, date=None) for speech in record.speeches]
    undated = replace(record, speeches=speeches, document=replace(record.document, reference_date=None, published=None))
    assert calendar([undated]).undated == 1


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2024", date(2024, 12, 31)), ("2024-06", date(2024, 6, 30)), ("2024-02-15", date(2024, 2, 15)),
        ("2023/2025", date(2025, 12, 31)), ("2024-XX", date(2024, 12, 31)), ("XXXX", None), ("XXXX-06-30", None),
    ],
)  # fmt: skip
def test_a_deadline_is_the_last_day(edtf: str, day: date | None) -> None:
    record = record_of(SPEECH)
    measure = replace(record.measures[0], deadline=Deadline(text="届时", edtf=edtf), goals=[])
    made = calendar([replace(record, measures=[measure], goals=[], mechanisms=[])])
    found = events(made.data)
    assert [begins(event) for event in found] == ([day] if day else [])
    assert made.unknown == (day is None)
    for event in found:
        assert event.uid == measure.id
        assert begins(event) + timedelta(days=1) == event.DTEND
        (alarm,) = event.walk("VALARM")
        assert isinstance(alarm, icalendar.Alarm)
        assert timedelta(days=-3) == alarm.TRIGGER


def test_uids_are_ids_and_stand_once() -> None:
    record = record_of(SPEECH)
    uids = [event.uid for event in events(calendar([record]).data)]
    ids = {one.id for one in (*record.measures, *record.goals, *record.mechanisms)}
    assert len(uids) == len(set(uids)) > 5
    assert {uid.partition("-")[0] for uid in uids} <= ids


def test_lines_are_short_and_cut_inside_no_character() -> None:
    data = calendar([hostile_record(), record_of(SPEECH.replace("城", "𠮷"))]).data
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in lines:
        line.decode()
    whole = data.replace(b"\r\n ", b"").decode()
    assert all(f"SUMMARY:{icalendar.vText(str(part['summary'])).to_ical().decode()}" in whole for part in events(data))


def test_stamps_come_from_the_speech() -> None:
    (event,) = events(calendar([with_rhythm("P1W")], Wishes(sequence=4)).data)
    assert event.DTSTAMP is not None
    assert event.DTSTAMP.date() == SPOKEN
    assert event.sequence == 4


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    record = hostile_record()
    evil = replace(
        record.measures[0], text="会\r\nEND:VEVENT\r\nBEGIN:VEVENT", deadline=Deadline(text="x\r\nUID:1", edtf="2024")
    )
    record = replace(record, measures=[evil, *record.measures])
    result = export("ics", written(tmp_path / "r.jsonl", record), "-o", tmp_path / "c.ics", "--until", "2025-12-31")
    assert result.exit_code == 0, result.output
    found = events((tmp_path / "c.ics").read_bytes())
    assert len({event.uid for event in found}) == len(found)
    assert "1" not in {event.uid for event in found}
    assert len(HOSTILE) < len(found)


@pytest.mark.parametrize("day", ["9999", "9999-12-31", "2024/9999"])
def test_the_last_day_of_all_is_counted_as_unknown(day: str) -> None:
    record = record_of(SPEECH)
    measure = replace(record.measures[0], deadline=Deadline(text="长期", edtf=day), goals=[])
    assert calendar([replace(record, measures=[measure], goals=[], mechanisms=[])]).unknown == 1


@pytest.mark.parametrize("every", ["P1D", "P1W", "P1M", "P1Y", "P2Y"])
def test_a_rhythm_from_the_last_year_of_all_is_counted_as_undated(every: str) -> None:
    record = with_rhythm(every)
    speeches = [replace(speech, date="9999-12-31") for speech in record.speeches]
    document = replace(record.document, reference_date=None, published=None)
    assert calendar([replace(record, speeches=speeches, document=document)]).undated == 1
