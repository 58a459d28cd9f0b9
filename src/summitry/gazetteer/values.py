"""What the gazetteer tells: names, hits, persons and their terms, states, days off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

__all__ = ["DaysOff", "Hit", "Name", "NameKind", "Office", "Person", "State", "Term"]


class NameKind(Enum):
    """What sort of thing a name stands for."""

    STATE = "state"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    CITY = "city"
    REGION = "region"
    INSTITUTION = "institution"
    ORGANISATION = "organisation"
    GROUP = "group"
    PERSON = "person"
    SURNAME = "surname"


class Office(Enum):
    """What sort of office a term is in; the order is that of rank."""

    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    LEADER = "leader"
    """Head of an international organisation or of a party without a state."""
    FOREIGN_MINISTER = "foreign_minister"
    DEFENCE_MINISTER = "defence_minister"
    HEIR = "heir"
    """Crown prince or other heir who acts for the crown."""
    DEPUTY = "deputy"
    """Vice-president, deputy prime minister, deputy head of an organisation."""
    SECURITY_ADVISER = "security_adviser"
    FINANCE_MINISTER = "finance_minister"
    TRADE_MINISTER = "trade_minister"
    INTERIOR_MINISTER = "interior_minister"
    ENERGY_MINISTER = "energy_minister"
    MINISTER = "minister"
    ENVOY = "envoy"
    NEGOTIATOR = "negotiator"
    AMBASSADOR = "ambassador"
    SPEAKER = "speaker"
    SPOKESPERSON = "spokesperson"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that a name in a text can stand for."""

    kind: NameKind
    name: str
    """Canonical common English name."""
    state: str | None
    """ISO alpha-2 or the short name of an organisation or group; None where it has none."""
    wikidata: str | None = None
    role: str | None = None
    """A person's office title, or what an institution is; None for all else."""
    past: bool = False
    """Whether a person's last known office was over well before the day of the text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters [start, end) of a text that are a name."""

    start: int
    end: int
    text: str
    """The exact characters, as published."""
    names: tuple[Name, ...]
    """All that it can stand for, best first; never empty."""

    @property
    def best(self) -> Name:
        """The first candidate."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Term:
    """Days [start, end) that a person held an office."""

    state: str
    office: Office
    title: str
    start: date
    end: date | None
    """First day no longer in office; None is still in office as far as known."""

    def covers(self, day: date) -> bool:
        """Whether the office was held on the day."""
        return self.start <= day and (self.end is None or day < self.end)

    def distance(self, day: date) -> int:
        """Days between the day and the term; 0 inside."""
        if day < self.start:
            return (self.start - day).days
        if self.end is not None and day >= self.end:
            return (day - self.end).days + 1
        return 0


@dataclass(frozen=True, slots=True)
class Person:
    """A person of public office."""

    name: str
    wikidata: str | None
    terms: tuple[Term, ...]

    def term(self, day: date | None) -> Term | None:
        """The term nearest to the day, the higher office where several cover it.

        Without a day: the highest office, the latest of them. None when no term is known.
        """
        if day is None:
            return min(
                self.terms,
                key=lambda t: (_RANK[t.office], -t.start.toordinal()),
                default=None,
            )
        return min(
            self.terms,
            key=lambda t: (t.distance(day), _RANK[t.office], -t.start.toordinal()),
            default=None,
        )


@dataclass(frozen=True, slots=True)
class State:
    """A state, or a territory with an ISO code that receives guests of its own."""

    code: str
    name: str
    capital: str
    """The seat of government, or empty."""
    capitals: tuple[str, ...]
    """All seats and their spellings, the main one first."""
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]
    """Official, press and former names."""
    executive: str
    """Title of whoever usually travels for it: "president", "prime minister", "king", ..."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The days on which a state's offices are closed."""

    holidays: Mapping[date, str]
    """Names in English where the source has them."""
    weekend: frozenset[int]
    """Days of the week, Monday is 0."""


_RANK = {office: rank for rank, office in enumerate(Office)}
