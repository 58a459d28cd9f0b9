"""How parties dealt with one another so far, and what each side says it will speak of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from _plans import OUTLET, at, diary, plan
from _tales import ERDOGAN, FIDAN, PESKOV, PUTIN, TURKEY, Teller, day, month
from _tales import OUTLET as NOBODY
from hypothesis import given
from hypothesis import strategies as st

from summitry.desk import agenda, brief, history
from summitry.desk._wilson import rate
from summitry.model import (
    Claim,
    Diary,
    Engagement,
    Grade,
    Kind,
    Party,
    Place,
    Reading,
    Source,
    SourceClass,
    Spell,
    Stand,
    Status,
    Topic,
)
from summitry.resolve import resolve

RU, TR = Party(None, "RU"), Party(None, "TR")
SOCHI = Place("Sochi", "RU")
END = datetime(2025, 6, 1, tzinfo=UTC)


def told(readings: Sequence[Reading], instant: datetime = END) -> Diary:
    return Diary(instant, None, resolve(readings, [], [], instant))


def by_mention(readings: Sequence[Reading]) -> dict[str, Reading]:
    return {m.id: r for r in readings for m in r.mentions}


def years() -> list[Reading]:
    """Four plans: two held in Turkey and Russia, one put off, one of which nobody spoke again."""
    tell = Teller()
    return [
        tell("2024-01-02", (Status.FLOATED, NOBODY), when=month("2024-02-01")),
        tell("2024-02-01", (Status.ANNOUNCED, FIDAN), when=day("2024-02-12")),
        tell("2024-02-02", (Status.ANNOUNCED, PESKOV), when=day("2024-02-12")),
        tell("2024-02-12", (Status.HELD, NOBODY), when=day("2024-02-12")),
        tell("2024-05-01", (Status.ANNOUNCED, PESKOV), when=day("2024-05-22"), place=SOCHI),
        tell("2024-05-22", (Status.HELD, NOBODY), when=day("2024-05-22"), place=SOCHI),
        tell("2024-07-01", (Status.ANNOUNCED, FIDAN), when=day("2024-08-01"), place=TURKEY),
        tell("2024-07-20", (Status.CANCELLED, FIDAN), when=day("2024-08-01"), place=TURKEY),
        tell("2025-02-01", (Status.ANNOUNCED, FIDAN), when=day("2025-03-01")),
    ]


def test_figures_come_with_their_cases() -> None:
    readings = years()
    past = history(told(readings), (RU, TR), by_mention(readings))
    assert [e.when.value.label for e in past.held if e.when] == ["2024-05-22", "2024-02-12"]
    assert past.cadence == (Spell(100.0, 1),)
    assert past.calls == ()
    assert past.hosts == (("RU", 1), ("TR", 1))
    assert past.confirms_first == (("TR", 3), ("RU", 1))
    assert past.to_confirm == (Spell(0.0, 4),)
    assert past.to_event == (Spell(16.0, 2),)
    assert (past.came_true.yes, past.came_true.n) == (2, 3)
    assert [(k, r.yes, r.n) for k, r in past.by_kind] == [(Kind.VISIT, 2, 3)]
    assert past.silent == 1
    assert past.ahead == ()


def test_a_meeting_that_was_only_reported_afterwards_was_never_a_plan() -> None:
    readings = [Teller()("2024-02-13", (Status.HELD, NOBODY), when=day("2024-02-12"))]
    past = history(told(readings), (RU, TR), by_mention(readings))
    assert len(past.held) == 1
    assert past.came_true.n == 0
    assert (past.came_true.low, past.came_true.high) == (0.0, 1.0)


def test_what_is_said_of_it_on_the_day_is_no_plan() -> None:
    said = ((Status.HELD, NOBODY), (Status.ANNOUNCED, NOBODY))
    readings = [Teller()("2024-02-12", *said, when=day("2024-02-12"))]
    past = history(told(readings), (RU, TR), by_mention(readings))
    assert (len(past.held), past.came_true.n) == (1, 0)


def test_sides_that_speak_on_one_day_are_none_of_them_first() -> None:
    tell = Teller()
    readings = [
        tell("2024-02-01", (Status.ANNOUNCED, FIDAN), (Status.CONFIRMED, PESKOV)),
    ]
    assert history(told(readings), (RU, TR), by_mention(readings)).confirms_first == ()


def test_all_of_them_have_to_take_part() -> None:
    readings = years()
    full, by = told(readings), by_mention(readings)
    assert not history(full, (RU, Party(None, "EG")), by).held
    assert len(history(full, (PUTIN,), by).held) == 2
    assert not history(full, (Party("Igor Putin", "RU"),), by).held


def test_what_is_ahead_is_told() -> None:
    readings = years()
    full = told(readings, at("2025-02-10"))
    past = history(full, (RU, TR), by_mention(readings))
    assert [e.when.value.label for e in past.ahead if e.when] == ["2025-03-01"]
    page = brief(full, past.ahead[0], by_mention(readings))
    assert page.history.ahead == ()
    assert page.history.who == (RU, TR)


@given(st.integers(0, 500), st.integers(0, 500))
def test_intervals_hold_their_share(yes: int, no: int) -> None:
    made = rate(yes, yes + no)
    assert 0.0 <= made.low <= made.high <= 1.0
    if yes + no:
        share = yes / (yes + no)
        assert made.low - 1e-9 <= share <= made.high + 1e-9
        wider = rate(yes * 2, (yes + no) * 2)
        assert wider.high - wider.low < made.high - made.low


TURK = Source("Hakan Fidan", SourceClass.OFFICIAL_NAMED, state="TR")
RUSSIAN = Source("Putin", SourceClass.OFFICIAL_NAMED)
PUNDIT = Source("a pundit", SourceClass.ANALYST, state="RU")


@pytest.mark.parametrize(
    ("said", "stand", "silent"),
    [
        ([(Grade.LISTED, TURK), (Grade.CENTRAL, RUSSIAN)], Stand.SHARED, ()),
        ([(Grade.CENTRAL, TURK), (Grade.EXCLUDED, RUSSIAN)], Stand.DISPUTED, ()),
        ([(Grade.CENTRAL, TURK), (Grade.LISTED, PUNDIT)], Stand.ONE_SIDED, ("RU",)),
        ([(Grade.CENTRAL, OUTLET)], Stand.UNOWNED, ("RU", "TR")),
    ],
)
def test_topics_have_sides(
    said: list[tuple[Grade, Source]], stand: Stand, silent: tuple[str, ...]
) -> None:
    topics = tuple(("grain", grade, source) for grade, source in said)
    (found,) = agenda(plan("a", PUTIN, ERDOGAN, topics=topics))
    assert (found.stand, found.silent) == (stand, silent)
    assert len(found.words) == 2 - len(silent)


def test_who_names_a_part_has_named_the_whole() -> None:
    topics = (("Ukraine", Grade.CENTRAL, TURK), ("war in Ukraine", Grade.LISTED, RUSSIAN))
    whole, part = agenda(plan("a", PUTIN, ERDOGAN, topics=topics))
    assert (whole.stand, part.stand) == (Stand.SHARED, Stand.ONE_SIDED)
    excluded = (topics[0], ("war in Ukraine", Grade.EXCLUDED, RUSSIAN))
    whole, part = agenda(plan("a", PUTIN, ERDOGAN, topics=excluded))
    assert (whole.stand, part.stand) == (Stand.ONE_SIDED, Stand.ONE_SIDED)


def test_the_newest_word_of_a_side_stands() -> None:
    first = plan("a", PUTIN, ERDOGAN, topics=(("grain", Grade.CENTRAL, TURK),))
    (old,) = first.agenda
    word = old.by[0]
    later: Claim = replace(word, mention="b", value=Topic("grain", Grade.EXCLUDED))
    for by, against in (((word,), (later,)), ((later,), (word,))):
        topic = replace(old, by=by, against=against)
        both: Engagement = replace(
            first, agenda=(topic,), mentions=((None, "r", "a"), (None, "r", "b"))
        )
        assert agenda(both)[0].words[0].grade is Grade.EXCLUDED


def test_a_diary_without_readings_has_a_history_without_words() -> None:
    past = history(diary(plan("a", PUTIN, ERDOGAN, status=Status.HELD)), (RU, TR), {})
    assert (len(past.held), past.confirms_first, past.came_true.n) == (1, (), 0)
