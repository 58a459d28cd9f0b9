"""News wires in: NewsML-G2, ninjs, IPTC 7901, datelines with takes, diary text."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summitry
from summitry.intake import Intake
from summitry.model import Listing, Precision, Reading, Report, Status, Withdrawal
from summitry.pipeline import extract
from summitry.sources import Outcome, Problem, reports

STANDARDS = Path(__file__).parents[2] / "shared" / "standards"
needs_standards = pytest.mark.skipif(
    not STANDARDS.exists(), reason="IPTC's examples are not beside the checkout"
)
NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:fjord:1" version="{version}"
  standard="NewsML-G2" standardversion="2.9" xml:lang="en">
 <itemMeta><itemClass qcode="ninat:text"/><provider literal="Fjord Wire"/>
  <versionCreated>2024-02-0{version}T09:00:00Z</versionCreated>
  <pubStatus qcode="{state}"/></itemMeta>
 <contentMeta><headline>Minister to visit Sweden</headline><language tag="en"/></contentMeta>
 <contentSet><inlineXML contenttype="application/xhtml+xml">
  <html xmlns="http://www.w3.org/1999/xhtml">
  <body><p>Norway's foreign minister will visit Sweden on {day} March, her spokesman said.</p>
  <p>Second paragraph.</p></body></html></inlineXML></contentSet>
</newsItem>"""
TAKE = """Outlet: Fjord Wire
Published: 2024-02-01T{hour}:00:00+00:00

{head}

OSLO, Feb. 1 (Fjord Wire) - Norway's foreign minister will visit Sweden on {day} March, he said.
"""
DIARY = """Outlet: Fjord Wire
Published: 2024-12-20T06:00:00+00:00

Political events from December 20, 2024
** Indicates new events

MONDAY, DECEMBER 23
** OSLO - Finnish President Alexander Stubb visits Norway - 0930 GMT
** PARIS/BERLIN - Foreign ministers of Poland and Spain meet (to Dec. 27)
ATHENS- Greek and Cypriot ministers hold talks (final day).

THURSDAY, JANUARY 2
 PORT-AU-PRINCE - Visit of the prime minister of Canada to Haiti (to Jan. 4) - 1800 GMT
"""


def read(path: Path, text: str | bytes) -> list[Outcome]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(reports(path))


def one(path: Path, text: str | bytes) -> Report:
    (found,) = read(path, text)
    assert isinstance(found, Report), found
    return found


def test_a_news_item_is_a_report_through_all_its_versions(tmp_path: Path) -> None:
    first = one(tmp_path / "a.xml", NEWSML.format(version=1, state="stat:usable", day=12))
    later = one(tmp_path / "a.xml", NEWSML.format(version=2, state="stat:usable", day=13))
    assert (first.outlet, first.title) == ("Fjord Wire", "Minister to visit Sweden")
    assert first.published == summitry.instant("2024-02-01T09:00:00Z")
    assert first.text.endswith("her spokesman said.\nSecond paragraph.")
    assert first.id == later.id
    assert first.version != later.version
    (kill,) = read(tmp_path / "a.xml", NEWSML.format(version=3, state="stat:canceled", day=13))
    assert isinstance(kill, Withdrawal)
    assert kill.report == first.id


def test_a_kill_is_entered_in_the_ledger_for_good(tmp_path: Path) -> None:
    ledger = summitry.MemoryLedger()
    told: list[str] = []
    killed = one(tmp_path / "a.xml", NEWSML.format(version=1, state="stat:usable", day=12))
    path = tmp_path / "b.xml"
    path.write_text(NEWSML.format(version=2, state="stat:canceled", day=12))
    for _ in range(2):
        Intake(told.append, lambda _: None).store(ledger, [str(path)])
    assert not told
    (entered,) = ledger.withdrawals(as_of=summitry.instant("2024-02-03"))
    assert isinstance(entered.entry, Withdrawal)
    assert entered.entry.report == killed.id
    assert not list(ledger.withdrawals(as_of=summitry.instant("2024-02-01T12:00:00Z")))


