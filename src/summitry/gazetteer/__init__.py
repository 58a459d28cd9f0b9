"""Which name in a text means which person, state, place, organisation, group or institution.

A reference shelf: tables of facts shipped with the package and read on first use. Dates are
the day of the text; nothing here reads a clock.
"""

from summitry.gazetteer._fold import fold
from summitry.gazetteer._surfaces import surfaces
from summitry.gazetteer.agencies import agencies
from summitry.gazetteer.codes import code
from summitry.gazetteer.days_off import days_off
from summitry.gazetteer.members import members
from summitry.gazetteer.people import holders, people
from summitry.gazetteer.scan import find, first_name
from summitry.gazetteer.seats import seat
from summitry.gazetteer.states import states
from summitry.gazetteer.tracks import Fact, FactSort, Track, TrackKind, tracks
from summitry.gazetteer.values import (
    DaysOff,
    Hit,
    Name,
    NameKind,
    Office,
    Person,
    State,
    Term,
)

__all__ = [
    "DaysOff",
    "Fact",
    "FactSort",
    "Hit",
    "Name",
    "NameKind",
    "Office",
    "Person",
    "State",
    "Term",
    "Track",
    "TrackKind",
    "agencies",
    "code",
    "days_off",
    "find",
    "first_name",
    "fold",
    "holders",
    "members",
    "people",
    "seat",
    "states",
    "surfaces",
    "tracks",
]
