"""The calendar: read back by a second library, never certain of what is not, never sinking."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from _diary import AS_OF, DAY, HOUR, MARCH, SMALL, made, told
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from summitry.export import IMPRECISE, diary_ics, party
from summitry.model import Diary, Status

GOLDEN = Path(__file__).parent / "data" / "golden.ics"
BASE = "https://diary.example/e/"
SOURCE = "https://diary.example/diary.ics"


def entries(data: bytes) -> dict[str, Any]:
    return {str(e["uid"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def test_the_calendar_is_as_it_was() -> None:
    assert diary_ics(SMALL, base_url=BASE, source=SOURCE) == GOLDEN.read_bytes()


def test_a_strict_reader_that_knows_no_extension_reads_it_all() -> None:
    read = IcsCalendarStream.calendar_from_ics(GOLDEN.read_text("utf-8"))
    ours = entries(GOLDEN.read_bytes())
    assert {str(e.uid) for e in read.events} == set(ours)
    for e in read.events:
        own = ours[str(e.uid)]
        assert (e.summary, e.dtstart) == (str(own["summary"]), own["dtstart"].dt)
        assert e.status is None or e.status.value == own["status"]
        assert (e.sequence, e.location or "") == (own.get("sequence"), own.get("location", ""))


def test_parties_and_places_are_components_of_their_own() -> None:
    every = entries(GOLDEN.read_bytes())
    for e in SMALL:
        entry = every.get(f"{e.id}@summitry")
        if entry is None:
            continue
        sides = {str(p["summary"]) for p in entry.walk("PARTICIPANT")}
        assert sides == {party(p.value) for p in e.parties}
        assert [str(v["name"]) for v in entry.walk("VLOCATION")] == ["Oslo, Norway"]
        ids = [str(p["uid"]) for p in entry.walk()]
        assert len(ids) == len(set(ids)) == 4


def test_a_calendar_says_where_it_can_be_had_again() -> None:
    assert b"\nSOURCE" not in diary_ics(SMALL)
    found = icalendar.Calendar.from_ical(diary_ics(SMALL, source=SOURCE))
    assert str(found["source"]) == SOURCE
    assert found["source"].params["VALUE"] == "URI"


def test_statuses_are_those_of_the_agreement_and_stand_in_the_title() -> None:
    found = entries(diary_ics(SMALL))
    for e in SMALL:
        entry = found.get(f"{e.id}@summitry")
        if e.background or e.when is None or e.status.value is Status.DENIED:
            assert entry is None
            continue
        assert entry is not None
        assert entry["status"] == e.status.value.ical
        title = str(entry["summary"])
        assert title.startswith(("[", "CANCELLED: ")) == (
            e.status.value not in {Status.CONFIRMED, Status.HELD}
        )
        assert str(entry["transp"]) == "TRANSPARENT"
        assert str(entry["X-SUMMITRY-STATUS"]) == e.status.value.value


def test_a_plan_that_was_told_and_then_denied_is_a_tombstone() -> None:
    e = told("b", (1, Status.FLOATED, DAY), (2, Status.DENIED, DAY))
    (entry,) = entries(diary_ics(Diary(AS_OF, None, (e,)))).values()
    assert entry["status"] == "CANCELLED"


def test_what_a_report_says_adds_no_line() -> None:
    data = diary_ics(SMALL).decode()
    unfolded = data.replace("\r\n ", "")
    assert "\nSTATUS:CONFIRMED;" not in unfolded
    assert "\x1b" not in data
    assert all(len(line.encode()) <= 75 for line in data.split("\r\n"))


@pytest.mark.parametrize("imprecise", IMPRECISE)
def test_an_imprecise_date_is_drawn_as_asked(imprecise: str) -> None:
    e = made("c", Status.FLOATED, MARCH)
    found = entries(diary_ics(Diary(AS_OF, None, (e,)), imprecise))
    spans = [(v["dtstart"].dt, v["dtend"].dt) for v in found.values()]
    first = date(2024, 3, 1)
    wanted = {
        "window": [(first, date(2024, 4, 1))],
        "first-day": [(first, date(2024, 3, 2))],
        "skip": [],
    }
    assert spans == wanted[imprecise]


def test_a_clock_time_counts_only_with_a_zone_that_is_known() -> None:
    when = [HOUR, replace(HOUR, time="14:30"), replace(HOUR, time="25:61 GMT")]
    diary = Diary(
        AS_OF, None, tuple(made(str(i), Status.CONFIRMED, w) for i, w in enumerate(when))
    )
    starts = [v["dtstart"].dt for v in entries(diary_ics(diary)).values()]
    assert starts == [datetime(2024, 3, 4, 14, 30, tzinfo=UTC), DAY.start, DAY.start]


def test_names_of_the_calendar_carry_their_types() -> None:
    calendar = icalendar.Calendar.from_ical(diary_ics(SMALL))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in diary_ics(SMALL)
    assert str(calendar["name"]) == "Summitry"


def test_a_second_reader_finds_each_day() -> None:
    calendar = icalendar.Calendar.from_ical(diary_ics(SMALL))
    on = {str(e["uid"]) for e in recurring_ical_events.of(calendar).at(date(2024, 3, 4))}
    assert f"{3:016x}@summitry" in on
    assert len(on) == 7 + 2
    after = recurring_ical_events.of(calendar).at(date(2024, 3, 5))
    assert [str(e["uid"]) for e in after] == [f"{0xA0:016x}@summitry"]
    (due,) = [
        e
        for e in recurring_ical_events.of(calendar).at(date(2024, 3, 18))
        if "Exp" in str(e["summary"])
    ]
    assert due["dtend"].dt == date(2024, 3, 19)


def test_an_open_end_is_one_day() -> None:
    when = replace(DAY, end=None)
    data = diary_ics(Diary(AS_OF, None, (made("d", Status.FLOATED, when),)))
    (entry,) = entries(data).values()
    assert entry["dtend"].dt - entry["dtstart"].dt == timedelta(days=1)


@given(st.lists(st.sampled_from(list(Status)), min_size=1, max_size=7))
def test_each_further_word_raises_the_sequence(stati: list[Status]) -> None:
    tellings = [(n, status, DAY) for n, status in enumerate(stati)]
    moved = replace(DAY, start=date(2024, 3, 20), end=date(2024, 3, 21))
    before = told("e", *tellings)
    after = told("e", *tellings, (9, stati[-1], moved))
    numbers = [
        int(entry["sequence"])
        for e in (before, after)
        for entry in entries(diary_ics(Diary(AS_OF, None, (e,)))).values()
    ]
    assert numbers == sorted(set(numbers))