@needs_standards
def test_iptcs_events_lose_nothing_that_we_model() -> None:
    def found(name: str) -> list[tuple[str, str, str, str]]:
        outcomes = list(reports(STANDARDS / name))
        assert all(isinstance(o, Listing) for o in outcomes)
        return [
            (o.title, o.when.label if o.when else "", o.when.time if o.when else "", o.place)
            for o in outcomes
            if isinstance(o, Listing)
        ]

    meeting = (
        *("IPTC Autumn Meeting 2018", "2018-10-26/27", "09:00 GMT"),
        "86, Edgeware Road, London W2 2EA, United Kingdom",
    )
    newsml = "newsml-g2/LISTING_{}.xml"
    assert found(newsml.format("14_Event_sent_as_a_Concept_Item")) == [meeting]
    strategy = ("Newgathering and Verification Strategy", "2018-10-27", "14:30 GMT", "")
    two = found(newsml.format("15_Two_Related_Events_in_a_Knowledge_Item"))
    assert two == [meeting, strategy]
    assert found(newsml.format("16_A_Set_of_Events_carried_in_a_News_Item")) == [
        meeting,
        ("Annomarket text analytics EU project", "2018-10-22", "10:00 -0400", ""),
        ("Accidental Heroes", "2018-10-23", "19:30 GMT", ""),
    ]
    summit = ("2023 NATO Summit Press Conference", "2023-07-11", "", "LITEXPO, Vilnius, Lithuania")
    assert found("ninjs/008_event.json") == [summit]
    (press,) = found("ninjs/tt_event_pressconference_3.0.json")
    assert press[1:] == ("2023-10-05", "16:00 +0200", "")
    (congress,) = found("ninjs/20231005-65-addb-event.json")
    assert congress[1] == "2014-02-26/2014-03-01"
    assert len(found("ninjs/20231016-event-timeline-sample.json")) == 14
    (planning,) = reports(STANDARDS / newsml.format("17_Planning_Item_a_CCL"))
    assert isinstance(planning, Problem)


IPTC = summitry.instant("2018-10-18T13:05:00Z")
LONDON = "86, Edgeware Road, London W2 2EA, United Kingdom"
FIELDS: dict[str, dict[str, Any]] = {
    "newsml-g2/LISTING_14_Event_sent_as_a_Concept_Item.xml": {
        "ref": "event:1234567",
        "outlet": "IPTC",
        "published": IPTC,
        "title": "IPTC Autumn Meeting 2018",
        "start": date(2018, 10, 26),
        "end": date(2018, 10, 28),
        "precision": Precision.DAY,
        "time": "09:00 GMT",
        "place": LONDON,
        "about": "Michael Steidl",
    },
    "newsml-g2/LISTING_15_Two_Related_Events_in_a_Knowledge_Item.xml": {
        "ref": "event:1234567",
        "outlet": "IPTC",
        "published": IPTC,
        "title": "IPTC Autumn Meeting 2018",
        "start": date(2018, 10, 26),
        "end": date(2018, 10, 28),
        "time": "09:00 GMT",
        "place": LONDON,
        "about": "Stuart Myles",
    },
    "newsml-g2/LISTING_16_A_Set_of_Events_carried_in_a_News_Item.xml": {
        "ref": "urn:newsml:iptc.org:20090122:qqwpiruuew4711#IPTC Autumn Meeting 2018",
        "outlet": "IPTC",
        "published": summitry.instant("2018-10-18T12:44:00Z"),
        "title": "IPTC Autumn Meeting 2018",
        "start": date(2018, 10, 26),
        "end": date(2018, 10, 28),
        "time": "09:00 GMT",
        "place": LONDON,
    },
    "ninjs/008_event.json": {
        "ref": "urn:nato.int:2023-nato-summit-press-conference",
        "published": None,
        "title": "2023 NATO Summit Press Conference",
        "start": date(2023, 7, 11),
        "end": date(2023, 7, 12),
        "time": "",
        "place": "LITEXPO, Vilnius, Lithuania",
    },
    "ninjs/tt_event_pressconference_3.0.json": {
        "ref": "http://tt.se/media/event/00ccd8e3-21a3-4386-b384-d3ba57122372",
        "outlet": "TT",
        "published": summitry.instant("2023-10-05T14:27:32+02:00"),
        "start": date(2023, 10, 5),
        "end": date(2023, 10, 6),
        "time": "16:00 +0200",
        "about": "oppositionens budgetmotioner",
    },
    "ninjs/20231005-65-addb-event.json": {
        "ref": "urn:newsml:addb.no:20140226:0065-ninjs3.0-addb--event-test",
        "published": summitry.instant("2023-10-05T08:45:55+02:00"),
        "start": date(2014, 2, 26),
        "end": date(2014, 3, 2),
        "place": "Technical University of Madrid, Madrid, Spain",
        "about": "Congreso en Universidad",
    },
}
"""Of the first event of each of IPTC's examples, each field that a listing has and the document
says, as a person reads it there; none of them says how far the event has come."""


