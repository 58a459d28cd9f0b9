"""When was this visitor here before? A cookie with two instants, and nothing about the visitor."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request, Response

import summitry

__all__ = ["NAME", "Visit", "visit"]

NAME = "summitry_seen"
_PAUSE = timedelta(minutes=30)
"""Who was away for longer comes back to a page with news."""
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that is under way."""

    since: datetime | None
    """The end of the one before; None for the first."""
    now: datetime

    def mark(self, answer: Response) -> None:
        """Have the visitor remember it."""
        before = self.since.isoformat() if self.since else ""
        answer.set_cookie(
            NAME,
            f"{before}|{self.now.isoformat()}",
            max_age=_YEAR,
            httponly=True,
            samesite="strict",
        )


def visit(request: Request) -> Visit:
    """The visit that a request belongs to; a cookie that makes no sense is none."""
    now = summitry.now().replace(second=0, microsecond=0)
    before, _, last = request.cookies.get(NAME, "").partition("|")
    since, seen = _read(before), _read(last)
    if seen is None or seen > now:
        return Visit(None, now)
    return Visit(seen if now - seen > _PAUSE else since, now)


def _read(text: str) -> datetime | None:
    try:
        return summitry.instant(text)
    except (ValueError, OverflowError):
        return None
