"""A ledger on a server: many writers, readers that skip nothing, and words without passwords."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from _tales import END, Teller, day
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from test_index import agree, histories

from summitry import pipeline
from summitry.cli import cli
from summitry.errors import ExtraMissing, LedgerError
from summitry.ledger import open_ledger, sql, unsaid
from summitry.ledger._counting import ENTRY
from summitry.model import Entry, Judgement, Reading, Report, Subscription, Verdict

T0 = datetime(2024, 1, 9, 10, tzinfo=UTC)


def reading(n: int, text: str = "Talks are planned.") -> Reading:
    report = Report(outlet="Agency", url=f"http://x/{n}", published=T0, text=text)
    return Reading(report=report, extractor="cascade/1")


WRITER = """
import sys
from datetime import UTC, datetime
from summitry.ledger import open_ledger
from summitry.model import Reading, Report
where, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open_ledger(where) as ledger:
    sys.stdin.readline()
    new = 0
    for n in range(first, last):
        reports = [Report(outlet="a", url=f"{m}", published=None, text="x") for m in (n, n + 1)]
        readings = [Reading(report=r, extractor="x") for r in reports]
        new += ledger.append_all(readings, datetime.now(UTC))
print(new)
"""


def test_writers_in_processes_lose_nothing_and_write_nothing_twice(place: str) -> None:
    """Three open one empty base at once and append, half of it the same."""
    source = Path(__file__).parents[1] / "src"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, place, str(first), str(first + 40)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(source)},
        )
        for first in (0, 20, 40)
    ]
    for run in runs:
        assert run.stdin
        run.stdin.write("go\n")
        run.stdin.flush()
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], told
    with open_ledger(place) as ledger:
        entries = [e for _, e in ledger.since(0) if isinstance(e, Reading)]
    assert sorted(int(e.report.url) for e in entries) == list(range(81))
    assert sum(int(out) for out, _ in told) == 81


def test_a_reader_that_goes_on_skips_no_entry(place: str) -> None:
    """Entries are asked for by number while four write: none comes in below what was seen."""
    with open_ledger(place) as ledger, ThreadPoolExecutor(4) as pool:

        def write(some: int) -> int:
            with open_ledger(place) as mine:
                return sum(mine.append(reading(some * 100 + n), T0) for n in range(25))

        jobs = [pool.submit(write, some) for some in range(4)]
        seen: list[str] = []
        covered = 0
        while True:
            over = all(job.done() for job in jobs)
            for number, entry in ledger.since(covered):
                covered = number
                seen.append(entry.id)
            if over:
                break
        assert [job.result() for job in jobs] == [25] * 4
        assert seen == [entry.id for _, entry in ledger.since(0)]
        assert len(seen) == 100


def test_a_lower_number_is_never_seen_after_a_higher_one(server: Callable[[], str]) -> None:
    """A writer that has its numbers and has not committed holds back the next one."""
    place = server()
    order: list[str] = []
    with open_ledger(place) as slow, open_ledger(place) as quick, open_ledger(place) as reader:
        began, go_on = threading.Event(), threading.Event()

        assert isinstance(slow, sql.SqlLedger)

        def hold() -> None:
            with slow.writing() as connection:
                row = slow.row_of(reading(1), T0)
                connection.execute(sa.insert(ENTRY), [row])
                began.set()
                go_on.wait(30)
                order.append("slow")

        def hurry() -> None:
            quick.append(reading(2), T0)
            order.append("quick")

        first = threading.Thread(target=hold)
        first.start()
        assert began.wait(30)
        second = threading.Thread(target=hurry)
        second.start()
        second.join(0.5)
        assert reader.newest() == 0, "readers do not wait, and see neither"
        go_on.set()
        first.join(30)
        second.join(30)
        assert order == ["slow", "quick"]
        assert [e.id for _, e in reader.since(0)] == [reading(1).id, reading(2).id]


def test_a_long_read_sees_one_state(place: str) -> None:
    with open_ledger(place) as ledger, open_ledger(place) as other:
        ledger.append_all([reading(n) for n in range(1200)], T0)
        seen = 0
        for number, _ in ledger.since(0):
            if seen == 0:
                other.append(reading(5000), T0)
            seen += 1
            assert number
        assert seen == 1200
        assert ledger.newest() > 1200


@given(histories())
@settings(max_examples=3, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_a_server_keeps_the_same_index(
    server: Callable[[], str], history: tuple[list[Entry], list[int]]
) -> None:
    steps, looks = history
    with open_ledger(server()) as ledger:
        agree(ledger, steps, looks)


def test_a_killed_connection_is_made_again(server: Callable[[], str]) -> None:
    place = server()
    with open_ledger(place) as ledger:
        ledger.append(reading(1), T0)
        raw = sa.create_engine(place, isolation_level="AUTOCOMMIT")
        with raw.connect() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'summitry'"
                )
            )
        raw.dispose()
        time.sleep(0.2)
        assert ledger.append(reading(2), T0)
        assert ledger.newest() == 2


def test_the_server_refuses_change(server: Callable[[], str]) -> None:
    place = server()
    with open_ledger(place) as ledger:
        ledger.append(reading(1), T0)
    raw = sa.create_engine(place)
    for statement in (
        "UPDATE summitry_entry SET payload = ''",
        "DELETE FROM summitry_entry",
        "TRUNCATE summitry_entry",
    ):
        with raw.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
            connection.execute(sa.text(statement))
    raw.dispose()


def test_a_newer_schema_is_left_alone(server: Callable[[], str]) -> None:
    place = server()
    open_ledger(place).close()
    raw = sa.create_engine(place)
    with raw.begin() as connection:
        connection.execute(sa.text("UPDATE summitry_version SET version_num = '0999'"))
    with pytest.raises(LedgerError, match="newer Summitry .schema 0999"):
        open_ledger(place)
    raw.dispose()


def test_tables_of_another_program_stay_beside_ours(server: Callable[[], str]) -> None:
    place = server()
    raw = sa.create_engine(place)
    with raw.begin() as connection:
        connection.execute(sa.text("CREATE TABLE birds (name TEXT)"))
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num TEXT)"))
    with open_ledger(place) as ledger:
        assert ledger.append(reading(1), T0)
    with raw.connect() as connection:
        assert {"birds", "alembic_version"} <= set(sa.inspect(connection).get_table_names())
    raw.dispose()


HOSTILE = "nul \x00 half \ud83d right-to-left \u202e quote ' % %(x)s :x ; --"


def test_any_text_is_held_and_asked_for(place: str) -> None:
    tell = Teller()
    told = tell("2024-01-05", when=day("2024-02-12"), text=HOSTILE)
    word = Judgement(verdict=Verdict.APPROVE, mentions=(HOSTILE,), author=HOSTILE, decided=T0)
    with open_ledger(place) as ledger:
        assert ledger.append_all([told, word], END) == 2
        assert [r.entry for r in ledger.readings()] == [told]
        assert [r.entry for r in ledger.judgements()] == [word]
        ledger.feeds.keep(Subscription(url=HOSTILE, detail=HOSTILE))
        assert [f.url for f in ledger.feeds.all()] == [HOSTILE]
        assert len(pipeline.page(ledger, T0).engagements) == 1
        assert list(ledger.naming(["right-to-left"], END, 9)) == [told.report.id]
        assert not list(ledger.readings_of(["a\x00b"]))
        assert not list(ledger.index.near((), ["a\x00b"]))


def test_searching_knows_letters_and_signs(place: str) -> None:
    with open_ledger(place) as ledger:
        ledger.append(reading(1, 'Talks in Oslo, 100% "agreed"_ \\ today.'), T0)
        ledger.append(reading(2, "Talks in Ankara."), T0 + timedelta(days=1))
        one, two = reading(1).report.id, reading(2).report.id
        for words, found in (
            (["oslo"], [one]),
            (["TALKS", "ankara"], [two]),
            (["100%"], [one]),
            (['"agreed"_'], [one]),
            (["\\ today"], [one]),
            (["100_"], []),
            (["oslo", "ankara"], []),
        ):
            assert list(ledger.naming(words, END, 9)) == found, words
        assert len(list(ledger.naming(["talks"], END, 1))) == 1


# --- what is said ---------------------------------------------------------------------------

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://desk:{SECRET}@127.0.0.1:1/x",
        f"postgresql+psycopg://desk@127.0.0.1:1/x?password={SECRET}",
        f"postgresql://desk:{SECRET}@127.0.0.1:none/x",
        f"postgresql://desk:a@{SECRET}:/?#@127.0.0.1/x",
        f"postgresql://desk:{SECRET}@/x?host=/nowhere/{'a' * 200}",
        f"postgresql://desk:{SECRET}@127.0.0.1:1/x?no_such_option=1",
    ],
)
def test_no_password_is_ever_shown(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(LedgerError) as caught:
        open_ledger(url)
    assert "\n" not in str(caught.value)
    assert SECRET not in str(caught.value) + unsaid(url) + caplog.text
    done = CliRunner().invoke(cli, ["diary", "--ledger", url])
    assert done.exit_code == 2
    assert SECRET not in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_the_command_line_names_a_ledger_without_its_password(server: Callable[[], str]) -> None:
    place = server().replace("desk@", f"desk:{SECRET}@")
    words = ["read", "-", "--ledger", place, "--published", "2024-02-20", "--as-of", "2024-03-01"]
    done = CliRunner().invoke(cli, words, input="Nothing of note was said on Monday.")
    assert done.exit_code == 0, done.output
    assert "0 new readings in postgresql+psycopg://desk:***@/" in done.output
    assert SECRET not in done.output


def test_a_missing_driver_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'summitry\[postgres\]'"):
        open_ledger("postgresql://desk@127.0.0.1/x")
