"""Which plain strings can name an actor?"""

from functools import cache

from summitry.gazetteer._table import records
from summitry.gazetteer.states import states

__all__ = ["surfaces"]


@cache
def surfaces() -> tuple[str, ...]:
    """Names of states, their people and capitals, organisations, groups and institutions.

    As printed in ordinary text, sorted, each once; for a gate that asks whether a text can
    concern states at all. Persons and cities are left out: a report on an engagement that
    names neither a state nor an institution is not to be had.
    """
    found: set[str] = set()
    for state in states().values():
        found.update((state.name, *state.capitals, *state.demonyms, *state.aliases))
    for table, first in (
        ("organisations", "short"),
        ("groups", "short"),
        ("institutions", "name"),
    ):
        for record in records(f"{table}.csv"):
            found.update((record[first], record["name"], *record["aliases"].split(";")))
    return tuple(sorted(s for s in found if len(s) > 1))
