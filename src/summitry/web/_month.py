"""The diary as a grid of one month, week by week."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from summitry.model import Deadline, Diary, Engagement, Precision, When

__all__ = ["Cell", "Month", "month"]

_SPAN = 14
"""Days up to which a stretch with exact days is drawn on each of them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day."""

    day: date
    inside: bool
    """Whether it is of the month."""
    today: bool
    entries: tuple[Engagement, ...]
    due: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The grid."""

    first: date
    before: date
    """First day of the month before."""
    behind: date
    """First day of the month after."""
    weeks: tuple[tuple[Cell, ...], ...]
    some_day: tuple[Engagement, ...]
    """What may fall in the month, on no exact day."""


def month(diary: Diary, first: date) -> Month:
    """The month that begins on a day."""
    behind = (first + timedelta(days=32)).replace(day=1)
    exact = [(e, w) for e in diary if (w := _exact(e.when.value if e.when else None))]
    due = [(d, w) for d in diary.deadlines if (w := _exact(d.when))]
    inside = When(first, behind, Precision.MONTH)
    some_day = tuple(
        e
        for e in diary
        if e.when and not _exact(e.when.value) and e.when.value.overlaps(inside)
        if e.when.value.start or e.when.value.end
    )
    weeks = tuple(
        tuple(
            Cell(
                day=d,
                inside=d.month == first.month,
                today=d == diary.as_of.date(),
                entries=tuple(e for e, (start, end) in exact if start <= d < end),
                due=tuple(x for x, (start, end) in due if start <= d < end),
            )
            for d in week
        )
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    before = (first - timedelta(days=1)).replace(day=1)
    return Month(first, before, behind, weeks, some_day)


def _exact(when: When | None) -> tuple[date, date] | None:
    """The days of an exact date; None for any other."""
    if when is None or when.start is None or when.end is None:
        return None
    exact = when.precision is Precision.DAY and (when.end - when.start).days <= _SPAN
    return (when.start, when.end) if exact else None
