"""Who has been right before: counts, intervals and letters from what became of plans."""

import json

import pytest
from _tales import DIPLOMAT, END, FIDAN, OUTLET, PESKOV, Teller, day
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import summitry
from summitry.cli import cli
from summitry.desk._wilson import rate
from summitry.desk.record import letter
from summitry.export import sources_table
from summitry.model import Reading, Status, TrackRecord


def judged(*readings: Reading) -> dict[str, TrackRecord]:
    ledger = summitry.MemoryLedger()
    summitry.update(ledger, readings, END)
    records = summitry.track_records(ledger, summitry.diary(ledger, END))
    return {r.source: r for r in records}


def test_a_plan_that_was_held_counts_for_all_who_told_it_before() -> None:
    tell = Teller()
    when = day("2024-02-12")
    found = judged(
        tell("2024-01-10", (Status.FLOATED, DIPLOMAT), when=when, outlet="early"),
        tell("2024-02-01", (Status.ANNOUNCED, FIDAN), when=when, outlet="late"),
        tell("2024-02-02", (Status.ANNOUNCED, FIDAN), when=when, outlet="late"),
        tell("2024-02-13", (Status.HELD, OUTLET), when=when, outlet="after"),
    )
    assert "after" not in found
    assert {k: (r.held, r.failed, r.days) for k, r in found.items() if r.sort == "outlet"} == {
        "early": (1, 0, 33.0),
        "late": (1, 0, 11.0),
    }
    assert {k for k, r in found.items() if r.sort == "class"} == {
        "diplomatic_source",
        "official_named",
    }
    assert {r.letter for r in found.values()} == {"F"}


@pytest.mark.parametrize("end", [Status.CANCELLED, Status.POSTPONED])
def test_a_plan_that_came_to_nothing_counts_against(end: Status) -> None:
    tell = Teller()
    when = day("2024-02-12")
    found = judged(
        tell("2024-01-10", (Status.ANNOUNCED, FIDAN), when=when, outlet="a"),
        tell("2024-02-08", (end, PESKOV), when=when, outlet="b"),
    )
    assert (found["a"].held, found["a"].failed, found["a"].days) == (0, 1, None)
    assert "b" not in found


def test_silence_is_counted_apart() -> None:
    found = judged(Teller()("2024-01-10", when=day("2024-02-12"), outlet="a"))
    assert (found["a"].n, found["a"].silent) == (0, 1)
    assert (found["a"].low, found["a"].high) == (0.0, 1.0)


def test_what_is_still_ahead_is_not_judged() -> None:
    assert judged(Teller()("2024-12-10", when=day("2025-02-12"), outlet="a")) == {}


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share(held: int, failed: int) -> None:
    n = held + failed
    low, high = rate(held, n).low, rate(held, n).high
    assert 0 <= low <= high <= 1
    assert n == 0 or low - 1e-9 <= held / n <= high + 1e-9
    assert (letter(held, n) == "F") == (n < 10)


def test_more_plans_narrow_the_interval() -> None:
    few, many = rate(9, 10), rate(90, 100)
    assert few.low < many.low < 0.9 < many.high < few.high


def test_strange_names_do_not_steer_the_terminal() -> None:
    found = judged(Teller()("2024-01-10", when=day("2024-02-12"), outlet="a\x1b[31m\nb"))
    shown = sources_table(list(found.values()))
    assert "\x1b" not in shown
    assert "a [31m b" in shown


def test_the_command(tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    tell = Teller()
    with summitry.open_ledger("summitry.db") as ledger:
        summitry.update(ledger, [tell("2024-01-10", when=day("2024-02-12"), outlet="a")], END)
    runner = CliRunner()
    shown = runner.invoke(cli, ["sources", "--as-of", "2024-03-01", "--format", "json"])
    assert shown.exit_code == 0
    (first, *_) = json.loads(shown.stdout)["sources"]
    assert (first["source"], first["n"], first["silent"]) == ("a", 0, 1)
    assert first["share"] is None
    table = runner.invoke(cli, ["sources", "--as-of", "2024-01-20"])
    assert "no plan" in table.stdout
