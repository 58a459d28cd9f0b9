"""What do the labelled words of a date expression say?

A *reading* takes the words of a shape (``lang/<code>/when.toml``) by their labels, the day of
publication and the direction in which the speaker looks, and gives the interval. It raises
ValueError or OverflowError when the calendar has no such day.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from summitry.extract._calendar import Direction, Span, nearest
from summitry.extract._tokens import Token

__all__ = ["GRACE", "Reading", "Words", "number", "step", "yearly"]

Words = Mapping[str, Token]
Reading = Callable[[Words, date, Direction], Span]

GRACE = timedelta(days=14)
"""A day without a year that lies so little back is not yet next year's."""
_AHEAD = ("next", "coming")
_BEHIND = ("last", "past")


def number(words: Words, label: str, default: int = 1) -> int:
    return int(words[label].value) if label in words else default


def step(words: Words) -> int:
    """-1, 0 or 1 for last, this and next; 0 when nothing is said."""
    kind = words["r"].kind if "r" in words else ""
    return (kind in _AHEAD) - (kind in _BEHIND)


def yearly(
    words: Words, day: date, way: Direction, of_year: Callable[[int], Span], grace: timedelta
) -> Span:
    """The span of the year that is named, or else of the year that is near."""
    if "y" in words:
        return of_year(number(words, "y"))
    if "r" in words:
        return of_year(day.year + step(words))
    return nearest(of_year, day, way, grace)
