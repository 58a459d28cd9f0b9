"""Editors' decisions from the command line to the diary, through re-readings and back."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _tales import END, PUTIN, Teller, day
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import summitry
from summitry.cli import cli
from summitry.indexing import standing
from summitry.judging import Signature, judge, undo, withdraw
from summitry.ledger.codec import decoded
from summitry.model import Diary, Engagement, Judgement, Kind, Party, Reading, Status, Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SERBIA = Party("Aleksandar Vucic", "RS")


def book(*readings: Reading) -> summitry.MemoryLedger:
    ledger = summitry.MemoryLedger()
    ledger.append_all(readings, NOW)
    return ledger


def after(hours: int, author: str = "ed") -> Signature:
    return Signature(author, NOW + timedelta(hours=hours))


def full(ledger: summitry.Ledger, known_at: datetime | None = None) -> Diary:
    return summitry.diary(ledger, END, known_at)


def reread(reading: Reading, mark: str = "better") -> Reading:
    """The same report as another version of the extractor reads it: all ids are new."""

    def renamed(ident: str) -> str:
        return f"{mark}-{ident}"

    mentions = tuple(
        replace(
            m,
            id=renamed(m.id),
            claims=tuple(replace(c, mention=renamed(c.mention)) for c in m.claims),
        )
        for m in reading.mentions
    )
    return replace(reading, mentions=mentions, extractor=mark)


def both(reading: Reading, other: Reading) -> Reading:
    """One report with the mentions of two."""
    return replace(reading, mentions=(*reading.mentions, *other.mentions))


def two_visits() -> list[Reading]:
    tell = Teller()
    return [tell("2024-01-20", when=day("2024-02-12")), tell("2024-01-21", when=day("2024-06-01"))]


def test_same_joins_and_undoing_parts_again() -> None:
    ledger = book(*two_visits())
    before = full(ledger)
    (made,) = judge(ledger, before, Verdict.SAME, ["m001", "m002"], after(1))
    assert [len(e.mentions) for e in full(ledger)] == [2]
    undo(ledger, made.id[:6], after(2))
    assert full(ledger) == before


def test_apart_takes_a_mention_out_also_of_what_an_editor_joined() -> None:
    ledger = book(*two_visits())
    judge(ledger, full(ledger), Verdict.SAME, ["m001", "m002"], after(1))
    judge(ledger, full(ledger), Verdict.NOT_SAME, ["m001", "m002"], after(2))
    assert [len(e.mentions) for e in full(ledger)] == [1, 1]


def test_approval_names_who_and_when() -> None:
    ledger = book(*two_visits())
    judge(ledger, full(ledger), Verdict.APPROVE, ["m001"], after(1, "Ada"))
    first, second = full(ledger)
    assert first.approved
    assert (first.approved.author, first.approved.on) == ("Ada", NOW + timedelta(hours=1))
    assert second.approved is None


def test_what_is_hidden_can_be_approved_by_its_id() -> None:
    ledger = book(*two_visits())
    judge(ledger, full(ledger), Verdict.HIDE, ["m001"], after(1))
    assert [e.id for e in full(ledger)] == ["m002"]
    judge(ledger, full(ledger), Verdict.APPROVE, ["m001"], after(2))
    assert [e.id for e in full(ledger)] == ["m001", "m002"]


def test_a_judgement_survives_a_better_reading() -> None:
    first, second = two_visits()
    ledger = book(first, second)
    judge(ledger, full(ledger), Verdict.SAME, ["m001", "m002"], after(1))
    status = [("status", '"postponed"')]
    judge(ledger, full(ledger), Verdict.FIELD, ["m001"], after(1), status)
    ledger.append_all([reread(first), reread(second)], NOW + timedelta(days=1))
    (visit,) = full(ledger)
    assert [m for _, _, m in visit.mentions] == ["better-m001", "better-m002"]
    assert visit.status.value is Status.POSTPONED
    assert visit.status.by[0].mention == "better-m001"


def test_a_judgement_is_taken_back_after_a_better_reading() -> None:
    first, second = two_visits()
    ledger = book(first, second)
    (hidden,) = judge(ledger, full(ledger), Verdict.HIDE, ["m001"], after(1))
    ledger.append_all([reread(first), reread(second)], NOW + timedelta(days=1))
    assert [e.id for e in full(ledger)] == ["better-m002"]
    assert hidden.id in {j.id for j in standing(ledger)}
    undone = undo(ledger, hidden.id, after(48))
    assert [e.id for e in full(ledger)] == ["better-m001", "better-m002"]
    undo(ledger, undone.id, after(49))
    assert [e.id for e in full(ledger)] == ["better-m002"]


def test_of_several_mentions_the_one_of_those_parties_and_days_is_meant() -> None:
    tell = Teller()
    turkey = tell("2024-01-20", when=day("2024-02-12"))
    serbia = tell("2024-01-20", when=day("2024-03-03"), parties=(PUTIN, SERBIA), place=None)
    one = both(turkey, serbia)
    ledger = book(one)
    judge(ledger, full(ledger), Verdict.HIDE, ["m002"], after(1))
    assert [e.id for e in full(ledger)] == ["m001"]
    ledger.append(reread(one), NOW + timedelta(days=1))
    assert [e.id for e in full(ledger)] == ["better-m001"]
    without = replace(reread(one, "third"), mentions=reread(one, "third").mentions[:1])
    ledger.append(without, NOW + timedelta(days=2))
    assert [e.id for e in full(ledger)] == ["third-m001"], "nothing like it: nothing is hidden"


def test_a_withdrawal_by_address_and_by_id() -> None:
    first, second = two_visits()
    ledger = book(first, second)
    when = datetime(2024, 1, 25, tzinfo=UTC)
    withdraw(ledger, "m001", published=when, reason="killed", recorded=NOW)
    withdraw(ledger, second.report.id[:8], published=when, reason="", recorded=NOW)
    assert list(full(ledger)) == []
    assert len(list(summitry.diary(ledger, datetime(2024, 1, 24, tzinfo=UTC)))) == 2
    with pytest.raises(summitry.SummitryError, match="no report 'zzz'"):
        withdraw(ledger, "zzz", published=when, reason="", recorded=NOW)


def test_a_judgement_of_the_first_release_is_read() -> None:
    line = (
        '{"verdict":"hide","mentions":["m001"],"field":"","value":"","author":"ed",'
        '"decided":"2024-02-08T00:00:00+00:00"}'
    )
    entry = decoded("judgement", line)
    assert isinstance(entry, Judgement)
    assert entry.anchors == ()


def plain(engagements: Iterable[Engagement]) -> list[tuple[object, ...]]:
    """What a re-reading with the same content must leave as it is."""
    return [
        (
            [r for _, r, _ in e.mentions],
            e.status.value,
            e.kind.value,
            e.when.value.label if e.when else None,
            e.approved.author if e.approved else None,
        )
        for e in engagements
    ]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            [Verdict.SAME, Verdict.NOT_SAME, Verdict.FIELD, Verdict.APPROVE, Verdict.HIDE]
        ),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    max_size=5,
)
TOLD = st.lists(
    st.tuples(st.integers(1, 28), st.sampled_from([(), day("2024-02-12"), day("2024-05-09")])),
    min_size=1,
    max_size=5,
)


def entered(rows: list[tuple], deeds: list[tuple]) -> tuple[list[Reading], list[Judgement]]:  # type: ignore[type-arg]
    """Reports, and judgements about their mentions as the diary would make them."""
    tell = Teller()
    told = [tell(f"2024-01-{d:02}", when=when) for d, when in rows]
    ledger = book(*told)
    before = full(ledger)
    made: list[Judgement] = []
    for hour, (verdict, a, b) in enumerate(deeds):
        named = [f"m{1 + n % len(told):03}" for n in (a, b)]
        fields = [("kind", '"call"')] if verdict is Verdict.FIELD else []
        ids = named if verdict in (Verdict.SAME, Verdict.NOT_SAME) else named[:1]
        made += judge(ledger, before, verdict, ids, after(hour), fields)
    return told, made


@settings(max_examples=60, deadline=None)
@given(TOLD, DEEDS, st.randoms())
def test_undoing_all_gives_the_old_diary_and_order_does_not_matter(
    rows: list[tuple],  # type: ignore[type-arg]
    deeds: list[tuple],  # type: ignore[type-arg]
    chance: object,
) -> None:
    told, made = entered(rows, deeds)
    undone = [
        Judgement(verdict=Verdict.UNDO, mentions=(j.id,), author="x", decided=after(50).decided)
        for j in made
    ]
    before = full(book(*told))
    assert full(_holding(told, made, undone)) == before
    mixed = [*made]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert full(_holding(told, made)) == full(_holding(told, mixed))
    assert full(_holding(told, made), known_at=NOW) == replace(before, known_at=NOW)


@settings(max_examples=60, deadline=None)
@given(TOLD, DEEDS)
def test_a_re_reading_of_the_same_content_changes_no_judgement(
    rows: list[tuple],  # type: ignore[type-arg]
    deeds: list[tuple],  # type: ignore[type-arg]
) -> None:
    told, made = entered(rows, deeds)
    ledger = _holding(told, made)
    before = plain(full(ledger))
    ledger.append_all([reread(r) for r in told], NOW + timedelta(days=9))
    assert plain(full(ledger)) == before


def _holding(told: list[Reading], *made: list[Judgement]) -> summitry.MemoryLedger:
    ledger = book(*told)
    for entries in made:
        ledger.append_all(entries, NOW + timedelta(days=1))
    return ledger


ROWS = (
    ("a1", "2024-02-20T09:00:00+00:00", "Norwegian Foreign Minister Espen Barth Eide will visit"
     " Sweden on 12 March, Norway's foreign ministry said on Tuesday."),
    ("a2", "2024-02-21T09:00:00+00:00", "Polish Foreign Minister Radoslaw Sikorski will visit"
     " Denmark on 20 March, Poland's foreign ministry said on Wednesday."),
)  # fmt: skip


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SUMMITRY_LEDGER", raising=False)
    monkeypatch.setenv("SUMMITRY_AUTHOR", "Ada")
    rows = (
        {
            "id": ref,
            "outlet": "Wire",
            "url": f"https://w.example/{ref}",
            "published": at,
            "text": t,
        }
        for ref, at, t in ROWS
    )
    Path("news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    run(CliRunner(), "read", "news.jsonl")
    return CliRunner()


def run(runner: CliRunner, *words: str, code: int = 0) -> Result:
    result = runner.invoke(cli, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def shown(runner: CliRunner) -> dict[str, dict]:  # type: ignore[type-arg]
    out = json.loads(run(runner, "diary", "--format", "json").stdout)
    return {e["id"]: e for e in out["engagements"]}


def test_the_commands_of_an_editor(runner: CliRunner) -> None:
    first, second = shown(runner)
    run(runner, "judge", "field", first[:8], "status=postponed", "when=2024-03-12/2024-03-13",
        "place=Oslo, no", "kind=ministerial")  # fmt: skip
    run(runner, "judge", "approve", first[:8], "--author", "Grace")
    one = shown(runner)[first]
    assert (one["status"], one["kind"]) == ("postponed", Kind.MINISTERIAL.value)
    assert (one["when"]["start"], one["when"]["end"]) == ("2024-03-12", "2024-03-14")
    assert one["place"] == {"name": "Oslo", "state": "NO"}
    assert one["approved"]["by"] == "Grace"
    run(runner, "judge", "hide", second[:8])
    assert list(shown(runner)) == [first]
    listed = json.loads(run(runner, "judge", "list", "--format", "json").stdout)["judgements"]
    assert [j["author"] for j in listed] == ["Ada"] * 4 + ["Grace", "Ada"]
    run(runner, "judge", "undo", listed[-1]["id"][:8])
    assert list(shown(runner)) == [first, second]
    assert "taken back" in run(runner, "judge", "list").stdout
    run(runner, "judge", "same", first[:8], second[:8])
    assert len(shown(runner)) == 1
    run(runner, "judge", "apart", first[:8], second[:8])
    assert len(shown(runner)) == 2
    run(runner, "withdraw", "https://w.example/a2", "--reason", "killed")
    assert list(shown(runner)) == [first]


@pytest.mark.parametrize(
    "words",
    [
        ("judge", "hide", "zzz"),
        ("judge", "same", "zzz"),
        ("judge", "undo", "zzz"),
        ("judge", "field", "IDENT", "status=nonsense"),
        ("judge", "field", "IDENT", "agenda=Ukraine"),
        ("judge", "field", "IDENT", "when=12 March"),
        ("judge", "field", "IDENT", "when=2024-03-14/2024-03-12"),
        ("judge", "field", "IDENT", "place={}"),
        ("withdraw", "https://elsewhere.example/"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    runner: CliRunner, words: tuple[str, ...]
) -> None:
    ident = next(iter(shown(runner)))
    result = run(runner, *(ident if w == "IDENT" else w for w in words), code=2)
    assert len(result.stderr.strip().splitlines()) <= 3
    assert json.loads(run(runner, "judge", "list", "--format", "json").stdout)["judgements"] == []
