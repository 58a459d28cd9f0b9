"""Is a ledger whole, and what can be done where it is not?

The book cannot be made again and is never touched here: what can be read of a damaged one is
entered into a new ledger. The index can be made again from the book at any time, and is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, pairwise
from pathlib import Path

from summitry.errors import LedgerError
from summitry.indexing import reindex
from summitry.ledger import Ledger, MemoryLedger, Row, Slip, StoredLedger
from summitry.model import FeedOutcome, Judgement, Reading, Subscription, Withdrawal
from summitry.resolve import RESOLVER

__all__ = ["Finding", "Rescue", "checked", "rebuilt", "rescued"]

_SHOWN = 10
"""Findings of one sort that are told one by one."""
_TOGETHER = 500
"""Entries in one transaction."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at one part of a ledger has shown."""

    part: str
    """``pages``, ``entries``, ``index``, ``feeds`` or ``clock``."""
    told: str
    """One line."""
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Rescue:
    """What came over from a damaged ledger."""

    entries: int
    feeds: int
    lost: tuple[str, ...]
    """A line for each row that could not be read or is not as it was written."""


def checked(ledger: StoredLedger, now: datetime) -> Iterator[Finding]:
    """Look at every part of a ledger; nothing is changed.

    Every entry is held in memory for a while, to see whether the index agrees with the book:
    some 15 kB each.

    Args:
        ledger: The ledger.
        now: The present instant: nothing can have been recorded later.
    """
    torn = list(ledger.care.pages())
    yield from (Finding("pages", line, sound=False) for line in torn[:_SHOWN])
    if not torn:
        yield Finding("pages", f"sound, schema {ledger.care.step()}")
    try:
        rows = list(ledger.care.rows())
    except LedgerError as error:
        yield Finding("entries", str(error), sound=False)
        return
    wrong = [row.wrong for row in rows if row.wrong]
    yield from (Finding("entries", line, sound=False) for line in wrong[:_SHOWN])
    if len(wrong) > _SHOWN:
        yield Finding("entries", f"and {len(wrong) - _SHOWN} more", sound=False)
    if not wrong:
        yield Finding("entries", f"{_counted(rows)}; all as they were written")
        yield _index(ledger, rows)
    yield from _clock(rows, now)
    yield _feeds(ledger)


def rebuilt(ledger: Ledger) -> int:
    """Make the index anew from the book; returns how many mentions it holds.

    Raises:
        LedgerError: It cannot be written, or the book cannot be read.
    """
    before = ledger.index.state()
    # Another maker's slips are all taken away first: also our own.
    while not ledger.index.write((), (), before, ("", 0)):
        before = ledger.index.state()
    return reindex(ledger)


def rescued(damaged: Path, into: StoredLedger) -> Rescue:
    """Enter what can be read of a damaged ledger into a new one, in its order.

    Args:
        damaged: A file, which is left as it is.
        into: An empty ledger.

    Raises:
        LedgerError: Nothing can be read, or the new ledger cannot be written.
    """
    lost: list[str] = []
    total = 0
    feeds: list[Subscription] = []
    good = _good(into.rescue(damaged), lost, feeds)
    for recorded, some in groupby(good, lambda found: found[1]):
        batch: list[Reading | Judgement | Withdrawal] = []
        for entry, _ in some:
            batch.append(entry)
            if len(batch) >= _TOGETHER:
                total += into.append_all(batch, recorded)
                batch = []
        total += into.append_all(batch, recorded)
    for feed in feeds:
        into.feeds.keep(feed)
    reindex(into)
    return Rescue(total, len(feeds), tuple(lost))


def _good(
    found: Iterator[Row | Subscription], lost: list[str], feeds: list[Subscription]
) -> Iterator[tuple[Reading | Judgement | Withdrawal, datetime]]:
    """The entries that are as they were written; the rest goes into the lists."""
    for row in found:
        if isinstance(row, Subscription):
            feeds.append(row)
        elif row.entry is not None and row.recorded is not None:
            yield row.entry, row.recorded
        else:
            lost.append(row.wrong)


def _counted(rows: list[Row]) -> str:
    """How many entries there are of each type."""
    sorts = {"reading": Reading, "judgement": Judgement, "withdrawal": Withdrawal}
    numbers = {n: sum(isinstance(row.entry, sort) for row in rows) for n, sort in sorts.items()}
    return ", ".join(f"{m:,} {name}{'' if m == 1 else 's'}" for name, m in numbers.items())


def _index(ledger: StoredLedger, rows: list[Row]) -> Finding:
    """Whether the index says of the entries that it covers what the book says."""
    maker, covers = ledger.index.state()
    if maker != RESOLVER:
        return Finding("index", "empty or of an older release; the next question makes it")
    book = MemoryLedger()
    for row in rows:
        if row.seq <= covers and row.entry is not None and row.recorded is not None:
            book.append(row.entry, row.recorded)
    reindex(book)
    here, there = _slips(ledger), _slips(book)
    unlike = [m for m in here.keys() | there.keys() if here.get(m) != there.get(m)]
    if unlike:
        told = f"{len(unlike)} mentions do not stand where the book puts them: summitry repair"
        return Finding("index", told, sound=False)
    behind = sum(row.seq > covers for row in rows)
    later = f"; {behind:,} newer entries come in with the next question" if behind else ""
    return Finding("index", f"agrees with the book on {len(here):,} mentions{later}")


def _slips(ledger: Ledger) -> dict[str, Slip]:
    """All slips of a ledger by their mention."""
    ever = datetime.max.replace(tzinfo=UTC)
    return {slip.mention: slip for slip in ledger.index.page(ever, date.min, ())}


def _clock(rows: list[Row], now: datetime) -> Iterator[Finding]:
    """Entries that were recorded later than now, or before those that stand before them."""
    times = [row.recorded for row in rows if row.recorded]
    ahead = sum(at > now for at in times)
    back = sum(b < a for a, b in pairwise(times))
    if ahead:
        yield Finding("clock", f"{ahead:,} entries were recorded in what is still the future")
    if back:
        yield Finding("clock", f"went back {back:,} times between two entries")


def _feeds(ledger: Ledger) -> Finding:
    """What is remembered of the feeds."""
    try:
        known = list(ledger.feeds.all())
    except LedgerError as error:
        return Finding("feeds", str(error), sound=False)
    failed = sum(feed.outcome is FeedOutcome.FAILED for feed in known)
    told = f"{len(known):,} remembered"
    return Finding("feeds", f"{told}, {failed:,} of which failed last" if failed else told)
