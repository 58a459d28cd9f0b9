"""The chance of what is planned: never from what came later, never beyond its interval."""

import runpy
from datetime import date, timedelta
from pathlib import Path

import pytest
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
from hypothesis import given
from hypothesis import strategies as st

import summitry
from summitry.desk.chance import EVIDENCE, HORIZON, chance, evidence, window
from summitry.experience import experience
from summitry.export import diary_json
from summitry.model import Chance, Diary, Engagement, Modality, Reading, Status, When

BANDS = {
    0.01: "almost no chance",
    0.049: "almost no chance",
    0.05: "very unlikely",
    0.2: "unlikely",
    0.45: "roughly even chance",
    0.55: "likely",
    0.8: "very likely",
    0.95: "almost certain",
    0.99: "almost certain",
}
"""The lower end of each band of ICD 203, and a number at its end."""


def diary(*readings: Reading, as_of: str = "") -> Diary:
    ledger = summitry.MemoryLedger()
    summitry.update(ledger, readings, END)
    return summitry.diary(ledger, summitry.instant(as_of) if as_of else END)


def only(full: Diary) -> Engagement:
    (engagement,) = full
    return engagement


@pytest.mark.parametrize(("p", "words"), BANDS.items())
def test_words_of_the_intelligence_community(p: float, words: str) -> None:
    assert Chance(p, 0.0, 1.0, 1, "").words == words


@pytest.mark.parametrize(
    ("p", "low", "high", "n"),
    [(0.5, 0.6, 0.9, 1), (0.5, 0.1, 0.4, 1), (1.2, 0.1, 1.3, 1), (0.5, 0.1, 0.9, -1)],
)
def test_no_chance_is_built_out_of_order(p: float, low: float, high: float, n: int) -> None:
    with pytest.raises(ValueError, match="no chance"):
        Chance(p, low, high, n, "")


def test_a_plan_has_a_chance_and_what_is_settled_has_none() -> None:
    tell = Teller()
    plan = tell("2024-01-10", when=day("2024-02-12"))
    open_still = only(diary(plan, as_of="2024-01-20"))
    found = open_still.chance
    assert found is not None
    assert 0 < found.low < found.p < found.high < 1
    assert found.n == experience().cells["announced dated"].n
    assert "by 2024-02-12" in found.basis
    for status in (Status.CANCELLED, Status.DENIED, Status.HELD):
        at = "2024-02-13" if status is Status.HELD else "2024-01-15"
        end = tell(at, (status, PESKOV), when=day("2024-02-12"))
        assert only(diary(plan, end)).chance is None, status
    past = tell("2024-01-10", when=day("2023-02-12"), background=True)
    assert only(diary(past)).chance is None


def test_a_day_that_is_over_has_no_chance() -> None:
    full = diary(Teller()("2024-01-10", when=day("2024-02-12")), as_of="2024-02-13")
    assert only(full).unresolved
    assert only(full).chance is None


def test_without_a_date_it_is_asked_about_ninety_days() -> None:
    tell = Teller()
    today = date(2024, 1, 20)
    undated = only(diary(tell("2024-01-10"), as_of="2024-01-20"))
    assert window(undated, today) == (today, today + HORIZON)
    put_off = tell("2024-01-15", (Status.POSTPONED, PESKOV), when=day("2024-01-18"))
    assert window(only(diary(put_off)), today) == (today, today + HORIZON)
    early = tell("2024-01-15", (Status.POSTPONED, PESKOV), when=day("2024-02-18"))
    assert window(only(diary(early)), today) == (today, today + HORIZON)
    month_long = only(diary(tell("2024-01-10", when=month("2024-02-01")), as_of="2024-01-20"))
    assert window(month_long, today) == (date(2024, 2, 1), date(2024, 3, 1))
    begun = only(diary(tell("2024-01-10", when=month("2024-01-01")), as_of="2024-01-20"))
    assert window(begun, today) == (today, date(2024, 2, 1))


STEPS = st.tuples(
    st.sampled_from([Status.FLOATED, Status.ANNOUNCED, Status.POSTPONED, Status.HELD]),
    st.sampled_from([OUTLET, PESKOV, FIDAN, DIPLOMAT]),
    st.integers(0, 60),
    st.one_of(st.none(), st.integers(1, 90)),
)


