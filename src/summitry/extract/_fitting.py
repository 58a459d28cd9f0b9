"""Which dates an engagement of a given status can have in a report of a given day."""

from datetime import date, timedelta

from summitry.model import Status, When

__all__ = ["FRESH", "UNDOING", "possible"]

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
