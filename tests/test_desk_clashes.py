"""Who is expected in two places at once, and who only seems to be."""

from datetime import date

import pytest
from _plans import days, diary, guest, host, plan

from summitry.desk import clashes
from summitry.model import Engagement, Kind, Party, Place, Precision, Squeeze, Status, When

PUTIN = Party("Vladimir Putin", "RU", wikidata="Q7747")
ERDOGAN = Party("Recep Tayyip Erdoğan", "TR")
ANKARA, CAIRO, ISTANBUL = Place("Ankara", "TR"), Place("Cairo", "EG"), Place("Istanbul", "TR")
TWELFTH, THIRTEENTH = days("2024-02-12", "2024-02-13"), days("2024-02-13", "2024-02-14")
FOURTEENTH = days("2024-02-14", "2024-02-15")
TENTH_TO_TWELFTH, WEEK = days("2024-02-10", "2024-02-13"), days("2024-02-10", "2024-02-17")
FEBRUARY = days("2024-02-01", "2024-03-01", Precision.MONTH)
SPRING = days("2024-02-01", "2024-05-01", Precision.QUARTER)


def in_ankara(when: When = TWELFTH, status: Status = Status.ANNOUNCED) -> Engagement:
    return plan("a", PUTIN, ERDOGAN, when=when, place=ANKARA, status=status)


def in_cairo(when: When = TWELFTH, who: Party = PUTIN, kind: Kind = Kind.BILATERAL) -> Engagement:
    return plan("b", who, Party(None, "EG"), when=when, place=CAIRO, kind=kind)


@pytest.mark.parametrize(
    ("ours", "theirs", "squeeze"),
    [
        (TWELFTH, TWELFTH, Squeeze.CLASH),
        (WEEK, TWELFTH, Squeeze.CLASH),
        (TENTH_TO_TWELFTH, TWELFTH, Squeeze.TIGHT),
        (TWELFTH, days("2024-02-12", "2024-02-15"), Squeeze.TIGHT),
        (TWELFTH, THIRTEENTH, Squeeze.TIGHT),
        (TWELFTH, FOURTEENTH, None),
        (TWELFTH, FEBRUARY, Squeeze.POSSIBLE),
        (FEBRUARY, FEBRUARY, None),
        (TWELFTH, SPRING, None),
        (TWELFTH, When(date(2024, 2, 1), None, Precision.OPEN), None),
    ],
)
def test_days_decide(ours: When, theirs: When, squeeze: Squeeze | None) -> None:
    for pair in ((ours, theirs), (theirs, ours)):
        found = clashes(diary(in_ankara(pair[0]), in_cairo(pair[1])))
        assert [c.squeeze for c in found] == ([squeeze] if squeeze else [])


def test_an_interval_says_how_likely_it_is() -> None:
    (clash,) = clashes(diary(in_ankara(), in_cairo(FEBRUARY)))
    assert clash.share == pytest.approx(1 / 29)
    assert (clash.start, clash.end) == (date(2024, 2, 12), date(2024, 2, 13))
    assert clash.who == (PUTIN,)


@pytest.mark.parametrize(
    "status", [Status.POSTPONED, Status.CANCELLED, Status.DENIED, Status.HELD]
)
def test_what_is_off_or_over_clashes_with_nothing(status: Status) -> None:
    assert not clashes(diary(in_ankara(status=status), in_cairo()))


def test_what_has_passed_in_silence_clashes_with_nothing() -> None:
    past = days("2024-01-12", "2024-01-13")
    assert not clashes(diary(in_ankara(past), in_cairo(past)))


def test_others_of_the_same_state_may_be_elsewhere() -> None:
    lavrov = Party("Sergey Lavrov", "RU", wikidata="Q58217")
    assert not clashes(diary(in_ankara(), in_cairo(who=lavrov)))


def test_spellings_of_one_name_are_one_person() -> None:
    assert clashes(diary(in_ankara(), in_cairo(who=Party("Putin", "RU"))))
    assert not clashes(diary(in_ankara(), in_cairo(who=Party("Igor Putin", "RU"))))


def test_meetings_in_one_state_are_one_trip() -> None:
    summit = plan("s", PUTIN, ERDOGAN, Party(None, "EG"), when=TWELFTH, place=ISTANBUL)
    assert not clashes(diary(in_ankara(), summit))


def test_a_trip_to_several_states_is_one_trip() -> None:
    tour = plan(
        "t", guest("Vladimir Putin", "RU"), host(None, "TR"), host(None, "EG"),
        when=TWELFTH, place=ANKARA, kind=Kind.VISIT,
    )  # fmt: skip
    assert not clashes(diary(tour, in_cairo()))


def test_nobody_travels_for_a_call() -> None:
    assert not clashes(diary(in_ankara(), in_cairo(kind=Kind.CALL)))


def test_a_host_has_to_be_at_home() -> None:
    visit = plan(
        "v", guest("Vladimir Putin", "RU"), host("Recep Tayyip Erdogan", "TR"),
        when=TWELFTH, kind=Kind.VISIT,
    )  # fmt: skip
    (clash,) = clashes(diary(visit, in_cairo(who=ERDOGAN)))
    assert clash.squeeze is Squeeze.CLASH


def test_a_state_stands_for_its_leader_but_less_surely() -> None:
    found = clashes(diary(in_ankara(), in_cairo(who=Party(None, "RU"))))
    assert [(c.squeeze, c.by_office, c.who) for c in found] == [(Squeeze.POSSIBLE, True, (PUTIN,))]
    ministers = in_cairo(who=Party(None, "RU"), kind=Kind.MINISTERIAL)
    assert not clashes(diary(in_ankara(), ministers))


def test_the_surest_comes_first_and_order_does_not_matter() -> None:
    later = plan("c", PUTIN, when=days("2024-02-20", "2024-02-21"), place=Place("Minsk", "BY"))
    plans = [in_ankara(), in_cairo(), later, plan("d", PUTIN, when=FEBRUARY, place=CAIRO)]
    found = clashes(diary(*plans))
    assert [c.squeeze for c in found] == [Squeeze.CLASH, Squeeze.POSSIBLE, Squeeze.POSSIBLE]
    again = clashes(diary(*reversed(plans)))
    assert [{c.ours.id, c.theirs.id} for c in again] == [{c.ours.id, c.theirs.id} for c in found]
