"""Series of kills: what reads reports into a ledger (``read``, ``watch``, ``backfill``)."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from _killing import (
    Round,
    Trouble,
    Window,
    command,
    committed,
    ended,
    forked,
    killed,
    row,
    rows,
    shown,
    whole,
)
from _server import Made, Request, Site, answer, served

from summitry import intake
from summitry.backfill import Backfill, Crew, local
from summitry.ledger import open_ledger
from summitry.model import Reading

__all__ = ["backfilling", "reading", "watching"]

REPORTS = 30
"""Reports of one series: so few that ``read`` starts no workers."""
PATIENCE = 0.05
"""Seconds after which a batch is committed here, instead of one: many commits in a short run."""
PIECE = 300
"""Bytes of a piece of the archive: a report or two."""
FEEDS, PORTION, TIMES = 3, 4, 12
"""Feeds of one series of ``watch``, what each publishes before a start, and how many starts."""
WITH_WORKERS = 10
"""Each so manieth kill of ``backfill`` meets workers in processes of their own, whose models take
longer to load than there is to read."""


def reading(these: Round) -> None:
    """``read``; what another program saw committed is acknowledged."""
    reports = rows(these.folder / "reports.jsonl", REPORTS)

    def work(path: Path) -> Callable[[], object]:
        done = command("read", str(reports), "--ledger", str(path), out=these.folder / "out")
        return partial(_often, done)

    _from_files(these, work)


def _often(work: Callable[[], object]) -> None:
    """Do it with many small batches."""
    intake._PATIENCE = PATIENCE
    work()


def backfilling(these: Round) -> None:
    """``backfill``, piece by piece; what another program saw committed is acknowledged."""
    archive = rows(these.folder / "archive.jsonl", REPORTS)

    def here() -> Crew:
        hand = ThreadPoolExecutor(1)
        return Crew(hand, 1, partial(hand.shutdown, cancel_futures=True))

    def work(crew: Callable[[], Crew], path: Path) -> Callable[[], object]:
        return lambda: _backfilled(archive, path, crew)

    few = these.kills // WITH_WORKERS
    _from_files(these, partial(work, here), these.kills - few)
    if few:
        _from_files(these, partial(work, partial(local, 1)))


def _backfilled(archive: Path, path: Path, crew: Callable[[], Crew]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    problems: list[str] = []
    with open_ledger(str(path)) as ledger:
        Backfill(ledger, crew, problems.append, lambda _: None).run([str(archive)], piece=PIECE)
    if problems:
        raise Trouble(problems[0])


def _from_files(these: Round, work: Callable[[Path], Callable[[], object]], most: int = 0) -> None:
    """Kill what reads one file into one ledger, until that has all of it; then another ledger.

    Args:
        these: What to do, and how often.
        work: What reads the file into a ledger.
        most: Kills after which it is enough; 0 for all.
    """
    calm = these.folder / "calm0.db"
    window = Window.of(lambda n: work(these.folder / f"calm{n}.db"))
    expected, length = shown(calm), len(whole(calm))
    while these.told["kills"] < (most or these.kills):
        path = these.folder / f"series{these.told['series']}.db"
        kept: set[str] = set()
        done = False
        while not done and these.told["kills"] < (most or these.kills):
            look = partial(_looked, path, kept)
            done = killed(forked(work(path)), window.drawn(these.chance), look)
            these.told["kills"] += not done
            there = {entry.id for entry in whole(path)} if path.exists() else set()
            these.told["in the work"] += not done and bool(there)
            if kept - there:
                raise Trouble(f"{len(kept - there)} entries that were seen are gone")
            these.told["acknowledged"] += len(kept)
        ended(forked(work(path)))
        if len(whole(path)) != length or shown(path) != expected:
            raise Trouble("the diary is another than that of an undisturbed run")
        these.told["series"] += 1
    for old in these.folder.glob("*.db*"):
        old.unlink()


def _looked(path: Path, kept: set[str]) -> None:
    kept |= committed(path)


class _Feed:
    """A feed that publishes a few reports now and then."""

    def __init__(self, number: int) -> None:
        self.items: list[str] = []
        self._number = number

    def publish(self) -> None:
        for _ in range(PORTION):
            n = len(self.items) * FEEDS + self._number
            fields = row(n)
            when = format_datetime(datetime.fromisoformat(fields["published"]))
            self.items.append(
                f"<item><title>Visit {n}</title><guid>{fields['id']}</guid>"
                f"<link>/news/{n}</link><pubDate>{when}</pubDate>"
                f"<description>{escape(fields['text'])}</description></item>"
            )

    def page(self, request: Request) -> Made:
        tag = f'"{len(self.items)}"'
        if request.headers.get("if-none-match") == tag:
            return answer(status="304 Not Modified", etag=tag)
        head = f"<rss version='2.0'><channel><title>Wire {self._number}</title>"
        return answer(f"{head}{''.join(self.items)}</channel></rss>".encode(), etag=tag)


@contextmanager
def _feeds(site: Site) -> Iterator[tuple[list[_Feed], list[str]]]:
    """Feeds that have published nothing yet, and their addresses, one host each."""
    feeds = [_Feed(n) for n in range(FEEDS)]
    urls = []
    for n, (host, feed) in enumerate(zip(site.ports, feeds, strict=True)):
        site.pages[f"/feed{n}"] = feed.page
        urls.append(site.url(f"/feed{n}", host))
    yield feeds, urls


def watching(these: Round) -> None:
    """``watch``, a round at a time, of feeds that publish between two rounds."""
    with served(*(f"127.0.3.{n + 1}" for n in range(FEEDS))) as site:
        while not these.over:
            with _feeds(site) as (feeds, urls):
                _watched(these, feeds, urls)
            these.told["series"] += 1


def _watched(these: Round, feeds: list[_Feed], urls: list[str]) -> None:
    """One series: a ledger, killed and started again, against one that read all at once."""
    path = these.folder / f"watch{these.told['series']}.db"

    def work(book: Path) -> Callable[[], object]:
        words = ("watch", *urls, "--ledger", str(book), "--once", "--every", "0s", "--delay", "0")
        done = command(*words, "--allow", "127.0.0.0/8", out=these.folder / "out")
        return partial(_often, done)

    for feed in feeds:
        feed.publish()
    window = Window.of(lambda n: work(these.folder / f"{path.stem}calm{n}.db"))
    kept: set[str] = set()
    for _ in range(TIMES):
        look = partial(_looked, path, kept)
        done = killed(forked(work(path)), window.drawn(these.chance), look)
        these.told["kills"] += not done
        there = {entry.id for entry in whole(path)} if path.exists() else set()
        if kept - there:
            raise Trouble(f"{len(kept - there)} entries that were seen are gone")
        these.told["acknowledged"] += len(kept)
        if these.over:
            break
        for feed in these.chance.sample(feeds, 2):
            feed.publish()
    ended(forked(work(path)))
    calm = these.folder / f"{path.stem}calm.db"
    ended(forked(work(calm)))
    published = sorted(
        f"n{n * FEEDS + k}" for k, f in enumerate(feeds) for n in range(len(f.items))
    )
    found = sorted(e.report.ref or "" for e in whole(path) if isinstance(e, Reading))
    if found != published:
        raise Trouble(f"{len(published)} items were published, {len(found)} are there")
    if shown(path) != shown(calm):
        raise Trouble("the diary is another than that of an undisturbed run")
    these.told["items"] += len(published)
