"""Which body is meant by the name of the city in which it sits?"""

from functools import cache

from summitry.gazetteer._table import records
from summitry.gazetteer.values import Name, NameKind

__all__ = ["seat"]


def seat(city: str, state: str) -> Name | None:
    """The body for which a city speaks rather than for its state; None for all others.

    >>> body = seat("Brussels", "BE")
    >>> body.state if body else None
    'EU'
    """
    return _seats().get((city, state))


@cache
def _seats() -> dict[tuple[str, str], Name]:
    return {
        (r["city"], r["state"]): Name(NameKind.ORGANISATION, r["name"], r["body"])
        for r in records("seats.csv")
    }
