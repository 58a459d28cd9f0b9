"""When a document says that it was published: text to an aware instant.

ISO 8601 and the dates of mail and feeds (RFC 5322) are read; nothing is guessed.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["instant"]

_FIRST_YEAR, _LAST_YEAR = 1800, 2199
"""News agencies exist since 1835. What lies outside is a typing error, and dates near the ends
of the calendar break every sum made with them."""


def instant(text: str) -> datetime:
    """The instant that a text names; a date alone is 00:00 UTC, a time without zone is UTC.

    Raises:
        ValueError: It is no date, or lies outside the years 1800 to 2199.

    Example:
        >>> instant("2024-01-09").isoformat()
        '2024-01-09T00:00:00+00:00'
        >>> instant("Tue, 09 Jan 2024 10:00:00 +0300").isoformat()
        '2024-01-09T10:00:00+03:00'
    """
    shown = repr(text.strip()[:40])
    when = _parsed(text.strip())
    if when is None:
        raise ValueError(f"{shown} is no date")
    if not _FIRST_YEAR <= when.year <= _LAST_YEAR:
        raise ValueError(f"{shown} is no date of a news report")
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _parsed(text: str) -> datetime | None:
    """The date that one of the two notations gives, possibly without a zone."""
    for notation in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return notation(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