@needs_standards
@pytest.mark.parametrize("name", FIELDS)
def test_iptcs_events_are_read_field_by_field(name: str) -> None:
    event = next(o for o in reports(STANDARDS / name) if isinstance(o, Listing))
    assert event.when
    found = {
        "ref": event.report.ref,
        "outlet": event.publisher,
        "published": event.report.published,
        "title": event.title,
        "start": event.when.start,
        "end": event.when.end,
        "precision": event.when.precision,
        "time": event.when.time,
        "place": event.place,
    }
    for field, value in FIELDS[name].items():
        if field == "about":
            assert value in event.about
        else:
            assert found[field] == value, field
    assert event.status is Status.ANNOUNCED


@needs_standards
def test_three_events_of_one_item_are_three() -> None:
    name = "newsml-g2/LISTING_16_A_Set_of_Events_carried_in_a_News_Item.xml"
    found = [o for o in reports(STANDARDS / name) if isinstance(o, Listing)]
    assert len({o.report.id for o in found}) == 3


@pytest.mark.parametrize(
    "item",
    [
        {
            "uri": "urn:1",
            "versioncreated": "2024-02-01T09:00:00Z",
            "headline": "H",
            "body_text": "B",
        },
        {
            "uri": "urn:1",
            "versionCreated": "2024-02-01T09:00:00Z",
            "headlines": [{"value": "H"}],
            "bodies": [{"contentType": "text/html", "value": "<p>B</p>"}],
        },
    ],
)
def test_ninjs_items_of_all_ages_are_reports(tmp_path: Path, item: dict[str, object]) -> None:
    found = one(tmp_path / "a.json", json.dumps({**item, "provider": "Fjord Wire"}, indent=1))
    assert (found.outlet, found.title, found.text) == ("Fjord Wire", "H", "H\n\nB")
    assert found.published == summitry.instant("2024-02-01T09:00:00Z")
    (gone,) = read(
        tmp_path / "b.json",
        json.dumps({**item, "provider": "Fjord Wire", "pubStatus": "canceled"}),
    )
    assert isinstance(gone, Withdrawal)
    assert gone.report == found.id


@pytest.mark.parametrize(
    ("start", "end", "label", "precision"),
    [
        ("2024-03", "", "2024-03", Precision.MONTH),
        ("2024", "", "2024", Precision.YEAR),
        ("2024-12", "", "2024-12", Precision.MONTH),
        ("2024-03-04", "2024-03-06", "2024-03-04/06", Precision.DAY),
        ("2024-03-04", "2024-03-01", "2024-03-04", Precision.DAY),
    ],
)
def test_ninjs_dates_are_as_coarse_as_they_say(
    tmp_path: Path, start: str, end: str, label: str, precision: Precision
) -> None:
    dates = {"expectedStartDate": start, **({"expectedEndDate": end} if end else {})}
    event = {"uri": "urn:1", "type": "event", "title": "T", "eventDetails": {"dates": dates}}
    (found,) = read(tmp_path / "a.json", json.dumps(event))
    assert isinstance(found, Listing)
    assert found.when
    assert (found.when.label, found.when.precision) == (label, precision)


HEADS = (
    *("Minister to visit Sweden", "LEAD: Minister to visit Sweden"),
    *("2nd LD: Minister to visit Sweden", "UPDATE 3-Minister to visit Sweden"),
    *("CORRECTED-Minister to visit Sweden", "Minister to visit Sweden (3rd LD-Writethru)"),
)


def test_takes_are_versions_of_one_report(tmp_path: Path) -> None:
    found = [
        one(tmp_path / "a.txt", TAKE.format(hour=f"{9 + n:02}", head=head, day=12 + n))
        for n, head in enumerate(HEADS)
    ]
    assert len({f.id for f in found}) == 1
    assert len({f.version for f in found}) == len(HEADS)
    other = one(tmp_path / "a.txt", TAKE.format(hour="09", head="Minister to lead talks", day=12))
    assert other.id != found[0].id
    (kill,) = read(
        tmp_path / "a.txt", TAKE.format(hour="23", head="KILL: Minister to visit Sweden", day=12)
    )
    assert isinstance(kill, Withdrawal)
    assert kill.report == found[0].id


def test_a_slug_holds_takes_together_whatever_the_headline(tmp_path: Path) -> None:
    def sent(slug: str) -> Report:
        text = f"{slug}\nOSLO, Feb. 1 (Fjord Wire) - Talks were agreed, ministers said on Monday."
        return one(tmp_path / "a.txt", text)

    first, later = sent("BC-NORWAY-SWEDEN"), sent("BC-NORWAY-SWEDEN (2nd LD)")
    assert first.id == later.id
    assert first.outlet == "Fjord Wire"
    assert sent("BC-NORWAY-FINLAND").id != first.id


