"""The book: what counts, when it was known, and that nothing stored is ever lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from summitry.errors import LedgerError
from summitry.ledger import Ledger, MemoryLedger, open_ledger
from summitry.ledger.codec import decoded, encoded
from summitry.model import (
    Anchor,
    Claim,
    Entry,
    Grade,
    Judgement,
    Kind,
    Mention,
    Modality,
    Part,
    Party,
    Place,
    Polarity,
    Precision,
    Reading,
    Recorded,
    Report,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Topic,
    Verdict,
    When,
    Withdrawal,
)

T0 = datetime(2024, 1, 9, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def report(
    n: int = 1, text: str = "Talks are planned.", published: datetime | None = T0
) -> Report:
    return Report(outlet="Agency", url=f"http://x/{n}", published=published, text=text)


def reading(
    n: int = 1,
    extractor: str = "cascade/1",
    text: str = "Talks are planned.",
    published: datetime | None = T0,
) -> Reading:
    return Reading(report=report(n, text, published), extractor=extractor)


@pytest.fixture(params=["memory", "file", "server"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    match request.param:
        case "memory":
            book: Ledger = MemoryLedger()
        case "file":
            book = open_ledger(str(tmp_path / "a.db"))
        case _:
            book = open_ledger(request.getfixturevalue("server")())
    with book:
        yield book


def entries(found: Iterator[Recorded]) -> list[Entry]:
    return [r.entry for r in found]


def test_appending_twice_is_appending_once(ledger: Ledger) -> None:
    assert ledger.append(reading(), T0) is True
    assert ledger.append(reading(), T0 + DAY) is False
    assert list(ledger.readings()) == [Recorded(reading(), T0)]
    assert ledger.append_all([reading(), reading(2), reading(2)], T0) == 1


def test_a_better_reading_counts_from_when_it_was_recorded(ledger: Ledger) -> None:
    old, new = reading(extractor="cascade/1"), reading(extractor="cascade/2")
    ledger.append(old, T0)
    ledger.append(new, T0 + DAY)
    assert entries(ledger.readings()) == [new]
    assert entries(ledger.readings(known_at=T0)) == [old]
    assert entries(ledger.readings(as_of=T0)) == [new]


def test_a_changed_text_counts_from_when_it_was_published(ledger: Ledger) -> None:
    first, second = reading(), reading(text="Talks are off.", published=T0 + DAY)
    ledger.append_all([first, second], T0 + 3 * DAY)
    assert entries(ledger.readings(as_of=T0)) == [first]
    assert entries(ledger.readings(as_of=T0 + DAY)) == [second]
    again = reading(extractor="cascade/2")
    ledger.append(again, T0 + 4 * DAY)
    assert entries(ledger.readings()) == [second], "an old version read again stays old"
    assert entries(ledger.readings(as_of=T0)) == [again]


def test_without_a_time_of_publication_the_recording_counts(ledger: Ledger) -> None:
    undated = reading(published=None)
    ledger.append(undated, T0)
    ledger.append(reading(published=None, extractor="cascade/2"), T0 + 9 * DAY)
    assert not list(ledger.readings(as_of=T0 - DAY))
    assert entries(ledger.readings(as_of=T0, known_at=T0)) == [undated]


def test_readings_come_oldest_report_first(ledger: Ledger) -> None:
    late, early = reading(1, published=T0 + DAY), reading(2, published=T0)
    ledger.append_all([late, early], T0)
    assert entries(ledger.readings()) == [early, late]


def test_some_reports_are_asked_for_as_all_are(ledger: Ledger) -> None:
    ledger.append(reading(1), T0)
    ledger.append(reading(2), T0)
    ledger.append(reading(2, text="Talks are off.", published=T0 + DAY), T0 + DAY)
    ledger.append(reading(2, extractor="cascade/2"), T0 + 2 * DAY)
    two = report(2).id
    for as_of in (None, T0, T0 + DAY):
        for known_at in (None, T0, T0 + DAY):
            found = ledger.readings(as_of=as_of, known_at=known_at)
            read = ((r, r.entry) for r in found)
            wanted = [r for r, e in read if isinstance(e, Reading) and e.report.id == two]
            assert list(ledger.readings_of([two], as_of=as_of, known_at=known_at)) == wanted


def test_times_compare_as_instants_not_as_text(ledger: Ledger) -> None:
    moscow = timezone(timedelta(hours=3))
    ledger.append(reading(published=T0.astimezone(moscow)), T0.astimezone(moscow))
    assert len(list(ledger.readings(as_of=T0, known_at=T0))) == 1
    assert not list(ledger.readings(as_of=T0 - timedelta(seconds=1)))
    assert not list(ledger.readings(known_at=T0 - timedelta(seconds=1)))


def test_judgements_and_withdrawals_keep_their_own_clocks(ledger: Ledger) -> None:
    judged = Judgement(verdict=Verdict.SAME, mentions=("a", "b"), author="eds", decided=T0)
    gone = Withdrawal(report="r", published=T0 + DAY, reason="wrong")
    ledger.append_all([judged, gone], T0 + 2 * DAY)
    assert entries(ledger.judgements()) == [judged]
    assert not list(ledger.judgements(known_at=T0))
    assert entries(ledger.withdrawals(as_of=T0 + DAY)) == [gone]
    assert not list(ledger.withdrawals(as_of=T0))
    assert not list(ledger.withdrawals(known_at=T0 + DAY))


def test_a_naive_time_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="zone"):
        ledger.append(reading(), datetime(2024, 1, 1))  # noqa: DTZ001


def test_reading_on_while_appending(ledger: Ledger) -> None:
    ledger.append_all([reading(n) for n in range(3)], T0)
    seen = []
    for record in ledger.readings():
        seen.append(record)
        ledger.append(reading(100 + len(seen)), T0)
    assert len(seen) == 3
    assert len(list(ledger.readings())) == 6


def test_all_or_none(place: str) -> None:
    def broken() -> Iterator[Entry]:
        yield reading(2)
        raise OSError("the feed broke off")

    with open_ledger(place) as ledger:
        ledger.append(reading(1), T0)
        with pytest.raises(OSError, match="feed"):
            ledger.append_all(broken(), T0)
        assert entries(ledger.readings()) == [reading(1)]


VERSIONS = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([None, T0, T0 + DAY]),
        st.sampled_from(["x/1", "x/2"]),
        st.integers(0, 3),
    ),
    max_size=8,
)


HISTORY = (VERSIONS, st.sampled_from([None, 0, 1, 2]), st.sampled_from([None, 0, 1, 2]))
Row = tuple[int, str, datetime | None, str, int]


@settings(max_examples=25, deadline=None)
@given(*HISTORY)
def test_memory_and_file_agree(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Row],
    as_of: int | None,
    known_at: int | None,
) -> None:
    with open_ledger(str(tmp_path_factory.mktemp("agree") / "a.db")) as file:
        agrees_with_memory(file, rows, as_of, known_at)


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(*HISTORY)
def test_memory_and_server_agree(
    server: Callable[[], str], rows: list[Row], as_of: int | None, known_at: int | None
) -> None:
    with open_ledger(server()) as base:
        agrees_with_memory(base, rows, as_of, known_at)


def agrees_with_memory(
    file: Ledger, rows: list[Row], as_of: int | None, known_at: int | None
) -> None:
    at = None if as_of is None else T0 + as_of * DAY
    known = None if known_at is None else T0 + known_at * DAY
    with MemoryLedger() as memory:
        # A ledger's own clock does not run backwards.
        for n, text, published, extractor, days in sorted(rows, key=lambda r: r[-1]):
            entry = reading(n, text=text, published=published, extractor=extractor)
            recorded = T0 + days * DAY
            assert memory.append(entry, recorded) == file.append(entry, recorded)
        ours = list(memory.readings(as_of=at, known_at=known))
        assert ours == list(file.readings(as_of=at, known_at=known))


# --- what is written down comes back -------------------------------------------------------

TEXT = st.text(max_size=12)
MAYBE = st.none() | TEXT
DATES = st.dates()


def whens() -> st.SearchStrategy[When]:
    return st.builds(
        lambda start, days, precision, text: When(
            start,
            start + timedelta(days=days) if start and days else (None if start else date.max),
            precision,
            text,
        ),
        st.none() | st.dates(max_value=date(9000, 1, 1)),
        st.integers(0, 400),
        st.sampled_from(Precision),
        TEXT,
    )


PARTIES = st.builds(Party, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | st.sampled_from(Part))
PLACES = st.builds(Place, TEXT, MAYBE)
TOPICS = st.builds(Topic, TEXT, st.sampled_from(Grade), MAYBE)
VALUES = st.one_of(
    st.sampled_from(Kind), st.sampled_from(Status), PARTIES, PLACES, TOPICS, whens()
)
SOURCES = st.builds(
    Source, TEXT, st.sampled_from(SourceClass), MAYBE, MAYBE, st.lists(TEXT).map(tuple)
)
SENTENCES = st.builds(Sentence, st.integers(0, 9), st.integers(0, 99), TEXT, st.booleans())
CLAIMS = st.builds(
    Claim,
    mention=st.sampled_from(["m", "other"]),
    slot=st.sampled_from(Slot),
    value=VALUES,
    source=SOURCES,
    modality=st.sampled_from(Modality),
    polarity=st.sampled_from(Polarity),
    sentence=SENTENCES,
    said_on=st.none() | DATES,
    why=TEXT,
)
MENTIONS = st.builds(
    Mention,
    id=st.just("m"),
    kind=st.sampled_from(Kind),
    parties=st.lists(PARTIES, max_size=2).map(tuple),
    place=st.none() | PLACES,
    when=st.none() | whens(),
    status=st.sampled_from(Status),
    modality=st.sampled_from(Modality),
    polarity=st.sampled_from(Polarity),
    background=st.booleans(),
    agenda=st.lists(TOPICS, max_size=2).map(tuple),
    claims=st.lists(CLAIMS, max_size=3).map(tuple),
)
ZONES = st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda d: timezone(timedelta(minutes=d // timedelta(minutes=1)))
)
TIMES = st.datetimes(timezones=ZONES)
REPORTS = st.builds(
    Report,
    outlet=TEXT,
    published=st.none() | TIMES,
    text=TEXT,
    title=TEXT,
    url=TEXT,
    language=TEXT,
    credits=st.lists(TEXT).map(tuple),
    origin=TEXT,
    ref=MAYBE,
)
ANCHORS = st.builds(
    Anchor,
    mention=TEXT,
    report=TEXT,
    kind=st.sampled_from(Kind),
    states=st.lists(TEXT).map(tuple),
    start=st.none() | st.dates(),
    end=st.none() | st.dates(),
    background=st.booleans(),
)
ENTRIES = st.one_of(
    st.builds(
        Reading,
        report=REPORTS,
        extractor=TEXT,
        mentions=st.lists(MENTIONS, max_size=2).map(tuple),
        notes=st.lists(TEXT).map(tuple),
    ),
    st.builds(
        Judgement,
        verdict=st.sampled_from(Verdict),
        mentions=st.lists(TEXT).map(tuple),
        field=TEXT,
        value=TEXT,
        author=TEXT,
        decided=TIMES,
        anchors=st.lists(ANCHORS, max_size=2).map(tuple),
    ),
    st.builds(Withdrawal, report=TEXT, published=TIMES, reason=TEXT),
)


@settings(max_examples=200, deadline=None)
@given(ENTRIES)
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    again = decoded(type(entry).__name__.lower(), encoded(entry))
    assert again == entry
    assert again.id == entry.id


def test_half_a_surrogate_pair_survives(ledger: Ledger) -> None:
    broken = reading(text="A broken \ud83d page")
    ledger.append(broken, T0)
    assert entries(ledger.readings()) == [broken]


def test_a_sentence_of_the_report_is_not_written_twice() -> None:
    text = "Headline\nThe president will visit in June."
    sentence = Sentence(9, len(text), text[9:])
    source = Source("outlet", SourceClass.OUTLET)
    claims = tuple(
        Claim(mention="m", slot=Slot.STATUS, value=s, source=source, sentence=sentence)
        for s in (Status.ANNOUNCED, Status.FLOATED)
    )
    mention = Mention(
        id="m",
        kind=Kind.VISIT,
        parties=(),
        status=Status.ANNOUNCED,
        modality=Modality.CERTAIN,
        claims=claims,
    )
    whole = Reading(report=report(text=text), extractor="x", mentions=(mention,))
    assert encoded(whole).count("will visit") == 1
    assert decoded("reading", encoded(whole)) == whole


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"report": 1}', "null"])
def test_what_is_no_entry_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError, match="not a reading|Expecting"):
        decoded("reading", line)
    with pytest.raises(ValueError, match="unknown"):
        decoded("poem", "{}")


# --- the file ------------------------------------------------------------------------------


def test_the_file_refuses_change(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_ledger(str(path)) as ledger:
        ledger.append(reading(), T0)
    with sqlite3.connect(path) as raw:
        for statement in ("UPDATE summitry_entry SET payload = ''", "DELETE FROM summitry_entry"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(statement)
    raw.close()


def test_a_damaged_entry_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_ledger(str(path)).close()
    with sqlite3.connect(path) as raw:
        raw.execute(
            "INSERT INTO summitry_entry (id, type, report, version, recorded, payload) "
            "VALUES ('abc', 'reading', 'r', 'v', '2024', '{}')"
        )
    raw.close()
    with (
        open_ledger(str(path)) as ledger,
        pytest.raises(LedgerError, match="entry abc is damaged"),
    ):
        list(ledger.readings())


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from summitry.ledger import open_ledger
from summitry.model import Reading, Report
ledger = open_ledger(sys.argv[1])
for n in range(1000):
    report = Report(outlet="a", url=str(n), published=None, text="x" * 3000)
    ledger.append(Reading(report=report, extractor="x"), datetime.now(UTC))
    print(n, flush=True)
    if n == 25:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def run(script: str, *args: str) -> subprocess.CompletedProcess[str]:
    source = Path(__file__).parents[1] / "src"
    return subprocess.run(
        [sys.executable, "-c", script, *args],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(source)},
    )


def test_what_was_acknowledged_survives_a_kill(place: str) -> None:
    path = place
    done = run(KILLED, path)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with open_ledger(path) as ledger:
        assert len(list(ledger.readings())) == 26
        assert ledger.append(reading(9999), T0)


FULL = """
import resource, signal, sys
from datetime import UTC, datetime
from summitry.errors import LedgerError
from summitry.ledger import open_ledger
from summitry.model import Reading, Report
ledger = open_ledger(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
for n in range(1000):
    report = Report(outlet="a", url=str(n), published=None, text="x" * 3000)
    try:
        ledger.append(Reading(report=report, extractor="x"), datetime.now(UTC))
    except LedgerError as error:
        print(n, error)
        break
"""


def test_no_room_left_is_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    done = run(FULL, path)
    number, _, message = done.stdout.partition(" ")
    assert message.startswith(f"{path}: could not be written ("), done.stderr
    assert message.count("\n") == 1
    with open_ledger(path) as ledger:
        assert len(list(ledger.readings())) == int(number) > 0


def test_two_writers_take_turns(place: str) -> None:
    path = place
    new: list[bool] = []

    def work(offset: int) -> None:
        with open_ledger(path) as ledger:
            new.extend(ledger.append(reading(n), T0) for n in range(offset, offset + 20))

    threads = [threading.Thread(target=work, args=(n * 10,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(new) == 60
    assert sum(new) == 40
    with open_ledger(path) as ledger:
        assert len(list(ledger.readings())) == 40
