"""A view: the filters narrow and never invent, and say what they mean about vague dates."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from _diary import AS_OF, DAY, EACH, EXPIRY, MARCH, SMALL, made
from _views import DAYS, VIEWS, imported
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from summitry.cli import cli
from summitry.desk import viewed
from summitry.errors import UnknownParty
from summitry.model import CERTAINTIES, Diary, Precision, Status, View, When


@given(VIEWS)
def test_a_view_narrows_in_order_and_once(view: View) -> None:
    found = viewed(SMALL, view)
    kept = [e.id for e in SMALL if e in found.engagements]
    assert [e.id for e in found] == kept
    assert viewed(found, replace(view, who=())) == found
    assert (found.as_of, found.known_at) == (SMALL.as_of, SMALL.known_at)


EMPTY: dict[str, Any] = {"who": (), "kinds": (), "status": (), "words": (), "sources": 0}


@given(VIEWS, st.sampled_from(sorted(EMPTY)))
def test_asking_less_never_hides_more(view: View, name: str) -> None:
    wider = replace(view, **{name: EMPTY[name]})
    assert set(viewed(SMALL, view).engagements) <= set(viewed(SMALL, wider).engagements)


@given(DAYS, st.integers(1, 40), DAYS, st.integers(1, 40))
def test_a_window_meets_a_date_when_they_share_a_day(
    start: date, long: int, first: date, span: int
) -> None:
    when = When(first, first + timedelta(days=span), Precision.WEEK)
    diary = Diary(AS_OF, None, (made("a", Status.FLOATED, when),))
    view = View(start=start, end=start + timedelta(days=long))
    shared = {start + timedelta(days=n) for n in range(long)} & {
        first + timedelta(days=n) for n in range(span)
    }
    assert bool(viewed(diary, view).engagements) == bool(shared)


def test_windows_are_half_open_and_hold_nothing_undated() -> None:
    diary = Diary(AS_OF, None, (made("a", Status.FLOATED), made("b", Status.FLOATED, None)))
    assert not viewed(diary, View(end=date(2024, 3, 4))).engagements
    assert [e.id for e in viewed(diary, View(end=date(2024, 3, 5)))] == ["a"]
    vague = Diary(AS_OF, None, (made("a", Status.FLOATED, MARCH),))
    assert viewed(vague, View(start=date(2024, 3, 31))).engagements
    assert not viewed(vague, View(start=date(2024, 4, 1))).engagements
    with pytest.raises(ValueError, match="end is exclusive"):
        View(start=DAY.start, end=DAY.start)


@pytest.mark.parametrize("step", [step for step in Status if step not in CERTAINTIES])
def test_what_takes_back_is_no_certainty(step: Status) -> None:
    with pytest.raises(ValueError, match=f"certainty {step.value}: one of floated, "):
        View(certainty=step)


def test_certainty_keeps_what_takes_back() -> None:
    found = {e.status.value for e in viewed(Diary(AS_OF, None, EACH), View(certainty=Status.HELD))}
    assert found == {Status.HELD, Status.POSTPONED, Status.CANCELLED}


def test_deadlines_pass_by_state_track_and_window_alone() -> None:
    assert viewed(SMALL, View(states=("Turkey",))).deadlines == (EXPIRY,)
    assert viewed(SMALL, View(track="grain-deal", end=date(2024, 3, 19))).deadlines == (EXPIRY,)
    assert not viewed(SMALL, View(end=date(2024, 3, 18))).deadlines
    assert not viewed(SMALL, View(states=("Turkey",), sources=1)).deadlines


@pytest.mark.parametrize("view", [View(who=("Nobody Atall",)), View(states=("Anna Berg",))])
def test_a_name_that_names_nobody_is_said(view: View) -> None:
    with pytest.raises(UnknownParty, match=(view.who or view.states)[0]):
        viewed(SMALL, view)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return imported(tmp_path_factory.mktemp("view"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", 2),
        ("--state Norway", 1),
        ("--state SE --state Japan", 0),
        ("--who Q42", 0),
        ("--from 2024-03-05", 1),
        ("--to 2024-03-04", 0),
        ("--status held --kind visit --words oslo", 1),
        ("--certainty confirmed --sources 2", 0),
    ],
)
def test_commands_take_the_same_filters(ledger: str, words: str, found: int) -> None:
    common = ["--ledger", ledger, "--as-of", "2024-04-01", *words.split()]
    rows = CliRunner().invoke(cli, ["export", "jsonl", *common])
    assert rows.exit_code == 0, rows.output
    assert len(rows.stdout.splitlines()) == found
    csv = CliRunner().invoke(cli, ["diary", "--all", "--format", "csv", *common])
    assert len(csv.stdout.splitlines()) == found + 1


@pytest.mark.parametrize(
    "words", ["--state Nowhere", "--from 2024-03-05 --to 2024-03-05", "--kind tea"]
)
def test_a_bad_filter_is_one_line_and_wrong_usage(ledger: str, words: str) -> None:
    found = CliRunner().invoke(cli, ["diary", "--ledger", ledger, *words.split()])
    assert found.exit_code == 2
    assert found.stderr.splitlines()[-1].startswith("Error: ")


def test_the_formats_are_listed() -> None:
    found = CliRunner().invoke(cli, ["export", "--list"])
    assert found.exit_code == 0
    names = [line.split()[0] for line in found.stdout.splitlines()]
    assert {"ics", "jsonl", "newsml", "ninjs", "parquet"} <= set(names)
    assert names == sorted(names)


def test_a_view_is_a_value() -> None:
    view = View(states=("NO",), as_of=AS_OF)
    assert view == View(states=("NO",), as_of=AS_OF)
    assert view.narrows == {"states"}
    assert not View(as_of=AS_OF, known_at=AS_OF).narrows
