"""Archives into a ledger: once, in order, whatever is killed on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry import sources
from summitry.backfill import Backfill, Crew, Tally, dask, local
from summitry.backfill._work import Done, Task, read_task
from summitry.cli import cli
from summitry.errors import ExtraMissing, SummitryError
from summitry.intake import Intake
from summitry.ledger import Ledger, MemoryLedger, open_ledger
from summitry.model import Reading, Report

SIDES = ("Norway", "Sweden", "Finland", "Denmark", "Poland", "Latvia", "Estonia", "Spain")


def calendar(n: int) -> str:
    """A planned visit as a calendar tells it, which takes no model to read; no two are alike."""
    guest, host = SIDES[n % 8], SIDES[(n % 8 + 1 + n // 8 % 7) % 8]
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fjord Wire//EN",
        "BEGIN:VEVENT",
        f"UID:visit-{n}",
        "DTSTAMP:20240105T090000Z",
        f"DTSTART;VALUE=DATE:202403{n % 28 + 1:02}",
        f"SUMMARY:Foreign minister of {guest} visits {host}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of forty calendars."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:03}.ics").write_text(calendar(n))
    return folder


class Here(Executor):
    """Does at once what it is told, and breaks like a pool of processes where a word stands."""

    def __init__(self, breaks: Callable[[Task], bool] = lambda _: False) -> None:
        self.broken = False
        self.breaks = breaks

    def submit(self, _: object, task: Task) -> Future[Done]:  # type: ignore[override]
        if self.broken:
            raise BrokenExecutor("broken")
        future: Future[Done] = Future()
        if self.breaks(task):
            self.broken = True
            future.set_exception(BrokenExecutor("a worker died"))
        else:
            try:
                future.set_result(read_task(task))
            except Exception as error:
                future.set_exception(error)
        return future


class Desk:
    """A backfill in this process, with what it said."""

    def __init__(self, ledger: Ledger, breaks: Callable[[Task], bool] = lambda _: False) -> None:
        self.said: list[str] = []
        self.crews = 0

        def crew() -> Crew:
            self.crews += 1
            return Crew(Here(breaks), 2, lambda: None)

        self.backfill = Backfill(ledger, crew, self.said.append, lambda _: None)

    def run(self, *paths: Path, piece: int = 1) -> Tally:
        return self.backfill.run([str(path) for path in paths], piece=piece)


def ids(ledger: Ledger) -> list[str]:
    """All entries, in their order."""
    return [entry.id for _, entry in ledger.since(0)]


def one_after_the_other(*paths: Path) -> list[str]:
    ledger = MemoryLedger()
    Intake(lambda _: None, lambda _: None).store(ledger, [str(path) for path in paths])
    return ids(ledger)


def test_a_backfill_is_what_reading_makes(archive: Path, place: str) -> None:
    with open_ledger(place) as ledger:
        assert Desk(ledger).run(archive) == Tally(40, 40, 0, 0)
        assert ids(ledger) == one_after_the_other(archive)
        again = Desk(ledger)
        assert again.run(archive) == Tally(0, 0, 40, 0)
        assert again.crews == 0, "nobody is started for nothing"


def test_only_what_is_new_or_changed_is_read_again(archive: Path) -> None:
    ledger = MemoryLedger()
    Desk(ledger).run(archive, piece=1 << 20)
    (archive / "0000.ics").write_text(calendar(90))
    (archive / "007.ics").write_text(calendar(91))
    assert Desk(ledger).run(archive, piece=1 << 20) == Tally(2, 2, 39, 0)
    assert Desk(ledger).backfill.run([str(archive)], outlet="Other").reports == 41


def test_small_files_are_read_together(archive: Path) -> None:
    seen: list[int] = []

    def counted(task: Task) -> bool:
        seen.append(len(task.spans))
        return False

    Desk(MemoryLedger(), counted).run(archive, piece=4 * 400)
    assert sum(seen) == 40
    assert 2 < max(seen) < 10


def test_a_bad_piece_is_named_and_the_others_are_read(archive: Path) -> None:
    (archive / "005.ics").write_bytes(b"\x00\x01\x02 nothing \x00")
    (archive / "006.ics").unlink()
    (archive / "006.ics").symlink_to(archive / "nowhere")
    ledger = MemoryLedger()
    desk = Desk(ledger)
    tally = desk.run(archive, archive / "absent.jsonl")
    assert (tally.reports, tally.stored) == (38, 38)
    assert tally.failed == len(desk.said)
    assert any("005.ics" in line for line in desk.said)
    assert any("absent.jsonl: No such file" in line for line in desk.said)
    retried = Desk(ledger).run(archive)
    assert retried.skipped == 38
    assert retried.failed >= 1, "what could not be read is tried and named again"


def test_a_piece_that_kills_workers_is_given_up_and_named(archive: Path) -> None:
    """Others that were in hand when workers died are not blamed for it."""
    desk = Desk(ledger := MemoryLedger(), lambda task: "013" in task.spans[0].path)
    tally = desk.run(archive)
    assert (tally.reports, tally.failed) == (39, 1)
    assert "013.ics: could not be read (its worker died, time and again)" in desk.said[0]
    assert Desk(ledger).run(archive) == Tally(1, 1, 39, 0)


def test_a_piece_whose_worker_died_once_is_read(archive: Path) -> None:
    died: list[str] = []

    def once(task: Task) -> bool:
        name = task.spans[0].path
        if "013" in name and not died:
            died.append(name)
            return True
        return False

    desk = Desk(ledger := MemoryLedger(), once)
    assert desk.run(archive) == Tally(40, 40, 0, 0)
    assert died
    assert desk.crews == 2
    assert ids(ledger) == one_after_the_other(archive), "and the order is the same"


def test_a_fault_of_a_worker_is_one_line(archive: Path) -> None:
    def out_of_memory(task: Task) -> bool:
        if "020" in task.spans[0].path:
            raise MemoryError
        return False

    class Faulty(Here):
        def submit(self, _: object, task: Task) -> Future[Done]:  # type: ignore[override]
            try:
                return super().submit(_, task)
            except MemoryError as error:
                failed: Future[Done] = Future()
                failed.set_exception(error)
                return failed

    said: list[str] = []
    ledger = MemoryLedger()
    crew = Crew(Faulty(out_of_memory), 1, lambda: None)
    tally = Backfill(ledger, lambda: crew, said.append, lambda _: None).run(
        [str(archive)], piece=1
    )
    assert (tally.reports, tally.failed) == (39, 1)
    assert "020.ics: could not be read (MemoryError)" in said[0]


def test_a_missing_model_stops_all(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> Reading:
        raise SummitryError("no model")

    monkeypatch.setattr("summitry.workers.pipeline.extract", missing)
    with pytest.raises(SummitryError, match="no model"):
        Desk(MemoryLedger()).run(archive)


def test_a_worker_of_another_release_enters_nothing(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summitry.backfill.EXTRACTORS", ("x/9", "y/9"))
    desk = Desk(ledger := MemoryLedger())
    assert desk.run(archive, piece=1 << 20).failed == 1
    assert "another release" in desk.said[0]
    assert not ledger.newest()


# --- spans ----------------------------------------------------------------------------------

ROWS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(str.strip), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 200), st.sampled_from(["\n", "\r\n", "\n\n"]), st.booleans())
def test_lines_are_read_once_wherever_a_file_is_cut(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], most: int, ends: str, closed: bool
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.jsonl"
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(rows)]
    path.write_text(ends.join(lines) + ends * closed, newline="")
    found = list(sources.spans(path, most))
    assert all(isinstance(span, sources.Span) for span in found)
    whole = [r for r in sources.reports(path) if isinstance(r, Report)]
    cut = [
        r
        for span in found
        if isinstance(span, sources.Span)
        for r in sources.within(span)
        if isinstance(r, Report)
    ]
    assert [(r.id, r.version, r.ref) for r in cut] == [(r.id, r.version, r.ref) for r in whole]
    assert len(whole) == len(rows)


@pytest.mark.parametrize("most", [1, 700, 1 << 30])
def test_row_groups_are_read_once_wherever_a_table_is_cut(tmp_path: Path, most: int) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    days = [f"2024-02-{n + 1:02}T09:00:00+01:00" for n in range(20)]
    table = pa.table(
        {
            "id": list(range(20)),
            "text": [f"Talks number {n} are planned." for n in range(20)],
            "published": pa.array(days).cast(pa.timestamp("s", tz="UTC")),
            "embedding": [[0.5] * 8] * 20,
        }
    )
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, row_group_size=3)
    found = [s for s in sources.spans(path, most) if isinstance(s, sources.Span)]
    assert len(found) > 1 or most > 5000
    reports = [r for s in found for r in sources.within(s)]
    assert all(isinstance(r, Report) for r in reports), reports
    read = [r for r in reports if isinstance(r, Report)]
    assert [r.ref for r in read] == [str(n) for n in range(20)]
    assert read[0].published == datetime(2024, 2, 1, 8, tzinfo=UTC)
    assert read[7].origin == f"{path}:8"


def test_a_bad_table_is_named(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"number": [1, 2]}), path)
    (problem,) = sources.reports(path)
    assert "without a column text" in str(problem)
    path.write_bytes(b"PAR1" + b"\x07" * 60)
    (problem,) = sources.reports(path)
    assert "a damaged table" in str(problem)


# --- processes ------------------------------------------------------------------------------


def test_killed_workers_lose_and_repeat_nothing(archive: Path, tmp_path: Path) -> None:
    crews: list[Crew] = []
    killed: list[int] = []

    def crew() -> Crew:
        crews.append(local(2))
        return crews[-1]

    def kill(line: str) -> None:
        """Twice, when some of it is done."""
        pids = list(getattr(crews[-1].executor, "_processes", None) or ())
        if line.startswith(("8 of", "20 of")) and pids:
            os.kill(pids[0], signal.SIGKILL)
            killed.append(pids[0])

    said: list[str] = []
    with open_ledger(str(tmp_path / "a.db")) as ledger:
        tally = Backfill(ledger, crew, said.append, kill).run([str(archive)], piece=1)
        assert tally == Tally(40, 40, 0, 0), said
        assert ids(ledger) == one_after_the_other(archive)
    assert len(killed) == 2
    assert len(crews) > 1


DRIVER = """
import sys
from summitry.backfill import Backfill, local
from summitry.ledger import open_ledger
def main():
    crews = []
    def crew():
        crews.append(local(2))
        return crews[-1]
    def tell(line):
        print(line, *(getattr(crews[-1].executor, "_processes", None) or ()), flush=True)
    with open_ledger(sys.argv[1]) as ledger:
        Backfill(ledger, crew, print, tell).run([sys.argv[2]], piece=1)
