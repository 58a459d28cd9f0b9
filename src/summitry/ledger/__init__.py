"""The append-only book of readings, judgements and withdrawals.

Nothing is ever changed or removed: what a better extractor, a corrected report or an editor
has to say is a further entry, and the questions below decide which entries count. Two clocks
run: *published* (when the world could know, cut by ``as_of``) and *recorded* (when the book
took it, cut by ``known_at``); both cuts include their instant.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

from summitry.ledger._overlaid import Overlaid
from summitry.ledger._row import Row
from summitry.ledger._slip import Slip, Slips, Stretch
from summitry.ledger.codec import decoded, encoded
from summitry.ledger.memory import MemoryLedger
from summitry.model import Entry, Recorded, Subscription

__all__ = [
    "Feeds",
    "Index",
    "Ledger",
    "Marks",
    "MemoryLedger",
    "Overlaid",
    "Row",
    "Slip",
    "Slips",
    "StoredLedger",
    "Stretch",
    "open_ledger",
    "unsaid",
]


class Index(Slips, Protocol):
    """In which engagement each mention stands: derived from the book, rebuilt from it."""

    def state(self) -> tuple[str, int]:
        """Who wrote the index, and the number of the last entry that it covers."""
        ...

    def write(
        self,
        slips: Iterable[Slip],
        gone: Iterable[str],
        before: tuple[str, int],
        after: tuple[str, int],
    ) -> bool:
        """Add or replace slips, and take away those of mentions that are gone.

        Another maker's slips are all taken away first.

        Returns:
            Whether the state was still as ``before``; otherwise nothing is written.
        """
        ...


class Feeds(Protocol):
    """What is remembered of watched feeds: no part of the book, and changed at every round."""

    def all(self) -> Iterator[Subscription]:
        """All feeds, in the order of their addresses."""
        ...

    def keep(self, subscription: Subscription) -> None:
        """Remember a feed, in the place of what was remembered of it.

        Raises:
            LedgerError: It could not be written; what was remembered before still is.
        """
        ...


class Marks(Protocol):
    """Which pieces of archives were read to their end: no part of the book, and only a saving.

    Without them all is read again, and nothing is entered twice.
    """

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Those of some names that were set."""
        ...

    def set(self, names: Iterable[str]) -> None:
        """Set some marks; those that are set stay so.

        Raises:
            LedgerError: They could not be written.
        """
        ...


class Ledger(Protocol):
    """What every store of entries can do."""

    def append(self, entry: Entry, recorded: datetime) -> bool:
        """Enter one entry; False when the book has it already, which changes nothing.

        Raises:
            ValueError: ``recorded`` has no time zone.
            LedgerError: It could not be stored; what was stored before still is.
        """
        ...

    def append_all(self, entries: Iterable[Entry], recorded: datetime) -> int:
        """Enter all entries or, when that fails, none; returns how many were new.

        Raises:
            ValueError: ``recorded`` has no time zone.
            LedgerError: They could not be stored; what was stored before still is.
        """
        ...

    def readings(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """The reading that counts for each report, oldest report first.

        Among the versions of a report's text published by ``as_of`` the newest; among the
        extractors' readings of that version the one recorded last. A report that does not
        say when it was published counts as published when its text was first recorded.
        """
        ...

    def readings_of(
        self,
        reports: Iterable[str],
        *,
        as_of: datetime | None = None,
        known_at: datetime | None = None,
    ) -> Iterator[Recorded]:
        """The reading that counts for each of some reports."""
        ...

    def since(self, covered: int) -> Iterator[tuple[int, Entry]]:
        """The entries after the one of that number, with theirs, as they came; 0 for all."""
        ...

    def naming(self, words: Iterable[str], as_of: datetime, most: int) -> Iterator[str]:
        """The ids of reports published by an instant in which all words stand, newest first.

        Letters count alike in both cases where the base knows them; parts of words count too.
        Some may hold a word elsewhere than in their text, or in another version of it.

        Args:
            words: At least one.
            as_of: The instant, inclusive.
            most: The most ids.
        """
        ...

    def newest(self) -> int:
        """The number of the newest entry, as in ``since``; 0 in an empty book."""
        ...

    def latest(self) -> datetime | None:
        """When the newest entry was recorded; None in an empty book."""
        ...

    def moment(self, as_of: datetime) -> datetime | None:
        """The last instant up to ``as_of`` at which a report was published or withdrawn.

        None where there was none. From that instant on until ``as_of`` the public record was
        the same. A report that does not say when it was published counts from its recording.
        """
        ...

    def differing(
        self,
        as_of: datetime,
        known_at: datetime | None = None,
        among: Sequence[str] | None = None,
    ) -> Iterator[str]:
        """The ids of the reports of which an instant knew otherwise than all entries tell.

        These are reports that were changed or withdrawn later, that do not say when they were
        published (their place among the others depends on the instant), or of which an entry
        that counts then was recorded after ``known_at``.

        Args:
            as_of: The instant, inclusive.
            known_at: Entries recorded later do not count; None counts all.
            among: Only these reports; None asks about all.
        """
        ...

    @property
    def index(self) -> Index:
        """In which engagement each mention stands."""
        ...

    @property
    def feeds(self) -> Feeds:
        """What is remembered of the feeds that are watched into this ledger."""
        ...

    @property
    def marks(self) -> Marks:
        """Which pieces of archives were read into this ledger."""
        ...

    def judgements(self, *, known_at: datetime | None = None) -> Iterator[Recorded]:
        """All judgements, in the order in which they were recorded."""
        ...

    def withdrawals(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """All withdrawals published by ``as_of``, in the order of their publication."""
        ...

    def close(self) -> None:
        """Let go of the store; what was appended stays."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


class Care(Protocol):
    """What a stored ledger is asked by who takes care of it."""

    def step(self) -> str:
        """The step of the migrations at which its tables stand."""
        ...

    def pages(self) -> Iterator[str]:
        """What the base itself finds wrong with its file."""
        ...

    def rows(self) -> Iterator[Row]:
        """Every row of the book in order, read back and compared with what it says of itself.

        Raises:
            LedgerError: The file is damaged where they stand.
        """
        ...

    def copy(self, to: Path) -> None:
        """Write the whole base, as it stands at this moment, to a new file.

        Raises:
            LedgerError: There is such a file already, it cannot be written, or the base is a
                server's.
        """
        ...


class StoredLedger(Ledger, Protocol):
    """A ledger in a file or on a server."""

    @property
    def care(self) -> Care:
        """Whether the base is whole, and copies of it."""
        ...

    def rescue(self, damaged: Path) -> Iterator[Row | Subscription]:
        """What can still be read of another file, which is left as it is: its book, its feeds.

        Raises:
            LedgerError: Nothing.
        """
        ...


def open_ledger(where: str) -> StoredLedger:
    """The ledger kept at a place, made there when there is none.

    Args:
        where: Path of an SQLite file, or an SQLAlchemy URL
            (``postgresql://user@host/base``).

    Raises:
        LedgerError: The place holds something else, was written by a newer release, or
            cannot be opened; the message names it and says what to do.
        ExtraMissing: The driver for a server is not installed.
    """
    # The database library takes longer to load than most commands take to run, and a
    # command without a ledger needs none of it.
    from summitry.ledger.sql import SqlLedger  # noqa: PLC0415

    return SqlLedger(where, encoded, decoded)


def unsaid(where: str) -> str:
    """A ledger's place as it may be shown: a URL without its password."""
    if "://" not in where:
        return where
    from summitry.ledger._engine import unsaid  # noqa: PLC0415 - as above

    return unsaid(where)