def test_words_of_prose_are_no_marks(tmp_path: Path) -> None:
    one(tmp_path / "a.txt", TAKE.format(hour="09", head="Floods kill five, lead to talks", day=12))


def test_a_text_with_an_address_keeps_it(tmp_path: Path) -> None:
    text = "URL: https://a.example/1\n" + TAKE.format(hour="09", head="KILL: Bill to pass", day=12)
    assert one(tmp_path / "a.txt", text).url == "https://a.example/1"


def test_a_wire_message_is_unwrapped(tmp_path: Path) -> None:
    body = "NORWAY-SWEDEN\r\nOSLO, Feb. 1 (Fjord Wire) - The minister will go.\r\nMore."
    data = f"\x16\x16\x01abc1234 4 i 120\r\n\x02{body}\x03\r\n011030 GMT FEB 24\r\n\x04"
    found = one(tmp_path / "a.iptc", data.removeprefix("\x16\x16"))
    assert (found.ref, found.outlet, found.title) == ("abc1234", "Fjord Wire", "NORWAY-SWEDEN")
    assert found.published == datetime(2024, 2, 1, 10, 30, tzinfo=UTC)
    assert "OSLO, Feb. 1" in found.text
    twice = read(tmp_path / "b.iptc", data[2:] + data[2:].replace("NORWAY", "POLAND"))
    assert len([o for o in twice if isinstance(o, Report)]) == 2


def test_diary_text_is_read_line_by_line(tmp_path: Path) -> None:
    found = [o for o in read(tmp_path / "a.txt", DIARY) if isinstance(o, Listing)]
    assert [(f.when.label, f.when.time, f.place) for f in found if f.when] == [
        ("2024-12-23", "09:30 GMT", "Oslo"),
        ("2024-12-23/27", "", "Paris/Berlin"),
        ("2024-12-23", "", "Athens"),
        ("2025-01-02/04", "18:00 GMT", "Port-Au-Prince"),
    ]
    first = extract(found[0]).mentions[0]
    assert {(p.name, p.state) for p in first.parties} == {("Alexander Stubb", "FI"), (None, "NO")}
    assert first.place
    assert first.place.state == "NO"
    assert first.status is Status.ANNOUNCED
    assert found[2].title == "Greek and Cypriot ministers hold talks"


def test_diary_text_without_a_year_is_named(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "a.txt", "MONDAY, MAY 5\n** OSLO - Talks of Norway and Spain\n")
    assert isinstance(problem, Problem)
    assert "without a year" in problem.reason


@settings(max_examples=40)
@given(st.dates(date(2024, 1, 1), date(2025, 12, 1)), st.integers(0, 20))
def test_diary_text_intervals_are_half_open(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    more = f" (to {last:%b}. {last.day})" if length else ""
    head = f"{first:%A, %B} {first.day}, {first.year}".upper()
    with TemporaryDirectory() as folder:
        text = f"{head}\n** OSLO - Talks of Norway and Spain{more} - 0930 GMT\n"
        (found,) = read(Path(folder) / "a.txt", text)
    assert isinstance(found, Listing)
    assert found.when
    assert (found.when.start, found.when.end) == (first, last + timedelta(days=1))


def test_stars_alone_make_no_diary(tmp_path: Path) -> None:
    one(tmp_path / "a.txt", "Talks were agreed on Monday.\n** Norway - Spain talks are next.\n")


def test_a_page_that_states_events_gives_listings(tmp_path: Path) -> None:
    stated = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "https://mfa.example/e/1",
        "name": "Visit of President Alexander Stubb of Finland to Norway",
        "startDate": "2024-03-04T10:00:00+01:00",
        "endDate": "2024-03-05",
        "eventStatus": "https://schema.org/EventPostponed",
        "location": {"@type": "Place", "name": "Castle", "address": {"addressLocality": "Oslo"}},
        "organizer": {"@type": "Organization", "name": "Office of the Prime Minister of Norway"},
    }
    page = f"<!doctype html><html><script type='application/ld+json'>{json.dumps(stated)}</script>"
    (found,) = read(tmp_path / "a.html", page)
    assert isinstance(found, Listing)
    reading: Reading = extract(found)
    (mention,) = reading.mentions
    assert mention.when
    assert mention.when.label == "2024-03-04/05"
    assert mention.status is Status.POSTPONED
    assert mention.place
    assert mention.place.name == "Oslo"
    assert {p.state for p in mention.parties} == {"FI", "NO"}
