"""Who is meant by a side of a row?"""

from datetime import date
from functools import lru_cache

from summitry.gazetteer import code, people
from summitry.model import Party, Side

__all__ = ["party"]


def party(side: Side, day: date) -> Party:
    """The side with its state's code, and with the gazetteer's name where it knows the person.

    A person is known only where the state agrees: namesakes are many, and a wrong identity is
    worse than none.
    """
    state = code(side.state)
    known = _known(side.person, state, day) if side.person else None
    name, wikidata = known or (side.person or None, None)
    return Party(name, state or None, side.role, wikidata, side.part)


@lru_cache(maxsize=4096)
def _known(person: str, state: str, day: date) -> tuple[str, str | None] | None:
    """Name and Wikidata id of the person of that state whom the name means."""
    for found in people(person, day):
        if any(term.state == state for term in found.terms):
            return found.name, found.wikidata
    return None
