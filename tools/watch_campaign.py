"""Watch many feeds under faults, kills and restarts; every item has to be read exactly once.

    watch_campaign.py [--minutes 10] [--feeds 50] [--kills 6] [--seed 1] [--json]

A server on this machine publishes a short report now and then in each feed and does something
wrong with a quarter of the answers; ``summitry watch`` is run against it and, in the first half,
killed or stopped and started again. In the second half it is left alone and its memory is
sampled. Then the faults end, and when all has been read the ledger is compared with what was
published. The exit code is 0 if each item is in it once and nothing else is.
"""

import argparse
import gzip
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP / "src"), str(TOP / "tests")]

from _server import Made, Request, Site, answer, dripping, moved, served  # noqa: E402

from summitry.ledger import open_ledger  # noqa: E402
from summitry.model import Reading  # noqa: E402

GUESTS = ("Norway", "Sweden", "Finland", "Denmark")
HOSTS = ("Poland", "Latvia", "Estonia", "Spain")
FAULTY = 0.25
"""Share of answers that are wrong."""
SHOWN = 400
"""Items that a feed shows: all of the campaign, so that none is lost to a feed's own length."""
BOMB = gzip.compress(bytes(32 << 20))


@dataclass
class Feed:
    """A feed that grows."""

    number: int
    items: list[str] = field(default_factory=list)

    def publish(self) -> None:
        """A new report of a visit; no two are alike."""
        n = len(self.items)
        guest, host = GUESTS[(n + self.number) % 4], HOSTS[n // 4 % 4]
        text = (
            f"The foreign minister of {guest} will visit {host} on {n % 28 + 1} March 2024,"
            f" the ministry said. It is visit number {self.number}.{n}."
        )
        when = format_datetime(datetime(2024, 2, 1, n % 24, n // 24 % 60, tzinfo=UTC))
        name = f"{self.number}.{n}"
        self.items.insert(
            0,
            f"<item><title>Visit {name}</title><guid>{name}</guid><link>/news/{name}</link>"
            f"<pubDate>{when}</pubDate><description>{escape(text)}</description></item>",
        )

    @property
    def document(self) -> bytes:
        head = f"<rss version='2.0'><channel><title>Wire {self.number}</title>"
        return f"{head}{''.join(self.items[:SHOWN])}</channel></rss>".encode()


@dataclass
class Trouble:
    """What goes wrong, and how often it did."""

    chance: random.Random
    share: float = FAULTY
    done: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def page(self, feed: Feed) -> Callable[[Request], Made]:
        """The feed as it is served: well, or badly."""
        faults = {
            "500": lambda _: answer(status="500 Oh"),
            "429": lambda _: answer(status="429 Slow", retry_after="2"),
            "503": lambda _: answer(status="503 Later", retry_after="1"),
            "silent": lambda _: b"",
            "drip": dripping(b"HTTP/1.1 200 OK\r\n\r\n"),
            "cut": lambda _: answer(feed.document[:200], content_length="99999"),
            "broken": lambda _: answer(feed.document[: len(feed.document) // 2]),
            "bomb": lambda _: answer(BOMB, content_encoding="gzip"),
            "loop": moved("/feed"),
            "private": moved("http://169.254.169.254/"),
            "sign in": lambda _: answer(b"<!doctype html><p>Sign in"),
            "entities": lambda _: answer(b"<!DOCTYPE r [<!ENTITY x 'y'>]>" + feed.document),
            "no HTTP": lambda _: b"hello\r\n\r\n",
        }

        def page(request: Request) -> Made:
            with self.lock:
                wrong = self.chance.random() < self.share
                name = self.chance.choice(sorted(faults)) if wrong else "good"
                self.done[name] += 1
            return faults[name](request) if wrong else good(feed, request)

        return page


def good(feed: Feed, request: Request) -> Made:
    tag = f'"{len(feed.items)}"'
    if request.headers.get("if-none-match") == tag:
        return answer(status="304 Not Modified", etag=tag)
    return answer(gzip.compress(feed.document), etag=tag, content_encoding="gzip")


def started(folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """A watch of the list in a folder, in a process of its own."""
    command = [sys.executable, "-m", "summitry", "watch", "feeds.opml", "--ledger", "a.db"]
    command += ["--every", "3s", "--delay", "0", "--timeout", "1s", "--allow", "127.0.0.0/8"]
    env = {**os.environ, "PYTHONPATH": str(TOP / "src")}
    # A shell's background job starts with interrupts ignored, and hands that on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with log.open("ab") as lines:
        return subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=lines, env=env
        )


def size(run: subprocess.Popen[bytes]) -> float:
    """Megabytes that a process holds in memory; 0 when it is gone."""
    try:
        status = Path(f"/proc/{run.pid}/statm").read_text("ascii")
    except OSError:
        return 0.0
    return int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def ended(run: subprocess.Popen[bytes], how: signal.Signals) -> int:
    run.send_signal(how)
    return run.wait(60)


def stored(path: Path) -> list[str]:
    """The items in the ledger, by the feed's own ids."""
    with open_ledger(str(path)) as ledger:
        entries = [record.entry for record in ledger.readings()]
    return [e.report.ref or "" for e in entries if isinstance(e, Reading)]


def entries(path: Path) -> int:
    """Rows of the book, older versions of a report among them."""
    with open_ledger(str(path)) as ledger:
        return sum(1 for _ in ledger.since(0))


def campaign(folder: Path, site: Site, options: argparse.Namespace) -> dict[str, object]:
    """Run it all; returns the figures."""
    chance = random.Random(options.seed)
    trouble = Trouble(random.Random(options.seed + 1))
    feeds = [Feed(n) for n in range(len(site.ports))]
    # One host a feed: the path is the same, the page differs by its address.
    outlines = "".join(
        f'<outline xmlUrl="{site.url(f"/feed{n}", h)}"/>' for n, h in enumerate(site.ports)
    )
    (folder / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>", "utf-8")
    for feed in feeds:
        feed.publish()
        site.pages[f"/feed{feed.number}"] = trouble.page(feed)
    site.pages["/feed"] = moved("/feed")

    log, path = folder / "log", folder / "a.db"
    start, length = time.monotonic(), options.minutes * 60
    kills = sorted(chance.uniform(0.1, 0.5) * length for _ in range(options.kills))
    codes: list[int] = []
    sizes: list[tuple[float, float]] = []
    most = 0.0
    run = started(folder, log)
    last = start
    while (at := time.monotonic() - start) < length:
        time.sleep(0.2)
        if time.monotonic() - last > options.gap:
            last = time.monotonic()
            for feed in chance.sample(feeds, max(1, len(feeds) // 10)):
                feed.publish()
        if kills and at > kills[0]:
            kills.pop(0)
            how = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
            codes.append(ended(run, how))
            sizes.clear()
            run = started(folder, log)
        sizes.append((at, size(run)))
        most = max(most, sizes[-1][1])
        if run.poll() is not None:
            raise SystemExit(f"it ended by itself: {log.read_text('utf-8')[-2000:]}")
    trouble.share = 0.0
    published = {f"{feed.number}.{n}" for feed in feeds for n in range(len(feed.items))}
    patience = time.monotonic() + 120
    while time.monotonic() < patience and set(stored(path)) != published:
        time.sleep(1)
    code = ended(run, signal.SIGTERM)

    found = stored(path)
    lines = log.read_text("utf-8").splitlines()
    told = [found for line in lines for found in parsed(line)]
    return {
        "feeds": len(feeds),
        "minutes": round((time.monotonic() - start) / 60, 1),
        "requests": sum(trouble.done.values()),
        "faults": {name: n for name, n in sorted(trouble.done.items()) if name != "good"},
        "restarts": Counter(codes),
        "published": len(published),
        "in_the_ledger": len(found),
        "lost": sorted(published - set(found)),
        "twice": len(found) - len(set(found)) + entries(path) - len(found),
        "items_told": sum(line.get("items", 0) for line in told),
        "stored_told": sum(line.get("stored", 0) for line in told),
        "problems_told": [line["problem"] for line in told if "problem" in line],
        "other_lines": Counter(line[:60] for line in lines if not list(parsed(line))),
        "last_exit": code,
        "megabytes": minute_by_minute(sizes),
        "most_megabytes": round(most),
    }


def parsed(line: str) -> Iterator[dict[str, Any]]:
    """A line of the log, unless a kill cut it short or it was said before there was a log."""
    with suppress(ValueError):
        yield json.loads(line)


def minute_by_minute(sizes: list[tuple[float, float]]) -> list[int]:
    """Median memory in each minute of the last process, from its start."""
    minutes: dict[int, list[float]] = {}
    for at, megabytes in sizes:
        minutes.setdefault(int((at - sizes[0][0]) / 60), []).append(megabytes)
    return [round(statistics.median(minutes[n])) for n in sorted(minutes)]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("--minutes", type=float, default=10)
    words.add_argument("--feeds", type=int, default=50)
    words.add_argument("--kills", type=int, default=6)
    words.add_argument("--gap", type=float, default=2.0, help="seconds between two publications")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--json", action="store_true")
    options = words.parse_args()
    hosts = [f"127.0.1.{n + 1}" for n in range(options.feeds)]
    with tempfile.TemporaryDirectory() as folder, served(*hosts) as site:
        figures = campaign(Path(folder), site, options)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            shown = dict(value) if isinstance(value, Counter) else value
            print(f"{name.replace('_', ' '):14} {shown}")
    sys.exit(1 if figures["lost"] or figures["twice"] or figures["last_exit"] else 0)


if __name__ == "__main__":
    main()
