"""A stretch of calendar as vague as its source left it."""

from dataclasses import dataclass
from datetime import date, timedelta

from summitry.model.vocab import Precision

__all__ = ["When"]

_FIRST, _LAST = date.min, date.max


@dataclass(frozen=True, slots=True)
class When:
    """The half-open interval of days [start, end) that a source committed to.

    "In February" becomes 1 February to 1 March with precision MONTH: the visit takes
    place somewhere inside, not all through.

    >>> When(date(2024, 2, 1), date(2024, 3, 1), Precision.MONTH).label
    '2024-02'
    """

    start: date | None
    """First day it may take place, in the place's own calendar; None is open."""
    end: date | None
    """Day after the last day it may take place (iCalendar's DTEND); None is open."""
    precision: Precision
    """The finest unit the source committed to."""
    text: str = ""
    """The words that say so, as printed."""
    time: str = ""
    """Clock time beside the day, ``HH:MM`` with the zone as printed, or empty."""

    def __post_init__(self) -> None:
        """Refuse an interval without a day in it.

        Raises:
            ValueError: Both ends are open, or the end is not after the start.
        """
        if self.start is None and self.end is None:
            raise ValueError("an interval needs at least one end")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"empty interval: {self.start} to {self.end}")

    @property
    def label(self) -> str:
        """The interval in a few characters, ISO 8601 where it has a form for it.

        >>> When(date(2024, 2, 12), date(2024, 2, 14), Precision.DAY).label
        '2024-02-12/13'
        """
        if self.start is None:
            return f"before {self.end}"
        if self.end is None:
            return f"from {self.start}"
        if self.precision is Precision.YEAR:
            return f"{self.start.year:04}"
        last = self.end - timedelta(days=1)
        month = (self.start.year, self.start.month) == (last.year, last.month)
        if self.precision is Precision.MONTH and month and self.start.day == 1:
            return self.start.isoformat()[:7]
        if last == self.start:
            return self.start.isoformat()
        return f"{self.start}/{last.day:02}" if month else f"{self.start}/{last}"

    @property
    def days(self) -> int:
        """Number of days inside; 0 when an end is open."""
        if self.start is None or self.end is None:
            return 0
        return (self.end - self.start).days

    def overlaps(self, other: "When") -> bool:
        """Whether some day lies in both.

        >>> feb = When(date(2024, 2, 1), date(2024, 3, 1), Precision.MONTH)
        >>> feb.overlaps(When(date(2024, 3, 1), date(2024, 3, 2), Precision.DAY))
        False
        """
        return (self.start or _FIRST) < (other.end or _LAST) and (other.start or _FIRST) < (
            self.end or _LAST
        )
