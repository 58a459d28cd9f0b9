"""How long readers wait for the pages and the interface of a large ledger.

    bench_page.py [--claims 200000 | --ledger FILE --as-of DAY] [--clients 20] [--seconds 60]
                  [--warm 60] [--writes 0] [--json]

A ledger of told stories up to today, as ``bench_ledger.py`` grows them, is served by ``summitry
serve`` in a process of its own, and so many clients ask a question a second each: pages first,
then JSON. Most ask about one day, as readers of today's diary do; one in ten asks about some
other day of the last month. The server is given ``--warm`` seconds to warm up, half of them with
other questions of the same sort (``cold``).
``--writes`` enters so many reports a second meanwhile. Times are from the first byte sent to the
last one read, in milliseconds; ``processor`` is what a question cost the server on average.
"""

import argparse
import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import quote

import bench_ledger
from bench_ledger import A_YEAR, STATES, stories, told

from summitry import indexing, open_ledger, pipeline
from summitry.model import SourceClass, Status

OTHER_DAYS = 0.1
FILTERS = ["", "", "&certainty=announced", "&kind=visit", "&state=FR", "&state=G7&sources=2"]


def pages(day: date, ids: list[str], dice: random.Random) -> str:
    """The address of a page, the agenda most often."""
    at = f"as_of={_day(day, dice)}"
    one = quote(dice.choice(ids))
    return dice.choice(
        [
            *(f"/?{at}{dice.choice(FILTERS)}" for _ in range(4)),
            *(f"/e/{one}?as_of={day}" for _ in range(3)),
            f"/timeline?{at}",
            f"/month?{at}",
            f"/changes?as_of={day}",
            f"/state/{dice.choice(STATES)}?{at}",
            f"/pair/{'/'.join(dice.sample(STATES, 2))}?as_of={day}",
        ]
    )


def interface(day: date, ids: list[str], dice: random.Random) -> str:
    """The address of a JSON answer."""
    one = quote(dice.choice(ids))
    at = f"as_of={_day(day, dice)}"
    return "/api/v1" + dice.choice(
        [
            *(f"/diary?{at}{dice.choice(FILTERS)}" for _ in range(3)),
            f"/engagements/{one}?as_of={day}",
            f"/engagements/{one}/claims?as_of={day}",
            f"/changes?as_of={day}",
        ]
    )


def _day(day: date, dice: random.Random) -> date:
    return day - timedelta(days=dice.randint(1, 30)) if dice.random() < OTHER_DAYS else day


@contextlib.contextmanager
def served(where: str) -> Iterator[tuple[int, int]]:
    """The port on which a ledger is served, and the process that serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "summitry", "serve", "--ledger", where, "--rate", "0"]
    with subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield port, server.pid
        finally:
            server.terminate()


def asked(port: int, path: str) -> tuple[float, int, int]:
    """Milliseconds, status and bytes of one question."""
    start = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return (time.perf_counter() - start) * 1000, answer.status, len(body)


def load(
    port: int, make: Callable[[random.Random], str], seconds: int, clients: int, seed: str
) -> list[tuple[float, int, str]]:
    """What so many clients measured, a question a second each."""
    out: list[tuple[float, int, str]] = []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        dice = random.Random(f"{seed} {number}")
        time.sleep(dice.random())
        while (begun := time.monotonic()) < end:
            path = make(dice)
            took, status, _ = asked(port, path)
            out.append((took, status, path))
            time.sleep(max(0.0, 1 - (time.monotonic() - begun)))

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return out


def writer(where: str, day: date, rate: float, stop: threading.Event) -> None:
    """Enters a new report every so often."""
    with open_ledger(where) as ledger:
        for number in count():
            if stop.wait(1 / rate):
                return
            pair = (STATES[number % 20], STATES[(number + 7) % 20])
            said = (Status.ANNOUNCED, SourceClass.OUTLET)
            reading = told(f"live-{time.time()}-{number % 3}", day, -2, pair, said)
            pipeline.update(ledger, [reading], datetime.now(UTC))


def summary(found: list[tuple[float, int, str]]) -> dict[str, float]:
    """Percentiles of the waiting, and what was no answer."""
    times = sorted(t for t, _, _ in found)
    at = lambda share: round(times[min(len(times) - 1, int(share * len(times)))], 1)  # noqa: E731
    return {
        "questions": len(times),
        "failed": sum(status != 200 for _, status, _ in found),
        "p50": at(0.5),
        "p95": at(0.95),
        "p99": at(0.99),
        "max": round(times[-1], 1),
    }


def processor(pid: int) -> float:
    """Seconds that a process has spent on the processors."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    form = argparse.RawDescriptionHelpFormatter
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    ap.add_argument("--claims", type=int, default=200_000)
    ap.add_argument("--ledger", help="A ledger that is there already, with --as-of.")
    ap.add_argument("--as-of", type=date.fromisoformat)
    ap.add_argument("--clients", type=int, default=20)
    ap.add_argument("--seconds", type=int, default=60)
    ap.add_argument("--warm", type=float, default=60)
    ap.add_argument("--writes", type=float, default=0)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = a.ledger or str(Path(folder) / "book.db")
        day = a.as_of or datetime.now(UTC).date()
        bench_ledger.FIRST = day - timedelta(days=int(a.claims / A_YEAR * 365))
        with open_ledger(where) as ledger:
            if not a.ledger:
                pipeline.update(ledger, stories(a.claims), datetime(2026, 1, 1, tzinfo=UTC))
            indexing.reindex(ledger)
            full = pipeline.page(ledger, datetime(day.year, day.month, day.day, tzinfo=UTC))
        ids = [e.id for e in full]
        out: dict[str, object] = {"entries": len(ids), "as_of": str(day), "clients": a.clients}
        with served(where) as (port, pid):
            first = asked(port, f"/?as_of={day}")
            out["first page"] = round(first[0], 1)
            time.sleep(a.warm / 2)
            for sort in (pages, interface):
                ask = lambda dice, s=sort: s(day, ids, dice)  # noqa: E731
                found = load(port, ask, int(a.warm / 4), a.clients, "cold")
                out[f"cold {sort.__name__}"] = summary(found)
            stop = threading.Event()
            hand = threading.Thread(target=writer, args=(where, day, a.writes, stop))
            if a.writes:
                hand.start()
            for name, sort in (("pages", pages), ("interface", interface)):
                before = processor(pid)
                ask = lambda dice, s=sort: s(day, ids, dice)  # noqa: E731
                found = load(port, ask, a.seconds, a.clients, "warm")
                spent = (processor(pid) - before) * 1000 / len(found)
                out[name] = {**summary(found), "processor": round(spent, 1)}
                for took, status, path in sorted(found, reverse=True)[:5]:
                    print(f"{name}: {took:.0f} ms, {status} {path}", file=sys.stderr)
                for status, path in sorted({(s, p) for _, s, p in found if s != 200})[:5]:
                    print(f"{name}: {status} {path}", file=sys.stderr)
            stop.set()
            if a.writes:
                hand.join()
    print(json.dumps(out) if a.json else "\n".join(f"{k}: {v}" for k, v in out.items()))


if __name__ == "__main__":
    main()
