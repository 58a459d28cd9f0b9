"""What is written down of one mention: in which engagement it stands, and where to find it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

__all__ = ["Slip", "Slips", "Stretch"]


@dataclass(frozen=True, slots=True)
class Slip:
    """One mention in the index of engagements."""

    mention: str
    report: str
    at: datetime
    """From when on it counts: the publication of its report, or else the recording."""
    start: date
    """First day that it touches."""
    end: date
    """Last day that it touches, inclusive."""
    until: date
    """Last day on which it can keep its engagement among those that are not long over."""
    keys: tuple[str, ...]
    """The parties under which it is looked for."""
    into: str
    """The mention that opened the engagement which it joined when it was published."""
    joins: tuple[str, ...]
    """Further engagements that it showed to be the same."""
    follows: str
    """The engagement that it takes up, by the mention that opened that; or empty."""
    engagement: str
    """The engagement in which it stands today, by the mention that opened it."""
    face: str
    """By what it is compared with others; opaque here."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Mentions under a key that touch the days [start, end], both inclusive."""

    key: str
    start: date
    end: date
    since: datetime
    """Only mentions that count from then on, or later."""

    def holds(self, slip: Slip) -> bool:
        """Whether a mention is among them."""
        touches = slip.start <= self.end and slip.end >= self.start
        return self.key in slip.keys and touches and slip.at >= self.since


class Slips(Protocol):
    """In which engagement each mention stands, to be read."""

    def near(self, stretches: Iterable[Stretch], mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions within the stretches or named, with all others of their engagements.

        Mentions of other engagements may be among them, never a part of one.
        """
        ...

    def of_reports(self, reports: Iterable[str]) -> Iterator[Slip]:
        """The mentions of some reports."""
        ...

    def page(self, as_of: datetime, until: date, mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions, as of an instant, of the engagements that are not over by a day.

        Those of which a named mention is part are among them in any case.
        """
        ...
