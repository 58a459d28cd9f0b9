"""Intervals as calendars and newsrooms want them: days with both ends, and instants."""

from datetime import UTC, date, datetime, time, timedelta

from summitry.model import Precision, When

__all__ = ["days", "instants", "truncated"]

_UTC = ("GMT", "UTC", "Z")


def days(when: When) -> tuple[date, date]:
    """The interval [start, end), an open end closed after the one day that is known."""
    day = timedelta(days=1)
    if when.start is not None:
        return when.start, when.end or when.start + day
    if when.end is None:
        raise ValueError("an interval needs at least one end")
    return when.end - day, when.end


def instants(when: When) -> tuple[datetime, ...]:
    """The instant at which it begins, where one day and a clock time in UTC are known.

    Empty otherwise. The names of other zones are ambiguous (IST is three of them).
    """
    printed = when.time.split()
    if when.precision is not Precision.DAY or when.days != 1 or when.start is None:
        return ()
    if len(printed) != 2 or printed[1] not in _UTC:
        return ()
    try:
        return (datetime.combine(when.start, time.fromisoformat(printed[0]), UTC),)
    except ValueError:
        return ()


def truncated(when: When) -> str:
    """The month or else the year that holds all days of an imprecise date: "2024-03".

    Coarser than the source, never false; empty for exact dates, and where two years share it.
    """
    first, end = days(when)
    last = end - timedelta(days=1)
    if when.precision is Precision.DAY or first.year != last.year:
        return ""
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"
