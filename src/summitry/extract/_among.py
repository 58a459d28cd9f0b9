"""Who is named in one stretch of a text, without going through everybody for each sentence."""

from bisect import bisect_left
from collections.abc import Sequence

from summitry.extract._values import Actor

__all__ = ["among"]


def among(named: Sequence[Actor], start: int, end: int) -> Sequence[Actor]:
    """Those who begin within characters [start, end).

    Args:
        named: Actors in order.
        start: The first character.
        end: The one after the last.
    """
    first = bisect_left(named, start, key=_start)
    return named[first : bisect_left(named, end, first, key=_start)]


def _start(actor: Actor) -> int:
    return actor.start
