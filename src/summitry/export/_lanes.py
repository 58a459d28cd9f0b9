"""Where something stands on the page of a diary: under its day, or in a lane without one."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum

from summitry.export._words import day, stretch
from summitry.model import Deadline, Diary, Engagement, Precision, When

__all__ = ["Lane", "lanes"]


class Lane(IntEnum):
    """The parts of the page, from top to bottom."""

    DAY = 0
    SOME_DAY = 1
    NO_DATE = 2
    BEFORE = 3


def lanes(diary: Diary) -> Iterator[tuple[Lane, str, list[Engagement | Deadline]]]:
    """Engagements and deadlines under their headings, in the order of the page.

    What ended before the diary's day comes last, newest first: the page is about what is ahead.
    """
    today = diary.as_of.date()
    page: dict[tuple[Lane, str], list[Engagement | Deadline]] = {}
    every: list[Engagement | Deadline] = [*diary.engagements, *diary.deadlines]
    for (lane, _, heading), number in sorted(
        (_place(_when(e), today), n) for n, e in enumerate(every)
    ):
        page.setdefault((lane, heading), []).append(every[number])
    for (lane, heading), found in page.items():
        yield lane, heading, found


def _when(entry: Engagement | Deadline) -> When | None:
    if isinstance(entry, Deadline):
        return entry.when
    return entry.when.value if entry.when else None


def _place(when: When | None, today: date) -> tuple[Lane, int, str]:
    """The lane, the order in it, and the heading."""
    if when is None:
        return Lane.NO_DATE, 0, "No date yet"
    last = when.end - timedelta(days=1) if when.end else date.max
    if last < today:
        return Lane.BEFORE, -last.toordinal(), "Ended"
    start = when.start or today
    if when.precision is not Precision.DAY or when.start is None or when.end is None:
        words = stretch(when)
        return Lane.SOME_DAY, start.toordinal(), words[:1].upper() + words[1:]
    # A visit that is under way stands under today.
    return Lane.DAY, max(start, today).toordinal(), day(max(start, today))
