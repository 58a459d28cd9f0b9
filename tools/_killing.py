"""What the campaign of kills needs: a command in a process of its own, its end, and what is left.

Processes are forked from one that has loaded the models, so that a kill falls into the work and
not into the start.
"""

import json
import os
import random
import signal
import sqlite3
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import summitry
from summitry import care, pipeline
from summitry.export import diary_json
from summitry.ledger import open_ledger
from summitry.model import Entry, Judgement, Reading, Report

__all__ = [
    "NOW",
    "Round",
    "Trouble",
    "Window",
    "book",
    "cli",
    "command",
    "committed",
    "ended",
    "forked",
    "killed",
    "read_row",
    "row",
    "said",
    "shown",
    "whole",
]

GUESTS = ("Norway", "Sweden", "Finland", "Denmark", "Iceland")
HOSTS = ("Poland", "Latvia", "Estonia", "Spain", "Italy", "Greece", "Malta")
NOW = datetime(2024, 3, 1, tzinfo=UTC)


class Trouble(Exception):  # noqa: N818
    """What was left is not what was promised."""


@dataclass(frozen=True)
class Round:
    """What one series of kills gets."""

    folder: Path
    kills: int
    chance: random.Random
    told: Counter[str]
    """Its figures, counted as they come."""

    @property
    def over(self) -> bool:
        return self.told["kills"] >= self.kills


@dataclass(frozen=True)
class Window:
    """The seconds in which a command works, from the fork to its end."""

    length: float

    @classmethod
    def of(cls, work: Callable[[int], Callable[[], object]], runs: int = 3) -> "Window":
        """As long as most of some undisturbed runs; each gets its number."""
        lengths = []
        for n in range(runs):
            start = time.monotonic()
            ended(forked(work(n)))
            lengths.append(time.monotonic() - start)
        return cls(statistics.median(lengths))

    def drawn(self, chance: random.Random) -> float:
        return chance.uniform(0.0, self.length)


def forked(work: Callable[[], object]) -> int:
    """Do something in a process of its own; returns its id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(code)


def command(*words: str, out: Path) -> Callable[[], object]:
    """A command as the command line runs it, with its words in a file."""

    def work() -> object:
        told = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(told, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
        return cli()(list(words), prog_name="summitry")

    return work


def cli() -> Callable[..., object]:
    from summitry.cli import cli as found  # noqa: PLC0415

    return found


def killed(child: int, after: float, look: Callable[[], object] = lambda: None) -> bool:
    """Kill after so many seconds; returns whether it had come to its end by then.

    Args:
        child: A process that was forked here.
        after: Seconds from now.
        look: Done over and over until then.
    """
    until = time.monotonic() + after
    while (rest := until - time.monotonic()) > 0:
        done, _ = os.waitpid(child, os.WNOHANG)
        if done:
            return True
        look()
        time.sleep(min(0.002, max(0.0, rest)))
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status)


def ended(child: int) -> None:
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise Trouble(f"an undisturbed run ended with {os.waitstatus_to_exitcode(status)}")


def committed(path: Path) -> set[str]:
    """The ids of entries that another program sees at this moment."""
    if not path.exists():
        return set()
    base = sqlite3.connect(path, timeout=10)
    try:
        return {row[0] for row in base.execute("SELECT id FROM summitry_entry")}
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return set()
        raise
    finally:
        base.close()


def whole(path: Path) -> list[Entry]:
    """All entries of a ledger that is whole, in their order."""
    with open_ledger(str(path)) as ledger:
        wrong = [f.told for f in care.checked(ledger, summitry.now()) if not f.sound]
        entries = [entry for _, entry in ledger.since(0)]
    if wrong:
        raise Trouble(f"not whole: {wrong[0]}")
    ids = [entry.id for entry in entries]
    if len(set(ids)) != len(ids):
        raise Trouble("an entry is there twice")
    return entries


def said(path: Path) -> list[Judgement]:
    """The decisions in a ledger that is whole."""
    return [entry for entry in whole(path) if isinstance(entry, Judgement)]


def shown(path: Path) -> object:
    """Diary and page of a ledger."""
    with open_ledger(str(path)) as ledger:
        full = diary_json(pipeline.diary(ledger, NOW))
        page = diary_json(pipeline.page(ledger, NOW))
    return full, page


def row(n: int) -> dict[str, str]:
    """The report of a visit; no two are alike."""
    guest, host = GUESTS[n % 5], HOSTS[n // 5 % 7]
    text = (
        f"The foreign minister of {guest} will visit {host} on {n % 28 + 1} March 2024,"
        f" the ministry said. It is visit number {n}."
    )
    when = f"2024-02-{n % 28 + 1:02}T{n % 24:02}:00:00+00:00"
    return {"id": f"n{n}", "outlet": "W", "published": when, "text": text}


def rows(path: Path, count: int) -> Path:
    """So many reports in a file."""
    path.write_text("".join(json.dumps(row(n)) + "\n" for n in range(count)), "utf-8")
    return path


def read_row(n: int) -> Reading:
    fields = row(n)
    when = datetime.fromisoformat(fields["published"])
    report = Report(outlet="W", published=when, text=fields["text"], ref=fields["id"])
    return pipeline.extract(report)


def book(path: Path) -> list[str]:
    """A ledger with some engagements; returns their ids."""
    with open_ledger(str(path)) as ledger:
        pipeline.update(ledger, [read_row(n) for n in range(40)], summitry.now())
        return [e.id for e in pipeline.diary(ledger, NOW)]
