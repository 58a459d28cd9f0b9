"""check, repair and backup: wrongs are found, what can be read is saved, nothing is harmed."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _old import STEPS, old_ledger
from _tales import OUTLET, PESKOV, Teller, day

from summitry import care, pipeline
from summitry.errors import LedgerError
from summitry.export import diary_json
from summitry.ledger import MemoryLedger, open_ledger
from summitry.model import (
    Entry,
    FeedOutcome,
    Judgement,
    Reading,
    Status,
    Subscription,
    Verdict,
    Withdrawal,
)

T0 = datetime(2024, 2, 1, 9, tzinfo=UTC)
NOW = datetime(2024, 6, 1, tzinfo=UTC)
PAGE = 4096


def told(count: int = 40) -> list[tuple[Entry, datetime]]:
    """Reports of several visits, an editor's word and a kill, each an hour after the other."""
    tell = Teller()
    entries: list[Entry] = [
        tell(
            f"2024-01-{n % 28 + 1:02}T10:00:00",
            ((Status.ANNOUNCED, Status.FLOATED, Status.POSTPONED)[n % 3], (OUTLET, PESKOV)[n % 2]),
            when=day(f"2024-0{n % 3 + 2}-12"),
            text=f"report {n} " + "of a visit " * 30,
        )
        for n in range(count)
    ]
    first = entries[0]
    assert isinstance(first, Reading)
    entries.append(Withdrawal(report=first.report.id, published=T0))
    entries.append(
        Judgement(verdict=Verdict.HIDE, mentions=("m002",), author="ed", decided=T0, field="")
    )
    return [(entry, T0 + timedelta(hours=n)) for n, entry in enumerate(entries)]


def made(path: Path, count: int = 40) -> Path:
    with open_ledger(str(path)) as ledger:
        for entry, recorded in told(count):
            ledger.append(entry, recorded)
        pipeline.page(ledger, NOW)  # makes the index
        ledger.feeds.keep(Subscription(url="https://a.example/f", outcome=FeedOutcome.FAILED))
    return path


def shown(path: Path) -> object:
    with open_ledger(str(path)) as ledger:
        return diary_json(pipeline.diary(ledger, NOW))


def wrong(path: Path) -> list[str]:
    with open_ledger(str(path)) as ledger:
        return [f"{f.part}: {f.told}" for f in care.checked(ledger, NOW) if not f.sound]


def raw(path: Path, *statements: str) -> None:
    """Change a file behind the guards' back."""
    with sqlite3.connect(path) as base:
        base.execute("DROP TRIGGER IF EXISTS summitry_entry_no_update")
        base.execute("DROP TRIGGER IF EXISTS summitry_entry_no_delete")
        for statement in statements:
            base.execute(statement)
    base.close()


def summitry(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "summitry", *words]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )


def test_a_whole_ledger_is_found_whole(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    with open_ledger(str(path)) as ledger:
        found = {f.part: f for f in care.checked(ledger, NOW)}
    assert set(found) == {"pages", "entries", "index", "feeds"}
    assert all(f.sound for f in found.values())
    assert found["entries"].told.startswith("40 readings, 1 judgement, 1 withdrawal;")
    assert found["index"].told == "agrees with the book on 39 mentions"
    assert found["feeds"].told == "1 remembered, 1 of which failed last"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "UPDATE summitry_entry SET payload = replace(payload, 'of a', 'of the') WHERE seq = 7",
            "its id, version belong",
        ),
        ("UPDATE summitry_entry SET payload = '{' WHERE seq = 7", "is damaged"),
        ("UPDATE summitry_entry SET type = 'judgement' WHERE seq = 7", "is damaged"),
        ("UPDATE summitry_entry SET published = '2020' WHERE seq = 7", "its published belong"),
        ("UPDATE summitry_entry SET recorded = 'noon' WHERE seq = 7", "is damaged"),
        ("UPDATE summitry_slip SET engagement = 'x' WHERE mention = 'm003'", "1 mentions do not"),
        ("DELETE FROM summitry_slip WHERE mention = 'm003'", "1 mentions do not"),
        ("UPDATE summitry_feed SET memory = '[]'", "the memory of feed"),
    ],
)
def test_what_was_changed_is_found(tmp_path: Path, change: str, says: str) -> None:
    path = made(tmp_path / "a.db")
    raw(path, change)
    found = wrong(path)
    assert any(says in line for line in found), found


