"""The shapes in which readings and diaries leave: exact for programs, harmless for people."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.export import (
    Lane,
    diary_csv,
    diary_json,
    diary_table,
    explain_text,
    lanes,
    plain,
    reading_json,
    reading_text,
    standing,
    why_text,
)
from summitry.model import (
    Attested,
    Claim,
    Contradiction,
    Diary,
    Engagement,
    Grade,
    Kind,
    Mention,
    Modality,
    Official,
    Part,
    Party,
    Place,
    Polarity,
    Precision,
    Reading,
    Report,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Topic,
    Value,
    When,
)
from summitry.resolve import in_order
from summitry.web._paged import in_lanes

TEXT = "Visit planned\n\nA diplomat said the minister may go to Oslo in March."
REPORT = Report(
    outlet="Fjord Wire",
    published=datetime(2024, 2, 1, 9, tzinfo=UTC),
    text=TEXT,
    title="Visit planned",
    ref="f1",
)
SENTENCE = Sentence(15, len(TEXT), TEXT[15:])
DIPLOMAT = Source("a diplomat", SourceClass.DIPLOMATIC_SOURCE, state="NO")
OUTLET = Source("Fjord Wire", SourceClass.OUTLET)
GUEST = Party("Anna Berg", "SE", role="foreign minister", wikidata="Q1", part=Part.VISITOR)
HOST = Party(None, "NO", part=Part.HOST)
OSLO = Place("Oslo", "NO")
MARCH = When(date(2024, 3, 1), date(2024, 4, 1), Precision.MONTH, text="in March")
FISH = Topic("fisheries", Grade.POSSIBLE)


def claim(slot: Slot, value: Value, source: Source = DIPLOMAT) -> Claim:
    return Claim(
        mention="m1",
        slot=slot,
        value=value,
        source=source,
        modality=Modality.POSSIBLE,
        sentence=SENTENCE,
        why="may: possible",
    )


KIND = claim(Slot.KIND, Kind.VISIT, OUTLET)
WHO, WHOM = claim(Slot.PARTY, GUEST), claim(Slot.PARTY, HOST)
WHERE, THEN = claim(Slot.PLACE, OSLO), claim(Slot.WHEN, MARCH)
ABOUT, HOW = claim(Slot.AGENDA, FISH), claim(Slot.STATUS, Status.FLOATED)
NOT_SO = replace(
    claim(Slot.STATUS, Status.DENIED, Source("her spokesman", SourceClass.SPOKESPERSON)),
    mention="m2",
    polarity=Polarity.POSITIVE,
)
CLAIMS = (KIND, WHO, WHOM, WHERE, THEN, ABOUT, HOW)
MENTION = Mention(
    id="m1",
    kind=Kind.VISIT,
    parties=(GUEST, HOST),
    place=OSLO,
    when=MARCH,
    status=Status.FLOATED,
    modality=Modality.POSSIBLE,
    agenda=(FISH,),
    claims=CLAIMS,
)
READING = Reading(report=REPORT, extractor="test/1", mentions=(MENTION,), notes=("a note",))
ENGAGEMENT = Engagement(
    id="m1",
    kind=Attested(Kind.VISIT, (KIND,)),
    parties=(Attested(GUEST, (WHO,)), Attested(HOST, (WHOM,))),
    place=Attested(OSLO, (WHERE,)),
    when=Attested(MARCH, (THEN,)),
    agenda=(Attested(FISH, (ABOUT,)),),
    status=Attested(Status.FLOATED, (HOW,), (NOT_SO,)),
    modality=Modality.POSSIBLE,
    official=(Official("SE", Status.DENIED, date(2024, 2, 2), NOT_SO), Official("NO", None)),
    independent_sources=2,
    mentions=(("f1", REPORT.id, "m1"),),
    first=REPORT.published,
    last=REPORT.published,
    contradictions=(Contradiction(Slot.STATUS, HOW, NOT_SO),),
)
AS_OF = datetime(2024, 2, 3, tzinfo=UTC)


def diary(*engagements: Engagement) -> Diary:
    return Diary(AS_OF, None, engagements)


def dated(start: date | None, end: date | None, precision: Precision) -> Engagement:
    when = When(start, end, precision)
    return replace(ENGAGEMENT, when=Attested(when, (replace(THEN, value=when),)))


def test_a_reading_has_the_agreed_shape() -> None:
    said = reading_json(READING)
    assert said["report"] == {
        "id": REPORT.id,
        "ref": "f1",
        "outlet": "Fjord Wire",
        "url": None,
        "published": "2024-02-01T09:00:00+00:00",
    }
    (mention,) = json.loads(json.dumps(said))["mentions"]
    assert {
        name: mention[name] for name in ("id", "kind", "background", "status", "modality")
    } == {
        "id": "m1",
        "kind": "visit",
        "background": False,
        "status": "floated",
        "modality": "possible",
    }
    assert mention["parties"] == [
        {
            "name": "Anna Berg",
            "role": "foreign minister",
            "state": "SE",
            "wikidata": "Q1",
            "part": "visitor",
        },
        {"name": None, "role": None, "state": "NO", "wikidata": None, "part": "host"},
    ]
    assert mention["place"] == {"name": "Oslo", "state": "NO"}
    assert mention["when"] == {
        "start": "2024-03-01",
        "end": "2024-04-01",
        "precision": "month",
        "text": "in March",
        "time": None,
    }
    assert mention["agenda"] == [{"topic": "fisheries", "grade": "possible", "medtop": None}]
    assert mention["sources"] == [
        {
            "name": "a diplomat",
            "role": None,
            "state": "NO",
            "class": "diplomatic_source",
            "via": [],
        }
    ]


def test_a_claim_has_the_shape_of_its_field_and_quotes_the_text() -> None:
    (mention,) = json.loads(json.dumps(reading_json(READING)))["mentions"]
    by_slot = {c["slot"]: c for c in mention["claims"] if c["value"] != mention["parties"][1]}
    assert by_slot["kind"]["value"] == "visit"
    assert by_slot["party"]["value"] == mention["parties"][0]
    assert by_slot["place"]["value"] == mention["place"]
    assert by_slot["when"]["value"] == mention["when"]
    assert by_slot["agenda"]["value"] == mention["agenda"][0]
    assert by_slot["status"]["value"] == "floated"
    assert by_slot["status"]["polarity"] == "positive"
    assert by_slot["status"]["source"] == 0
    assert by_slot["kind"]["source"] is None, "the outlet's own word"
    for one in mention["claims"]:
        assert TEXT[one["start"] : one["end"]] == one["quote"]


def test_a_diary_has_the_agreed_shape() -> None:
    out = json.loads(json.dumps(diary_json(diary(ENGAGEMENT))))
    assert (out["as_of"], out["known_at"]) == ("2024-02-03T00:00:00+00:00", None)
    (e,) = out["engagements"]
    assert {
        *("id", "kind", "background", "parties", "place", "when", "status", "occurrence"),
        *("agenda", "attested", "official", "independent_sources", "mentions", "chance"),
        *("track", "follows", "parent", "contradictions", "unresolved"),
    } <= set(e)
    assert e["occurrence"] == "eocstat:eos1"
    assert e["attested"]["status"] == {"by": [HOW.id], "against": [NOT_SO.id]}
    assert e["attested"]["parties"]["by"] == [WHO.id, WHOM.id]
    assert e["attested"]["parties"]["each"][1] == {"by": [WHOM.id], "against": []}
    assert e["official"] == [
        {"state": "SE", "word": "denied", "on": "2024-02-02", "claim": NOT_SO.id},
        {"state": "NO", "word": None, "on": None, "claim": None},
    ]
    assert e["mentions"] == [{"ref": "f1", "report": REPORT.id, "mention": "m1"}]
    assert e["chance"] is None
    assert e["contradictions"][0]["ours"] == {"value": "floated", "claim": HOW.id}


def test_what_nobody_says_is_null() -> None:
    bare = replace(ENGAGEMENT, place=None, when=None, agenda=())
    (e,) = json.loads(json.dumps(diary_json(diary(bare))))["engagements"]
    assert (e["place"], e["when"], e["agenda"]) == (None, None, [])
    assert "when" not in e["attested"]


def test_the_page_has_headings_by_day_then_vague_then_none_then_before() -> None:
    page = plain_page(
        dated(date(2024, 2, 12), date(2024, 2, 14), Precision.DAY),
        ENGAGEMENT,
        replace(ENGAGEMENT, when=None),
        dated(date(2024, 1, 20), date(2024, 1, 21), Precision.DAY),
    )
    places = [
        page.index(words)
        for words in ("Mon 12 Feb 2024", "Some day in March 2024", "No date yet", "Ended")
    ]
    assert places == sorted(places)
    assert "○ floated" in page
    assert "Anna Berg (Sweden) → Norway" in page
    assert "Oslo, Norway" in page
    assert "2 independent sources" in page
    assert "⚠ status: floated" in page
    assert "fisheries?" in page


SPANS = st.tuples(st.dates(date(2024, 1, 1), date(2024, 6, 1)), st.integers(1, 200))


@given(st.lists(st.tuples(st.none() | SPANS, st.sampled_from("ABC")), max_size=8))
def test_what_may_fall_on_many_days_stands_by_the_earliest_then_the_latest_then_its_title(
    told: list[tuple[tuple[date, int] | None, str]],
) -> None:
    day = diary().as_of.date()
    many = []
    for number, (span, name) in enumerate(told):
        party = Attested(Party(f"{name} Berg", "SE", part=Part.VISITOR), ENGAGEMENT.parties[0].by)
        when = None
        if span:
            start, days = span
            when = dated(start, start + timedelta(days=days), Precision.MONTH).when
        many.append(replace(ENGAGEMENT, id=f"{number:016}", parties=(party,), when=when))
    page = replace(diary(), engagements=in_order(many), deadlines=())
    found = [(lane, heading, e) for lane, heading, entries in lanes(page) for e in entries]
    assert sorted(e.id for _, _, e in found if isinstance(e, Engagement)) == [e.id for e in many]
    keys = []
    for lane, heading, e in found:
        if isinstance(e, Engagement) and e.when and e.when.value.start and e.when.value.end:
            first, end = max(e.when.value.start, day), e.when.value.end
            assert (lane is Lane.BEFORE) == (end <= day)
            if lane is Lane.SOME_DAY:
                assert (first == day) == heading.startswith("Some day until")
                keys.append((first, end, e.parties[0].value.name or ""))
    assert keys == sorted(keys)
    undated = [e.parties[0].value.name or "" for lane, _, e in found if lane is Lane.NO_DATE
               and isinstance(e, Engagement)]  # fmt: skip
    assert undated == sorted(undated)
    web = in_lanes(page, (), 100)[0]
    assert [(lane, heading, entries) for lane, heading, entries in lanes(page)] == web


def test_what_was_held_on_some_day_is_not_ahead() -> None:
    held = Attested(Status.HELD, (replace(THEN, slot=Slot.STATUS, value=Status.HELD),))
    today, month = date(2024, 2, 9), dated(date(2024, 2, 1), date(2024, 3, 1), Precision.MONTH)
    exact = dated(date(2024, 2, 8), date(2024, 2, 12), Precision.DAY)
    assert standing(month, today).lane is Lane.SOME_DAY
    assert standing(replace(month, status=held), today).lane is Lane.BEFORE
    assert standing(replace(exact, status=held), today).heading == "Fri 9 Feb 2024"
    assert standing(replace(month, status=held), date(2024, 1, 9)).lane is Lane.SOME_DAY


def plain_page(*engagements: Engagement, width: int = 120) -> str:
    import click  # noqa: PLC0415

    return click.unstyle(diary_table(diary(*engagements), width))


@pytest.mark.parametrize("width", [0, 60, 80, 200])
def test_the_page_keeps_to_its_width(width: int) -> None:
    lines = plain_page(ENGAGEMENT, width=width).splitlines()
    assert max(map(len, lines)) <= max(width, 60)


def test_every_status_has_a_shape_of_its_own() -> None:
    from summitry.export.table import SHAPES  # noqa: PLC0415

    assert set(SHAPES) == set(Status)
    assert len({shape for shape, _ in SHAPES.values()}) == len(Status)


HOSTILE = "\x1b[2J\x1b]0;gone\x07[bold]Anna[/bold]\u202e\u200b\r\nBerg"


def test_texts_of_reports_cannot_steer_the_terminal() -> None:
    guest = replace(GUEST, name=HOSTILE)
    spoken = replace(WHO, value=guest, sentence=Sentence(0, 4, HOSTILE))
    bad = replace(ENGAGEMENT, parties=(Attested(guest, (spoken,)),))
    report = replace(REPORT, outlet=HOSTILE)
    shown = why_text(bad, {"m1": report})
    mention = replace(MENTION, parties=(guest,), claims=(spoken,))
    reading = replace(READING, report=report, mentions=(mention,))
    for text in (shown, plain_page(bad), explain_text(reading), reading_text(reading)):
        assert not {"\x1b", "\x07", "\u202e", "\u200b", "\r"} & set(text)
        assert "[bold]Anna[/bold]" in text.replace("\n", " ")


@given(st.text())
def test_plain_text_is_one_printable_line(text: str) -> None:
    shown = plain(text)
    assert plain(shown) == shown
    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown
    shown.encode("utf-8")


def test_a_spreadsheet_runs_nothing() -> None:
    rows = []
    for start in "=+-@":
        topic = replace(FISH, topic=f"{start}cmd|' /C calc'!A0")
        rows.append(replace(ENGAGEMENT, agenda=(Attested(topic, (ABOUT,)),)))
    rows.append(replace(ENGAGEMENT, place=Attested(Place("\t=1+1", None), (WHERE,))))
    table = list(csv.DictReader(io.StringIO(diary_csv(diary(*rows)))))
    assert len(table) == 5
    for row in table:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert table[0]["agenda"].startswith("'=cmd")


def test_a_csv_row_says_what_the_engagement_says() -> None:
    (row,) = csv.DictReader(io.StringIO(diary_csv(diary(ENGAGEMENT))))
    assert (row["id"], row["status"], row["kind"]) == ("m1", "floated", "visit")
    assert (row["start"], row["end"], row["precision"]) == ("2024-03-01", "2024-04-01", "month")
    assert (row["parties"], row["states"]) == ("Anna Berg; NO", "NO; SE")


def test_why_says_who_said_so_in_which_words_and_who_said_otherwise() -> None:
    text = why_text(ENGAGEMENT, {"m1": REPORT}, ("status",))
    assert "status: floated" in text
    assert (
        "a diplomat (diplomatic source) in Fjord Wire, Thu 1 Feb 2024: floated, possible" in text
    )
    assert "A diplomat said the minister may go to Oslo in March." in text
    against = text[text.index("against it:") :]
    assert "her spokesman (spokesperson): denied" in against


def test_why_of_a_field_that_nobody_fills() -> None:
    assert "place: nobody says" in why_text(replace(ENGAGEMENT, place=None), {}, ("place",))


def test_explain_sets_each_claim_beside_its_sentence_and_rule() -> None:
    text = explain_text(READING)
    assert f"[15:{len(TEXT)}]" in text
    assert "by may: possible" in text
    assert "note: a note" in text
    assert "no engagement" in explain_text(replace(READING, mentions=()))
