"""What we write, read back: the same engagements, none twice, the same status, moved in place."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from _diary import DAY, DIPLOMAT, FIRST, HOUR, MARCH, SMALL, made

import summitry
from summitry.export import diary_ics, diary_knowledge, diary_newsml, diary_ninjs, diary_text
from summitry.model import (
    Attested,
    Claim,
    Diary,
    Engagement,
    Kind,
    Listing,
    Modality,
    Party,
    Place,
    Slot,
    Source,
    SourceClass,
    Status,
)
from summitry.pipeline import extract
from summitry.sources import reports

ALL = tuple(Status)
AS_OF = summitry.instant("2024-02-20")
Writer = Callable[[Diary], bytes]


def ninjs(diary: Diary) -> bytes:
    return "".join(f"{json.dumps(e)}\n" for e in diary_ninjs(diary, ALL)).encode()


WRITERS: dict[str, Writer] = {
    "a.ics": diary_ics,
    "a.xml": lambda diary: diary_newsml(diary, ALL),
    "b.xml": lambda diary: diary_knowledge(diary, ALL),
    "a.jsonl": ninjs,
}
STATES = ("SE", "FI", "PL", "DE", "FR", "ES", "IT")
"""A guest for each status, so that no two plans are alike."""


def plan(number: int, status: Status) -> Engagement:
    """A plan of one status on the word of an official, for the status to rest on."""
    state = STATES[number]
    official = Source("a minister", SourceClass.OFFICIAL_NAMED, state=state)
    e = made(f"{number:016x}", status)
    said = replace(e.status.by[0], source=official, modality=Modality.CERTAIN)
    guest = replace(e.parties[0].value, name=None, state=state, wikidata=None, role=None)
    sides = (Attested(guest, (claim(Slot.PARTY, guest, e),)), e.parties[1])
    return replace(e, status=Attested(status, (said,)), parties=sides)


def claim(slot: Slot, value: Party | Place, e: Engagement) -> Claim:
    return replace(e.status.by[0], slot=slot, value=value, source=DIPLOMAT)


PLANS = tuple(plan(n, s) for n, s in enumerate(s for s in Status if s is not Status.HELD))


def back(path: Path, data: bytes, ledger: summitry.Ledger | None = None) -> Diary:
    """The diary of a ledger after reading what was written."""
    book = ledger or summitry.MemoryLedger()
    path.write_bytes(data)
    found = list(reports(path))
    assert all(isinstance(o, Listing) for o in found), found
    readings = [extract(o) for o in found if isinstance(o, Listing)]
    summitry.update(book, readings, AS_OF)
    return summitry.diary(book, AS_OF)


def looks(e: Engagement) -> tuple[object, ...]:
    return (
        frozenset((p.value.name, p.value.state, p.value.part) for p in e.parties),
        e.kind.value,
        e.place and e.place.value,
        e.when and (e.when.value.label, e.when.value.precision, e.when.value.time),
        e.status.value,
        frozenset((t.value.topic, t.value.grade) for t in e.agenda),
    )


@pytest.mark.parametrize("name", WRITERS)
def test_engagements_come_back_as_they_went(tmp_path: Path, name: str) -> None:
    went = Diary(AS_OF, None, PLANS)
    came = back(tmp_path / name, WRITERS[name](went))
    # A calendar has no place for a plan that nobody but its denial ever spoke of.
    kept = [e for e in PLANS if name != "a.ics" or e.status.value is not Status.DENIED]
    assert {looks(e) for e in came} == {looks(e) for e in kept}
    assert len(came.engagements) == len(kept)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("when", [HOUR, MARCH])
def test_hours_and_windows_come_back(tmp_path: Path, name: str, when: object) -> None:
    e = plan(0, Status.ANNOUNCED)
    assert e.when
    e = replace(e, when=Attested(when, e.when.by))  # type: ignore[arg-type]
    (came,) = back(tmp_path / name, WRITERS[name](Diary(AS_OF, None, (e,))))
    assert looks(came) == looks(e)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("body", ["EU", "UN", "G7", "NATO"])
def test_a_body_that_gathers_its_own_comes_back(tmp_path: Path, name: str, body: str) -> None:
    e = plan(0, Status.ANNOUNCED)
    alone = replace(e.parties[1].value, name=None, state=body, wikidata=None, role=None, part=None)
    kind = replace(e.kind, value=Kind.SUMMIT)
    e = replace(e, kind=kind, parties=(Attested(alone, (claim(Slot.PARTY, alone, e),)),))
    (came,) = back(tmp_path / name, WRITERS[name](Diary(AS_OF, None, (e,))))
    assert looks(came) == looks(e)


@pytest.mark.parametrize("name", WRITERS)
def test_a_moved_date_updates_in_place_and_twice_is_once(tmp_path: Path, name: str) -> None:
    ledger = summitry.MemoryLedger()
    e = plan(0, Status.ANNOUNCED)
    first = WRITERS[name](Diary(AS_OF, None, (e,)))
    back(tmp_path / name, first, ledger)
    (same,) = back(tmp_path / name, first, ledger)
    assert len(same.mentions) == 1
    assert e.when
    later = replace(e.when.value, start=date(2024, 3, 20), end=date(2024, 3, 21))
    moved = replace(e, when=Attested(later, e.when.by), last=FIRST + timedelta(days=3))
    (came,) = back(tmp_path / name, WRITERS[name](Diary(AS_OF, None, (moved,))), ledger)
    assert came.when
    assert came.when.value.label == "2024-03-20"
    assert len(came.mentions) == 1


@pytest.mark.parametrize("name", WRITERS)
def test_what_a_diary_tells_apart_comes_back_apart(tmp_path: Path, name: str) -> None:
    """The day and the day after: of two reports they would be one visit."""
    e = plan(0, Status.ANNOUNCED)
    assert e.when
    after = replace(DAY, start=DAY.end, end=date(2024, 3, 6))
    other = replace(e, id="f" * 16, when=Attested(after, e.when.by))
    came = back(tmp_path / name, WRITERS[name](Diary(AS_OF, None, (e, other))))
    assert {looks(x) for x in came} == {looks(e), looks(other)}


@pytest.mark.parametrize("name", ["a.xml", "b.xml"])
def test_a_diary_of_nothing_is_read_without_complaint(tmp_path: Path, name: str) -> None:
    assert not back(tmp_path / name, WRITERS[name](Diary(AS_OF, None, ()))).engagements


@pytest.mark.parametrize("name", WRITERS)
def test_what_a_diary_tells_twice_in_the_same_words_is_one(tmp_path: Path, name: str) -> None:
    e = plan(0, Status.ANNOUNCED)
    (came,) = back(
        tmp_path / name, WRITERS[name](Diary(AS_OF, None, (e, replace(e, id="f" * 16))))
    )
    assert looks(came) == looks(e)


@pytest.mark.parametrize("name", [n for n in WRITERS if n != "a.ics"])  # that has what is ahead
def test_a_plan_whose_day_is_long_past_keeps_its_day(tmp_path: Path, name: str) -> None:
    e = plan(0, Status.ANNOUNCED)
    old = replace(e, first=FIRST + timedelta(days=200), last=FIRST + timedelta(days=200))
    book = summitry.MemoryLedger()
    path = tmp_path / name
    path.write_bytes(WRITERS[name](Diary(AS_OF + timedelta(days=200), None, (old,))))
    readings = [extract(o) for o in reports(path) if isinstance(o, Listing)]
    summitry.update(book, readings, AS_OF + timedelta(days=201))
    (came,) = summitry.diary(book, AS_OF + timedelta(days=201))
    assert came.when
    assert came.when.value.label == DAY.label


@pytest.mark.parametrize("name", WRITERS)
def test_strangers_who_drop_our_line_keep_what_their_format_has(tmp_path: Path, name: str) -> None:
    """Without it: who, when, where, and the status that code and title tell between them."""
    went = Diary(AS_OF, None, PLANS)
    data = WRITERS[name](went).replace(b"X-SUMMITRY-ENTRY", b"X-OTHER")
    data = data.replace(b"urn:x-summitry:entry", b"urn:x-other")
    came = back(tmp_path / name, data)
    kept = [e for e in PLANS if name != "a.ics" or e.status.value is not Status.DENIED]
    assert {looks(e)[0] for e in came} == {looks(e)[0] for e in kept}
    assert all(e.when and e.when.value.label == DAY.label for e in came)
    # One outlet's word confirms nothing, and an item that is taken back says not why.
    coarser = {Status.CONFIRMED: Status.ANNOUNCED, Status.DENIED: Status.CANCELLED}
    if name == "b.xml":
        del coarser[Status.DENIED]
    before = {looks(e)[0]: e.status.value for e in kept}
    for e in came:
        was = before[looks(e)[0]]
        assert e.status.value is coarser.get(was, was)


def test_diary_text_comes_back_with_the_status_of_its_titles(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(diary_text(Diary(AS_OF, None, PLANS), ALL), "utf-8")
    found = list(reports(path))
    assert all(isinstance(o, Listing) for o in found), found
    readings = [extract(o) for o in found if isinstance(o, Listing)]
    told = {frozenset(p.state for p in m.parties): m for r in readings for m in r.mentions}
    assert len(told) == len(PLANS)
    for e in PLANS:
        mention = told[frozenset(e.states)]
        assert mention.when
        assert mention.when.label == DAY.label
        assert mention.place == Place("Oslo", "NO")
        # A title without a mark is confirmed; who reads it has one outlet's word for it.
        plain = e.status.value is Status.CONFIRMED
        assert mention.status is (Status.ANNOUNCED if plain else e.status.value)


def test_diary_text_is_as_it_was() -> None:
    golden = Path(__file__).parent / "data" / "golden.diary.txt"
    assert diary_text(SMALL, ALL) == golden.read_text("utf-8")


def test_a_forged_line_of_ours_is_passed_over(tmp_path: Path) -> None:
    (e,) = PLANS[2:3]
    data = ninjs(Diary(AS_OF, None, (e,)))
    for broken in (b'{\\"kind\\": 7}', b"[" * 5000, b"null", b'{\\"kind\\":\\"visit\\"}'):
        row = json.loads(data)
        row["descriptions"][1]["value"] = broken.decode()
        (came,) = back(tmp_path / "a.jsonl", json.dumps(row).encode())
        assert came.status.value is Status.ANNOUNCED


def test_the_instant_of_the_diary_does_not_matter() -> None:
    one = Diary(AS_OF, None, PLANS)
    other = Diary(datetime.fromisoformat("2024-02-21T00:00:00+00:00"), None, PLANS)
    assert diary_text(one, ALL).split("\n\n", 2)[2] == diary_text(other, ALL).split("\n\n", 2)[2]
