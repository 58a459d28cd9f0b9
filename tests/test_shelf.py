"""What the shelf keeps is what would be made anew: after every entry, at every instant."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from _tales import END, OUTLET, Teller, day
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_index import START, histories, rewritten

from summitry import desk, pipeline
from summitry.errors import UnknownEngagement
from summitry.ledger import Ledger, MemoryLedger, open_ledger
from summitry.model import Diary, Engagement, Entry, Judgement, Reading, Status, Verdict
from summitry.shelf import Shelf, Turns
from summitry.shelf._position import Position

INSTANTS = [
    START + timedelta(days=60),
    START + timedelta(days=60, hours=7),
    START + timedelta(days=61),
    START + timedelta(days=700),
    END,
]


def editors(entries: list[Entry]) -> Iterator[Entry]:
    """What an editor says of the first mention: a field, an approval, and that it be hidden."""
    for entry in entries:
        if isinstance(entry, Reading) and entry.mentions:
            named = (entry.mentions[0].id,)
            for number, verdict in enumerate((Verdict.FIELD, Verdict.APPROVE, Verdict.HIDE)):
                value = ("status", '"confirmed"') if verdict is Verdict.FIELD else ("", "")
                yield Judgement(
                    verdict=verdict,
                    mentions=named,
                    field=value[0],
                    value=value[1],
                    author="editor",
                    decided=START + timedelta(days=400 + number),
                )
            return


def ids(e: Engagement) -> list[str]:
    return [mention for _, _, mention in e.mentions]


def named(ledger: Ledger, mention: str) -> set[str]:
    """The states that a mention names."""
    records = ledger.readings()
    told = [m for r in records if isinstance(r.entry, Reading) for m in r.entry.mentions]
    return {p.state for m in told if m.id == mention for p in m.parties if p.state}


@given(histories(), st.lists(st.sampled_from(INSTANTS), min_size=2, max_size=4))
@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_what_is_kept_is_what_would_be_made(
    history: tuple[list[Entry], list[int]], looks: list[datetime]
) -> None:
    steps, _ = history
    ledger = MemoryLedger()
    shelf = Shelf(ledger)
    for number, entry in enumerate([*steps, *editors(steps)]):
        ledger.append(entry, START + timedelta(days=1000, hours=number))
        for at in looks:
            whole = pipeline.diary(ledger, at)
            assert shelf.page(at) == pipeline.ahead(whole)
            for e in whole.engagements[:2]:
                assert shelf.one(e.id, at) == e
                if len(e.states) > 1:
                    pair = sorted(e.states)[:2]
                    among = set(shelf.among(pair, at))
                    assert among <= set(whole.involving(*pair))
                    together = [m for m in ids(e) if set(pair) <= named(ledger, m)]
                    assert not together or e in among


@given(histories())
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_what_changed_on_the_page_is_what_changed(history: tuple[list[Entry], list[int]]) -> None:
    steps, _ = history
    ledger = MemoryLedger()
    ledger.append_all(steps, START + timedelta(days=1000))
    since, until = INSTANTS[0], INSTANTS[0] + timedelta(days=9)
    before, after = Shelf(ledger).both(since, until)
    whole = pipeline.diary(ledger, since), pipeline.diary(ledger, until)
    on_page = {e.id for d in whole for e in pipeline.ahead(d)}
    expected = [c for c in desk.changes(*whole) if c.engagement.id in on_page]
    found = [c for c in desk.changes(before, after) if c.engagement.id in on_page]
    assert found == expected


@given(histories())
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_what_clashes_with_one_is_what_clashes(history: tuple[list[Entry], list[int]]) -> None:
    steps, _ = history
    ledger = MemoryLedger()
    ledger.append_all(steps, START + timedelta(days=1000))
    shelf, at = Shelf(ledger), INSTANTS[0]
    page = shelf.page(at)
    every = desk.clashes(page)
    for e in page:
        own = tuple(c for c in every if e.id in (c.ours.id, c.theirs.id))
        assert shelf.clashes(e, at) == own


def test_an_answer_may_be_old_but_not_older_than_what_is_heeded() -> None:
    tell, ledger = Teller(), MemoryLedger()
    ledger.append(tell("2024-01-05", when=day("2024-02-12")), END)
    exact, slack = Shelf(ledger), Shelf(ledger, timedelta(hours=1))
    at = START + timedelta(days=10)
    before = slack.page(at)
    assert before == exact.page(at)
    ledger.append(tell("2024-01-06", when=day("2024-02-12")), END)
    assert len(exact.page(at).engagements[0].mentions) == 2
    assert slack.page(at) == before
    slack.heed(ledger.newest())
    assert slack.page(at) == exact.page(at)
    ledger.append(tell("2024-01-07", when=day("2024-02-12")), END)
    assert slack.page(at) != exact.page(at)


def test_all_parts_of_one_answer_are_of_one_position() -> None:
    tell, ledger = Teller(), MemoryLedger()
    ledger.append(tell("2024-01-05", when=day("2024-02-12")), END)
    position = Position(ledger, 0)
    with position.held(position.newest()):
        ledger.append(tell("2024-01-06", when=day("2024-02-12")), END)
        assert position.newest() == 1
    assert position.newest() == 2


def test_no_more_have_a_turn_than_there_are_turns() -> None:
    turns, lock = Turns(2), threading.Lock()
    now, most = [0], [0]

    def make(deep: int) -> None:
        with turns.taken(), turns.taken():  # one that has a turn needs no other
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.002)
            with lock:
                now[0] -= 1
            if deep:
                with turns.aside():
                    inner = threading.Thread(target=make, args=(deep - 1,))
                    inner.start()
                    inner.join(timeout=20)
                    assert not inner.is_alive()

    threads = [threading.Thread(target=make, args=(4,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    assert most[0] == 2


def test_one_day_has_one_answer() -> None:
    tell, ledger = Teller(), MemoryLedger()
    ledger.append(tell("2024-01-05", when=day("2024-02-12")), END)
    shelf = Shelf(ledger)
    morning, noon = START + timedelta(days=10, hours=8), START + timedelta(days=10, hours=12)
    assert shelf.state(morning) == shelf.state(noon)
    assert shelf.page(morning).engagements is shelf.page(noon).engagements
    assert shelf.page(noon).as_of == noon
    assert shelf.state(noon) != shelf.state(noon + timedelta(days=1))
    ledger.append(tell("2024-01-06", when=day("2024-02-12")), END)
    assert shelf.page(noon).engagements[0].independent_sources >= 1
    assert len(shelf.page(noon).engagements[0].mentions) == 2


def test_an_engagement_is_found_by_each_of_its_mentions_and_by_a_beginning() -> None:
    tell, ledger = Teller(), MemoryLedger()
    first, second = tell("2024-01-05", when=day("2024-02-12")), tell("2024-01-06")
    ledger.append_all([first, second], END)
    shelf, at = Shelf(ledger), START + timedelta(days=10)
    told = [m.id for r in (first, second) for m in r.mentions]
    found = {shelf.one(name, at).id for name in (*told, told[0][:6], told[0].upper())}
    assert found == {told[0]}
    assert len(shelf.moments(told[0])) == 2
    with pytest.raises(UnknownEngagement):
        shelf.one("f" * 16, at)


def test_many_who_ask_at_once_wait_for_one_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    ahead = pipeline.ahead

    def counted(full: Diary) -> Diary:
        made.append(full.as_of)
        return ahead(full)

    monkeypatch.setattr(pipeline, "ahead", counted)
    tell = Teller()
    with open_ledger(str(tmp_path / "a.db")) as ledger:
        ledger.append_all([tell("2024-01-05", when=day("2024-02-12")) for _ in range(20)], END)
        shelf, at = Shelf(ledger), START + timedelta(days=10)
        answers: list[Diary] = []
        threads = [
            threading.Thread(target=lambda: answers.append(shelf.page(at))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(made) == 1
    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)


def test_readers_never_see_less_than_was_written(place: str) -> None:
    """While one writes and others read, each answer holds all that stood before the question."""
    tell, at = Teller(), START + timedelta(days=40)
    failed: list[str] = []
    with open_ledger(place) as ledger:
        shelf, written, stop = Shelf(ledger), [0], threading.Event()

        def read() -> None:
            while not stop.is_set():
                least = written[0]
                found = sum(len(e.mentions) for e in shelf.page(at))
                if found < least:
                    failed.append(f"{found} of {least}")

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(25):
            when = day("2024-02-12") if number % 2 else day("2024-03-20")
            ledger.append(tell("2024-01-05", (Status.ANNOUNCED, OUTLET), when=when), END)
            written[0] = number + 1
        stop.set()
        for thread in threads:
            thread.join()
        assert not failed
        assert replace(shelf.page(at), as_of=at) == pipeline.page(ledger, at)


def test_an_instant_is_the_last_one_at_which_something_came(place: str) -> None:
    tell = Teller()
    ledgers: list[Ledger] = [MemoryLedger(), open_ledger(place)]
    told = [tell("2024-01-05"), tell("2024-01-09")]
    silent = replace(told[0], report=replace(told[0].report, published=None, outlet="silent"))
    for ledger in ledgers:
        assert ledger.newest() == 0
        assert ledger.moment(END) is None
        ledger.append_all(told, END)
        last = told[1].report.published
        assert last is not None
        assert ledger.newest() == 2
        assert ledger.moment(END) == last
        assert ledger.moment(last) == last
        assert ledger.moment(last - timedelta(seconds=1)) == told[0].report.published
        ledger.append(silent, END + timedelta(days=1))
        assert ledger.moment(END + timedelta(days=2)) == (END + timedelta(days=1)).astimezone(UTC)
        ledger.close()


def test_who_wants_a_page_does_not_wait_for_whole_diaries(monkeypatch: pytest.MonkeyPatch) -> None:
    tell, ledger = Teller(), MemoryLedger()
    ledger.append(tell("2024-01-05", when=day("2024-02-12")), END)
    begun, onward = threading.Event(), threading.Event()
    diary = pipeline.diary

    def slow(ledger: Ledger, at: datetime, known_at: datetime | None = None) -> Diary:
        begun.set()
        assert onward.wait(60)
        return diary(ledger, at, known_at)

    monkeypatch.setattr(pipeline, "diary", slow)
    shelf = Shelf(ledger)
    instants = [START + timedelta(days=n) for n in (10, 11, 12)]
    threads = [threading.Thread(target=shelf.whole, args=(at,)) for at in instants[:2]]
    threads.append(threading.Thread(target=shelf.records, args=(instants[2],)))
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    asked = threading.Thread(target=shelf.page, args=(START + timedelta(days=20),))
    asked.start()
    asked.join(60)
    waits = asked.is_alive()
    onward.set()
    for thread in (*threads, asked):
        thread.join(60)
    assert not waits


def test_a_day_before_a_text_was_changed_is_made_without_the_whole_diary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell, ledger = Teller(), MemoryLedger()
    first = tell("2024-01-05", when=day("2024-02-12"))
    other = tell("2024-01-06", when=day("2024-02-12"))
    ledger.append_all([first, other], END)
    ledger.append(rewritten(first, timedelta(days=9), day("2024-03-20")), END)
    before, after = START + timedelta(days=8), START + timedelta(days=30)
    expected = [pipeline.ahead(pipeline.diary(ledger, at)) for at in (before, after)]
    assert expected[0].engagements != expected[1].engagements
    monkeypatch.setattr(pipeline, "diary", None)
    shelf = Shelf(ledger)
    assert [shelf.page(at) for at in (before, after)] == expected
    then, now = shelf.both(before, after)
    assert pipeline.ahead(then) == expected[0]
    assert pipeline.ahead(now) == expected[1]
    held = [reading.report.version for reading in shelf.readings(then, then).values()]
    assert first.report.version in held


@pytest.mark.parametrize(("seconds", "kept"), [(0.1, False), (5.0, True)])
def test_a_count_that_takes_long_may_be_an_hour_old(
    monkeypatch: pytest.MonkeyPatch, seconds: float, kept: bool
) -> None:
    """And one that does not is of now: who reads in the first reports sees what became of them."""
    watch = count(step=seconds)
    monkeypatch.setattr("summitry.shelf.monotonic", lambda: next(watch))
    ledger, tell = MemoryLedger(), Teller()
    shelf, now = Shelf(ledger), datetime(2024, 3, 1, tzinfo=UTC)
    assert shelf.tally(now)[1] == ()
    for said, status in (("2024-01-01", Status.ANNOUNCED), ("2024-02-12", Status.HELD)):
        ledger.append(tell(said, (status, OUTLET), when=day("2024-02-12")), now)
    later = now + timedelta(minutes=59)
    told = shelf.records(later)
    assert told
    assert shelf.tally(later) == ((now, ()) if kept else (shelf.state(later)[1], told))
    assert shelf.tally(now + timedelta(hours=1))[1] == told
