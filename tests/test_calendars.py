"""Calendars in: the word of the office that publishes them, updated in place, never forking."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summitry
from summitry.model import Diary, Listing, Part, SourceClass, Status
from summitry.pipeline import extract
from summitry.sources import Problem, reports

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nX-WR-CALNAME:{}\r\n"
OFFICE = "Office of the Prime Minister of Norway"
MEETING = "Meeting with President Alexander Stubb of Finland"


def entry(uid: str = "u1", day: str = "20240304", **more: str) -> str:
    fields = {
        "UID": uid,
        "DTSTAMP": "20240201T090000Z",
        "DTSTART;VALUE=DATE": day,
        "SUMMARY": MEETING,
        "LOCATION": "Oslo, Norway",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}:{value}\r\n" for name, value in fields.items() if value)
    return f"BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n"


def calendar(*entries: str, name: str = OFFICE) -> bytes:
    return (HEAD.format(name) + "".join(entries) + "END:VCALENDAR\r\n").encode()


def listings(path: Path, data: bytes) -> list[Listing]:
    path.write_bytes(data)
    found = list(reports(path))
    assert not [str(o) for o in found if isinstance(o, Problem)]
    return [o for o in found if isinstance(o, Listing)]


def problems(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return [o.reason for o in reports(path) if isinstance(o, Problem)]


def diary(*listed: Listing) -> Diary:
    ledger = summitry.MemoryLedger()
    for number, one in enumerate(listed):
        summitry.update(ledger, [extract(one)], datetime(2024, 3, 1, number, tzinfo=UTC))
    return summitry.diary(ledger, summitry.instant("2024-03-01"))


def test_an_entry_is_the_word_of_the_office(tmp_path: Path) -> None:
    (found,) = listings(tmp_path / "a.ics", calendar(entry()))
    (e,) = diary(found)
    assert {p.value.state for p in e.parties} == {"NO", "FI"}
    assert e.when
    assert e.when.value.label == "2024-03-04"
    assert e.place
    assert (e.place.value.name, e.place.value.state) == ("Oslo", "NO")
    assert e.status.value is Status.ANNOUNCED
    (claim,) = e.status.by
    assert (claim.source.source_class, claim.source.state) == (SourceClass.SPOKESPERSON, "NO")
    assert claim.sentence.text in found.report.text
    for one in extract(found).mentions[0].claims:
        cut = one.sentence
        assert found.report.text[cut.start : cut.end] == cut.text


def test_a_newspapers_calendar_is_no_official_word(tmp_path: Path) -> None:
    visit = entry(SUMMARY="Visit of President Alexander Stubb of Finland to Norway")
    (found,) = listings(tmp_path / "a.ics", calendar(visit, name="Fjord Times"))
    (mention,) = extract(found).mentions
    assert {c.source.source_class for c in mention.claims} == {SourceClass.OUTLET}
    assert {(p.state, p.part) for p in mention.parties} == {
        ("FI", Part.VISITOR),
        ("NO", Part.HOST),
    }


@pytest.mark.parametrize("title", ["Cabinet meeting", "Lecture on Finland", "Dentist"])
def test_what_is_no_engagement_between_states_says_nothing(tmp_path: Path, title: str) -> None:
    (found,) = listings(tmp_path / "a.ics", calendar(entry(SUMMARY=title), name="Fjord Times"))
    assert not extract(found).mentions


@given(st.integers(5, 28), st.booleans())
def test_a_moved_entry_takes_the_place_of_the_old(day: int, same_file: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ics"
        moved = entry(day=f"202403{day:02}", SEQUENCE="1", LAST_MODIFIED="20240210T090000Z")
        old = entry(SEQUENCE="0")
        if same_file:
            found = listings(path, calendar(moved, old))
        else:
            found = listings(path, calendar(old)) + listings(path, calendar(moved))
        (e,) = diary(*found)
        assert e.when
        assert e.when.value.label == f"2024-03-{day:02}"
        assert len(e.mentions) == 1


def test_a_cancelled_entry_is_cancelled_in_place(tmp_path: Path) -> None:
    off = entry(SEQUENCE="1", STATUS="CANCELLED", LAST_MODIFIED="20240210T090000Z")
    first = listings(tmp_path / "a.ics", calendar(entry()))
    (e,) = diary(*first, *listings(tmp_path / "a.ics", calendar(off)))
    assert e.status.value is Status.CANCELLED
    assert len(e.mentions) == 1
    method = calendar(entry()).replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:CANCEL")
    (gone,) = listings(tmp_path / "b.ics", method)
    assert gone.status is Status.CANCELLED


def test_recurring_entries_are_unrolled_within_a_year(tmp_path: Path) -> None:
    weekly = entry(RRULE="FREQ=WEEKLY", EXDATE="20240311")
    found = listings(tmp_path / "a.ics", calendar(weekly.replace("EXDATE", "EXDATE;VALUE=DATE")))
    days = [f.when.start.isoformat() for f in found if f.when and f.when.start]
    assert days[:2] == ["2024-03-04", "2024-03-18"]
    assert 40 < len(days) < 60
    assert len({f.report.id for f in found}) == len(found)
    assert days[-1] < "2025-04-01"


def test_without_the_extra_entries_that_recur_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "recurring_ical_events", None)
    (problem,) = problems(tmp_path / "a.ics", calendar(entry(RRULE="FREQ=WEEKLY"), entry("u2")))
    assert "summitry[calendars]" in problem


def test_an_entry_that_recurs_by_the_second_is_refused(tmp_path: Path) -> None:
    for rule in (
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=2",
        "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=1,2",
    ):
        (problem,) = problems(tmp_path / "a.ics", calendar(entry(RRULE=rule)))
        assert "several times a day" in problem


def test_rules_that_never_fit_are_not_tried_for_ever(tmp_path: Path) -> None:
    never = [entry(uid=f"u{n}", RRULE="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") for n in range(50)]
    found = problems(tmp_path / "a.ics", calendar(*never))
    assert len(found) == len(never) - 3
    assert "never fit" in found[0]
    over = [entry(uid=f"u{n}", RRULE="FREQ=WEEKLY;UNTIL=20200101T000000Z") for n in range(9)]
    assert not listings(tmp_path / "a.ics", calendar(*over))


def test_times_keep_their_zone_and_ends_are_exclusive(tmp_path: Path) -> None:
    timed = entry().replace("DTSTART;VALUE=DATE:20240304", "DTSTART:20240304T143000Z")
    (found,) = listings(tmp_path / "a.ics", calendar(timed))
    assert found.when
    assert (found.when.label, found.when.time) == ("2024-03-04", "14:30 GMT")
    long = entry().replace("20240304\r\n", "20240304\r\nDTEND;VALUE=DATE:20240307\r\n")
    (found,) = listings(tmp_path / "a.ics", calendar(long))
    assert found.when
    assert found.when.label == "2024-03-04/06"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"BEGIN:VCALENDAR\r\n", "calendar"),
        (calendar(), "without entries"),
        (calendar(entry(SUMMARY="")), "without a title"),
        (calendar(entry(day="20240304").replace("20240304", "99999999")), ""),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, data: bytes, word: str) -> None:
    found = problems(tmp_path / "a.ics", data)
    assert found
    assert word in found[0]
