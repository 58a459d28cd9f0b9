"""What the formats of IPTC have in common: occurrence status, truncated dates, withdrawals."""

import re
from collections.abc import Iterator
from datetime import date

from summitry.model import Precision, Report, Status, Withdrawal
from summitry.sources._instant import instant
from summitry.sources._outcome import Outcome, Problem

__all__ = ["OCCURS", "after", "clock", "truncated", "withdrawn"]

OCCURS = {
    "eos1": Status.FLOATED,
    "eos2": Status.FLOATED,
    "eos3": Status.IN_PREPARATION,
    "eos4": Status.ANNOUNCED,
    "eos5": Status.CONFIRMED,
    "eos6": Status.CANCELLED,
}
"""NewsCodes ``eventoccurstatus``: eos2 is doubted, so that no more than a float is left of it."""

_TRUNCATED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def truncated(text: str) -> tuple[date | None, Precision]:
    """The first day of a date, a month or a year; None where it is none of them.

    >>> truncated("2024-03")
    (datetime.date(2024, 3, 1), <Precision.MONTH: 'month'>)
    """
    found = _TRUNCATED.match(text)
    if not found:
        return None, Precision.DAY
    year, month, day = found.groups()
    unit = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    try:
        return date(int(year), int(month or 1), int(day or 1)), unit
    except ValueError:
        return None, Precision.DAY


def after(first: date, unit: Precision) -> date:
    """The first day after the month or year that begins on a day."""
    if unit is Precision.YEAR:
        return date(first.year + 1, 1, 1)
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def clock(text: str) -> str:
    """The clock time of a date-time, in GMT or with its offset; empty where it has none."""
    if "T" not in text:
        return ""
    try:
        at = instant(text)
    except ValueError:
        return ""
    return f"{at:%H:%M} {at.strftime('%z') if at.utcoffset() else 'GMT'}"


def withdrawn(ident: str, outlet: str, published: str, place: str) -> Iterator[Outcome]:
    """The withdrawal of the report of an outlet that has this id for address.

    Yields:
        It, or a problem where it does not say when.
    """
    try:
        at = instant(published)
    except ValueError as error:
        yield Problem(place, f"a withdrawal whose time {error}")
        return
    killed = Report(outlet=outlet, published=at, text="", url=ident)
    yield Withdrawal(report=killed.id, published=at, reason="taken back by its outlet")
