"""On which days could they meet?

A day is taken when one of them is known to be at an engagement on it. What is expected within
an interval but on no day of it yet presses on all its days alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import groupby

from summitry.desk._live import live, odds
from summitry.desk._who import involved
from summitry.gazetteer import DaysOff
from summitry.model import (
    DayOff,
    Diary,
    Engagement,
    FreeDays,
    Party,
    PlannedDay,
    Precision,
    Status,
    Window,
)

__all__ = ["windows"]

_LASTS = 1
"""Days that an engagement without an exact date is taken to last."""
_WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, where a state's own are not known."""


@dataclass(frozen=True, slots=True)
class _Load:
    """An engagement on the days [start, end) of somebody's calendar."""

    engagement: Engagement
    start: date
    end: date
    share: float
    """Expected part of each of these days that it takes; all of it where the date is exact."""
    exact: bool


def windows(
    diary: Diary,
    who: Sequence[Party],
    start: date,
    end: date,
    days_off: Mapping[str, DaysOff],
) -> FreeDays:
    """The calendar of all of them together, and its windows.

    Holidays and weekends are marked and end no window. The pressure of a day is that at least
    one of several engagements falls on it, were they independent:
    1 minus the product of (1 - odds / days of the interval).

    Args:
        diary: Whose engagements count; those that stand, and those under way.
        who: Persons, or states for whoever leads them.
        start: First day.
        end: Day after the last one, later than ``start``.
        days_off: Public holidays by state; states that are not in it are named in the answer.

    Raises:
        ValueError: There is no day in [start, end).
    """
    if end <= start:
        raise ValueError(f"no day from {start} to {end}")
    loads = list(_loads(diary, who, start))
    lands = tuple(dict.fromkeys(p.state for p in who if p.state))
    spread = (start + timedelta(days=n) for n in range((end - start).days))
    days = tuple(_day(day, loads, lands, days_off) for day in spread)
    return FreeDays(
        who=tuple(who),
        start=start,
        end=end,
        days=days,
        windows=tuple(_free(days)),
        no_calendar=tuple(state for state in lands if state not in days_off),
    )


def _loads(diary: Diary, who: Sequence[Party], start: date) -> Iterator[_Load]:
    """Every engagement that takes or may take a day of one of them."""
    today = diary.as_of.astimezone(UTC).date()
    for e in diary:
        when = e.when.value if e.when else None
        if when is None or when.start is None or when.end is None or when.end <= start:
            continue
        under_way = e.status.value is Status.HELD and when.end > today
        if not (under_way or live(e, today)):
            continue
        if any(involved(p, e, when.start) for p in who):
            exact = when.precision is Precision.DAY
            share = 1.0 if exact else min(1.0, odds(e) * _LASTS / when.days)
            yield _Load(e, when.start, when.end, share, exact)


def _day(
    day: date, loads: Sequence[_Load], lands: Sequence[str], days_off: Mapping[str, DaysOff]
) -> PlannedDay:
    here = [x for x in loads if x.start <= day < x.end]
    blocked = tuple(x.engagement for x in here if x.exact)
    free = 1.0
    for x in here:
        free *= 1.0 - x.share
    off = []
    for state in lands:
        calendar = days_off.get(state)
        name = calendar.holidays.get(day) if calendar else None
        if name:
            off.append(DayOff(state, name))
        elif day.weekday() in (calendar.weekend if calendar else _WEEKEND):
            off.append(DayOff(state, ""))
    return PlannedDay(
        day=day,
        blocked=blocked,
        pressing=tuple(x.engagement for x in here if not x.exact),
        pressure=1.0 if blocked else 1.0 - free,
        off=tuple(off),
    )


def _free(days: Sequence[PlannedDay]) -> Iterator[Window]:
    """The longest runs of days that are not taken."""
    for taken, run in groupby(days, key=lambda d: bool(d.blocked)):
        if not taken:
            inside = list(run)
            yield Window(
                start=inside[0].day,
                end=inside[-1].day + timedelta(days=1),
                pressure=sum(d.pressure for d in inside) / len(inside),
                working=sum(not d.off for d in inside),
            )
