"""Which name in a text means which person, state, place, organisation, group or institution.

A reference shelf: tables of facts shipped with the package and read on first use. Dates are
the day of the text; nothing here reads a clock.
"""

from summitry.gazetteer._fold import fold
from summitry.gazetteer._surfaces import surfaces
from summitry.gazetteer.codes import code
from summitry.gazetteer.people import holders, people
from summitry.gazetteer.scan import find
from summitry.gazetteer.states import states
from summitry.gazetteer.values import Hit, Name, NameKind, Office, Person, State, Term

__all__ = [
    "Hit",
    "Name",
    "NameKind",
    "Office",
    "Person",
    "State",
    "Term",
    "code",
    "find",
    "fold",
    "holders",
    "people",
    "states",
    "surfaces",
]
