"""Which states are there, and what are they called?"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from summitry.gazetteer._table import records
from summitry.gazetteer.values import State

__all__ = ["states"]


@cache
def states() -> Mapping[str, State]:
    """States, territories with guests of their own and former states, by code.

    Codes are ISO 3166-1 alpha-2; Kosovo is XK; former states have their ISO 3166-3 letters
    (SU, YU, CS, DD).
    """
    return MappingProxyType({r["code"]: _state(r) for r in records("states.csv")})


def _state(record: dict[str, str]) -> State:
    capitals = _split(record["capitals"])
    return State(
        code=record["code"],
        name=record["name"],
        capital=capitals[0] if capitals else "",
        capitals=capitals,
        demonyms=_split(record["demonyms"]),
        aliases=_split(record["official"]) + _split(record["aliases"]),
        executive=record["executive"],
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)
