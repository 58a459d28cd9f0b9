"""What an engagement can be recognised by: parties, people, places, days and sort of meeting."""

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Self

from summitry.model import Kind, Part, Place, Slot, Status, When
from summitry.resolve._told import UNKNOWN, Told

__all__ = ["FORGOTTEN", "Face", "Look", "Span", "is_body"]

_OPEN = timedelta(days=90)
"""How far an open interval ("after the election") reaches when engagements are compared."""
FORGOTTEN = timedelta(days=180)
"""How long a plan without a date, or without an end to it, is still a plan after the last word
on it. What was floated and never heard of again for half a year no editor can place."""
_EXACT = 10
"""Days up to which an interval pins an engagement down: a long trip, or "early July"."""
_ENDING = re.compile(r"(?:iy|yy|ij|yj|ii|y|j)$")
_SHORT = 4
"""Letters up to which a word's ending is told apart: "Ney" is no "Nei"."""
_PLAIN = frozenset({Kind.VISIT, Kind.BILATERAL, Kind.MINISTERIAL})
_ROUGH = 100
"""Days up to which an interval says anything about the day: a quarter, but not a year."""


_STATE = 2
"""Letters of a state's code."""
_PAIR = 2
"""Parties of a meeting; with more it is a gathering."""


def is_body(name: str) -> bool:
    """Whether a party is a body whose members meet under its name: "NATO", "G7".

    States are two letters; so are the EU and the UN, which meet like states all the time.
    """
    return len(name) > _STATE or not name.isalpha()


@dataclass(frozen=True, slots=True)
class Span:
    """Days [start, end) with both ends closed, so that spans can be compared."""

    start: date
    end: date

    @classmethod
    def of(cls, when: When) -> Self:
        """The span of an interval; an open end reaches 90 days."""
        start = when.start or _shift(when.end, -_OPEN)
        return cls(start, when.end or _shift(start, _OPEN))

    @property
    def exact(self) -> bool:
        """Whether it is short enough to tell two engagements apart."""
        return (self.end - self.start).days <= _EXACT

    @property
    def rough(self) -> bool:
        """Whether it is so long that days agree by chance."""
        return (self.end - self.start).days > _ROUGH

    def gap(self, other: "Span") -> int:
        """Days between the two; 0 when they touch, negative when they share days."""
        return (max(self.start, other.start) - min(self.end, other.end)).days


Look = tuple[Kind, str, frozenset[str], str | None, str | None, tuple[Span, ...], bool]
"""All of a face but when and where it was published, and who is named."""


