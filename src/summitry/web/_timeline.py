"""The diary as bars over days: an exact day is a mark, "some day in February" a hollow bar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from summitry.export import MONTHS, SHAPES, sides, stretch, value_words
from summitry.model import Diary, Engagement, Precision, When

__all__ = ["Bar", "Timeline", "timeline"]

WIDTH, LEFT, ROW, HEAD = 1080, 340, 26, 34
_BEFORE, _AHEAD = timedelta(days=7), timedelta(days=113)
_NAMED = timedelta(days=13)
"""Days that the name of a month takes: at the end of the picture it would be cut."""
_NAME = 40
"""Letters of a name that stand beside a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One engagement."""

    id: str
    name: str
    full: str
    shape: str
    status: str
    y: int
    x: float
    width: float
    exact: bool
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture; empty without bars."""

    width: int
    height: int
    left: int
    today: float
    months: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    left_out: int
    """Engagements with no day in the time shown."""


def timeline(diary: Diary, most: int) -> Timeline:
    """A week back and nearly four months ahead, at most so many bars."""
    today = diary.as_of.date()
    first, last = today - _BEFORE, today + _AHEAD
    scale = (WIDTH - LEFT - 12) / (last - first).days

    def across(day: date) -> float:
        return round(LEFT + (min(max(day, first), last) - first).days * scale, 1)

    inside = [
        (e, e.when.value)
        for e in diary
        if e.when and (e.when.value.start or first) < last and (e.when.value.end or last) > first
    ]
    # Where there are too many, what lies ahead stands before what is over.
    inside.sort(key=lambda p: ((p[1].end or last) <= today, p[1].start or first, p[0].id))
    shown = sorted(inside[:most], key=lambda p: (p[1].start or first, p[1].end or last, p[0].id))
    bars = tuple(
        _bar(e, when, HEAD + ROW * n, across(when.start or first), across(when.end or last))
        for n, (e, when) in enumerate(shown)
    )
    return Timeline(
        width=WIDTH,
        height=HEAD + ROW * len(bars) + 8,
        left=LEFT,
        today=across(today),
        months=_months(first, last, across),
        bars=bars,
        left_out=len(diary.engagements) - len(bars),
    )


def _bar(e: Engagement, when: When, y: int, x: float, end: float) -> Bar:
    who = sides(p.value for p in e.parties)
    status = value_words(e.status.value)
    return Bar(
        id=e.id,
        name=who if len(who) <= _NAME else who[: _NAME - 1] + "…",
        full=who,
        shape=SHAPES[e.status.value][0],
        status=str(e.status.value.value),
        y=y,
        x=x,
        width=max(round(end - x, 1), 6.0),
        exact=when.precision is Precision.DAY,
        words=f"{who}: {value_words(e.kind.value)}, {status}, {stretch(when)}",
    )


def _months(
    first: date, last: date, across: Callable[[date], float]
) -> tuple[tuple[float, str], ...]:
    """The first of each month inside, and its name."""
    out = []
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day < last - _NAMED:
        out.append((across(day), f"{MONTHS[day.month - 1][:3]} {day.year}"))
        day = (day + timedelta(days=32)).replace(day=1)
    return tuple(out)
