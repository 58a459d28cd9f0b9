"""Which engagements are still to come, where they are, and how likely each takes place."""

from datetime import UTC, date, timedelta

from summitry.gazetteer import fold, states
from summitry.model import Engagement, Kind, Part, Place, Status

__all__ = ["country", "live", "odds", "over", "where"]

LADDER = (Status.FLOATED, Status.IN_PREPARATION, Status.ANNOUNCED, Status.CONFIRMED)
_FORGOTTEN = timedelta(days=180)
"""As on the page of the diary."""
_ODDS = dict(zip(LADDER, (0.25, 0.5, 0.75, 1.0), strict=True))
"""A convention, not a measurement: even steps from the first word to the last."""


def over(engagement: Engagement, today: date) -> bool:
    """Whether its last day lies before today; what has no date is never over."""
    when = engagement.when.value if engagement.when else None
    return when is not None and when.end is not None and when.end <= today


def live(engagement: Engagement, today: date) -> bool:
    """Whether it is a plan that may still come true.

    One without a date is forgotten when nobody has spoken of it for half a year.
    """
    if engagement.status.value not in LADDER or engagement.background:
        return False
    if engagement.when is None and engagement.last is not None:
        return today - engagement.last.astimezone(UTC).date() < _FORGOTTEN
    return not over(engagement, today)


def odds(engagement: Engagement) -> float:
    """How likely it takes place, in [0, 1]; 0 for what is off or over.

    The engagement's own chance where it has one, else a convention by status.
    """
    if engagement.chance is not None:
        return engagement.chance.p
    return _ODDS.get(engagement.status.value, 0.0)


def where(engagement: Engagement) -> str | None:
    """The state in which it takes place: its place's, else that of the host of a visit."""
    if engagement.kind.value is Kind.CALL:
        return None
    if engagement.place and engagement.place.value.state:
        return engagement.place.value.state
    if engagement.kind.value is not Kind.VISIT:
        return None
    hosts = {p.value.state for p in engagement.parties if p.value.part is Part.HOST}
    return hosts.pop() if len(hosts) == 1 else None


def country(place: Place) -> bool:
    """Whether a place is named by its state alone.

    >>> country(Place("Turkey", "TR")), country(Place("Ankara", "TR"))
    (True, False)
    """
    state = states().get(place.state or "")
    names = (state.name, *state.aliases) if state else ()
    return place.name == place.state or fold(place.name) in {fold(name) for name in names}