@dataclass(frozen=True, slots=True)
class Face:
    """The features of one mention by which it is compared with others."""

    id: str
    report: str
    lister: str
    """Who publishes the list in which it is an entry with an id of its own; empty for a report."""
    at: datetime
    states: frozenset[str]
    people: tuple[tuple[str, frozenset[str]], ...]
    """For each state the folded words of the names of its people."""
    place: str | None
    city: str | None
    spans: tuple[Span, ...]
    window: Span
    """From the first to the last day that it touches, its publication included."""
    kind: Kind
    sort: str
    """The family: ``call``, ``gathering`` of several, or ``meeting`` with the trips to it."""
    background: bool
    held: bool
    """Whether the mention says that it took place, and can know."""
    firm: bool
    """Whether the mention says flatly that it will be, or is just coming to be."""
    off: bool
    """Whether the mention says that it was put off or called off."""
    moved: bool
    """Whether the mention says that it was put off."""
    until: date
    """Last day on which it can keep its engagement among those that are not long over: the last
    that it names, or half a year after its publication where it sets no end."""

    @classmethod
    def of(cls, told: Told) -> Self:
        """The face of a mention."""
        m = told.mention
        host = next((p.state for p in m.parties if p.part is Part.HOST and p.state), None)
        place = m.place.state if m.place else None
        visited = place or (host if m.kind is Kind.VISIT else None)
        states = {p.state for p in m.parties if p.state}
        if m.kind is Kind.VISIT and visited:
            states.add(visited)
        people: dict[str, set[str]] = {}
        for party in m.parties:
            if party.state and party.name:
                people.setdefault(party.state, set()).update(_words(party.name))
        spans = _spans(told)
        ahead = bool(spans) and min(s.start for s in spans) > told.day
        said = {c.value for c in m.claims if c.slot is Slot.STATUS} | {m.status}
        return cls(
            id=m.id,
            report=told.report.id,
            lister=told.lister,
            at=told.at,
            states=frozenset(states or {p.name for p in m.parties if p.name}),
            people=tuple(sorted((s, frozenset(w)) for s, w in people.items())),
            place=visited,
            city=_city(m.place),
            spans=spans,
            window=Span(
                min([told.day, *(s.start for s in spans)]),
                max([told.day, *(s.end for s in spans)]),
            ),
            kind=m.kind,
            sort=_sort(m.kind, states),
            background=m.background,
            held=m.status is Status.HELD and not ahead,
            firm=m.status in (Status.ANNOUNCED, Status.CONFIRMED),
            off=bool({Status.POSTPONED, Status.CANCELLED} & said),
            moved=Status.POSTPONED in said,
            until=max([_lapse(told), *(s.end for s in spans)]),
        )

    @property
    def order(self) -> tuple[bool, datetime, str]:
        """Sort key: oldest first, without a time of publication last, ties by id."""
        return (self.at == UNKNOWN, self.at, self.id)

    @property
    def look(self) -> Look:
        """What two mentions share that compare alike with every third."""
        known = (self.kind, self.sort, self.states, self.place, self.city, self.spans)
        return (*known, self.background)

    @property
    def plain(self) -> bool:
        """Whether it may be a trip or a meeting on it."""
        return self.kind in _PLAIN


def _sort(kind: Kind, states: Set[str]) -> str:
    """The family of a kind: a summit of two is a meeting, but that of a body is none."""
    if kind is Kind.CALL:
        return "call"
    several = kind is Kind.SUMMIT and (len(states) > _PAIR or any(map(is_body, states)))
    return "gathering" if several or kind is Kind.MULTILATERAL else "meeting"


def _spans(told: Told) -> tuple[Span, ...]:
    """Every interval that the mention gives, the settled one first."""
    m = told.mention
    values = [c.value for c in m.claims if c.slot is Slot.WHEN]
    whens = [m.when, *values] if m.when else values
    spans = [Span.of(w) for w in whens if isinstance(w, When) and not told.stale(w)]
    return tuple(dict.fromkeys(spans))


def _lapse(told: Told) -> date:
    """The day on which it is forgotten; that of its publication when all its dates have ends.

    The dates of a recollection are not its engagement's when other mentions speak of a plan.
    Of a report without a time nobody can say that half a year has passed since.
    """
    claims = [c.value for c in told.mention.claims if c.slot is Slot.WHEN]
    ends = [w.end for w in claims if isinstance(w, When) and not told.stale(w)]
    dated = bool(ends) and all(ends) and not told.mention.background
    if dated:
        return told.day
    return date.max if told.at == UNKNOWN else _shift(told.day, FORGOTTEN)


def _city(place: Place | None) -> str | None:
    """The folded name of a place."""
    return " ".join(sorted(_words(place.name))) or None if place else None


@lru_cache(maxsize=8192)
def _words(name: str) -> frozenset[str]:
    """The words of a name without case and accents, however its Slavic ending is romanised.

    >>> sorted(_words("Recep Tayyip Erdoğan"))
    ['erdogan', 'recep', 'tayyip']
    >>> sorted(_words("Zelenskyy") | _words("Zelensky") | _words("Zelenskiy"))
    ['zelenski']
    """
    flat = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(c if c.isalnum() else " " for c in flat if not unicodedata.combining(c))
    words = (word for word in bare.split() if len(word) > 1)
    return frozenset(_ENDING.sub("i", word) if len(word) > _SHORT else word for word in words)


def _shift(day: date | None, by: timedelta) -> date:
    """The day so much later, within the calendar."""
    if day is None:
        return date.min
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min
