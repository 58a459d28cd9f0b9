"""The memory of watched feeds in an SQL base: one row a feed, replaced at every round."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from summitry.errors import LedgerError
from summitry.model import FeedOutcome, Subscription, digest

__all__ = ["SqlFeeds", "remembered"]

_FEED = sa.table("summitry_feed", sa.column("id"), sa.column("memory"))


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
            rows = connection.execute(sa.select(_FEED.c.id, _FEED.c.memory)).all()
        kept = [_decoded(memory, key) for key, memory in rows]
        yield from sorted(kept, key=lambda feed: feed.url)

    def keep(self, subscription: Subscription) -> None:
        """Remember a feed, in the place of what was remembered of it."""
        with self._base.writing() as connection:
            key = digest(subscription.url)  # an address may be longer than a base can index
            connection.execute(sa.delete(_FEED).where(_FEED.c.id == key))
            row = {"id": key, "memory": _encoded(subscription)}
            connection.execute(sa.insert(_FEED), row)


def _encoded(subscription: Subscription) -> str:
    fields = asdict(subscription)
    for name in ("due", "asked"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    fields["outcome"] = subscription.outcome.value
    return json.dumps(fields, separators=(",", ":"))  # escaped: no base takes every character


def _decoded(memory: str, key: str) -> Subscription:
    """A subscription from its row.

    Raises:
        LedgerError: It is damaged; the message names it.
    """
    try:
        return remembered(memory)
    except ValueError as error:
        raise LedgerError(f"the memory of feed {key} is damaged: {error}") from error


def remembered(memory: str) -> Subscription:
    """A subscription from its JSON.

    Raises:
        ValueError: It is none.
    """
    try:
        fields = json.loads(memory)
        for name in ("due", "asked"):
            fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
        fields["outcome"] = FeedOutcome(fields["outcome"])
        fields["seen"] = tuple(fields["seen"])
        fields["owed"] = tuple((item, tries) for item, tries in fields["owed"])
        return Subscription(**fields)
    except (TypeError, KeyError) as error:
        raise ValueError(repr(error)) from error
