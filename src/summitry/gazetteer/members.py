"""Which states and organisations belong to a group on a day?"""

from datetime import date

from summitry.gazetteer._fold import fold
from summitry.gazetteer._table import records

__all__ = ["members"]


def members(group: str, day: date) -> frozenset[str]:
    """The members of an informal group on a day; empty for what is none, or was none yet.

    A row holds from ``since`` until the day before ``until``. Membership is as the groups'
    own declarations have it.

    >>> sorted(members("g7", date(2024, 1, 1)))
    ['CA', 'DE', 'EU', 'FR', 'GB', 'IT', 'JP', 'US']
    >>> "African Union" in members("G20", date(2023, 1, 1))
    False
    """
    wanted = fold(group)
    for row in records("members.csv"):
        begun = date.fromisoformat(row["since"]) <= day
        over = bool(row["until"]) and date.fromisoformat(row["until"]) <= day
        if fold(row["group"]) == wanted and begun and not over:
            return frozenset(row["members"].split(";"))
    return frozenset()
