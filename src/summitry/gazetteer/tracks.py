"""Which long-running processes, instruments and series are there, and what is known of them?

A fact counts only from the day on which it became public (``known``), so that the diary of a
past day knows no more than that day did. Where the exact day of publication was not found, a
later one stands, never an earlier one.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import MappingProxyType

from summitry.gazetteer._table import records

__all__ = ["Fact", "FactSort", "Track", "TrackKind", "tracks"]


class TrackKind(Enum):
    """What holds a track together."""

    INSTRUMENT = "instrument"
    """An agreement or mandate with a term."""
    PROCESS = "process"
    """Negotiations that go on over rounds."""
    YEARLY = "yearly"
    """A series of summits, most of them yearly."""


class FactSort(Enum):
    """What a fact of a track is about."""

    ROUND = "round"
    EXPIRY = "expiry"
    REVIEW = "review"
    END = "end"
    """The track came to its end, and nothing falls due any more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated fact of a track."""

    sort: FactSort
    name: str
    first: date
    last: date
    """The last day itself."""
    place: str
    """Name of the place, or empty."""
    state: str
    """Its state, or that of the chair of a meeting by video, or empty."""
    known: date
    """Day from which it is public."""


@dataclass(frozen=True, slots=True)
class Track:
    """A process, an instrument or a series."""

    id: str
    name: str
    kind: TrackKind
    every: int | None
    """Years between two rounds, where there is a rhythm."""
    parties: tuple[frozenset[str], ...]
    """Sets of parties, any of which stands for it; of a process the one set of all."""
    aliases: tuple[str, ...]
    """Names by which reports speak of it, in all languages."""
    facts: tuple[Fact, ...]
    """By first day."""
    source: str
    """Where the facts stand."""

    @property
    def all_parties(self) -> frozenset[str]:
        """Everybody whom it concerns."""
        return frozenset[str]().union(*self.parties)


@cache
def tracks() -> Mapping[str, Track]:
    """All tracks by id, in the order of the file."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    for record in records("track_facts.csv"):
        facts[record["track"]].append(_fact(record))
    return MappingProxyType({r["id"]: _track(r, facts[r["id"]]) for r in records("tracks.csv")})


def _fact(record: dict[str, str]) -> Fact:
    return Fact(
        sort=FactSort(record["sort"]),
        name=record["name"],
        first=date.fromisoformat(record["first"]),
        last=date.fromisoformat(record["last"]),
        place=record["place"],
        state=record["state"],
        known=date.fromisoformat(record["known"]),
    )


def _track(record: dict[str, str], facts: list[Fact]) -> Track:
    sets = (frozenset(filter(None, s.split(";"))) for s in record["parties"].split("|"))
    return Track(
        id=record["id"],
        name=record["name"],
        kind=TrackKind(record["kind"]),
        every=int(record["every"]) if record["every"] else None,
        parties=tuple(sets),
        aliases=tuple(filter(None, record["aliases"].split(";"))),
        facts=tuple(sorted(facts, key=lambda f: (f.first, f.known))),
        source=record["source"],
    )
