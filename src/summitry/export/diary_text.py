"""The diary in plain text, laid out as agencies lay out theirs.

Days are headings, lines ``** CITY - what - 0930 GMT``, two stars for what is new, ``(to Oct. 8)``
for what lasts. The layout has no place for doubt; so titles say how far a plan has come.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from summitry.export._dates import days, instants
from summitry.export._title import CERTAIN, titled
from summitry.export._words import MONTHS, plain, state
from summitry.model import Diary, Engagement, Precision, Status, When

__all__ = ["diary_text"]

_WEEKDAYS = (
    *("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY"),
    *("FRIDAY", "SATURDAY", "SUNDAY"),
)
_NEW = timedelta(days=1)
"""How long before the diary's instant what was first told is marked as new."""


def diary_text(diary: Diary, statuses: tuple[Status, ...] = CERTAIN) -> str:
    """A line for each engagement ahead that has a date, under its first day.

    Args:
        diary: What was over at its instant, and what reports only recall, is left out.
        statuses: By default announced and above: whoever prints it takes every line for certain.

    Returns:
        Lines that end in a line feed. Imprecise dates stand under their month, or the year,
        with the words "day not set", after the days.
    """
    today = diary.as_of.date()
    shown = [
        (e, e.when.value)
        for e in diary
        if e.when and not e.background and e.status.value in statuses
        if days(e.when.value)[1] > today
    ]
    exact = sorted((w.start or days(w)[0], _line(diary, e, w)) for e, w in shown if _exact(w))
    vague = sorted((_stretch(w), _line(diary, e, w)) for e, w in shown if not _exact(w))
    head = ("Outlet: Summitry", f"Published: {diary.as_of.isoformat()}", "")
    told = f"Diplomatic diary from {_day(today)}, {today.year}"
    lines = [*head, told, "** Indicates new events", *_under(exact), *_later(vague)]
    return "".join(f"{line}\n" for line in lines)


def _exact(when: When) -> bool:
    return when.precision is Precision.DAY


def _under(entries: list[tuple[date, str]]) -> Iterator[str]:
    """The lines under the headings of their days."""
    last = None
    for first, line in entries:
        if first != last:
            yield ""
            yield f"{_WEEKDAYS[first.weekday()]}, {_day(first).upper()}, {first.year}"
        last = first
        yield line


def _later(entries: list[tuple[tuple[int, int], str]]) -> Iterator[str]:
    """The lines under the headings of their months or years."""
    last = None
    for stretch, line in entries:
        year, month = stretch
        if stretch != last:
            yield ""
            yield f"{MONTHS[month - 1].upper() + ' ' if month < 13 else ''}{year}, DAY NOT SET"
        last = stretch
        yield line


def _stretch(when: When) -> tuple[int, int]:
    """The year and month in which all its days lie; 13 where they lie in several months."""
    first, end = days(when)
    last = end - timedelta(days=1)
    same = (first.year, first.month) == (last.year, last.month)
    return first.year, first.month if same else 13


def _line(diary: Diary, e: Engagement, when: When) -> str:
    new = e.first is not None and diary.as_of - e.first <= _NEW
    where = e.place.value if e.place else None
    city = plain(where.name) if where else ""
    land = state(where.state) if where else ""
    place = f"{city.upper()}, {land}" if land and land != city else city.upper()
    first, end = days(when)
    last = end - timedelta(days=1)
    more = (
        f" (to {MONTHS[last.month - 1][:3]} {last.day})" if _exact(when) and last > first else ""
    )
    at = instants(when)
    clock = f" - {at[0]:%H%M} GMT" if at else ""
    return f"{'** ' if new else ''}{place or 'PLACE NOT SET'} - {titled(e)}{more}{clock}"


def _day(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"
