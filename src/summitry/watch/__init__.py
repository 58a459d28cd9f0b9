"""Feeds into a ledger, round after round, until told to stop.

What this promises: each item is read once, whatever happens in between. Readings are committed
first, what is remembered of the feed after that; a kill between the two costs one request and
no reading, since the ledger knows its reports. One feed never stops the others.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from threading import Event
from time import monotonic

from summitry import pipeline
from summitry.fetch import Failure, Fetcher, Trouble, host
from summitry.intake import Intake
from summitry.ledger import Ledger
from summitry.model import FeedOutcome, Subscription
from summitry.watch._after import Visit, after, is_due
from summitry.watch._items import Filled, as_given, from_page, visit
from summitry.watch._memory import give_back
from summitry.watch._spread import spread

__all__ = ["Filled", "Watch", "as_given", "from_page"]

_WIDTH = 8
"""Hosts asked at a time; each holds one document at most."""
_HANDFUL = 40
"""Reports read at a time: fewer than start workers, whose models take longer to load than most
feeds to read."""


@dataclass
class Watch:
    """Asks feeds and reads what is new in them."""

    ledger: Ledger
    fetcher: Fetcher
    intake: Intake
    """Reads the reports, and counts and names what cannot be read."""
    every: timedelta
    """From the beginning of a round to that of the next."""
    clock: Callable[[], datetime]
    filled: Filled = as_given
    """The text by which an item is read."""
    _over: Event = field(default_factory=Event, init=False)

    def stop(self) -> None:
        """Ask nobody any more; what has come is read and kept. Any thread may say so."""
        self._over.set()
        self.fetcher.close()

    def rounds(self, feeds: Callable[[], Iterable[str]]) -> Iterator[Iterator[Subscription]]:
        """Round after round until stopped; each has to be gone through before the next.

        Args:
            feeds: The addresses, asked for at every round, so that a list may change.

        Raises:
            LedgerError: Something could not be stored; what was stored before still is.
        """
        while not self._over.is_set():
            start = monotonic()
            yield self.round(feeds())
            give_back()
            self._over.wait(max(0.0, self.every.total_seconds() - (monotonic() - start)))

    def round(self, feeds: Iterable[str]) -> Iterator[Subscription]:
        """Ask each feed once, unless it is not due, and read what is new.

        Yields:
            Each feed with what came of it, as they answer. One that was not asked has the
            outcome WAITING; those that a stop cut short are left out.

        Raises:
            LedgerError: Something could not be stored; what was stored before still is.
        """
        known = {feed.url: feed for feed in self.ledger.feeds.all()}
        wanted = [known.get(url, Subscription(url=url)) for url in dict.fromkeys(feeds)]
        now = self.clock()
        asked = [feed for feed in wanted if is_due(feed, now)]
        for feed in wanted:
            if not is_due(feed, now):
                yield replace(feed, outcome=FeedOutcome.WAITING, items=0, stored=0)
        for feed, found in spread(asked, _host, self._visited, _WIDTH):
            if isinstance(found.answer, Failure) and found.answer.trouble is Trouble.STOPPED:
                continue
            yield self._taken(feed, found)

    def _visited(self, feed: Subscription) -> Visit:
        try:
            return visit(self.fetcher, feed, self.filled)
        except Exception as error:  # a door: one feed never stops the others
            reason = f"a fault of Summitry, please report it ({type(error).__name__}: {error})"
            return Visit(answer=Failure(Trouble.DOCUMENT, reason))

    def _taken(self, feed: Subscription, found: Visit) -> Subscription:
        """Read what a feed brought; only then is the visit remembered."""
        stored = self._stored(found)
        remembered = after(feed, found, stored, self.clock(), self.every)
        self.ledger.feeds.keep(remembered)
        return remembered

    def _stored(self, found: Visit) -> int:
        total, rest = 0, iter(found.reports)
        while some := list(islice(rest, _HANDFUL)):
            total += self.intake.enter(self.ledger, some, pipeline.known_of(self.ledger, some))
        return total


def _host(feed: Subscription) -> str:
    return host(feed.moved or feed.url)
