"""What an editor is shown first: near misses of the rules, and where editors differ."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _tales import END, OUTLET, PESKOV, PUTIN, Teller, day, month
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_index import readings

import summitry
from summitry import pipeline
from summitry.cli import cli
from summitry.judging import Signature, judge, judgements, undo
from summitry.model import Doubt, Kind, Party, Qualm, Reading, Status, Verdict
from summitry.settling import settled

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def book(*told: Reading) -> summitry.MemoryLedger:
    ledger = summitry.MemoryLedger()
    ledger.append_all(told, NOW)
    return ledger


def found(ledger: summitry.Ledger) -> dict[Qualm, Doubt]:
    every = pipeline.doubts(ledger, summitry.diary(ledger, END))
    return {d.qualm: d for d in every if d.qualm is not Qualm.UNSEEN}


def after(hours: int, author: str = "Ada") -> Signature:
    return Signature(author, NOW + timedelta(hours=hours))


def twins() -> tuple[Reading, ...]:
    tell = Teller()
    return (
        tell("2024-01-20", when=day("2024-02-12")),
        tell("2024-01-21", when=day("2024-02-22")),
    )


def test_two_plans_ten_days_apart_may_be_one() -> None:
    doubt = found(book(*twins()))[Qualm.TWINS]
    assert (doubt.engagement, doubt.other) == ("m001", "m002")
    assert doubt.reasons == ("the same parties", "10 days apart", "the same people")


@pytest.mark.parametrize(
    "other",
    [
        {"when": day("2024-06-12")},
        {"when": day("2024-02-22"), "kind": Kind.CALL},
        {"when": day("2024-02-22"), "parties": (PUTIN, Party("Xi Jinping", "CN"))},
        {"when": day("2024-02-22"), "background": True},
    ],
)
def test_what_is_plainly_another_is_no_twin(other: dict) -> None:  # type: ignore[type-arg]
    tell = Teller()
    told = (tell("2024-01-20", when=day("2024-02-12")), tell("2024-01-21", **other))
    assert Qualm.TWINS not in found(book(*told))


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.NOT_SAME])
def test_what_an_editor_decided_is_no_doubt(verdict: Verdict) -> None:
    ledger = book(*twins())
    full = summitry.diary(ledger, END)
    (made,) = judge(ledger, full, verdict, ["m001", "m002"], after(1))
    assert not found(ledger)
    undo(ledger, made.id, after(2))
    assert Qualm.TWINS in found(ledger)


def test_a_join_without_days_is_doubtful_until_somebody_says_so() -> None:
    tell = Teller()
    ledger = book(tell("2024-01-20", place=None), tell("2024-02-18", place=None, kind=Kind.SUMMIT))
    doubt = found(ledger)[Qualm.JOIN]
    assert (doubt.engagement, doubt.other) == ("m001", "m002")
    assert "the report names no day" in doubt.reasons
    judge(ledger, summitry.diary(ledger, END), Verdict.NOT_SAME, ["m001", "m002"], after(1))
    assert not found(ledger)
    assert len(summitry.diary(ledger, END).engagements) == 2


def test_a_report_between_two_plans_is_doubtful() -> None:
    tell = Teller()
    told = (
        tell("2024-01-20", when=day("2024-02-12"), place=None),
        tell("2024-01-20", when=day("2024-02-25"), place=None),
        tell("2024-01-22", when=month("2024-02-01"), place=None),
    )
    assert found(book(*told))[Qualm.JOIN].reasons == (
        "another engagement fits this report nearly as well",
    )


def test_a_contradiction_stays_until_a_field_is_settled_or_all_is_approved() -> None:
    tell = Teller()
    told = (
        tell("2024-01-20", (Status.ANNOUNCED, OUTLET), when=day("2024-02-12")),
        tell("2024-01-21", (Status.DENIED, PESKOV), when=day("2024-02-12")),
    )
    for verdict, fields in ((Verdict.APPROVE, []), (Verdict.FIELD, [("status", '"denied"')])):
        ledger = book(*told)
        assert Qualm.CONTRADICTION in found(ledger)
        judge(ledger, summitry.diary(ledger, END), verdict, ["m001"], after(1), fields)
        assert Qualm.CONTRADICTION not in found(ledger)


def test_editors_who_differ_are_shown_with_both_words() -> None:
    ledger = book(Teller()("2024-01-20", when=day("2024-02-12")))
    full = summitry.diary(ledger, END)
    judge(ledger, full, Verdict.FIELD, ["m001"], after(1, "Ada"), [("status", '"floated"')])
    judge(ledger, full, Verdict.FIELD, ["m001"], after(2, "Ada"), [("status", '"confirmed"')])
    assert not found(ledger), "a change of mind is no dissent"
    judge(ledger, full, Verdict.FIELD, ["m001"], after(3, "Bo"), [("status", '"cancelled"')])
    doubt = found(ledger)[Qualm.DISSENT]
    assert doubt.reasons == ("Ada: status confirmed", "Bo: status cancelled")
    judge(ledger, full, Verdict.HIDE, ["m001"], after(4, "Ada"))
    judge(ledger, full, Verdict.APPROVE, ["m001"], after(5, "Bo"))
    assert "Ada: hide" in found(ledger)[Qualm.DISSENT].reasons
    for made in list(judgements(ledger)):
        if made.author == "Bo":
            undo(ledger, made.id, after(6))
    assert not found(ledger)


@settings(max_examples=40, deadline=None)
@given(readings(), st.randoms())
def test_doubts_name_what_is_in_the_diary_whatever_came_first(
    told: list[Reading], chance: object
) -> None:
    mixed = [*told]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = book(*told), book(*mixed)
    full = summitry.diary(first, END)
    doubts = pipeline.doubts(first, full)
    assert doubts == pipeline.doubts(second, summitry.diary(second, END))
    ids = {e.id for e in full}
    home = {m: e.id for e in full for _, _, m in e.mentions}
    for d in doubts:
        assert d.engagement in ids
        assert (d.weight == 0) == (d.qualm is Qualm.UNSEEN)
        assert d.weight <= 1
        assert d.reasons
        if d.qualm is Qualm.JOIN:
            assert home[d.other] == d.engagement != d.other
        elif d.qualm is Qualm.TWINS:
            assert d.other in ids - {d.engagement}
    asked = {i for d in doubts for i in (d.engagement, d.other)}
    assert {e.id for e in full if not e.background} <= asked, "in the end each is asked about"
    assert [d.weight for d in doubts] == sorted((d.weight for d in doubts), reverse=True)


@pytest.mark.parametrize(
    ("slot", "typed", "shape"),
    [
        ("status", "In preparation", '"in_preparation"'),
        ("kind", '"call"', '"call"'),
        ("place", "Ankara, tr", '{"name": "Ankara", "state": "TR"}'),
    ],
)  # fmt: skip
def test_what_is_typed_for_a_field(slot: str, typed: str, shape: str) -> None:
    assert settled(slot, typed) == shape


@pytest.mark.parametrize(
    ("slot", "typed"), [("agenda", "x"), ("status", "soon"), ("when", "12 March"), ("kind", "")]
)
def test_what_no_field_can_hold_is_named(slot: str, typed: str) -> None:
    with pytest.raises(ValueError, match=slot):
        settled(slot, typed)


def test_the_command_lists_them(tmp_path: Path) -> None:
    where = str(tmp_path / "book.db")
    with summitry.open_ledger(where) as ledger:
        ledger.append_all(twins(), NOW)
    words = ["doubts", "--ledger", where, "--as-of", "2024-02-01"]
    text = CliRunner().invoke(cli, words).stdout
    assert text.startswith("Doubts as of Thu 1 Feb 2024 · 1\n")
    assert "twins          the same parties; 10 days apart; the same people" in text
    assert "m001" in text
    shape = json.loads(CliRunner().invoke(cli, [*words, "--format", "json"]).stdout)
    (one,) = shape["doubts"]
    assert (one["qualm"], one["engagement"], one["other"]) == ("twins", "m001", "m002")
    assert 0 < one["weight"] < 1
