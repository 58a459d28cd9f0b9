"""A feed that is watched, and what is remembered of it from one round to the next."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

__all__ = ["FeedOutcome", "Subscription"]


class FeedOutcome(Enum):
    """What asking a feed came to in one round."""

    NEW = "new"
    """It had items that were not read before."""
    UNCHANGED = "unchanged"
    FAILED = "failed"
    """The server, the way to it or the document was at fault."""
    WAITING = "waiting"
    """Not asked: after failures, or because its server wants to be left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed that is watched; its memory is written after what it brought is in the ledger."""

    url: str
    """As the list of feeds names it."""
    moved: str = ""
    """Where it has moved for good; empty where it has not."""
    etag: str = ""
    """The validators of the newest document, sent with the next request; empty where the
    server gives none, or where something of that document is still to be read."""
    modified: str = ""
    seen: tuple[str, ...] = ()
    """Digests of items that are read: those of the newest document, and the latest before."""
    owed: tuple[tuple[str, int], ...] = ()
    """Digests of items whose page could not be had yet, and in how many rounds it was tried."""
    failures: int = 0
    """Rounds without success, in a row."""
    due: datetime | None = None
    """Not to be asked before this instant; None is at any time."""
    asked: datetime | None = None
    """When it was last asked; None is never."""
    outcome: FeedOutcome = FeedOutcome.UNCHANGED
    """What it came to then."""
    detail: str = ""
    """The trouble in one line, if there was any."""
    items: int = 0
    """Items that were new then."""
    stored: int = 0
    """Readings that the ledger took then: most news is about something else."""