def test_the_index_is_made_anew(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    before = shown(path)
    raw(path, "UPDATE summitry_slip SET engagement = mention, joins = '[]'")
    assert wrong(path)
    with open_ledger(str(path)) as ledger:
        assert care.rebuilt(ledger) == 39
    assert wrong(path) == []
    assert shown(path) == before


def test_a_changed_entry_is_left_behind_and_all_others_come_over(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    raw(path, "UPDATE summitry_entry SET payload = '{' WHERE seq = 7")
    before = path.read_bytes()
    with open_ledger(str(tmp_path / "b.db")) as ledger:
        done = care.rescued(path, ledger)
        kept = [entry.id for _, entry in ledger.since(0)]
        recorded = ledger.latest()
    assert done.entries == 41
    assert done.feeds == 1
    assert [line.split(" (")[0] for line in done.lost] == ["entry 7"]
    assert kept == [entry.id for n, (entry, _) in enumerate(told(), 1) if n != 7]
    assert recorded == told()[-1][1]
    assert path.read_bytes() == before
    assert wrong(tmp_path / "b.db") == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of many pages, made once; tests harm copies of it."""
    return made(tmp_path_factory.mktemp("large") / "a.db", 120)


@pytest.mark.parametrize("seed", range(4))
def test_a_torn_page_costs_what_stood_on_it(tmp_path: Path, large: Path, seed: int) -> None:
    path = Path(shutil.copyfile(large, tmp_path / "a.db"))
    whole = {entry.id for entry, _ in told(120)}
    data = bytearray(path.read_bytes())
    pages = len(data) // PAGE
    # Never the first page: without it nothing says that this is a base at all.
    at = 1 + (seed * 7919) % (pages - 1) if seed else pages - 1
    data[at * PAGE : (at + 1) * PAGE] = bytes([0xA5]) * PAGE
    path.write_bytes(data)
    before = path.read_bytes()
    done = summitry("check", "--ledger", "a.db", cwd=tmp_path)
    assert done.returncode in {0, 1}  # 0 where the page was a free one
    assert "Traceback" not in done.stderr
    saved = summitry("repair", "b.db", "--ledger", "a.db", cwd=tmp_path)
    assert "Traceback" not in saved.stderr
    if done.returncode:
        assert path.read_bytes() == before
    if saved.returncode == 1 and not (tmp_path / "b.db").exists():
        assert "restore a backup" in saved.stderr
        return
    with open_ledger(str(tmp_path / "b.db")) as ledger:
        kept = [entry.id for _, entry in ledger.since(0)]
    assert len(kept) == len(set(kept))
    assert set(kept) <= whole
    assert len(kept) > len(whole) / 2
    if len(kept) < len(whole):
        assert saved.returncode == 1
        assert saved.stderr.strip()
    assert wrong(tmp_path / "b.db") == []


def test_a_file_without_a_head_is_told_in_a_line(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    for words in (("check",), ("repair", "b.db")):
        done = summitry(*words, "--ledger", "a.db", cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr.startswith("Error: a.db: ")
        assert done.stderr.count("\n") == 1
    assert not (tmp_path / "b.db").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.db"]


def crashed(tmp_path: Path) -> Path:
    """A ledger whose last commits stand in its log alone, as a power cut leaves it."""
    path = made(tmp_path / "live.db", 10)
    with open_ledger(str(path)) as ledger:
        raw_base = sqlite3.connect(path)
        raw_base.execute("SELECT count(*) FROM summitry_entry").fetchone()
        for entry, recorded in told()[10:20]:
            ledger.append(entry, recorded)
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", tmp_path / f"cut.db{end}")
        raw_base.close()
    return tmp_path / "cut.db"


@pytest.mark.parametrize("left", [1.0, 0.9, 0.5, 0.1, 0.0])
def test_a_cut_log_costs_its_last_commits_alone(tmp_path: Path, left: float) -> None:
    path = crashed(tmp_path)
    log = path.with_name("cut.db-wal")
    log.write_bytes(log.read_bytes()[: int(log.stat().st_size * left)])
    expected = [entry.id for entry, _ in (*told(10), *told()[10:20])]
    with open_ledger(str(path)) as ledger:
        kept = [entry.id for _, entry in ledger.since(0)]
        assert all(f.sound for f in care.checked(ledger, NOW))
    assert kept == expected[: len(kept)]
    assert len(kept) == len(expected) if left == 1.0 else len(kept) >= 12


def test_a_backup_is_the_ledger_and_restores_it(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    done = summitry("backup", "safe.db", "--ledger", "a.db", cwd=tmp_path)
    assert (done.returncode, done.stdout.split(" in ")[0]) == (0, "42 entries")
    assert not list(tmp_path.glob("safe.db-*"))
    assert shown(tmp_path / "safe.db") == shown(path)
    again = summitry("backup", "safe.db", "--ledger", "a.db", cwd=tmp_path)
    assert again.returncode == 1
    assert "there is such a file already" in again.stderr
    path.unlink()
    back = summitry("backup", "a.db", "--ledger", "safe.db", cwd=tmp_path)
    assert back.returncode == 0
    assert shown(path) == shown(tmp_path / "safe.db")


def test_a_backup_is_taken_while_somebody_writes(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", 3)
    with open_ledger(str(path)) as ledger:
        for entry, recorded in told()[3:9]:
            ledger.append(entry, recorded)
        ledger.care.copy(tmp_path / "b.db")
        ledger.append(told()[9][0], NOW)
    with open_ledger(str(tmp_path / "b.db")) as copy:
        assert copy.newest() == 3 + 2 + 6


def test_there_has_to_be_a_ledger(tmp_path: Path) -> None:
    for words in (("check",), ("repair",), ("repair", "b.db"), ("backup", "b.db")):
        done = summitry(*words, "--ledger", "none.db", cwd=tmp_path)
        assert done.returncode == 2
        assert "none.db" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_ledger_that_may_not_be_written_is_read(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    _only_read(tmp_path, path)


def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    """By the base's own switch, which holds for everybody."""
    path = made(tmp_path / "a.db")
    with open_ledger(str(path)) as ledger:
        with ledger.writing() as connection:  # type: ignore[attr-defined]
            raw_base = connection.connection.driver_connection
        raw_base.execute("PRAGMA query_only = ON")
        with pytest.raises(LedgerError, match="could not be written .*; what was stored"):
            ledger.append(Withdrawal(report="x", published=T0), NOW)
        assert ledger.newest() == 42


def _only_read(folder: Path, path: Path) -> None:
    before = json.dumps(shown(path))
    path.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert json.dumps(shown(path)) == before
        done = summitry("withdraw", "m001", "--ledger", "a.db", cwd=folder)
        assert done.returncode == 1
        assert "could not be written" in done.stderr
    finally:
        folder.chmod(0o700)


def test_a_clock_that_goes_back_does_not_change_which_word_was_last(tmp_path: Path) -> None:
    early, late = T0 - timedelta(days=3), T0
    tell = Teller()
    first = tell("2024-01-05", (Status.ANNOUNCED, OUTLET), when=day("2024-02-12"))
    better = Reading(report=first.report, extractor="told/2", mentions=())
    with open_ledger(str(tmp_path / "a.db")) as stored:
        for ledger in (MemoryLedger(), stored):
            pipeline.update(ledger, [first], late)
            pipeline.update(ledger, [better], early)
            (counts,) = ledger.readings()
            assert counts.entry == better
            assert counts.recorded == late
    assert wrong(tmp_path / "a.db") == []


def test_a_clock_that_went_astray_is_told(tmp_path: Path) -> None:
    with open_ledger(str(tmp_path / "a.db")) as ledger:
        ledger.append(told()[0][0], NOW + timedelta(days=1))
        ledger.append(told()[1][0], NOW)
        found = [f.told for f in care.checked(ledger, NOW) if f.part == "clock"]
    assert found == [
        "1 entries were recorded in what is still the future",
        "went back 1 times between two entries",
    ]


@pytest.mark.parametrize("step", STEPS)
def test_a_ledger_of_every_release_says_the_same(tmp_path: Path, step: str) -> None:
    path = tmp_path / "old.db"
    old_ledger(path, step, told())
    assert shown(path) == shown(made(tmp_path / "new.db"))
    with open_ledger(str(path)) as ledger:
        pipeline.page(ledger, NOW)
    assert wrong(path) == []
