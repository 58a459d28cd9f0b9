"""Watched feeds: a table for the eye, and lines for a log."""

import json
from collections.abc import Iterable
from datetime import datetime

from summitry.export._words import plain
from summitry.model import FeedOutcome, Subscription

__all__ = ["feed_line", "feeds_table", "problem_line"]

_NAME, _LEAST = 60, 20
"""Columns for an address at most and at least."""
_FIXED = 44
"""Columns of all the others."""


def feeds_table(feeds: Iterable[Subscription], now: datetime, width: int) -> str:
    """A line a feed: what came of it, new items and readings, when it was and will be asked."""
    rows = sorted(feeds, key=lambda f: f.url)
    if not rows:
        return "no feed is watched into this ledger yet\n"
    name = max(_LEAST, min(_NAME, width - _FIXED, max(len(f.url) for f in rows)))
    lines = [f"{'feed':{name}}  {'outcome':9}  {'items':>5}  {'stored':>6}  {'asked':>8}  next"]
    for feed in rows:
        shown = plain(feed.url)
        shown = shown if len(shown) <= name else shown[: name - 1] + "…"
        asked = f"{_span((now - feed.asked).total_seconds())} ago" if feed.asked else "never"
        due = f"in {_span((feed.due - now).total_seconds())}" if feed.due else ""
        cells = f"{feed.outcome.value:9}  {feed.items:5}  {feed.stored:6}  {asked:>8}  {due}"
        lines.append(f"{shown:{name}}  {cells}".rstrip())
        if feed.detail:
            lines.append(f"  {plain(feed.detail)}")
    return "\n".join([*lines, _sum(rows), ""])


def feed_line(feed: Subscription, at: datetime) -> str:
    """One feed's outcome as one JSON object, for a log."""
    fields = {
        "at": at.isoformat(timespec="seconds"),
        "feed": plain(feed.url),
        "outcome": feed.outcome.value,
        "items": feed.items,
        "stored": feed.stored,
        "failures": feed.failures,
        "due": feed.due.isoformat(timespec="seconds") if feed.due else None,
        "detail": plain(feed.detail),
    }
    return json.dumps(fields, ensure_ascii=False)


def problem_line(words: str, at: datetime) -> str:
    """Something that could not be read as one JSON object, for a log."""
    fields = {"at": at.isoformat(timespec="seconds"), "problem": plain(words)}
    return json.dumps(fields, ensure_ascii=False)


def _sum(feeds: Iterable[Subscription]) -> str:
    counted = dict.fromkeys(FeedOutcome, 0)
    for feed in feeds:
        counted[feed.outcome] += 1
    return ", ".join(f"{n} {outcome.value}" for outcome, n in counted.items() if n)


def _span(seconds: float) -> str:
    """A length of time in its largest unit."""
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
