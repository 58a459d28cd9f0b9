"""Which days does a unit of the calendar cover?"""

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from summitry.model import Precision

__all__ = ["DAY", "Direction", "Span", "days", "months", "nearest", "sized", "week"]

DAY = timedelta(days=1)
_LEAP_CYCLE = 8  # the longest wait for a 29 February, around 1900 and 2100


class Direction(Enum):
    """Whether the speaker looks ahead (plans) or back (recalls)."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Span(NamedTuple):
    """Days [start, end), where None is open."""

    start: date | None
    end: date | None
    precision: Precision


def days(first: date, count: int = 1, precision: Precision = Precision.DAY) -> Span:
    """``count`` days from the first."""
    return Span(first, first + count * DAY, precision)


def week(day: date) -> Span:
    """The week around a day, Monday to Sunday."""
    return days(day - day.weekday() * DAY, 7, Precision.WEEK)


def months(year: int, month: int, count: int = 1) -> Span:
    """``count`` whole months; a month outside 1 to 12 counts on into other years.

    Raises:
        ValueError: The calendar has no such year.
    """
    first, last = year * 12 + month - 1, year * 12 + month - 1 + count
    start, end = (date(n // 12, n % 12 + 1, 1) for n in (first, last))
    return Span(start, end, sized((end - start).days))


def sized(count: int) -> Precision:
    """The unit nearest to a number of days."""
    for limit, precision in (
        (3, Precision.DAY),
        (14, Precision.WEEK),
        (45, Precision.MONTH),
        (125, Precision.QUARTER),
    ):
        if count <= limit:
            return precision
    return Precision.YEAR


def nearest(
    of_year: Callable[[int], Span], day: date, way: Direction, grace: timedelta = timedelta()
) -> Span:
    """The yearly recurring span that is meant on a day.

    Looking ahead it is the first that ends less than ``grace`` before the day, or later; looking
    back the last that starts on the day or before.

    Raises:
        ValueError: No year near has such a span, as with 30 February.
    """
    ahead = way is Direction.FORWARD
    years = range(-1, _LEAP_CYCLE) if ahead else range(1, -_LEAP_CYCLE, -1)
    for step in years:
        try:
            span = of_year(day.year + step)
        except (ValueError, OverflowError):
            continue
        start, end = span.start or day, span.end or day
        if end > day - grace if ahead else start <= day:
            return span
    raise ValueError("no such day in any year")