@given(st.lists(STEPS, min_size=1, max_size=6), st.integers(0, 60))
def test_what_is_published_later_changes_no_chance(
    steps: list[tuple[Status, object, int, int | None]], cut: int
) -> None:
    tell, start = Teller(), date(2024, 1, 1)
    readings = []
    for status, source, at, ahead in steps:
        said = (status, source)
        whens: tuple[When, ...] = (
            (day((start + timedelta(days=at + ahead)).isoformat()),) if ahead else ()
        )
        readings.append(
            tell((start + timedelta(days=at)).isoformat(), said, when=whens)  # type: ignore[arg-type]
        )
    instant = (start + timedelta(days=cut)).isoformat()
    early = [
        r
        for r in readings
        if r.report.published and r.report.published <= summitry.instant(instant)
    ]
    then, now = diary(*early, as_of=instant), diary(*readings, as_of=instant)
    assert [e.chance for e in now] == [e.chance for e in then]


@given(st.lists(STEPS, min_size=1, max_size=6), st.integers(0, 120))
def test_every_chance_lies_in_its_interval_and_every_weight_is_known(
    steps: list[tuple[Status, object, int, int | None]], later: int
) -> None:
    tell, start = Teller(), date(2024, 1, 1)
    readings = [
        tell(
            (start + timedelta(days=at)).isoformat(),
            (status, source),  # type: ignore[arg-type]
            when=(day((start + timedelta(days=at + ahead)).isoformat()),) if ahead else (),
        )
        for status, source, at, ahead in steps
    ]
    for e in diary(*readings):
        today = start + timedelta(days=later)
        assert set(evidence(e, today)) == set(EVIDENCE)
        found = chance(e, today, experience())
        assert found is None or 0.01 <= found.p <= 0.99


def test_the_shipped_table_is_whole() -> None:
    past = experience()
    assert set(past.features) <= set(EVIDENCE)
    assert len(past.mean) == len(past.covariance) == len(past.features)
    for number, row in enumerate(past.covariance):
        assert len(row) == len(past.features)
        assert row[number] > 0
        assert all(row[k] == past.covariance[k][number] for k in range(len(row)))
    assert all(0 <= cell.held <= cell.n for cell in past.cells.values())


def test_a_hedge_weakens_and_a_floated_plan_is_less_likely() -> None:
    tell = Teller()
    when = day("2024-02-12")
    said = [
        (Status.ANNOUNCED, FIDAN),
        (Status.FLOATED, DIPLOMAT),
        (Status.FLOATED, DIPLOMAT, Modality.POSSIBLE),
    ]
    shares = []
    for words in said:
        engagement = only(diary(tell("2024-01-10", words, when=when), as_of="2024-01-20"))  # type: ignore[arg-type]
        assert engagement.chance
        shares.append(engagement.chance.p)
    assert shares[0] > shares[1] >= shares[2]


def test_the_contract_carries_the_chance() -> None:
    full = diary(Teller()("2024-01-10", when=day("2024-02-12")), as_of="2024-01-20")
    listed = diary_json(full)["engagements"]
    assert isinstance(listed, list)
    (shown,) = listed
    assert isinstance(shown, dict)
    told = shown["chance"]
    assert isinstance(told, dict)
    assert list(told) == ["p", "low", "high", "n", "words", "basis"]


def test_parties_do_not_matter_to_the_chance() -> None:
    tell = Teller()
    when = day("2024-02-12")
    one = only(diary(tell("2024-01-10", when=when), as_of="2024-01-20"))
    other = only(
        diary(tell("2024-01-10", when=when, parties=(ERDOGAN, PUTIN)), as_of="2024-01-20")
    )
    assert one.chance == other.chance


def test_the_shipped_table_is_what_the_cases_make() -> None:
    tool = Path(__file__).parents[1] / "training" / "chance" / "fit.py"
    if not tool.is_file():
        pytest.skip("training/chance is not in this copy")
    names = runpy.run_path(str(tool))
    every = names["cases"]()
    means = [round(float(m), 4) for m in names["fit"](every).mean]
    assert list(experience().mean) == pytest.approx(means, abs=2e-4)
    assert sum(c.n for c in experience().cells.values()) == len({c.plan for c in every})