if __name__ == "__main__":
    main()
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_killed_driver_loses_and_repeats_nothing(archive: Path, place: str) -> None:
    source = Path(__file__).parents[1] / "src"
    script = archive.parent / "driver.py"
    script.write_text(DRIVER)
    run = subprocess.Popen(
        [sys.executable, str(script), place, str(archive)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )
    assert run.stdout
    workers: list[int] = []
    for line in run.stdout:
        if line.startswith("12 of 40"):
            workers = [int(word) for word in line.split("stored")[1].split()]
            run.kill()
            break
    run.wait(60)
    run.stdout.close()
    assert run.returncode == -signal.SIGKILL
    assert len(workers) == 2
    for _ in range(100):
        if not any(map(alive, workers)):
            break
        time.sleep(0.1)
    assert not any(map(alive, workers)), "workers do not outlive who started them"
    with open_ledger(place) as ledger:
        before = ids(ledger)
        assert len(before) >= 12
        tally = Desk(ledger).run(archive)
        assert tally.skipped >= 12
        assert tally.stored == 40 - len(before)
        assert ids(ledger) == one_after_the_other(archive)


def test_the_command(archive: Path, tmp_path: Path) -> None:
    where = str(tmp_path / "a.db")
    words = ["backfill", str(archive), "--ledger", where, "--workers", "1"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert done.output == f"40 reports read, 40 new readings in {where}\n"
    (archive / "bad.ics").write_bytes(b"\x00\x01")
    again = CliRunner().invoke(cli, words)
    assert again.exit_code == 1
    assert "bad.ics: a binary file" in again.output
    assert "0 new readings" in again.output
    assert "40 pieces had been read before" in again.output
    assert CliRunner().invoke(cli, ["backfill", "-", "--ledger", where]).exit_code == 2


# --- a cluster ------------------------------------------------------------------------------


def test_dask_does_the_same(archive: Path) -> None:
    distributed = pytest.importorskip("distributed")
    ledger = MemoryLedger()
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        dashboard_address=":0",
        host="127.0.0.1",
        protocol="tcp",
    ) as cluster:
        address = cluster.scheduler_address
        backfill = Backfill(ledger, lambda: dask(address), pytest.fail, lambda _: None)
        assert backfill.run([str(archive)], piece=1600).stored == 40
    assert ids(ledger) == one_after_the_other(archive)


def test_no_cluster_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitry.backfill._crews._PATIENCE", "1s")
    with pytest.raises(SummitryError, match="tcp://127.0.0.1:1: no Dask scheduler answers"):
        dask("tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExtraMissing, match=r"summitry\[cluster\]"):
        dask("tcp://127.0.0.1:1")
