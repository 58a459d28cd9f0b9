"""Which entries stand on one page of a long list? By the key of the last one, not by number.

So nothing is shown twice or passed over when entries come in between two pages.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date
from typing import TypeVar

from summitry.export import Lane, standing
from summitry.model import Deadline, Diary, Engagement

__all__ = ["Lanes", "diary_key", "in_lanes", "page"]

T = TypeVar("T")
Entry = Engagement | Deadline
Lanes = list[tuple[Lane, str, list[Entry]]]
"""Headings with what stands under them."""
_TITLE = 24
"""Letters of a title in a key, which has to fit into an address."""
_FAR = 10_000_000
"""More days than any date counts: keys are texts, and so compare as numbers do."""


def page(
    items: Iterable[T], key: Callable[[T], tuple[str, ...]], after: tuple[str, ...], limit: int
) -> tuple[list[T], tuple[str, ...]]:
    """The first items behind a key, and the key of the last one if more follow, else nothing."""
    left = sorted((key(item), number, item) for number, item in enumerate(items))
    rest = [(k, item) for k, _, item in left if k > after]
    shown = rest[:limit]
    return [item for _, item in shown], shown[-1][0] if len(rest) > limit else ()


def diary_key(e: Engagement) -> tuple[str, ...]:
    """The order of the diary: dated ones by day, then those without a date."""
    when = e.when.value if e.when else None
    start = (when.start or when.end) if when else None
    first = e.first.astimezone(UTC).isoformat() if e.first else ""
    return (start.isoformat() if start else "9999-99-99", first, e.id)


def in_lanes(diary: Diary, after: tuple[str, ...], limit: int) -> tuple[Lanes, tuple[str, ...]]:
    """One page of the agenda under its headings, and the key of its end if more follow."""
    today = diary.as_of.date()
    every: list[Entry] = [*diary.engagements, *diary.deadlines]
    shown, end = page(every, lambda e: _lane_key(e, today), after, limit)
    lanes: Lanes = []
    for entry in shown:
        lane, _, _, heading, _ = standing(entry, today)
        if not lanes or lanes[-1][:2] != (lane, heading):
            lanes.append((lane, heading, []))
        lanes[-1][2].append(entry)
    return lanes, end


def _lane_key(entry: Entry, today: date) -> tuple[str, ...]:
    lane, first, last, heading, title = standing(entry, today)
    where = (str(int(lane)), f"{first + _FAR:09}", f"{last:09}", heading, title[:_TITLE])
    if isinstance(entry, Deadline):
        return (*where, "~", entry.id)  # behind the engagements of the day
    return (*where, *diary_key(entry))
