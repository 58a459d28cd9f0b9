"""``read`` killed in the middle leaves a ledger that opens, is whole, and goes on."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from summitry.ledger import open_ledger
from summitry.model import Reading

COMMAND = [sys.executable, "-m", "summitry", "read", "-", "--ledger"]
GUESTS = ("Norway", "Sweden", "Finland", "Denmark")
HOSTS = ("Poland", "Latvia", "Estonia", "Spain")


PATIENCE = 90
"""Seconds for a slow machine to load a language model and commit for the first time."""


def row(n: int) -> bytes:
    """The report of a visit; no two are alike."""
    guest, host = GUESTS[n % 4], HOSTS[n // 4 % 4]
    text = (
        f"The foreign minister of {guest} will visit {host} on {n % 28 + 1} March 2024,"
        f" the ministry said. It is visit number {n}."
    )
    fields = {"id": f"n{n}", "outlet": "W", "published": f"2024-02-{n % 28 + 1:02}"}
    return json.dumps({**fields, "text": text}).encode() + b"\n"


def fed(run: subprocess.Popen[bytes], path: Path, wanted: int) -> list[bytes]:
    """The rows given to a run, four a second, until another program sees so many entries."""
    assert run.stdin
    rows: list[bytes] = []
    for n in range(PATIENCE * 4):
        rows.append(row(n))
        run.stdin.write(rows[-1])
        run.stdin.flush()
        time.sleep(0.25)
        if committed(path) >= wanted:
            return rows
    pytest.fail("it commits at the end only")


def read(folder: Path, ledger: str, rows: list[bytes]) -> subprocess.CompletedProcess[bytes]:
    """An undisturbed run."""
    return subprocess.run(
        [*COMMAND, ledger],
        cwd=folder,
        input=b"".join(rows),
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )


def stored(path: Path) -> list[str]:
    """The input's own ids of all readings, straight from the book."""
    with open_ledger(str(path)) as ledger:
        entries = [record.entry for record in ledger.readings()]
    return [e.report.ref or "" for e in entries if isinstance(e, Reading)]


def committed(path: Path) -> int:
    """How many entries another program sees at this moment."""
    if not path.exists():
        return 0
    with sqlite3.connect(path, timeout=5) as base:
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        if ("summitry_entry",) not in names:
            return 0
        count: int = base.execute("SELECT count(*) FROM summitry_entry").fetchone()[0]
        return count


def test_a_kill_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    run = subprocess.Popen(
        [*COMMAND, "a.db"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    rows = fed(run, path, 3)
    acknowledged = committed(path)
    os.kill(run.pid, signal.SIGKILL)
    run.wait(30)
    with suppress(BrokenPipeError):
        run.communicate()

    before = stored(path)
    assert len(before) >= acknowledged
    assert len(set(before)) == len(before)

    rows += [row(len(rows) + n) for n in range(10)]
    done = read(tmp_path, "a.db", rows)
    after = stored(path)
    assert set(before) <= set(after)
    assert len(set(after)) == len(after)
    assert f"{len(after) - len(before)} new reading".encode() in done.stderr
    assert sorted(after) == sorted(f"n{n}" for n in range(len(rows))), "as if never killed"


def test_an_interrupt_keeps_what_is_in_hand(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    run = subprocess.Popen(
        [*COMMAND, "a.db"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        # A shell's background job starts with interrupts ignored, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    fed(run, path, 1)
    seen = committed(path)
    run.send_signal(signal.SIGINT)
    _, words = run.communicate(timeout=30)
    assert run.returncode == 130
    assert words.decode().splitlines() == ["stopped"]
    assert len(stored(path)) >= seen
