"""A ledger that lives as long as its object: for libraries, examples and tests."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Self

from summitry.ledger._memory_feeds import MemoryFeeds
from summitry.ledger._memory_index import MemoryIndex
from summitry.ledger._memory_marks import MemoryMarks
from summitry.model import Entry, Judgement, Reading, Recorded, Withdrawal

__all__ = ["MemoryLedger"]


class MemoryLedger:
    """Entries in the order in which they came; nothing is ever changed or removed."""

    def __init__(self) -> None:
        self._entries: dict[str, Recorded] = {}
        self.index = MemoryIndex()
        self.feeds = MemoryFeeds()
        self.marks = MemoryMarks()

    def append(self, entry: Entry, recorded: datetime) -> bool:
        """Enter one entry; False when it is there already.

        Raises:
            ValueError: ``recorded`` has no time zone.
        """
        return self.append_all([entry], recorded) == 1

    def append_all(self, entries: Iterable[Entry], recorded: datetime) -> int:
        """Enter all entries; returns how many were new.

        Raises:
            ValueError: ``recorded`` has no time zone.
        """
        if recorded.tzinfo is None:
            raise ValueError("the time of recording has no time zone")
        now = recorded.astimezone(UTC)
        before = len(self._entries)
        for entry in tuple(entries):
            self._entries.setdefault(entry.id, Recorded(entry, now))
        return len(self._entries) - before

    def latest(self) -> datetime | None:
        """When the newest entry was recorded; None in an empty book."""
        newest = next(reversed(self._entries.values()), None)
        return newest.recorded if newest else None

    def readings(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """The reading that counts for each report, oldest report first."""
        order: dict[str, tuple[datetime, int, datetime, int]] = {}
        born: dict[tuple[str, str], tuple[datetime, int]] = {}
        chosen: dict[str, Recorded] = {}
        for number, record in enumerate(self._known(known_at)):
            entry = record.entry
            if not isinstance(entry, Reading):
                continue
            report = entry.report
            text = (report.id, report.version)
            first, rank = born.setdefault(text, (record.recorded, number))
            published = report.published or first
            if as_of is not None and published > as_of:
                continue
            key = (published, rank, record.recorded, number)
            if report.id not in order or key > order[report.id]:
                order[report.id], chosen[report.id] = key, record
        yield from (chosen[r] for r in sorted(chosen, key=lambda r: (order[r][0], r)))

    def readings_of(
        self,
        reports: Iterable[str],
        *,
        as_of: datetime | None = None,
        known_at: datetime | None = None,
    ) -> Iterator[Recorded]:
        """The reading that counts for each of some reports."""
        wanted = set(reports)
        for record in self.readings(as_of=as_of, known_at=known_at):
            if isinstance(record.entry, Reading) and record.entry.report.id in wanted:
                yield record

    def since(self, covered: int) -> Iterator[tuple[int, Entry]]:
        """The entries after a number, with theirs, in the order in which they came."""
        for number, record in enumerate(tuple(self._entries.values()), 1):
            if number > covered:
                yield number, record.entry

    def naming(self, words: Iterable[str], as_of: datetime, most: int) -> Iterator[str]:
        """The ids of reports in which all words stand, newest first."""
        wanted = [word.casefold() for word in words]
        found = []
        for record in self._entries.values():
            if isinstance(record.entry, Reading):
                report = record.entry.report
                text = f"{report.title}\n{report.text}".casefold()
                held = all(word in text for word in wanted)
                if held and report.published and report.published <= as_of:
                    found.append((report.published, report.id))
        yield from list(dict.fromkeys(i for _, i in sorted(found, reverse=True)))[:most]

    def newest(self) -> int:
        """The number of the newest entry; 0 in an empty book."""
        return len(self._entries)

    def moment(self, as_of: datetime) -> datetime | None:
        """The last instant up to ``as_of`` at which a report was published or withdrawn."""
        found = []
        for record in self._entries.values():
            match record.entry:
                case Reading(report=report):
                    found.append(report.published or record.recorded)
                case Withdrawal(published=published):
                    found.append(published)
                case Judgement():
                    pass
        return max((at for at in found if at <= as_of), default=None)

    def differing(
        self,
        as_of: datetime,
        known_at: datetime | None = None,
        among: Sequence[str] | None = None,
    ) -> Iterator[str]:
        """The ids of the reports of which an instant knew otherwise than all entries tell."""
        then: set[str] = set()
        later: set[str] = set()
        other: set[str] = set()
        for record in self._entries.values():
            match record.entry:
                case Reading(report=found):
                    report, published = found.id, found.published
                    if published is None:
                        other.add(report)
                    elif published <= as_of:
                        then.add(report)
                case Withdrawal(report=report, published=published):
                    pass
                case Judgement():
                    continue
            if published is not None and published > as_of:
                later.add(report)
            elif known_at is not None and record.recorded > known_at:
                other.add(report)
        every = other | (then & later)
        yield from sorted(every if among is None else every.intersection(among))

    def judgements(self, *, known_at: datetime | None = None) -> Iterator[Recorded]:
        """All judgements, in the order in which they were recorded."""
        kept = [r for r in self._known(known_at) if isinstance(r.entry, Judgement)]
        yield from kept

    def withdrawals(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """All withdrawals published by ``as_of``, in the order of their publication."""
        kept = [
            (r.entry.published, n, r)
            for n, r in enumerate(self._known(known_at))
            if isinstance(r.entry, Withdrawal)
        ]
        yield from (
            r for at, _, r in sorted(kept, key=lambda k: k[:2]) if not as_of or at <= as_of
        )

    def close(self) -> None:
        """Nothing to let go of."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _known(self, known_at: datetime | None) -> list[Recorded]:
        """Entries recorded by then, in the order in which they were recorded."""
        kept = (r for r in self._entries.values() if known_at is None or r.recorded <= known_at)
        return sorted(kept, key=lambda r: r.recorded)
