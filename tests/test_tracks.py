"""Tracks: the record is sound, engagements find theirs, and no day knows what came later."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from _tales import FIDAN, PESKOV, Teller, day
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import summitry
from summitry.cli import cli
from summitry.export import diary_json, diary_table, track_text
from summitry.extract import terms
from summitry.gazetteer import Fact, FactSort, Track, TrackKind, states, tracks
from summitry.gazetteer._table import records
from summitry.model import Basis, Deadline, Due, Kind, Party, Place, Reading, Report, Status
from summitry.pipeline import with_terms
from summitry.resolve import deadlines, resolve, with_reported

END = datetime(2025, 1, 1, tzinfo=UTC)
G20 = (Party(None, "G20"), Party(None, "ID"))
SIDES = (Party(None, "RU"), Party(None, "UA"), Party(None, "TR"))


def due(when: str, track: str) -> list[tuple[Due, str, Basis]]:
    found = deadlines([tracks()[track]], date.fromisoformat(when))
    return [(d.what, d.when.label, d.basis) for d in found]


def track_of(*told: Reading, as_of: datetime = END) -> str | None:
    (one,) = resolve(told, [], [], as_of)
    return one.track


def saying(reading: Reading, sentence: str) -> Reading:
    """The same report, all claims resting on one sentence."""
    (mention,) = reading.mentions
    claims = tuple(
        replace(c, sentence=replace(c.sentence, text=sentence, end=len(sentence)))
        for c in mention.claims
    )
    return replace(reading, mentions=(replace(mention, claims=claims),))


def test_the_record_is_sound() -> None:
    ids = [r["id"] for r in records("tracks.csv")]
    assert len(ids) == len(set(ids)) >= 50
    assert {r["track"] for r in records("track_facts.csv")} <= set(ids)
    known = set(states()) | {r["short"] for r in records("organisations.csv")}
    known |= {r["short"] for r in records("groups.csv")}
    for track in tracks().values():
        assert track.source, track.id
        assert track.aliases, track.id
        assert track.all_parties <= known, track.all_parties - known
        for fact in track.facts:
            assert fact.first <= fact.last <= fact.first + timedelta(days=80), fact
            assert fact.known <= fact.last + timedelta(days=1), fact
            assert not fact.state or fact.state in states(), fact
            assert bool(fact.place or fact.state) == (fact.sort is FactSort.ROUND), fact
        rounds = [f.first for f in track.facts if f.sort is FactSort.ROUND]
        assert len(rounds) == len(set(rounds)), track.id


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2022-07-21", [(Due.ROUND, "2022-07-22", Basis.KNOWN)]),
        ("2022-08-01", [(Due.EXPIRY, "2022-11-19", Basis.KNOWN)]),
        ("2022-11-16", [(Due.EXPIRY, "2022-11-19", Basis.KNOWN)]),
        ("2022-11-17", [(Due.EXPIRY, "2023-03-18", Basis.KNOWN)]),
        ("2023-03-19", [(Due.EXPIRY, "2023-05-18", Basis.KNOWN)]),
        ("2023-05-17", [(Due.EXPIRY, "2023-07-17", Basis.KNOWN)]),
        ("2023-07-17", []),
    ],
)
def test_a_deal_with_its_terms_renewals_and_end(
    today: str, expected: list[tuple[Due, str, Basis]]
) -> None:
    assert due(today, "grain-deal") == expected


def test_a_series_is_expected_by_its_rhythm_until_its_date_is_known() -> None:
    assert (
        due("2022-06-29", "g7") == [(Due.ROUND, "2023-06-01/2023-08-31", Basis.EXPECTED)]
        or due("2022-06-29", "g7") == []
    )  # three past rounds at least
    assert due("2023-05-22", "g7") == [(Due.ROUND, "2024-05-01/2024-08-31", Basis.EXPECTED)]
    assert due("2024-01-01", "g7") == [(Due.ROUND, "2024-06-13/15", Basis.KNOWN)]
    assert due("2099-01-01", "g7") == [], "what the record has lost sight of has no rhythm"


def test_an_engagement_belongs_to_the_round_that_it_is() -> None:
    tell = Teller()
    bali = {"parties": G20, "kind": Kind.SUMMIT, "place": Place("Bali", "ID")}
    assert track_of(tell("2022-11-01", when=day("2022-11-15", 2), **bali)) == "g20"  # type: ignore[arg-type]
    beside = tell("2022-11-10", when=day("2022-11-14"), kind=Kind.BILATERAL,
                  parties=(Party(None, "US"), Party(None, "CN")),
                  place=Place("Bali", "ID"))  # fmt: skip
    beside = saying(beside, "They meet beside the G20 summit in Bali.")
    assert track_of(beside) is None
    ministers = tell("2022-06-20", when=day("2022-07-07", 2), **bali)  # type: ignore[arg-type]
    assert track_of(saying(ministers, "Ministers meet before the G20 summit.")) is None


def test_a_round_of_a_deal_is_named_or_meets_its_day_and_a_visit_is_none() -> None:
    tell = Teller()
    talks = {"kind": Kind.NEGOTIATION_ROUND, "parties": SIDES, "place": Place("Istanbul", "TR")}
    named = tell("2023-05-02", when=day("2023-05-06"), **talks)  # type: ignore[arg-type]
    assert track_of(saying(named, "Talks on the grain deal.")) == "grain-deal"
    unnamed = tell("2023-05-09", when=day("2023-05-10", 2), **talks)  # type: ignore[arg-type]
    assert track_of(unnamed) == "grain-deal"
    visit = tell("2024-01-09", when=day("2024-02-12"))
    assert track_of(saying(visit, "They will discuss the grain deal.")) is None
    other = tell("2022-01-10", when=day("2022-01-10"), kind=Kind.NEGOTIATION_ROUND,
                 parties=(Party(None, "US"), Party(None, "RU")),
                 place=Place("Geneva", "CH"))  # fmt: skip
    assert track_of(other) is None, "Vienna was meeting that week, about something else"


def test_a_pair_is_known_by_itself_alone() -> None:
    tell = Teller()
    two, three = (Party(None, "IN"), Party(None, "JP")), (Party(None, "AU"),)
    delhi = {"when": day("2022-03-19", 2), "place": Place("New Delhi", "IN")}
    assert track_of(tell("2022-03-18", parties=two, **delhi)) == "india-japan"  # type: ignore[arg-type]
    assert track_of(tell("2022-03-18", parties=two + three, **delhi)) is None  # type: ignore[arg-type]


def test_the_day_on_which_a_fact_became_public_counts() -> None:
    tell = Teller()
    told = tell("2022-10-01", when=day("2023-07-11", 2), kind=Kind.SUMMIT,
                parties=(Party(None, "NATO"), Party(None, "LT")),
                place=Place("Vilnius", "LT"))  # fmt: skip
    assert track_of(told, as_of=datetime(2022, 10, 2, tzinfo=UTC)) is None
    assert track_of(told, as_of=datetime(2022, 11, 10, tzinfo=UTC)) == "nato-summit"


FACTS = st.builds(
    Fact,
    sort=st.sampled_from(FactSort),
    name=st.just("fact"),
    first=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    last=st.just(date(2026, 12, 31)),
    place=st.just("Oslo"),
    state=st.just("NO"),
    known=st.dates(date(2019, 1, 1), date(2026, 12, 31)),
)


@settings(max_examples=150)
@given(st.lists(FACTS, max_size=8), st.dates(date(2019, 1, 1), date(2027, 1, 1)))
def test_no_day_knows_what_became_public_later(facts: list[Fact], today: date) -> None:
    def made(some: list[Fact]) -> Track:
        ordered = tuple(sorted(some, key=lambda f: (f.first, f.known)))
        sides = (frozenset({"NO"}),)
        return Track("t", "T", TrackKind.YEARLY, 1, sides, ("t",), ordered, "own")

    now = deadlines([made(facts)], today)
    assert now == deadlines([made([f for f in facts if f.known <= today])], today)
    for one in now:
        assert one.when.end is None or one.when.end > today
    assert list(now) == sorted(now, key=lambda d: (d.when.start or date.max, d.track, d.title))


def report(published: str, text: str, outlet: str = "Wire") -> Report:
    return Report(outlet=outlet, published=summitry.instant(published), text=text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Black Sea grain deal expires on 18 May unless it is renewed.", "2023-05-18"),
        ("Talks on the grain deal go on. The pact is up for renewal on Thursday.", "2023-05-18"),
        ("The grain deal was extended for 60 days.", None),
        ("Ministers speak of the grain deal on 18 May. The pact matters.", None),
        ("The grain deal and New START matter. The deal expires on 18 May.", None),
        ("The grain deal expires between 18 May and 20 May.", None),
        ("The lease expires on 18 May.", None),
        ("The grain deal was set to expire on 18 March.", None),
    ],
)
def test_a_report_tells_when_a_term_ends(text: str, expected: str | None) -> None:
    found = terms(report("2023-05-12", text))
    assert [d.when.label for d in found] == ([expected] if expected else [])
    assert terms(Report(outlet="x", published=None, text=text)) == ()


def test_a_report_counts_where_the_record_is_silent_or_older() -> None:
    record = [tracks()["grain-deal"]]

    def said(published: str, text: str) -> tuple[date, Deadline]:
        (one,) = terms(report(published, text))
        return date.fromisoformat(published), one

    def labels(today: str, *words: tuple[date, Deadline]) -> list[tuple[str, Basis]]:
        now = date.fromisoformat(today)
        found = with_reported(deadlines(record, now), words, record, now)
        return [(d.when.label, d.basis) for d in found if d.what is Due.EXPIRY]

    known = ("2023-05-18", Basis.KNOWN)
    agrees = said("2023-05-11", "The grain deal is set to expire on May 18.")
    differs = said("2023-05-12", "The grain deal runs out on May 20.")
    stale = said("2022-11-11", "The grain deal could expire on Nov. 19.")
    assert labels("2023-05-15", agrees) == [known]
    assert labels("2023-05-15", agrees, differs) == [known, ("2023-05-20", Basis.REPORTED)]
    assert labels("2023-05-11", agrees, differs) == [known], "not yet published"
    assert labels("2022-11-18", stale) == [("2023-03-18", Basis.KNOWN)], "renewed since"
    assert labels("2023-07-18", differs) == []


def test_deadlines_are_entries_of_the_diary() -> None:
    tell = Teller()
    ledger = summitry.MemoryLedger()
    ledger.append(tell("2023-05-09", (Status.ANNOUNCED, PESKOV), when=day("2023-05-20")), END)
    full = summitry.diary(ledger, summitry.instant("2023-05-10"))
    shape = json.loads(json.dumps(diary_json(full)))
    ours = [d for d in shape["deadlines"] if d["track"] == "grain-deal"]
    assert [(d["what"], d["basis"]) for d in ours] == [("round", "known"), ("expiry", "known")]
    page = summitry.ahead(full)
    assert {d.track for d in page.deadlines} == {"grain-deal"}, "within 30 days, with Russia in it"
    shown = diary_table(page, 100)
    assert "▼ expiry" in shown
    assert "Black Sea Grain Initiative" in shown
    assert with_terms(ledger, full) == full
    assert {d.track for d in full.involving("RU", "UA").deadlines} == {"grain-deal"}


def test_a_track_is_told_as_it_was_known() -> None:
    tell = Teller()
    ledger = summitry.MemoryLedger()
    told = tell("2023-05-09", (Status.ANNOUNCED, FIDAN), kind=Kind.NEGOTIATION_ROUND,
                parties=SIDES, when=day("2023-05-10", 2),
                place=Place("Istanbul", "TR"))  # fmt: skip
    ledger.append(told, END)
    text = track_text(
        tracks()["grain-deal"], summitry.diary(ledger, summitry.instant("2023-05-10"))
    )
    assert "expiry: Third term: 60 days as Russia counted, Thu 18 May 2023" in text
    assert "m001" in text
    assert "17 Jul" not in text


def test_what_a_report_tells_of_a_term_is_shown_with_its_words() -> None:
    tell = Teller()
    text = "The grain deal runs out on May 20, they \x1b[31msay."
    ledger = summitry.MemoryLedger()
    ledger.append(tell("2023-05-12", text=text, outlet="Fjord Wire"), END)
    full = with_terms(ledger, summitry.diary(ledger, summitry.instant("2023-05-13")))
    shown = track_text(tracks()["grain-deal"], full)
    assert "Sat 20 May 2023, reported by Fjord Wire: The grain deal runs out" in shown
    assert "they [31msay" in shown


def test_the_commands(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # type: ignore[arg-type]
    monkeypatch.delenv("SUMMITRY_LEDGER", raising=False)

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(cli, words)
        assert result.exit_code == code, result.output
        return result.output

    assert "Vilnius summit" in run("tracks", "--as-of", "2023-06-01")
    assert "Thu 18 May 2023" in run("track", "grain", "--as-of", "2023-05-01")
    shape = json.loads(run("track", "nato", "--as-of", "2023-06-01", "--format", "json"))
    assert [d["title"] for d in shape["deadlines"]] == ["Vilnius summit"]
    assert shape["record"][-1]["end"] == "2022-07-01", "exclusive"
    every = json.loads(run("tracks", "--as-of", "2023-06-01", "--format", "json"))
    assert len(every["tracks"]) == len(tracks())
    assert "begin with 'e'" in run("track", "e", code=2)
