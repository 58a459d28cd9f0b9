"""An instant as the tables hold it."""

from datetime import UTC, datetime

__all__ = ["stamp"]


def stamp(instant: datetime) -> str:
    """UTC as text of fixed width.

    Raises:
        ValueError: The instant has no time zone.

    >>> from datetime import timedelta, timezone
    >>> stamp(datetime(2024, 1, 9, 10, tzinfo=timezone(timedelta(hours=3))))
    '2024-01-09T07:00:00.000000+00:00'
    """
    if instant.tzinfo is None:
        raise ValueError("a time without time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
