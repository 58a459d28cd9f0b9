"""Where something stands on the page of a diary: under its day, or in a lane without one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from summitry.export._words import day, sides, stretch, until
from summitry.model import OVER, Deadline, Diary, Engagement, Precision, Status, When

__all__ = ["Lane", "Standing", "lanes", "standing"]

_ENDED = "Ended"


class Lane(IntEnum):
    """The parts of the page, from top to bottom."""

    DAY = 0
    SOME_DAY = 1
    NO_DATE = 2
    BEFORE = 3


class Standing(NamedTuple):
    """Where an entry stands; in this order the page is read."""

    lane: Lane
    first: int
    """Ordinal of the earliest day on which it can be; before the diary's day the sooner passed
    comes first."""
    last: int
    """Ordinal of the latest day, where neither is certain."""
    heading: str
    title: str
    """By which those without a day are found; empty where days order them."""


def lanes(diary: Diary) -> Iterator[tuple[Lane, str, list[Engagement | Deadline]]]:
    """Engagements and deadlines under their headings, in the order of the page.

    What ended before the diary's day comes last, newest first: the page is about what is ahead.
    """
    today = diary.as_of.date()
    page: dict[tuple[Lane, str], list[Engagement | Deadline]] = {}
    every: list[Engagement | Deadline] = [*diary.engagements, *diary.deadlines]
    for stands, number in sorted((standing(e, today), n) for n, e in enumerate(every)):
        page.setdefault((stands.lane, stands.heading), []).append(every[number])
    for (lane, heading), found in page.items():
        yield lane, heading, found


def standing(entry: Engagement | Deadline, today: date) -> Standing:
    """Where an entry stands on the page of a day."""
    if isinstance(entry, Deadline):
        return _place(entry.when, today, lambda: entry.title)
    if entry.when is None and entry.status.value in OVER:
        # Over, though nobody said when: as old as the last word on it.
        age = -entry.last.toordinal() if entry.last else 0
        return Standing(Lane.BEFORE, age, 0, _ENDED, "")
    when = entry.when.value if entry.when else None
    if when is not None and entry.status.value is Status.HELD:
        when = _held(when, today)
    return _place(when, today, lambda: sides(p.value for p in entry.parties))


def _held(when: When, today: date) -> When:
    """The days on which what was held can have been: not those that are still to come."""
    rough = when.precision is not Precision.DAY
    if rough and (when.start is None or when.start < today):
        return replace(when, end=min(when.end or today, today))
    return when


def _place(when: When | None, today: date, title: Callable[[], str]) -> Standing:
    """Where something of an interval stands: what may be today as well as later begins today."""
    if when is None:
        return Standing(Lane.NO_DATE, 0, 0, "No date yet", title().casefold())
    last = when.end - timedelta(days=1) if when.end else date.max
    if last < today:
        return Standing(Lane.BEFORE, -last.toordinal(), 0, _ENDED, "")
    first = max(when.start or today, today)
    if when.precision is Precision.DAY and when.start is not None and when.end is not None:
        # A visit that is under way stands under today.
        return Standing(Lane.DAY, first.toordinal(), 0, day(first), "")
    words = until(when) if first == today and when.end else stretch(when)
    heading = words[:1].upper() + words[1:]
    ends = first.toordinal(), last.toordinal()
    return Standing(Lane.SOME_DAY, *ends, heading, title().casefold())
