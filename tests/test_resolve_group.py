"""Which mentions are one engagement: look-alikes apart, one story together, gold measured."""

from collections import Counter
from itertools import combinations

import pytest
from _gold import GOLD, gold_readings
from _tales import DIPLOMAT, END, ERDOGAN, OUTLET, PUTIN, Teller, day, month

from summitry.model import Engagement, Kind, Party, Place, Reading, Status, When
from summitry.resolve import resolve
from summitry.resolve._told import Told
from summitry.resolve.group import group


def groups(*readings: Reading) -> list[list[str]]:
    told = [Told(m, r.report) for r in readings for m in r.mentions]
    return [[t.mention.id for t in g.told] for g in group(told)]


def test_one_story_told_by_many() -> None:
    tell = Teller()
    assert groups(
        tell("2024-01-20", when=month("2024-02-01")),
        tell("2024-01-23", when=day("2024-02-11", 10)),
        tell("2024-01-30", when=day("2024-02-12")),
        tell("2024-02-02"),
        tell("2024-02-03", kind=Kind.BILATERAL, place=None, when=day("2024-02-12")),
    ) == [["m001", "m002", "m003", "m004", "m005"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"when": day("2022-02-12")}, {"when": day("2024-02-12")}),
        ({"when": day("2024-02-01")}, {"when": day("2024-02-12")}),
        ({"kind": Kind.CALL, "place": None}, {}),
        ({"place": Place("Sochi", "RU")}, {"place": Place("Turkey", "TR")}),
        ({}, {"parties": (Party("Sergei Lavrov", "RU"), Party("Hakan Fidan", "TR"))}),
        ({"place": None}, {"place": None, "parties": (PUTIN, Party("Xi Jinping", "CN"))}),
    ],
    ids=["another year", "eleven days", "a call", "the other's capital", "ministers", "others"],
)
def test_look_alikes_stay_apart(first: dict[str, object], second: dict[str, object]) -> None:
    tell = Teller()
    published = first.get("when")
    year = published.start.year if isinstance(published, When) and published.start else 2024
    one = tell(f"{year}-01-20", **first)  # type: ignore[arg-type]
    assert groups(one, tell("2024-01-21", **second)) == [["m001"], ["m002"]]  # type: ignore[arg-type]


def of_body(body: str, *states: str) -> tuple[Party, ...]:
    return tuple(Party(None, s) for s in (body, *states))


def test_the_summit_of_a_body_is_one_whoever_is_said_to_come() -> None:
    tell = Teller()
    hiroshima, days = Place("Hiroshima", "JP"), day("2023-05-19", 3)
    assert groups(
        tell("2023-05-10", kind=Kind.SUMMIT, parties=of_body("G7"), place=None, when=days),
        tell("2023-05-11", kind=Kind.SUMMIT, parties=of_body("G7", "US"), place=hiroshima),
        tell("2023-05-12", kind=Kind.SUMMIT, parties=of_body("G7", "JP", "UA"), place=None),
        tell(
            "2023-05-13", kind=Kind.SUMMIT, parties=of_body("G7", "GB"), place=hiroshima, when=days
        ),
    ) == [["m001", "m002", "m003", "m004"]]


def test_the_unions_summits_with_different_states_are_two() -> None:
    tell = Teller()
    days = day("2023-05-19")
    assert groups(
        tell("2023-05-10", kind=Kind.SUMMIT, parties=of_body("EU", "UA"), place=None, when=days),
        tell("2023-05-11", kind=Kind.SUMMIT, parties=of_body("EU", "JP"), place=None, when=days),
    ) == [["m001"], ["m002"]]


def test_a_recollection_is_not_the_plan() -> None:
    tell = Teller()
    plan = tell("2024-01-20", when=month("2024-02-01"))
    past = tell("2024-01-21", (Status.HELD, OUTLET), when=month("2023-09-01"), background=True)
    assert groups(plan, past) == [["m001"], ["m002"]]


def test_after_the_meeting_a_plan_is_for_the_next() -> None:
    tell = Teller()
    assert groups(
        tell("2024-02-12", (Status.HELD, OUTLET), when=day("2024-02-12")),
        tell("2024-02-14", (Status.FLOATED, DIPLOMAT)),
    ) == [["m001"], ["m002"]]


def test_a_postponement_with_both_dates_joins_them() -> None:
    tell = Teller()
    assert groups(
        tell("2024-01-20", when=day("2024-02-12")),
        tell("2024-02-06", when=day("2024-04-25")),
        tell(
            "2024-02-07",
            (Status.POSTPONED, OUTLET),
            when=[day("2024-02-12"), day("2024-04-25")],
        ),
    ) == [["m001", "m002", "m003"]]


def test_what_was_put_off_is_still_the_plan_months_later() -> None:
    tell = Teller()
    assert groups(
        tell("2024-02-07", (Status.POSTPONED, OUTLET), when=day("2024-02-12")),
        tell("2024-06-20", (Status.IN_PREPARATION, OUTLET)),
        tell("2024-09-01", when=day("2024-11-01")),
    ) == [["m001", "m002", "m003"]]


def test_a_trip_and_the_meeting_on_it_may_be_one() -> None:
    tell = Teller()
    assert groups(
        tell("2024-01-20", when=day("2024-02-12", 2), parties=(PUTIN, Party(None, "TR"))),
        tell("2024-02-12", kind=Kind.BILATERAL, when=day("2024-02-13"), parties=(PUTIN, ERDOGAN)),
    ) == [["m001", "m002"]]


