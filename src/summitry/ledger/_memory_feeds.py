"""The memory of watched feeds, as long as the ledger's object lives."""

from collections.abc import Iterator

from summitry.model import Subscription

__all__ = ["MemoryFeeds"]


class MemoryFeeds:
    """Subscriptions by their address."""

    def __init__(self) -> None:
        self._kept: dict[str, Subscription] = {}

    def all(self) -> Iterator[Subscription]:
        """All feeds, in the order of their addresses."""
        yield from sorted(self._kept.values(), key=lambda s: s.url)

    def keep(self, subscription: Subscription) -> None:
        """Remember a feed, in the place of what was remembered of it."""
        self._kept[subscription.url] = subscription
