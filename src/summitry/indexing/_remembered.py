"""What every question needs of the book, kept: an entry costs what it is about.

Editors' words with their mentions as they are read today, and the reports of which an instant
knew otherwise. Both are what reading the whole book gives (a property test holds them together).
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import datetime
from threading import Lock

from summitry.ledger import Ledger
from summitry.model import Entry, Judgement, Reading, Recorded, Withdrawal
from summitry.resolve import as_read

__all__ = ["Remembered", "entries_of", "read_then", "reports_in"]

_INSTANTS = 64
"""Instants of which is kept what they knew otherwise."""
Clocks = tuple[datetime, datetime | None]


class Remembered:
    """What was asked of one ledger; may be asked from several threads at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._covered = -1
        """The number of the last entry that is taken account of; -1 before the first question."""
        self._said: dict[str, Judgement] = {}
        """As they were entered, by their ids, in the order of the book."""
        self._read: dict[str, Judgement] = {}
        """The same, about the mentions of today."""
        self._otherwise: OrderedDict[Clocks, set[str]] = OrderedDict()

    def standing(self) -> tuple[Judgement, ...]:
        """What editors decided, about the mentions as they are read today; the oldest first."""
        with self._lock:
            self._hear()
            return tuple(self._read[ident] for ident in self._said)

    def differing(self, as_of: datetime, known_at: datetime | None = None) -> frozenset[str]:
        """As ``Ledger.differing``."""
        with self._lock:
            self._hear()
            clocks = (as_of, known_at)
            if clocks not in self._otherwise:
                self._otherwise[clocks] = set(self._ledger.differing(as_of, known_at))
                while len(self._otherwise) > _INSTANTS:
                    self._otherwise.popitem(last=False)
            self._otherwise.move_to_end(clocks)
            return frozenset(self._otherwise[clocks])

    def _hear(self) -> None:
        """Take account of the entries that came since the last question."""
        if self._covered < 0:
            self._covered = self._ledger.newest()
            came: list[Entry] = list(entries_of(self._ledger.judgements()))
        else:
            numbered = list(self._ledger.since(self._covered))
            self._covered = numbered[-1][0] if numbered else self._covered
            came = [entry for _, entry in numbered]
        new = {entry.id: entry for entry in came if isinstance(entry, Judgement)}
        reports = reports_in(came)
        self._said |= new
        stale = {
            ident: said
            for ident, said in self._said.items()
            if ident in new or any(anchor.report in reports for anchor in said.anchors)
        }
        if stale:
            self._read |= zip(stale, read_then(self._ledger, stale.values()), strict=True)
        if reports:
            for clocks, kept in self._otherwise.items():
                kept.difference_update(reports)
                kept.update(self._ledger.differing(*clocks, sorted(reports)))


def read_then(
    ledger: Ledger,
    said: Iterable[Judgement],
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> tuple[Judgement, ...]:
    """Some judgements, about the mentions as they are read today, or were at an instant."""
    words = list(said)
    reports = sorted({anchor.report for judgement in words for anchor in judgement.anchors})
    records = ledger.readings_of(reports, as_of=as_of, known_at=known_at)
    return as_read(words, [r for r in entries_of(records) if isinstance(r, Reading)])


def reports_in(entries: Iterable[Entry]) -> set[str]:
    """The reports of which some entries say something new."""
    out = set()
    for entry in entries:
        match entry:
            case Reading():
                out.add(entry.report.id)
            case Withdrawal():
                out.add(entry.report)
            case Judgement():
                pass
    return out


def entries_of(records: Iterable[Recorded]) -> Iterator[Entry]:
    """The entries, without when they were recorded."""
    return (record.entry for record in records)
