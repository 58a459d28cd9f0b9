"""On which days they could meet: half-open, complete, as long as they can be."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from _plans import days, diary, guest, host, plan
from hypothesis import given
from hypothesis import strategies as st

from summitry.desk import asked, windows
from summitry.errors import UnknownParty
from summitry.gazetteer import DaysOff, days_off
from summitry.model import Engagement, Kind, Party, Place, Precision, Status, When

RU, TR = Party(None, "RU"), Party(None, "TR")
PUTIN = Party("Vladimir Putin", "RU", wikidata="Q7747")
FROM, TO = date(2024, 2, 5), date(2024, 2, 26)
WEEKDAYS: Mapping[str, DaysOff] = {s: DaysOff({}, frozenset({5, 6})) for s in ("RU", "TR")}
CAIRO = Place("Cairo", "EG")


def trip(when: When, status: Status = Status.ANNOUNCED, who: Party = PUTIN) -> Engagement:
    return plan("a", who, Party(None, "EG"), when=when, place=CAIRO, status=status)


def spans(*plans: Engagement) -> list[tuple[date, date]]:
    free = windows(diary(*plans), (RU, TR), FROM, TO, WEEKDAYS)
    return [(w.start, w.end) for w in free.windows]


def test_an_exact_date_takes_its_days() -> None:
    taken = days("2024-02-12", "2024-02-14")
    assert spans(trip(taken)) == [(FROM, date(2024, 2, 12)), (date(2024, 2, 14), TO)]
    assert spans() == [(FROM, TO)]


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED, Status.DENIED])
def test_what_is_off_takes_nothing(status: Status) -> None:
    assert spans(trip(days("2024-02-12", "2024-02-14"), status)) == [(FROM, TO)]


def test_an_interval_presses_on_its_days() -> None:
    week = days("2024-02-12", "2024-02-19", Precision.WEEK)
    free = windows(diary(trip(week, Status.IN_PREPARATION)), (RU, TR), FROM, TO, WEEKDAYS)
    pressed = {d.day: d.pressure for d in free.days if d.pressure}
    assert set(pressed) == {date(2024, 2, n) for n in range(12, 19)}
    assert list(pressed.values()) == [pytest.approx(0.5 / 7)] * 7
    assert [(w.start, w.end) for w in free.windows] == [(FROM, TO)]
    assert free.windows[0].pressure == pytest.approx(0.5 / 21)


def test_a_minister_leaves_the_leader_free() -> None:
    lavrov = Party("Sergey Lavrov", "RU", wikidata="Q58217")
    taken = days("2024-02-12", "2024-02-14")
    assert spans(trip(taken, who=lavrov)) == [(FROM, TO)]
    free = windows(diary(trip(taken, who=lavrov)), (lavrov,), FROM, TO, WEEKDAYS)
    assert len(free.windows) == 2


def test_a_host_that_nobody_names_is_free() -> None:
    visit = plan(
        "v", guest("Abdel Fattah el-Sisi", "EG"), host(None, "TR"),
        when=days("2024-02-12", "2024-02-13"), kind=Kind.VISIT,
    )  # fmt: skip
    assert spans(visit) == [(FROM, TO)]


def test_holidays_and_weekends_are_marked_and_end_nothing() -> None:
    calendar = {"RU": DaysOff({date(2024, 2, 23): "a holiday"}, frozenset({5, 6}))}
    free = windows(diary(), (RU, TR), FROM, TO, calendar)
    assert free.no_calendar == ("TR",)
    assert [(w.days, w.working) for w in free.windows] == [(21, 14)]
    named = {d.day: [(o.state, o.name) for o in d.off] for d in free.days if d.off}
    assert named[date(2024, 2, 23)] == [("RU", "a holiday")]
    assert named[date(2024, 2, 10)] == [("RU", ""), ("TR", "")]


def test_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        windows(diary(), (RU,), FROM, FROM, {})


PLANS = st.lists(
    st.tuples(
        st.integers(-5, 30),
        st.integers(1, 12),
        st.sampled_from([Precision.DAY, Precision.WEEK]),
        st.sampled_from(list(Status)),
    ),
    max_size=6,
)


@given(PLANS, st.integers(1, 40))
def test_windows_are_the_free_days_in_their_longest_runs(
    told: list[tuple[int, int, Precision, Status]], many: int
) -> None:
    plans = []
    for start, length, precision, status in told:
        first = FROM + timedelta(days=start)
        plans.append(trip(When(first, first + timedelta(days=length), precision), status))
    end = FROM + timedelta(days=many)
    free = windows(diary(*plans), (RU, TR), FROM, end, WEEKDAYS)
    assert [d.day for d in free.days] == [FROM + timedelta(days=n) for n in range(many)]
    assert all(0 <= d.pressure <= 1 for d in free.days)
    open_days = {d.day for d in free.days if not d.blocked}
    covered = [w.start + timedelta(days=n) for w in free.windows for n in range(w.days)]
    assert covered == sorted(open_days)
    for a, b in zip(free.windows, free.windows[1:], strict=False):
        assert a.end < b.start, "two windows that touch are one"
    for w in free.windows:
        assert FROM <= w.start < w.end <= end
        assert 0 <= w.working <= w.days
        assert 0 <= w.pressure <= 1


def test_calendars_know_holidays_and_weekends() -> None:
    pytest.importorskip("holidays", reason="the extra summitry[desk] is not installed")
    found = days_off(["TR", "SA", "NATO"], date(2024, 4, 1), date(2024, 5, 1))
    assert set(found) == {"TR", "SA"}
    assert date(2024, 4, 23) in found["TR"].holidays
    assert all(date(2024, 4, 1) <= d < date(2024, 5, 1) for d in found["TR"].holidays)
    assert found["SA"].weekend == {4, 5}


@pytest.mark.parametrize(
    ("word", "party"),
    [
        ("RU", (None, "RU")),
        ("tr", (None, "TR")),
        ("Türkiye", (None, "TR")),
        ("United Kingdom", (None, "GB")),
        ("Erdogan", ("Recep Tayyip Erdoğan", "TR")),
        ("Antony Blinken", ("Antony Blinken", "US")),
        ("Kremlin", (None, "RU")),
        ("Putin", ("Vladimir Putin", "RU")),
    ],
)
def test_words_name_parties(word: str, party: tuple[str | None, str]) -> None:
    (found,) = asked([word], diary(trip(days("2024-02-12", "2024-02-13"))))
    assert (found.name, found.state) == party


def test_words_that_name_nobody_are_refused() -> None:
    with pytest.raises(UnknownParty, match="Nobody Atall"):
        asked(["Nobody Atall"], diary())
