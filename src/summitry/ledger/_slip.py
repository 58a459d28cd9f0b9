"""What is written down of one mention: in which engagement it stands, and where to find it."""

from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["Slip", "Stretch"]


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
