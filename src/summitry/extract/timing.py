"""How dates lie to the day of publication."""

from datetime import date, timedelta

from summitry.extract._fitting import FRESH
from summitry.extract._values import Dated, Lie
from summitry.model import When

__all__ = ["lie", "said_on"]


def lie(own: tuple[When, ...], day: date | None) -> Lie:
    """How the first date of an engagement lies to the day of publication."""
    if not own or day is None:
        return Lie()
    first = own[0]
    under_way = first.days != 1 and first.end is not None and first.end > day + timedelta(days=1)
    return Lie(
        ahead=under_way or (first.start is not None and first.start > day),
        behind=first.end is not None and first.end <= day,
        today=first.start == day and first.days == 1,
    )


def said_on(dated: tuple[Dated, ...], day: date | None) -> When | None:
    """The first single day on which something recent was said or done, if any is one."""
    for found in dated:
        past = found.backward or found.forward
        if past is None or past.start is None or past.days != 1 or day is None:
            continue
        if day - FRESH <= past.start <= day:
            return past
    return None
