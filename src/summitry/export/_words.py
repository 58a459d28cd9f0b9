"""Values in words that a person reads: days, sides, places, and text made safe to show.

Texts of reports are strangers' texts: nothing in them may steer a terminal or hide in it.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from summitry.gazetteer import states
from summitry.model import (
    Claim,
    Kind,
    Part,
    Party,
    Place,
    Precision,
    SourceClass,
    Status,
    Topic,
    Value,
    When,
)

__all__ = [
    "day",
    "party",
    "place",
    "plain",
    "said",
    "sides",
    "state",
    "stretch",
    "until",
    "value_words",
]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# C0 and C1 controls (escape sequences start there), marks that turn the direction of writing
# or hide characters, line and paragraph separators, and halves of surrogate pairs.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def plain(text: str) -> str:
    r"""A text on one line, without anything that steers a terminal.

    >>> plain("a\x1b[31mb\r\n c")
    'a [31mb c'
    """
    return " ".join(_UNSEEN.sub(" ", text).split())


def day(when: date) -> str:
    """A day with its weekday.

    >>> day(date(2024, 2, 12))
    'Mon 12 Feb 2024'
    """
    return f"{DAYS[when.weekday()]} {_short(when)} {when.year}"


def stretch(when: When) -> str:
    """An interval as one would say it, with its last day and not the day after.

    >>> stretch(When(date(2024, 2, 1), date(2024, 3, 1), Precision.MONTH))
    'some day in February 2024'
    >>> stretch(When(date(2024, 2, 12), date(2024, 2, 14), Precision.DAY))
    'Mon 12 Feb 2024 to Tue 13 Feb 2024'
    """
    if when.start is None and when.end is not None:
        return f"before {day(when.end)}"
    if when.start is None or when.end is None:
        return f"from {day(when.start or date.min)} on"
    first, last = when.start, when.end - timedelta(days=1)
    if when.precision is Precision.DAY:
        return day(first) if first == last else f"{day(first)} to {day(last)}"
    if first.day == 1 and when.end.day == 1:
        return f"some day in {_months(first, last)}"
    return f"some day from {_short(first)} to {_short(last)} {last.year}"


def until(when: When) -> str:
    """What is left of an interval with an end that has begun.

    >>> until(When(date(2024, 2, 1), date(2024, 3, 1), Precision.MONTH))
    'some day until 29 Feb 2024'
    """
    last = (when.end or date.max) - timedelta(days=1)
    return f"some day until {_short(last)} {last.year}"


def sides(parties: Iterable[Party]) -> str:
    """Who meets whom: the visitor's arrow points to the host."""
    known = tuple(parties)
    guests = [party(p) for p in known if p.part is Part.VISITOR]
    hosts = [party(p) for p in known if p.part is Part.HOST]
    rest = [party(p) for p in known if p.part is not Part.VISITOR and p.part is not Part.HOST]
    arrow = " → ".join(filter(None, (", ".join(guests), ", ".join(hosts))))
    return " · ".join(filter(None, (arrow, ", ".join(rest)))) or "nobody named"


def party(side: Party) -> str:
    """A person with the state spoken for, or the state alone."""
    land = state(side.state)
    if not side.name:
        return land or "unnamed"
    shown = plain(side.name)
    shown = f"{shown} ({land})" if land and land != shown else shown
    return f"{shown}, mediating" if side.part is Part.MEDIATOR else shown


def place(where: Place) -> str:
    """A place with its state, where the one is not the other.

    >>> place(Place("Munich", "DE")), place(Place("Turkey", "TR"))
    ('Munich, Germany', 'Turkey')
    """
    land, name = state(where.state), plain(where.name)
    return f"{name}, {land}" if land and land != name else name


def value_words(value: Value) -> str:
    """What a claim says of its slot, in words."""
    match value:
        case Kind():
            return value.value.replace("_", " ")
        case Status():
            return str(value.value).replace("_", " ")
        case Party():
            return party(value)
        case Place():
            return place(value)
        case When():
            return stretch(value)
        case Topic():
            return f"{plain(value.topic)} ({value.grade.value})"


def said(claim: Claim) -> str:
    """Whose word a claim is, with the class of the source."""
    source = claim.source
    if source.source_class is SourceClass.OUTLET:
        return "the outlet itself"
    name = plain(source.name) or "the outlet"
    role = f", {plain(source.role)}" if source.role else ""
    return f"{name}{role} ({source.source_class.value.replace('_', ' ')})"


def state(code: str | None) -> str:
    """The readable name of a state's code; organisations are their own short name."""
    if not code:
        return ""
    known = states().get(code)
    return known.name if known else plain(code)


def _short(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def _months(first: date, last: date) -> str:
    """Whole months, or a whole year.

    >>> _months(date(2024, 1, 1), date(2024, 3, 31))
    'January to March 2024'
    """
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    start, end = MONTHS[first.month - 1], f"{MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{start} {first.year} to {end}"
    return end if first.month == last.month else f"{start} to {end}"
