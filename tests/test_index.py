"""The index of engagements says what resolving all readings says, whatever came in what order."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from _tales import END, ERDOGAN, OUTLET, PUTIN, TURKEY, Teller, day, month
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from summitry import indexing, pipeline
from summitry.errors import LedgerError
from summitry.ledger import Ledger, MemoryLedger, open_ledger
from summitry.model import (
    Entry,
    Judgement,
    Kind,
    Party,
    Place,
    Reading,
    Status,
    Verdict,
    When,
    Withdrawal,
)

START = datetime(2024, 1, 1, tzinfo=UTC)
WHENS: list[When | None] = [
    None,
    day("2024-02-12"),
    day("2024-02-14"),
    day("2024-04-25", 2),
    month("2024-02-01"),
    day("2023-02-10"),
    day("2025-03-01"),
]
MERKEL = Party("Angela Merkel", "DE")
PARTIES = [(PUTIN, ERDOGAN), (PUTIN,), (PUTIN, ERDOGAN, MERKEL), (MERKEL, ERDOGAN), (MERKEL,)]
STATUSES = [Status.FLOATED, Status.ANNOUNCED, Status.POSTPONED, Status.HELD]


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    """Some reports on few engagements, told so that they must be told apart."""
    tell, out = Teller(), []
    for _ in range(draw(st.integers(2, 14))):
        when = draw(st.sampled_from(WHENS))
        also = draw(st.sampled_from(WHENS))
        whens = [w for w in (when, also if draw(st.booleans()) else None) if w]
        told = tell(
            (START + timedelta(days=draw(st.integers(0, 500)))).date().isoformat(),
            (draw(st.sampled_from(STATUSES)), OUTLET),
            when=whens,
            place=draw(st.sampled_from([TURKEY, None, Place("Berlin", "DE")])),
            parties=draw(st.sampled_from(PARTIES)),
            kind=draw(st.sampled_from([Kind.VISIT, Kind.BILATERAL, Kind.SUMMIT, Kind.CALL])),
            background=draw(st.integers(0, 5)) == 0,
        )
        out.append(told)
    return out


def rewritten(reading: Reading, later: timedelta, when: When | None) -> Reading:
    """The same report with another text, published so much later, that names another day."""
    report = reading.report
    told = replace(report, text=f"{report.text} Changed.", published=_at(reading) + later)
    mentions = tuple(
        replace(
            mention,
            when=when,
            claims=tuple(
                replace(c, value=when) if isinstance(c.value, When) and when else c
                for c in mention.claims
            ),
        )
        for mention in reading.mentions
    )
    return replace(reading, report=told, mentions=mentions)


def _at(reading: Reading) -> datetime:
    return reading.report.published or START


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Entry], list[int]]:
    """Entries in the order of their arrival, and how many come before each look at the page."""
    first = draw(readings())
    mentions = [m.id for r in first for m in r.mentions]
    entries: list[Entry] = list(first)
    for number in range(draw(st.integers(0, 3))):
        pair = draw(st.lists(st.sampled_from(mentions), min_size=2, max_size=2, unique=True))
        verdict = draw(st.sampled_from([Verdict.SAME, Verdict.NOT_SAME]))
        decided = START + timedelta(days=number)
        judgement = Judgement(
            verdict=verdict, mentions=tuple(pair), author="editor", decided=decided
        )
        entries.append(judgement)
        if draw(st.integers(0, 2)) == 0:
            undone = (judgement.id,)
            entries.append(
                Judgement(verdict=Verdict.UNDO, mentions=undone, author="e", decided=decided)
            )
    for again in draw(st.lists(st.sampled_from(first), max_size=3)):
        kept = again.mentions if draw(st.booleans()) else ()
        entries.append(replace(again, extractor="better", mentions=kept))
    for changed in draw(st.lists(st.sampled_from(first), max_size=3)):
        later = timedelta(days=draw(st.integers(1, 90)))
        entries.append(rewritten(changed, later, draw(st.sampled_from(WHENS))))
    for silent in draw(st.lists(st.sampled_from(first), max_size=1)):
        entries.append(replace(silent, report=replace(silent.report, published=None)))
    for killed in draw(st.lists(st.sampled_from(first), max_size=2)):
        at = (killed.report.published or START) + timedelta(days=1)
        entries.append(Withdrawal(report=killed.report.id, published=at))
    shuffled = draw(st.permutations(entries))
    return list(shuffled), draw(st.lists(st.integers(1, 6), min_size=1, max_size=6))


def agree(ledger: Ledger, steps: Sequence[Entry], looks: Sequence[int]) -> None:
    """Append in pieces; after each the page has to be that of the whole diary."""
    rest, count = list(steps), 0
    while rest:
        size = looks[count % len(looks)]
        some, rest, count = rest[:size], rest[size:], count + 1
        ledger.append_all(some, START + timedelta(days=1000, hours=count))
        for at in (END, START + timedelta(days=60), START + timedelta(days=700)):
            whole = pipeline.ahead(pipeline.diary(ledger, at))
            assert pipeline.page(ledger, at) == whole
    halfway = START + timedelta(days=1000, hours=(count + 1) // 2)
    for at in (END, START + timedelta(days=60), halfway):
        for known in (None, halfway):
            whole = pipeline.ahead(pipeline.diary(ledger, at, known))
            assert pipeline.page(ledger, at, known) == whole


@given(
    histories(), st.permutations([END, START + timedelta(days=60), START + timedelta(days=700)])
)
@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_what_is_remembered_is_what_the_book_says(
    history: tuple[list[Entry], list[int]], instants: list[datetime]
) -> None:
    steps, _ = history
    with tempfile.TemporaryDirectory() as folder, open_ledger(f"{folder}/a.db") as stored:
        books: list[Ledger] = [MemoryLedger(), stored]
        kept = [indexing.Remembered(book) for book in books]
        early = START + timedelta(days=1000, hours=2)
        for number, entry in enumerate(steps):
            for book, remembered in zip(books, kept, strict=True):
                book.append(entry, START + timedelta(days=1000, hours=number))
                assert remembered.standing() == indexing.standing(book)
                for at in instants[: number + 1]:
                    for known in (None, early):
                        expected = frozenset(book.differing(at, known))
                        assert remembered.differing(at, known) == expected


def test_what_is_published_anew_leaves_its_place_among_the_others() -> None:
    tell, coming = Teller(), day("2025-03-01")
    first = tell("2024-09-19", when=coming, place=None)
    second = tell("2024-09-27", when=coming, place=None)
    later = timedelta(days=34)
    for again in (rewritten(first, later, day("2024-04-25", 2)), rewritten(first, later, coming)):
        agree(MemoryLedger(), [first, second, again], [1])
        agree(MemoryLedger(), [again, second, first], [1])


@given(histories())
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_the_page_is_that_of_the_whole_diary(history: tuple[list[Entry], list[int]]) -> None:
    steps, looks = history
    agree(MemoryLedger(), steps, looks)


@given(histories())
@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_a_file_keeps_the_same_index(history: tuple[list[Entry], list[int]]) -> None:
    steps, looks = history
    with tempfile.TemporaryDirectory() as folder, open_ledger(f"{folder}/a.db") as ledger:
        agree(ledger, steps, looks)


def test_a_plan_of_a_report_without_a_time_is_on_the_page() -> None:
    ledger, told = MemoryLedger(), Teller()("2024-01-05")
    ledger.append(replace(told, report=replace(told.report, published=None)), START)
    for at in (START, END):
        whole = pipeline.ahead(pipeline.diary(ledger, at))
        assert len(whole.engagements) == 1
        assert pipeline.page(ledger, at) == whole


def test_only_the_neighbourhood_is_decided_again() -> None:
    tell, ledger = Teller(), MemoryLedger()
    far = [tell("2024-01-05", when=day("2024-02-12"), parties=(MERKEL, PUTIN)) for _ in range(5)]
    near = tell("2024-01-05", when=day("2024-02-12"))
    ledger.append_all([*far, near], END)
    assert indexing.reindex(ledger) == 6
    assert indexing.reindex(ledger) == 0
    ledger.append(tell("2024-01-06", when=day("2024-02-12")), END)
    assert indexing.reindex(ledger) == 1


def test_an_index_of_other_rules_is_made_anew(place: str) -> None:
    tell = Teller()
    with open_ledger(place) as ledger:
        ledger.append(tell("2024-01-05", when=day("2024-02-12")), END)
        assert ledger.index.write([], [], ("", 0), ("older", 1))
        assert len(pipeline.page(ledger, START + timedelta(days=10)).engagements) == 1


def test_who_comes_second_writes_nothing(place: str) -> None:
    with open_ledger(place) as ledger:
        assert ledger.index.write([], [], ("", 0), ("rules", 1))
        assert not ledger.index.write([], [], ("", 0), ("rules", 2))
        assert ledger.index.state() == ("rules", 1)


def test_a_ledger_that_cannot_be_written_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> bool:
        raise LedgerError("read-only")

    tell, ledger = Teller(), MemoryLedger()
    ledger.append(tell("2024-01-05", when=day("2024-02-12")), END)
    monkeypatch.setattr(ledger.index, "write", refused)
    assert len(pipeline.page(ledger, START + timedelta(days=10)).engagements) == 1
