"""The memory of watched feeds in an SQL base: one row a feed, replaced at every round."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from summitry.errors import LedgerError
from summitry.model import FeedOutcome, Subscription

__all__ = ["SqlFeeds"]

_FEED = sa.table("summitry_feed", sa.column("url"), sa.column("memory"))


class _Base(Protocol):
    """How the ledger opens its base."""

    def reading(self) -> AbstractContextManager[sa.Connection]: ...

    def writing(self) -> AbstractContextManager[sa.Connection]: ...


class SqlFeeds:
    """Subscriptions as JSON by their address."""

    def __init__(self, base: _Base) -> None:
        self._base = base

    def all(self) -> Iterator[Subscription]:
        """All feeds, in the order of their addresses.

        Raises:
            LedgerError: One is damaged; the message names it.
        """
        with self._base.reading() as connection:
            rows = connection.execute(sa.select(_FEED.c.url, _FEED.c.memory)).all()
        for url, memory in sorted(rows):  # a base may have an order of letters of its own
            try:
                yield _decoded(memory)
            except (ValueError, TypeError, KeyError) as error:
                raise LedgerError(f"what is remembered of {url} is damaged: {error}") from error

    def keep(self, subscription: Subscription) -> None:
        """Remember a feed, in the place of what was remembered of it."""
        with self._base.writing() as connection:
            connection.execute(sa.delete(_FEED).where(_FEED.c.url == subscription.url))
            row = {"url": subscription.url, "memory": _encoded(subscription)}
            connection.execute(sa.insert(_FEED), row)


def _encoded(subscription: Subscription) -> str:
    fields = asdict(subscription)
    for name in ("due", "asked"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    fields["outcome"] = subscription.outcome.value
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _decoded(memory: str) -> Subscription:
    fields = json.loads(memory)
    for name in ("due", "asked"):
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    fields["outcome"] = FeedOutcome(fields["outcome"])
    fields["seen"] = tuple(fields["seen"])
    fields["owed"] = tuple((item, tries) for item, tries in fields["owed"])
    return Subscription(**fields)
