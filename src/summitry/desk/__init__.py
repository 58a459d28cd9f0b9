"""What a planning desk asks of a diary: a view, changes, clashes, free days, history, the brief.

Pure: diaries and readings come in, frozen answers go out (``model.answers``).
"""

from collections.abc import Mapping
from dataclasses import replace

from summitry.desk._who import leads, same
from summitry.desk.agenda import agenda
from summitry.desk.chance import chance
from summitry.desk.changes import changes
from summitry.desk.clashes import clashes
from summitry.desk.history import history
from summitry.desk.parties import asked
from summitry.desk.record import track_records
from summitry.desk.view import viewed
from summitry.desk.windows import windows
from summitry.model import Brief, Change, Diary, Engagement, Party, Reading, View

__all__ = [
    "agenda",
    "asked",
    "brief",
    "chance",
    "changed",
    "changes",
    "clashes",
    "history",
    "leads",
    "same",
    "sides",
    "track_records",
    "viewed",
    "windows",
]


def changed(before: Diary, after: Diary, view: View) -> tuple[Change, ...]:
    """The changes of the engagements that a view asks for, as they are now or last were.

    Raises:
        UnknownParty: The view names nobody.
    """
    found = changes(before, after)
    gone = tuple(c.engagement for c in found if c.after is None)
    part = viewed(replace(after, engagements=(*after.engagements, *gone)), view)
    asked_for = {e.id for e in part}
    return tuple(c for c in found if c.engagement.id in asked_for)


def brief(diary: Diary, engagement: Engagement, readings: Mapping[str, Reading]) -> Brief:
    """All that one carries into the room about one engagement.

    Args:
        diary: The diary that it stands in.
        engagement: What the page is about.
        readings: As ``history`` takes them.
    """
    past = history(diary, sides(engagement), readings)
    return Brief(
        as_of=diary.as_of,
        engagement=engagement,
        agenda=agenda(engagement),
        history=replace(
            past,
            held=tuple(e for e in past.held if e.id != engagement.id),
            ahead=tuple(e for e in past.ahead if e.id != engagement.id),
        ),
        clashes=clashes(diary, engagement.id),
    )


def sides(engagement: Engagement) -> tuple[Party, ...]:
    """The states, organisations and other parties of an engagement, without the persons."""
    parties = (p.value for p in engagement.parties)
    return tuple(dict.fromkeys(Party(None if p.state else p.name, p.state) for p in parties))
