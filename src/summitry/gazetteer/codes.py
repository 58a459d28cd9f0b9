"""Which state is meant by a name that stands alone, as in the cell of a table?

Tables print names inverted ("Korea, South"), with brackets, or of states long gone; in running
text none of these is looked for, so that they stand apart from the scan.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from summitry.gazetteer._fold import fold
from summitry.gazetteer._table import records
from summitry.gazetteer.states import states

__all__ = ["code"]

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def code(name: str) -> str:
    """The ISO 3166 code of a state; the name itself where none is known, as of organisations.

    >>> code("Korea, South"), code("Germany, Federal Republic of"), code("NATO"), code("se")
    ('KR', 'DE', 'NATO', 'SE')
    """
    shown = name.strip()
    if shown.upper() in states():
        return shown.upper()
    table = _table()
    return next((table[k] for way in _ways(shown) if (k := _key(way)) in table), shown)


def _ways(name: str) -> Iterator[str]:
    """The ways to read a name: whole, turned at its comma, before and inside its brackets."""
    yield name
    head, comma, tail = name.partition(",")
    if comma:
        yield f"{tail} {head}"
    outside, bracket, inside = name.partition("(")
    if bracket:
        yield outside
        yield inside.rstrip(" )")
    if comma:
        yield head
        yield tail


def _key(name: str) -> str:
    return " ".join(_WORD.findall(fold(name.replace(".", "")))).removeprefix("the ")


@cache
def _table() -> dict[str, str]:
    """Codes by name: the gazetteer's, then former names that only tables use."""
    found = {
        _key(called): state.code
        for state in reversed(list(states().values()))
        for called in (*state.aliases, state.name)
    }
    found |= {_key(row["name"]): row["code"] for row in records("former.csv")}
    return found
