"""Where something stands on the page of a diary: under its day, or in a lane without one."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum

from summitry.export._words import day, stretch
from summitry.model import OVER, Deadline, Diary, Engagement, Precision, When

__all__ = ["Lane", "lanes", "standing"]

_ENDED = "Ended"


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
    for (lane, _, heading), number in sorted((standing(e, today), n) for n, e in enumerate(every)):
        page.setdefault((lane, heading), []).append(every[number])
    for (lane, heading), found in page.items():
        yield lane, heading, found


def standing(entry: Engagement | Deadline, today: date) -> tuple[Lane, int, str]:
    """Where an entry stands on the page of a day: its lane, its order there, its heading."""
    if isinstance(entry, Deadline):
        return _place(entry.when, today)
    if entry.when is None and entry.status.value in OVER:
        # Over, though nobody said when: as old as the last word on it.
        return Lane.BEFORE, -entry.last.toordinal() if entry.last else 0, _ENDED
    return _place(entry.when.value if entry.when else None, today)


def _place(when: When | None, today: date) -> tuple[Lane, int, str]:
    """The lane, the order in it, and the heading."""
    if when is None:
        return Lane.NO_DATE, 0, "No date yet"
    last = when.end - timedelta(days=1) if when.end else date.max
    if last < today:
        return Lane.BEFORE, -last.toordinal(), _ENDED
    start = when.start or today
    if when.precision is not Precision.DAY or when.start is None or when.end is None:
        words = stretch(when)
        return Lane.SOME_DAY, start.toordinal(), words[:1].upper() + words[1:]
    # A visit that is under way stands under today.
    return Lane.DAY, max(start, today).toordinal(), day(max(start, today))
