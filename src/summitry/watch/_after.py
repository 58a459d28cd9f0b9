"""What is remembered of a feed after it was asked, and when it is asked again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from summitry.fetch import Failure, Fetched, Trouble, Unchanged
from summitry.model import FeedOutcome, Report, Subscription

__all__ = ["Visit", "after", "is_due"]

_LONGEST = timedelta(days=1)
"""A feed that fails is asked once a day at least, whatever its server says."""
_GONE = 410
_REMEMBERED = 1000
"""Items of one feed that are known again, unless a document has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one feed had to give."""

    answer: Fetched | Unchanged | Failure
    reports: Sequence[Report] = ()
    """Those that were not read before, oldest last as feeds have them."""
    seen: tuple[str, ...] = ()
    """Digests of the document's items that are read when the reports are."""
    owed: tuple[tuple[str, int], ...] = ()
    problems: Sequence[str] = ()
    """What is wrong with the document or its items, a line each."""
    partial: bool = False
    """Whether there may be more in the document: it is damaged, or not all of it was taken."""


def is_due(feed: Subscription, now: datetime) -> bool:
    """Whether a feed may be asked."""
    return feed.due is None or feed.due <= now


def after(
    feed: Subscription, visit: Visit, stored: int, now: datetime, every: timedelta
) -> Subscription:
    """The feed with what is remembered of this visit.

    Args:
        feed: As it was remembered.
        visit: What came of asking it.
        stored: Readings that the ledger took of it.
        now: When it was asked.
        every: The time from round to round.
    """
    match visit.answer:
        case Failure() as failure:
            return _failed(feed, failure, now, every)
        case Unchanged(moved=moved):
            return replace(
                _good(feed, moved, now),
                outcome=FeedOutcome.UNCHANGED,
                detail="",
                items=0,
                stored=0,
            )
        case Fetched() as document:
            # With its validators a document of which something is missing would not come again.
            known = not visit.owed and not visit.partial
            return replace(
                _good(feed, document.moved, now),
                etag=document.etag if known else "",
                modified=document.modified if known else "",
                seen=_remembered(visit.seen, feed.seen),
                owed=visit.owed,
                outcome=FeedOutcome.NEW if visit.reports else FeedOutcome.UNCHANGED,
                detail=visit.problems[0] if visit.problems else "",
                items=len(visit.reports),
                stored=stored,
            )


def _remembered(now: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """The items of a document, and of those before it enough that one may leave and return."""
    return tuple(dict.fromkeys((*now, *before)))[: max(_REMEMBERED, len(now))]


def _good(feed: Subscription, moved: str, now: datetime) -> Subscription:
    """A feed that answered: its failures are forgotten, and where it has moved is not."""
    return replace(feed, moved=moved or feed.moved, failures=0, due=None, asked=now)


def _failed(feed: Subscription, failure: Failure, now: datetime, every: timedelta) -> Subscription:
    """A feed that failed: the next round may ask it, after that ever fewer.

    It is asked under its own address again, since a site that moves can move back.
    """
    failures = feed.failures + 1
    pause = every * (2 ** min(failures - 1, 20) - 1)
    if failure.status == _GONE:
        pause = _LONGEST
    if failure.trouble is Trouble.DOCUMENT:  # its server is well
        pause = timedelta()
    pause = min(max(pause, timedelta(seconds=min(failure.wait, 1e6))), _LONGEST)
    return replace(
        feed,
        moved="",
        failures=failures,
        due=now + pause if pause else None,
        asked=now,
        outcome=FeedOutcome.FAILED,
        detail=failure.reason,
        items=0,
        stored=0,
    )