def test_names_are_compared_by_their_words() -> None:
    tell = Teller()
    assert (
        len(
            groups(tell("2024-01-20"), tell("2024-01-21", parties=(PUTIN, Party("Erdogan", "TR"))))
        )
        == 1
    )


def test_a_date_far_behind_is_not_the_plans() -> None:
    tell = Teller()
    plan = tell("2024-01-20", when=month("2024-02-01"))
    stale = tell("2024-01-21", when=month("2022-02-01"))
    assert groups(plan, stale) == [["m001", "m002"]]


def scores(prefixes: tuple[str, ...]) -> tuple[float, float]:
    """Pairwise precision and recall over gold mentions of reports of these prefixes."""
    told: list[Told] = []
    label: dict[str, str] = {}
    for reading, labels in gold_readings():
        if str(reading.report.ref).startswith(prefixes):
            label |= labels
            told += [Told(m, reading.report) for m in reading.mentions]
    home = {t.mention.id: n for n, g in enumerate(group(told)) for t in g.told}
    c = Counter((home[a] == home[b], label[a] == label[b]) for a, b in combinations(home, 2))
    right = c[True, True]
    return right / (right + c[True, False]), right / (right + c[False, True])


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled reports are not here")
@pytest.mark.parametrize("story", ["s1a", "s5a", "s8a"])
def test_the_stories_of_the_gold_set(story: str) -> None:
    precision, recall = scores((story,))
    assert precision >= 0.98, "measured 1.000 on each story"
    assert recall >= 0.97, "measured 1.000, 0.988, 1.000"


def test_a_visit_whose_date_moves_by_days_is_one_visit_and_a_meeting_is_not() -> None:
    tell = Teller()
    first, second = day("2024-08-20"), day("2024-08-23")
    assert len(groups(tell("2024-08-01", when=first), tell("2024-08-02", when=second))) == 1
    meeting = Kind.BILATERAL
    assert (
        len(
            groups(
                tell("2024-08-01", when=first, kind=meeting),
                tell("2024-08-02", when=second, kind=meeting),
            )
        )
        == 2
    )


def test_a_plan_taken_up_elsewhere_follows_the_one_that_was_put_off() -> None:
    tell = Teller()
    off = tell("2024-02-07", (Status.POSTPONED, OUTLET), when=day("2024-02-12"))
    visit = tell("2024-03-20", when=day("2024-05-04"), place=Place("Moscow", "RU"))
    sofia, plain = Place("Sofia", "BG"), Kind.BILATERAL
    other = tell("2024-03-21", when=day("2024-06-01"), place=sofia, kind=plain)
    found = {e.id: e.follows for e in resolved(visit, off, other)}
    assert found == {"m001": None, "m002": "m001", "m003": "m001"}


def test_a_meeting_somewhere_is_not_the_trip_that_was_called_off() -> None:
    tell = Teller()
    kind = Kind.MINISTERIAL
    assert groups(
        tell("2024-02-01", when=day("2024-02-05", 3)),
        tell("2024-02-03", (Status.CANCELLED, OUTLET), when=day("2024-02-05", 3)),
        tell("2024-02-04", (Status.CANCELLED, OUTLET), place=None, kind=kind),
        tell("2024-02-18", (Status.FLOATED, OUTLET), place=None, kind=kind),
        tell("2024-02-19", (Status.HELD, OUTLET), when=day("2024-02-18"), place=None, kind=kind),
    ) == [["m001", "m002", "m003"], ["m004", "m005"]]


def one_visit_in_two(*, guest: Party = PUTIN) -> list[Told]:
    """A visit whose mentions went two ways, and at last one that fits both."""
    tell, date = Teller(), day("2024-02-12")
    held, floated = (Status.HELD, OUTLET), (Status.FLOATED, OUTLET)
    ankara, palace = Place("Ankara", "TR"), Place("Palace", "TR")
    sides = (PUTIN, Party(None, "TR"))
    readings = (
        tell("2024-02-12", held, place=ankara, parties=sides),
        tell("2024-02-13", floated, place=palace, parties=(guest, Party(None, "TR"))),
        tell("2024-02-14", held, when=date, place=palace, parties=(guest, Party(None, "TR"))),
        tell("2024-02-15", held, when=date, place=ankara, parties=sides),
        tell("2024-02-16", held, when=date, parties=(Party(None, "RU"), Party(None, "TR"))),
    )
    return [Told(m, r.report) for r in readings for m in r.mentions]


def test_a_mention_shows_two_engagements_to_be_one() -> None:
    told = one_visit_in_two()
    first = [("m001", "m004")]
    assert len(group(told[:4], first)) == 2
    assert len(group(told, first)) == 1


def test_nobody_shows_two_guests_to_be_one() -> None:
    told = one_visit_in_two(guest=Party("Sergei Lavrov", "RU"))
    assert len(group(told, [("m001", "m004")])) == 2


def test_editors_outrank_a_mention_that_fits_both() -> None:
    told = one_visit_in_two()
    assert len(group(told, [("m001", "m004")], [("m001", "m002")])) == 2


def test_what_was_held_is_not_taken_up() -> None:
    tell = Teller()
    held = tell("2024-02-12", (Status.HELD, OUTLET), when=day("2024-02-12"))
    again = tell("2024-03-20", when=day("2024-05-04"), place=Place("Moscow", "RU"))
    assert [e.follows for e in resolved(held, again)] == [None, None]


def resolved(*readings: Reading) -> tuple[Engagement, ...]:
    return resolve(readings, (), (), END)
