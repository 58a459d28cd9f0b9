"""From readings to engagements: order, as-of, fields, editors, withdrawals."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from _tales import (
    DIPLOMAT,
    END,
    ERDOGAN,
    FIDAN,
    OUTLET,
    PESKOV,
    PUTIN,
    Teller,
    day,
    month,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.model import (
    Engagement,
    Judgement,
    Kind,
    Modality,
    Part,
    Party,
    Place,
    Reading,
    Status,
    Verdict,
    Withdrawal,
)
from summitry.resolve import resolve


def diary(*readings: Reading, as_of: datetime = END) -> tuple[Engagement, ...]:
    return resolve(readings, [], [], as_of)


def judged(
    verdict: Verdict, *mentions: str, at: int = 0, field: str = "", value: str = ""
) -> Judgement:
    decided = END + timedelta(days=at)
    return Judgement(
        verdict=verdict,
        mentions=mentions,
        author="ed",
        decided=decided,
        field=field,
        value=value,
    )


def test_nothing_comes_of_nothing() -> None:
    assert resolve([], [], [], END) == ()


def test_an_engagement_is_known_by_its_earliest_mention() -> None:
    tell = Teller()
    late, early = tell("2024-01-29", when=month("2024-02-01")), tell("2024-01-20")
    (visit,) = diary(late, early)
    assert visit.id == "m002"
    assert [mention for _, _, mention in visit.mentions] == ["m002", "m001"]
    assert visit.first == datetime(2024, 1, 20, tzinfo=UTC)
    assert visit.states == {"RU", "TR"}


def test_what_was_published_later_does_not_count() -> None:
    tell = Teller()
    readings = [
        tell("2024-01-20", (Status.FLOATED, DIPLOMAT), when=month("2024-02-01")),
        tell("2024-02-07", (Status.POSTPONED, PESKOV), when=day("2024-02-12")),
    ]
    (then,) = diary(*readings, as_of=datetime(2024, 2, 6, tzinfo=UTC))
    assert (then.status.value, then.when and then.when.value.label) == (Status.FLOATED, "2024-02")
    (now,) = diary(*readings, as_of=datetime(2024, 2, 7, tzinfo=UTC))
    assert (now.id, now.status.value) == (then.id, Status.POSTPONED)


def test_the_more_precise_date_inside_the_vaguer_one_is_shown() -> None:
    tell = Teller()
    (visit,) = diary(
        tell("2024-01-29", when=day("2024-02-12")), tell("2024-01-30", when=month("2024-02-01"))
    )
    assert visit.when
    assert visit.when.value.label == "2024-02-12"
    assert len(visit.when.by) == 2


def test_the_newest_date_counts_and_the_old_one_stands_against_it() -> None:
    tell = Teller()
    (visit,) = diary(
        tell("2024-01-29", when=day("2024-02-12")),
        tell("2024-02-08", (Status.POSTPONED, OUTLET), when=[day("2024-02-12")]),
        tell("2024-03-20", when=day("2024-05-09")),
    )
    assert visit.when
    assert visit.when.value.label == "2024-05-09"
    assert {c.mention for c in visit.when.against} == {"m001", "m002"}


def test_the_city_is_shown_before_its_country() -> None:
    tell = Teller()
    (visit,) = diary(
        tell("2024-01-28", place=Place("Ankara", "TR")),
        tell("2024-01-29"),
        tell("2024-01-30"),
    )
    assert visit.place
    assert visit.place.value.name == "Ankara"
    assert len(visit.place.by) == 3


def test_a_person_stands_for_a_state_and_bears_the_part_that_most_give() -> None:
    tell = Teller()
    host = Party("Erdogan", "TR", part=Part.HOST)
    (visit,) = diary(
        tell("2024-01-28", parties=(PUTIN, Party(None, "TR", part=Part.HOST))),
        tell("2024-01-29", parties=(PUTIN, host)),
        tell("2024-01-30", parties=(PUTIN, ERDOGAN)),
    )
    names = {(p.value.name, p.value.state, p.value.part) for p in visit.parties}
    assert names == {
        ("Vladimir Putin", "RU", None),
        ("Recep Tayyip Erdoğan", "TR", Part.HOST),
    }


def test_what_is_only_recalled_is_background() -> None:
    tell = Teller()
    (past,) = diary(
        tell("2024-01-28", (Status.HELD, OUTLET), when=day("2020-01-08"), background=True)
    )
    assert past.background
    assert not past.unresolved
    assert past.status.value is Status.HELD


def test_a_day_that_passes_in_silence_is_unresolved_not_held() -> None:
    tell = Teller()
    told = tell("2024-01-28", (Status.ANNOUNCED, FIDAN), when=day("2024-02-12"))
    (before,) = diary(told, as_of=datetime(2024, 2, 12, 23, tzinfo=UTC))
    assert not before.unresolved
    (after,) = diary(told, as_of=datetime(2024, 2, 13, tzinfo=UTC))
    assert after.unresolved
    assert after.status.value is Status.ANNOUNCED


def test_dated_engagements_come_first_by_day() -> None:
    tell = Teller()
    other = Party("Xi Jinping", "CN")
    found = diary(
        tell("2024-01-01", parties=(PUTIN, other), place=Place("China", "CN")),
        tell("2024-01-02", when=day("2024-06-01")),
        tell("2024-01-03", when=day("2024-03-01"), parties=(other, ERDOGAN)),
    )
    assert [e.when and e.when.value.label for e in found] == ["2024-03-01", "2024-06-01", None]


def test_both_dates_of_two_sources_are_shown_as_a_contradiction() -> None:
    tell = Teller()
    (visit,) = resolve(
        [
            tell("2024-01-29", (Status.ANNOUNCED, PESKOV), when=month("2024-02-01")),
            tell("2024-01-30", (Status.DENIED, FIDAN), when=month("2024-02-01")),
        ],
        [],
        [],
        END,
    )
    (clash,) = visit.contradictions
    assert {clash.ours.source.name, clash.theirs.source.name} == {"Dmitry Peskov", "Hakan Fidan"}


def test_each_side_has_its_last_official_word_and_silence_is_shown() -> None:
    tell = Teller()
    (visit,) = diary(
        tell("2024-01-20", (Status.FLOATED, DIPLOMAT)),
        tell("2024-01-23", (Status.IN_PREPARATION, PESKOV)),
        tell("2024-01-29", (Status.ANNOUNCED, PESKOV)),
        tell("2024-02-02", (Status.CONFIRMED, PESKOV, "not")),
    )
    assert [(o.state, o.word) for o in visit.official] == [
        ("RU", Status.ANNOUNCED),
        ("TR", None),
    ]


def test_wire_copies_count_once() -> None:
    tell = Teller()
    story = " ".join(f"word{n} of the agency about talks" for n in range(60))
    copies = [
        tell("2024-01-20", text="ANKARA - " + story),
        tell("2024-01-20", text="Our headline. " + story[:900]),
        tell("2024-01-21", text=" ".join(f"own{n} thoughts on a visit {n}" for n in range(60))),
    ]
    (visit,) = diary(*copies)
    assert visit.independent_sources == 2


def test_one_utterance_counts_once_and_an_agency_too() -> None:
    tell = Teller()
    heard = (Status.ANNOUNCED, FIDAN)
    (visit,) = diary(
        tell("2024-02-04", heard, text="The minister spoke on television."),
        tell("2024-02-04", heard, text="On Sunday the minister had news."),
        tell("2024-02-05", text="MOSCOW (Interfax) - A visit."),
        tell("2024-02-05", text="ANKARA (Interfax) - Some other words."),
    )
    assert visit.independent_sources == 2


def test_a_report_without_a_date_outranks_nobody() -> None:
    tell = Teller()
    undated = tell("2024-01-20", (Status.ANNOUNCED, FIDAN), when=day("2024-02-12"))
    undated = replace(undated, report=replace(undated.report, published=None))
    fresh = tell("2024-02-07", (Status.POSTPONED, FIDAN), when=day("2024-02-12"))
    (alone,) = diary(undated)
    assert (alone.first, alone.official[0].on) == (None, None)
    (visit,) = diary(undated, fresh)
    assert visit.id == "m002"
    assert visit.status.value is Status.POSTPONED


def test_a_withdrawn_report_counts_until_it_is_withdrawn() -> None:
    tell = Teller()
    told = tell("2024-01-20")
    gone = Withdrawal(report=told.report.id, published=datetime(2024, 1, 22, tzinfo=UTC))
    assert len(resolve([told], [], [gone], datetime(2024, 1, 21, tzinfo=UTC))) == 1
    assert resolve([told], [], [gone], datetime(2024, 1, 22, tzinfo=UTC)) == ()


def test_editors_join_and_part_and_later_ones_win() -> None:
    tell = Teller()
    told = [tell("2024-01-20", when=day("2024-02-12")), tell("2024-01-21", when=day("2024-06-01"))]
    assert len(diary(*told)) == 2
    same = judged(Verdict.SAME, "m001", "m002")
    assert len(resolve(told, [same], [], END)) == 1
    apart = judged(Verdict.NOT_SAME, "m001", "m002", at=1)
    assert len(resolve(told, [apart, same], [], END)) == 2
    undone = judged(Verdict.UNDO, apart.id, at=2)
    assert len(resolve(told, [undone, apart, same], [], END)) == 1


def test_editors_part_what_was_taken_for_one() -> None:
    tell = Teller()
    told = [tell("2024-01-20", when=day("2024-02-12")), tell("2024-01-21", when=day("2024-02-12"))]
    assert len(diary(*told)) == 1
    assert len(resolve(told, [judged(Verdict.NOT_SAME, "m001", "m002")], [], END)) == 2


def test_an_editor_hides_and_shows_again() -> None:
    tell = Teller()
    told = [tell("2024-01-20")]
    hide, show = judged(Verdict.HIDE, "m001"), judged(Verdict.APPROVE, "m001", at=1)
    assert resolve(told, [hide], [], END) == ()
    assert len(resolve(told, [hide, show], [], END)) == 1


def test_an_editor_settles_a_field_and_the_reports_stand_against() -> None:
    tell = Teller()
    told = [tell("2024-01-20", when=day("2024-02-12"))]
    when = json.dumps({"start": "2024-02-13", "end": "2024-02-14", "precision": "day"})
    (visit,) = resolve(
        told,
        [
            judged(Verdict.FIELD, "m001", field="when", value=when),
            judged(Verdict.FIELD, "m001", field="status", value='"cancelled"'),
            judged(Verdict.FIELD, "m001", field="place", value="no JSON"),
        ],
        [],
        END,
    )
    assert visit.when
    assert visit.when.value.label == "2024-02-13"
    assert visit.when.by[0].source.name == "ed"
    assert [c.mention for c in visit.when.against] == ["m001"]
    assert visit.status.value is Status.CANCELLED
    assert visit.place
    assert visit.place.value.name == "Turkey"


WHENS = st.sampled_from(
    [(), day("2024-02-12"), month("2024-02-01"), day("2024-05-09"), day("2023-09-04")]
)
SAID = st.tuples(
    st.sampled_from(Status),
    st.sampled_from([OUTLET, PESKOV, FIDAN, DIPLOMAT]),
    st.sampled_from(Modality),
)
TOLD = st.lists(
    st.tuples(
        st.integers(1, 28),
        SAID,
        WHENS,
        st.sampled_from([None, Place("Turkey", "TR"), Place("Sochi", "RU")]),
        st.sampled_from([Kind.VISIT, Kind.BILATERAL, Kind.CALL, Kind.SUMMIT]),
        st.booleans(),
    ),
    max_size=7,
)


def told_of(rows: list[tuple]) -> list[Reading]:  # type: ignore[type-arg]
    tell = Teller()
    return [
        tell(f"2024-02-{n:02}", said, when=when, place=place, kind=kind, background=past)
        for n, said, when, place, kind, past in rows
    ]


@settings(max_examples=150, deadline=None)
@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(rows: list[tuple], random: object) -> None:  # type: ignore[type-arg]
    readings = told_of(rows)
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert diary(*readings) == diary(*shuffled)


@settings(max_examples=150, deadline=None)
@given(TOLD, st.integers(1, 28))
def test_a_diary_of_the_past_never_changes(rows: list[tuple], today: int) -> None:  # type: ignore[type-arg]
    readings = told_of(rows)
    as_of = datetime(2024, 2, today, tzinfo=UTC)
    known = [r for r in readings if r.report.published and r.report.published <= as_of]
    assert diary(*readings, as_of=as_of) == diary(*known, as_of=as_of)


@settings(max_examples=150, deadline=None)
@given(TOLD)
def test_every_mention_has_one_home_and_every_field_its_claims(rows: list[tuple]) -> None:  # type: ignore[type-arg]
    readings = told_of(rows)
    found = diary(*readings)
    homes = sorted(m for e in found for _, _, m in e.mentions)
    assert homes == sorted(m.id for r in readings for m in r.mentions)
    for engagement in found:
        own = {m for _, _, m in engagement.mentions}
        said = [*engagement.kind.by, *engagement.status.by, *engagement.status.against]
        said += [c for party in engagement.parties for c in party.by]
        assert {c.mention for c in said} <= own
        assert 1 <= engagement.independent_sources <= len(engagement.mentions)


def test_three_thousand_reports_resolve_in_seconds() -> None:
    tell = Teller()
    start = datetime(2022, 1, 1, tzinfo=UTC)
    states = ["RU", "TR", "US", "CN", "FR", "DE", "IN", "JP", "GB", "UA"]
    readings = [
        tell(
            (start + timedelta(hours=6 * n)).date().isoformat(),
            when=day((start + timedelta(hours=6 * n, days=9)).date().isoformat()),
            parties=(Party(None, states[n % 10]), Party(None, states[(n // 7) % 9 - 9])),
            place=Place(states[n % 10], states[n % 10]),
            text=" ".join(f"w{n * k % 997}" for k in range(800)),
        )
        for n in range(3000)
    ]
    began = time.perf_counter()
    diary(*readings)
    assert time.perf_counter() - began < 15, "3 s on an idle core; the bound allows a busy one"
