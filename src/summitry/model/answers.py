"""What a planning desk gets when it asks a diary: changes, clashes, free days, history, briefs."""

from dataclasses import dataclass
from datetime import date, datetime

from summitry.model.claim import Claim, Party, Topic
from summitry.model.engagement import Attested, Engagement
from summitry.model.vocab import Grade, Kind, Slot, Squeeze, Stand, Status, Turn

__all__ = [
    "Brief",
    "Change",
    "Clash",
    "DayOff",
    "FreeDays",
    "History",
    "PlannedDay",
    "Rate",
    "SideWord",
    "Spell",
    "Step",
    "TopicWords",
    "Window",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one engagement, as it stood at one instant and at a later one."""

    turn: Turn
    before: Engagement | None
    """None when it is new."""
    after: Engagement | None
    """None when it is gone."""
    slot: Slot | None
    """The field that changed: status, when or place; None when the engagement came or went."""
    by: tuple[Claim, ...] = ()
    """The claim behind the new value; empty where a value went without a word."""
    kin: tuple[str, ...] = ()
    """Ids: what it was merged into when it is gone, what it was parted from when it is new."""

    @property
    def engagement(self) -> Engagement:
        """The engagement in its newest form.

        Raises:
            ValueError: The change is of nothing.
        """
        newest = self.after or self.before
        if newest is None:
            raise ValueError("a change of no engagement")
        return newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody expected in two places at once, or nearly so."""

    squeeze: Squeeze
    who: tuple[Party, ...]
    by_office: bool
    """Whether one of the two names only the state that the person leads."""
    ours: Engagement
    theirs: Engagement
    start: date
    """First day on which both may be: [start, end)."""
    end: date
    share: float
    """How likely the two fall on one day if every day of an interval is as likely, in (0, 1]."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A public holiday or a weekend of one state."""

    state: str
    name: str
    """The holiday in English; empty for the weekend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """One day in the calendars of those who are to meet."""

    day: date
    blocked: tuple[Engagement, ...] = ()
    """Engagements of one of them with this exact day."""
    pressing: tuple[Engagement, ...] = ()
    """Engagements of one of them that may fall on this day."""
    pressure: float = 0.0
    """Expected share of the day that those take, in [0, 1]; 1 when it is blocked."""
    off: tuple[DayOff, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Days [start, end) on none of which anybody is known to be elsewhere."""

    start: date
    end: date
    pressure: float
    """Mean of its days, in [0, 1]."""
    working: int
    """Days in it that are nobody's holiday and nobody's weekend."""

    @property
    def days(self) -> int:
        """Number of days inside, at least 1."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDays:
    """The days [start, end) of those who are to meet, and the windows among them."""

    who: tuple[Party, ...]
    start: date
    end: date
    days: tuple[PlannedDay, ...]
    windows: tuple[Window, ...]
    """In the order of time; each as long as it can be."""
    no_calendar: tuple[str, ...] = ()
    """States whose public holidays are not known here."""


@dataclass(frozen=True, slots=True)
class Step:
    """A status that the public record gave an engagement, and what gave it."""

    at: datetime
    """When the report was published that changed it."""
    status: Status
    claim: Claim


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of n cases, with the interval that 95 of 100 such counts lie in (Wilson 1927)."""

    yes: int
    n: int
    low: float
    """In [0, 1]; 0 and 1 when there is no case."""
    high: float


@dataclass(frozen=True, slots=True)
class Spell:
    """A median number of days and how many cases stand behind it."""

    days: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the diary knows of the engagements of some parties with one another."""

    who: tuple[Party, ...]
    held: tuple[Engagement, ...] = ()
    """Newest first."""
    ahead: tuple[Engagement, ...] = ()
    """Still to come, in the diary's order."""
    cadence: tuple[Spell, ...] = ()
    """Days between two meetings in person that were held; empty with fewer than two."""
    calls: tuple[Spell, ...] = ()
    """Days between two calls; empty with fewer than two."""
    hosts: tuple[tuple[str, int], ...] = ()
    """Where those in person were held, by state, most often first."""
    confirms_first: tuple[tuple[str, int], ...] = ()
    """Which side was first to say on record that it would be, most often first."""
    to_confirm: tuple[Spell, ...] = ()
    """From the first float to the first official word that it will be."""
    to_event: tuple[Spell, ...] = ()
    """From that official word to the day itself."""
    came_true: Rate
    """Of the plans whose outcome is known, those that were held."""
    by_kind: tuple[tuple[Kind, Rate], ...] = ()
    """The same for each kind of which there was one."""
    silent: int = 0
    """Plans whose day passed without a word; they count in no rate."""


@dataclass(frozen=True, slots=True)
class SideWord:
    """What one side says of one topic, in its newest words."""

    state: str
    grade: Grade
    claim: Claim


@dataclass(frozen=True, slots=True)
class TopicWords:
    """One topic and each side's words on it."""

    topic: Attested[Topic]
    stand: Stand
    words: tuple[SideWord, ...]
    silent: tuple[str, ...]
    """Sides that have said nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that one carries into the room about one engagement."""

    as_of: datetime
    engagement: Engagement
    agenda: tuple[TopicWords, ...]
    """What each side wants to speak of, in the order of first mention."""
    history: History
    """That of its parties; the engagement itself is left out of what was held and is ahead."""
    clashes: tuple[Clash, ...]
    """Those that it is part of, the surest first."""
