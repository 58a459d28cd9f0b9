"""Which dates fit: the status of an engagement and the day of its report rule some out."""

from datetime import date, timedelta

from summitry.extract._values import Dated
from summitry.model import Status, When

__all__ = ["FRESH", "UNDOING", "possible", "rather_past"]

FRESH = timedelta(days=3)
"""What was said or done longer before the report is recalled, not reported."""
UNDOING = frozenset({Status.CANCELLED, Status.POSTPONED, Status.DENIED})
"""What undoes a plan: it may have been meant for any day."""


def possible(when: When, status: Status, day: date | None) -> bool:
    """Whether the date fits: a plan lies ahead of the report, what was held does not."""
    if day is None or status in UNDOING:
        return True
    if status is Status.HELD:
        return when.start is None or when.start <= day
    return when.end is None or when.end > day


# A bare month or day this far ahead, when the last one is this near, is the last one.
_FAR, _NEAR = timedelta(days=210), timedelta(days=150)


def rather_past(dated: Dated, day: date | None) -> bool:
    """Whether a day or month printed without its year is rather the last one than the next.

    A bare "in March" printed in May is the March before: nobody fixes a day that far ahead
    without its year.
    """
    ahead, behind = dated.forward, dated.backward
    if day is None or ahead is None or behind is None or not ahead.start or not behind.start:
        return False
    return ahead.start - day > _FAR and day - behind.start < _NEAR and behind.start < day
