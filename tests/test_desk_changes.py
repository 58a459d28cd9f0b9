"""What is new between two days: exactly what differs, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from _plans import at, diary, plan
from _tales import ERDOGAN, FIDAN, OUTLET, PESKOV, PUTIN, Teller, day, month
from hypothesis import given
from hypothesis import strategies as st

from summitry.desk import changes
from summitry.model import (
    Change,
    Diary,
    Engagement,
    Party,
    Place,
    Precision,
    Reading,
    Slot,
    Status,
    Turn,
    When,
    Withdrawal,
)
from summitry.resolve import resolve

FEBRUARY, TWELFTH = month("2024-02-01"), day("2024-02-12")
ISTANBUL, ANKARA, SOCHI = Place("Istanbul", "TR"), Place("Ankara", "TR"), Place("Sochi", "RU")
TURKEY = Place("Turkey", "TR")


def as_of(readings: Sequence[Reading], instant: datetime) -> Diary:
    return Diary(instant, None, resolve(readings, [], [], instant))


def turns(found: Sequence[Change]) -> list[tuple[Turn, Slot | None]]:
    return [(c.turn, c.slot) for c in found]


def one(a: Engagement, b: Engagement) -> list[tuple[Turn, Slot | None]]:
    return turns(changes(diary(a), diary(b)))


def test_a_story_turns_as_it_is_told() -> None:
    tell = Teller()
    readings = [
        tell("2024-01-09", (Status.FLOATED, OUTLET), when=FEBRUARY),
        tell("2024-02-04", (Status.ANNOUNCED, FIDAN), when=TWELFTH),
        tell("2024-02-09", (Status.POSTPONED, PESKOV), when=TWELFTH),
    ]
    first, second = at("2024-01-31"), at("2024-02-05")
    third = at("2024-02-10")
    new = changes(as_of(readings, at("2024-01-01")), as_of(readings, first))
    assert turns(new) == [(Turn.NEW, None)]
    assert new[0].by[0].value is Status.FLOATED
    firmer = changes(as_of(readings, first), as_of(readings, second))
    assert turns(firmer) == [(Turn.FIRMER, Slot.STATUS), (Turn.FIRMER, Slot.WHEN)]
    assert firmer[0].by[0].source == FIDAN
    assert firmer[1].by[0].value == TWELFTH
    off = changes(as_of(readings, second), as_of(readings, third))
    assert turns(off) == [(Turn.POSTPONED, Slot.STATUS)]
    assert off[0].by[0].source == PESKOV


@pytest.mark.parametrize(
    ("old", "new", "turn"),
    [
        (Status.FLOATED, Status.CONFIRMED, Turn.FIRMER),
        (Status.ANNOUNCED, Status.FLOATED, Turn.WEAKENED),
        (Status.ANNOUNCED, Status.DENIED, Turn.DENIED),
        (Status.CONFIRMED, Status.CANCELLED, Turn.CANCELLED),
        (Status.CANCELLED, Status.POSTPONED, Turn.POSTPONED),
        (Status.POSTPONED, Status.ANNOUNCED, Turn.REVIVED),
        (Status.POSTPONED, Status.HELD, Turn.HELD),
        (Status.HELD, Status.ANNOUNCED, Turn.WEAKENED),
    ],
)
def test_steps_of_status_have_their_names(old: Status, new: Status, turn: Turn) -> None:
    a, b = (plan("a", PUTIN, ERDOGAN, status=status) for status in (old, new))
    assert one(a, b) == [(turn, Slot.STATUS)]


@pytest.mark.parametrize(
    ("old", "new", "turns"),
    [
        (FEBRUARY, TWELFTH, [Turn.FIRMER]),
        (None, TWELFTH, [Turn.FIRMER]),
        (TWELFTH, FEBRUARY, [Turn.WEAKENED]),
        (TWELFTH, None, [Turn.WEAKENED]),
        (TWELFTH, day("2024-02-13"), [Turn.MOVED]),
        (TWELFTH, replace(TWELFTH, text="on Monday"), []),
        (When(None, TWELFTH.end, Precision.OPEN), TWELFTH, [Turn.FIRMER]),
    ],
)
def test_dates_move_or_get_firmer(old: When | None, new: When | None, turns: list[Turn]) -> None:
    a, b = (plan("a", PUTIN, ERDOGAN, when=when) for when in (old, new))
    assert one(a, b) == [(turn, Slot.WHEN) for turn in turns]


@pytest.mark.parametrize(
    ("old", "new", "turns"),
    [
        (TURKEY, ISTANBUL, [Turn.FIRMER]),
        (None, TURKEY, [Turn.FIRMER]),
        (ISTANBUL, TURKEY, [Turn.WEAKENED]),
        (ISTANBUL, ANKARA, [Turn.RELOCATED]),
        (ISTANBUL, SOCHI, [Turn.RELOCATED]),
        (TURKEY, Place("Türkiye", "TR"), []),
    ],
)
def test_places_change_or_get_firmer(
    old: Place | None, new: Place | None, turns: list[Turn]
) -> None:
    a, b = (plan("a", PUTIN, ERDOGAN, place=place) for place in (old, new))
    assert one(a, b) == [(turn, Slot.PLACE) for turn in turns]


def test_a_day_that_passes_in_silence_is_a_change_without_a_report() -> None:
    readings = [Teller()("2024-02-01", (Status.ANNOUNCED, FIDAN), when=TWELFTH)]
    found = changes(as_of(readings, at("2024-02-12")), as_of(readings, at("2024-02-13")))
    assert turns(found) == [(Turn.UNRESOLVED, Slot.STATUS)]


def test_what_is_merged_is_gone_into_the_other() -> None:
    a, b = plan("a", PUTIN, ERDOGAN), plan("b", PUTIN, ERDOGAN)
    both = replace(a, mentions=(*a.mentions, *b.mentions))
    (gone,) = changes(diary(a, b), diary(both))
    assert (gone.turn, gone.engagement.id, gone.kin) == (Turn.GONE, "b", ("a",))
    (parted,) = changes(diary(both), diary(a, b))
    assert (parted.turn, parted.engagement.id, parted.kin) == (Turn.NEW, "b", ("a",))


def test_a_merger_keeps_the_one_whose_id_stays() -> None:
    a, b = plan("a", PUTIN, ERDOGAN), plan("b", PUTIN, ERDOGAN)
    both = replace(b, mentions=(*b.mentions, *a.mentions))
    (gone,) = changes(diary(a, b), diary(both))
    assert (gone.engagement.id, gone.kin) == ("a", ("b",))


def test_an_engagement_is_followed_when_its_id_goes_over() -> None:
    a = plan("b", PUTIN, ERDOGAN)
    earlier = replace(a, id="a", mentions=((None, "report a", "a"), *a.mentions))
    assert changes(diary(a), diary(earlier)) == ()


def test_a_report_whose_text_changed_is_followed() -> None:
    a = plan("a", PUTIN, ERDOGAN)
    again = replace(plan("b", PUTIN, ERDOGAN, when=TWELFTH), mentions=((None, "report a", "b"),))
    assert one(a, again) == [(Turn.FIRMER, Slot.WHEN)]


def test_a_withdrawn_report_leaves_without_a_claim() -> None:
    readings = [Teller()("2024-02-01")]
    killed = Withdrawal(report=readings[0].report.id, published=at("2024-02-02"))
    later = Diary(at("2024-02-03"), None, resolve(readings, [], [killed], at("2024-02-03")))
    (gone,) = changes(as_of(readings, at("2024-02-01")), later)
    assert (gone.turn, gone.by, gone.kin) == (Turn.GONE, (), ())


SAID = st.tuples(
    st.integers(0, 59),
    st.sampled_from(list(Status)),
    st.sampled_from([OUTLET, FIDAN, PESKOV]),
    st.sampled_from([None, TWELFTH, FEBRUARY, day("2024-02-20"), month("2024-03-01")]),
    st.sampled_from([None, TURKEY, ISTANBUL, SOCHI]),
    st.sampled_from(["TR", "EG"]),
)
INSTANTS = st.lists(st.integers(0, 90), min_size=3, max_size=3).map(sorted)
START = datetime(2024, 1, 1, tzinfo=UTC)


def story(said: Sequence[tuple[int, Status, object, object, object, str]]) -> list[Reading]:
    tell = Teller()
    return [
        tell(
            (START + timedelta(days=n)).date().isoformat(),
            (status, source),  # type: ignore[arg-type]
            when=when or (),  # type: ignore[arg-type]
            place=place,  # type: ignore[arg-type]
            parties=(PUTIN, Party(None, state)),
        )
        for n, status, source, when, place, state in said
    ]


def followed(statuses: dict[str, Status], found: Sequence[Change]) -> dict[str, Status]:
    """The statuses of an older diary with its changes carried out."""
    out = dict(statuses)
    for change in found:
        if change.before and (change.after is None or change.before.id != change.after.id):
            out.pop(change.before.id, None)
        if change.after and (change.before is None or change.slot is Slot.STATUS):
            out[change.after.id] = change.after.status.value
    return out


def statuses(found: Diary) -> dict[str, Status]:
    return {e.id: e.status.value for e in found}


@given(st.lists(SAID, max_size=6), INSTANTS)
def test_changes_in_two_steps_explain_all_statuses(
    said: list[tuple[int, Status, object, object, object, str]], instants: list[int]
) -> None:
    readings = story(said)
    a, b, c = (as_of(readings, START + timedelta(days=n)) for n in instants)
    middle = followed(statuses(a), changes(a, b))
    assert middle == statuses(b)
    assert followed(middle, changes(b, c)) == followed(statuses(a), changes(a, c)) == statuses(c)


@given(st.lists(SAID, max_size=6), INSTANTS)
def test_nothing_changes_by_itself_but_silence(
    said: list[tuple[int, Status, object, object, object, str]], instants: list[int]
) -> None:
    first, last = instants[0], instants[2]
    readings = story([one for one in said if not first < one[0] <= last])
    a, b = (as_of(readings, START + timedelta(days=n)) for n in (first, last))
    assert {c.turn for c in changes(a, b)} <= {Turn.UNRESOLVED}
    assert changes(a, a) == ()


@given(st.lists(SAID, max_size=6), INSTANTS)
def test_what_is_not_in_the_list_did_not_change(
    said: list[tuple[int, Status, object, object, object, str]], instants: list[int]
) -> None:
    readings = story(said)
    a, b = (as_of(readings, START + timedelta(days=n)) for n in instants[:2])
    found = changes(a, b)
    named = {c.engagement.id for c in found}
    before = {e.id: e for e in a}
    for e in b:
        if e.id not in named:
            old = before[e.id]
            assert e.status.value is old.status.value
            assert e.unresolved == old.unresolved
            assert (e.when and e.when.value.label) == (old.when and old.when.value.label)
    for change in found:
        if change.turn is not Turn.GONE and change.by:
            assert change.by[0].mention in {m for _, _, m in change.engagement.mentions}
